using System.Text.Json.Serialization;

namespace Coordination.Domain.People;

/// <summary>What a member of staff is in the order: each role's rights are rows of <see cref="PermissionMatrix"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    /// <summary>Corporate Communications, in charge: places and lifts holds.</summary>
    [JsonStringEnumMemberName("comms-manager")]
    CommsManager,

    /// <summary>A member of Corporate Communications.</summary>
    [JsonStringEnumMemberName("comms-officer")]
    CommsOfficer,

    /// <summary>A flexible duty system officer: updates official accounts at incidents (3.1).</summary>
    [JsonStringEnumMemberName("fds-officer")]
    FdsOfficer,

    /// <summary>Fire Control: updates official accounts and reports incidents (3.1).</summary>
    [JsonStringEnumMemberName("fire-control")]
    FireControl,

    /// <summary>A member of staff who may publish on local accounts.</summary>
    [JsonStringEnumMemberName("account-holder")]
    AccountHolder,

    /// <summary>Reads everything and the journal, changes nothing.</summary>
    [JsonStringEnumMemberName("auditor")]
    Auditor,

    /// <summary>The service itself: workers, recovery, rules. Nobody can sign in as it.</summary>
    [JsonStringEnumMemberName("system")]
    System,

    /// <summary>A member of the Fire Authority: bound by the order as staff are (1, 2), without an account to write on.</summary>
    [JsonStringEnumMemberName("fire-authority-member")]
    FireAuthorityMember,

    /// <summary>A volunteer: bound by the order as staff are (1, 2), without an account to write on.</summary>
    [JsonStringEnumMemberName("volunteer")]
    Volunteer,
}

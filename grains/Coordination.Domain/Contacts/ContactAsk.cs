using System.Text.Json.Serialization;
using Coordination.Domain.Accounts;

namespace Coordination.Domain.Contacts;

/// <summary>What became of the question whether somebody is the contact of an account.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ContactAnswer>))]
public enum ContactAnswer
{
    /// <summary>They have not answered.</summary>
    [JsonStringEnumMemberName("waiting")]
    Waiting,

    /// <summary>They are, and said so themselves.</summary>
    [JsonStringEnumMemberName("confirmed")]
    Confirmed,

    /// <summary>They are not.</summary>
    [JsonStringEnumMemberName("declined")]
    Declined,

    /// <summary>Comms took the question back.</summary>
    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,
}

/// <summary>The latest question whether a member of staff is the named contact of an account (order 01/25, 2.1). Each account has one at most.</summary>
public sealed record ContactAsk
{
    /// <summary>The account.</summary>
    public required AccountKey Account { get; init; }

    /// <summary>Staff id of who is asked.</summary>
    public required string StaffId { get; init; }

    /// <summary>The contact as it is recorded once they have said yes: their name, how to reach them, deputies.</summary>
    public required NamedContact Contact { get; init; }

    /// <summary>Staff id of who of Comms asked.</summary>
    public required string AskedBy { get; init; }

    /// <summary>Their name at the time.</summary>
    public required string AskedByName { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>What became of it.</summary>
    public required ContactAnswer Answer { get; init; }

    /// <summary>When it was answered or taken back (UTC); null while it waits.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Whether it waits for an answer.</summary>
    public bool Open => Answer == ContactAnswer.Waiting;
}

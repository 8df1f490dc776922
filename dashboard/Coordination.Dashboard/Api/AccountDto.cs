using System.Text.Json.Serialization;
using Coordination.Dashboard.Live;
using Coordination.Domain.Accounts;

namespace Coordination.Dashboard.Api;

/// <summary>An account as every client sees it.</summary>
public sealed record AccountDto
{
    /// <summary>The key, such as <c>x/demo_wmfs_aston</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Platform id.</summary>
    public required string Platform { get; init; }

    /// <summary>Handle on the platform, without an at sign.</summary>
    public required string Handle { get; init; }

    /// <summary>The name on screen.</summary>
    public required string DisplayName { get; init; }

    /// <summary><c>corporate</c> or <c>local</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Area id; null for an account of the whole service.</summary>
    public required string? Area { get; init; }

    /// <summary>Station id; null when it belongs to none.</summary>
    public required string? Station { get; init; }

    /// <summary>Department id; null when it belongs to none.</summary>
    public required string? Department { get; init; }

    /// <summary>Whom Comms can reach about it; null when nobody is named.</summary>
    public required ContactDto? Contact { get; init; }

    /// <summary>One of <c>requested open held attention retired</c>.</summary>
    public required string State { get; init; }

    /// <summary>What needs somebody, in words.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Attention { get; init; }

    /// <summary>Ids of the standing holds that cover it, oldest first.</summary>
    public required IReadOnlyList<string> Holds { get; init; }

    /// <summary>When the next post is due; null when none is scheduled.</summary>
    public required DateTimeOffset? NextPostAt { get; init; }

    /// <summary>When a post last went out; null when none has.</summary>
    public required DateTimeOffset? LastPostAt { get; init; }

    /// <summary>Posts that wait for their time.</summary>
    public required int Scheduled { get; init; }

    /// <summary>Posts that wait for a person.</summary>
    public required int AwaitingPerson { get; init; }

    /// <summary>The last counters.</summary>
    public required CountersDto Counters { get; init; }

    /// <summary>Version of the account's own state; its holds may change without it.</summary>
    public required long Version { get; init; }

    /// <summary>On the hub alone: this host's revision with which the row last changed; a greater one is newer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Revision { get; init; }

    /// <summary>Makes it.</summary>
    public static AccountDto Of(AccountRow row)
    {
        var summary = row.Summary;
        return new AccountDto
        {
            Key = summary.Key.Value,
            Platform = summary.Labels.Platform,
            Handle = summary.Key.Handle,
            DisplayName = summary.DisplayName,
            Kind = summary.Labels.Kind.Id(),
            Area = summary.Labels.Area,
            Station = summary.Labels.Station,
            Department = summary.Labels.Department,
            Contact = ContactDto.Of(summary.Contact),
            State = row.State,
            Attention = summary.Attention,
            Holds = row.Lock.HoldIds,
            NextPostAt = summary.NextPostAt,
            LastPostAt = summary.LastPostAt,
            Scheduled = summary.Scheduled,
            AwaitingPerson = summary.AwaitingPerson,
            Counters = new CountersDto(summary.Counters.Followers, summary.Counters.RemotePosts, summary.Counters.Published, summary.Counters.ReadAt),
            Version = summary.Version,
        };
    }
}

/// <summary>The individual whom Comms can reach about an account.</summary>
public sealed record ContactDto(
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Email,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Phone,
    IReadOnlyList<ContactDto> Deputies)
{
    /// <summary>Makes it; null of null.</summary>
    public static ContactDto? Of(NamedContact? contact) => contact is null
        ? null
        : new ContactDto(contact.Name, contact.Email, contact.Phone, [.. (contact.Deputies ?? []).Select(deputy => Of(deputy)!)]);
}

/// <summary>What the platform last counted, and what went out through the service.</summary>
/// <param name="Followers">Followers; null when never read.</param>
/// <param name="RemotePosts">Posts the platform shows; null when never read.</param>
/// <param name="Published">Posts that went out through the service.</param>
/// <param name="ReadAt">When the platform was last asked; null when never.</param>
public sealed record CountersDto(long? Followers, long? RemotePosts, long Published, DateTimeOffset? ReadAt);

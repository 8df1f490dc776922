using System.Text.Json.Serialization;
using Coordination.Dashboard.Desks;
using Coordination.Domain.Posts;
using Coordination.Storage.OffSystem;

namespace Coordination.Dashboard.Api;

/// <summary>How far the off-system check of a hold is.</summary>
/// <param name="Covered">Accounts that the hold covers.</param>
/// <param name="Checked">Those of which everything that they show is judged.</param>
/// <param name="Found">Posts made under the hold that did not come through here.</param>
/// <param name="Undecided">Posts that may be ours: what became of a call to the platform is not known yet.</param>
/// <param name="LastCheckedAt">When a platform last answered; left out when none has.</param>
/// <param name="OldestCheckedAt">The answer that is longest ago, of the accounts that have one; left out when none has.</param>
public sealed record OffSystemDto(
    int Covered,
    int Checked,
    int Found,
    int Undecided,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? LastCheckedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? OldestCheckedAt)
{
    /// <summary>Makes it.</summary>
    public static OffSystemDto Of(OffSystemSummary summary) =>
        new(summary.Covered, summary.Checked, summary.Found, summary.Undecided, summary.LastAt, summary.OldestAt);
}

/// <summary>A post that did not come through here.</summary>
/// <param name="Account">Its account's key.</param>
/// <param name="RemoteId">The platform's own id.</param>
/// <param name="PostedAt">When it was made, by the platform's clock.</param>
/// <param name="SeenAt">When it was found.</param>
/// <param name="Url">Where people see it; left out when the platform gave no web address.</param>
public sealed record OffSystemPostDto(
    string Account,
    string RemoteId,
    DateTimeOffset PostedAt,
    DateTimeOffset SeenAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url)
{
    /// <summary>Makes it.</summary>
    public static OffSystemPostDto Of(OffSystemRow row) => new(row.Account, row.RemoteId, row.PostedAt, row.SeenAt, PublicLink.Of(row.Url));
}

/// <summary>A covered account of which it is not known what it shows.</summary>
/// <param name="Account">Its key.</param>
/// <param name="Code">One of <c>failed not-connected not-asked overdue undecided</c>.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="FailedSince">Since when the platform cannot be asked; left out where it can.</param>
/// <param name="LastCheckedAt">When the platform last answered; left out when it never did.</param>
public sealed record UncheckedDto(
    string Account,
    string Code,
    string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? FailedSince,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? LastCheckedAt)
{
    /// <summary>Makes it.</summary>
    public static UncheckedDto Of(UncheckedRow row) => new(row.Account, row.Code, OffSystemReasons.Of(row), row.Since, row.CheckedAt);
}

/// <summary>What the off-system check of a hold found, and what it could not look at.</summary>
/// <param name="Items">Posts that did not come through here, the latest found first.</param>
/// <param name="Unchecked">The first of the accounts that are not checked, by key.</param>
/// <param name="UncheckedNext">Cursor of the next of them, for <c>off-system/unchecked</c>; left out at the end.</param>
/// <param name="Next">Cursor of the next page of posts; left out at the end.</param>
public sealed record OffSystemListDto(
    IReadOnlyList<OffSystemPostDto> Items,
    IReadOnlyList<UncheckedDto> Unchecked,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? UncheckedNext,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next);

using Coordination.Storage.ReadModel;

namespace Coordination.Storage.OffSystem;

/// <summary>How far the off-system check of one hold is.</summary>
/// <param name="Covered">Accounts that the hold covers.</param>
/// <param name="Checked">Those of which everything that they show is judged, lately while the hold stands.</param>
/// <param name="Found">Posts that did not come through here.</param>
/// <param name="Undecided">Posts that may be ours: what became of a call is not known yet.</param>
/// <param name="LastAt">When a platform last answered (UTC); null when none has.</param>
/// <param name="OldestAt">Of the accounts that answered, the answer that is longest ago (UTC).</param>
public sealed record OffSystemSummary(int Covered, int Checked, int Found, int Undecided, DateTimeOffset? LastAt, DateTimeOffset? OldestAt);

/// <summary>A post that did not come through here.</summary>
/// <param name="Account">The account's key.</param>
/// <param name="RemoteId">The platform's own id.</param>
/// <param name="Url">Where people see it; null when the platform gave no link that can be shown.</param>
/// <param name="PostedAt">The platform's time of it (UTC).</param>
/// <param name="SeenAt">When it was found (UTC).</param>
public sealed record OffSystemRow(string Account, string RemoteId, string? Url, DateTimeOffset PostedAt, DateTimeOffset SeenAt);

/// <summary>A covered account that is not checked.</summary>
/// <param name="Account">The account's key.</param>
/// <param name="Code">One of <see cref="UncheckedCodes"/>.</param>
/// <param name="Why">The connector's words, where it failed.</param>
/// <param name="Undecided">Posts that may be ours.</param>
/// <param name="Since">Since when it fails (UTC), where it does.</param>
/// <param name="CheckedAt">When the platform last answered for it (UTC); null when it never did.</param>
public sealed record UncheckedRow(string Account, string Code, string? Why, int Undecided, DateTimeOffset? Since, DateTimeOffset? CheckedAt);

/// <summary>Why an account is not checked: names in JSON.</summary>
public static class UncheckedCodes
{
    /// <summary>The platform could not be asked, or not completely.</summary>
    public const string Failed = "failed";

    /// <summary>The account is not connected: the service cannot read it.</summary>
    public const string NotConnected = "not-connected";

    /// <summary>Its turn has not come.</summary>
    public const string NotAsked = "not-asked";

    /// <summary>It was read, and not again for long.</summary>
    public const string Overdue = "overdue";

    /// <summary>It shows a post that may be ours.</summary>
    public const string Undecided = "undecided";
}

/// <summary>How many off-system posts a standing hold has.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="Found">How many.</param>
public sealed record OffSystemCount(string HoldId, int Found);

/// <summary>Reads what the off-system check found, and what it could not look at.</summary>
public interface IOffSystemReader
{
    /// <summary>How far the check of a hold is.</summary>
    Task<OffSystemSummary> SummaryAsync(string holdId, CancellationToken cancellationToken);

    /// <summary>Off-system posts of a hold, the latest found first.</summary>
    Task<Page<OffSystemRow>> FoundAsync(string holdId, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Covered accounts that are not checked, by key.</summary>
    Task<Page<UncheckedRow>> UncheckedAsync(string holdId, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Standing holds that have off-system posts, oldest first.</summary>
    Task<IReadOnlyList<OffSystemCount>> StandingAsync(CancellationToken cancellationToken);
}

using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Storage.Fence;

namespace Coordination.Storage.ReadModel;

/// <summary>Reads accounts.</summary>
public interface IAccountReader
{
    /// <summary>All summaries, for a replica's snapshot.</summary>
    Task<IReadOnlyList<AccountSummary>> AllAsync(CancellationToken cancellationToken);

    /// <summary>All versions, by account key, for a replica's healing.</summary>
    Task<IReadOnlyDictionary<string, long>> VersionsAsync(CancellationToken cancellationToken);

    /// <summary>Some summaries; keys that do not exist are left out.</summary>
    Task<IReadOnlyList<AccountSummary>> ReadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>The labels that accounts have: what a scope may name.</summary>
    Task<KnownLabels> LabelsAsync(CancellationToken cancellationToken);

    /// <summary>Counts the accounts a scope covers, retired ones left out.</summary>
    Task<int> CountCoveredAsync(Scope scope, CancellationToken cancellationToken);
}

/// <summary>A post, as pages and the API show it.</summary>
public sealed record PostRow
{
    /// <summary>The id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The account's key.</summary>
    public required string Account { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>State id; <c>publishing</c> while a permit is open.</summary>
    public required string State { get; init; }

    /// <summary>When it is, or was, due (UTC).</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>How late it may go out, in seconds.</summary>
    public required int ToleranceSeconds { get; init; }

    /// <summary>Who it goes out for.</summary>
    public required string PosterId { get; init; }

    /// <summary>The poster's name.</summary>
    public required string PosterName { get; init; }

    /// <summary>The message it is part of.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>When it was written (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the platform took it (UTC).</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Where it can be seen.</summary>
    public string? Url { get; init; }

    /// <summary>The holds that stopped it.</summary>
    public IReadOnlyList<string> HeldBy { get; init; } = [];

    /// <summary>Why it stands where it stands.</summary>
    public string? Note { get; init; }

    /// <summary>Counts the changes by people.</summary>
    public int Revision { get; init; }

    /// <summary>Whether a standing hold lets it through only with an approval that it does not have.</summary>
    public bool AwaitsApproval { get; init; }

    /// <summary>Name of who approved the present revision; null when nobody did.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>When it was approved (UTC).</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>The holds that the approval is for.</summary>
    public IReadOnlyList<string> ApprovedFor { get; init; } = [];

    /// <summary>When somebody asked for it to be taken off the platform (UTC); null when nobody did, or the platform refused.</summary>
    public DateTimeOffset? RemovalAskedAt { get; init; }

    /// <summary>Name of who asked.</summary>
    public string? RemovalAskedBy { get; init; }

    /// <summary>When it was known to be off the platform (UTC).</summary>
    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>The major incidents since a person last confirmed it, oldest first; empty for a post that does not wait any more.</summary>
    public IReadOnlyList<IncidentSince> WrittenBefore { get; init; } = [];
}

/// <summary>One page of rows.</summary>
/// <param name="Items">The rows.</param>
/// <param name="Next">Opaque cursor of the next page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Reads posts.</summary>
public interface IPostReader
{
    /// <summary>One post; null when there is none.</summary>
    Task<PostRow?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>An account's posts, latest due first.</summary>
    Task<Page<PostRow>> OfAccountAsync(string account, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Posts that wait for a person (held, missed, unknown), oldest due first.</summary>
    Task<Page<PostRow>> HandBackAsync(HandBackFilter filter, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Scheduled posts that a standing hold lets through only with an approval they do not have, soonest due first.</summary>
    Task<Page<PostRow>> AwaitingApprovalAsync(int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Scheduled posts of the accounts in a scope that are due before a time, soonest first, at most <paramref name="limit"/>; with the count of all.</summary>
    Task<(int Total, IReadOnlyList<PostRow> First)> DueInScopeAsync(Scope scope, DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>Counts for the strip on top: in flight, due today (until <paramref name="endOfDay"/>), waiting for a person.</summary>
    Task<PostCounts> CountAsync(DateTimeOffset endOfDay, CancellationToken cancellationToken);
}

/// <summary>Counts over all accounts.</summary>
public sealed record PostCounts(int InFlight, int DueToday, int AwaitingPerson, int AwaitingApproval)
{
    /// <summary>Above this nobody counts on: the greatest value of <see cref="AwaitingApproval"/>.</summary>
    public const int MostAwaitingApproval = 1000;
}

/// <summary>A receipt: one account's own acknowledgement of one hold.</summary>
/// <param name="Account">The account's key.</param>
/// <param name="AcknowledgedAt">When (UTC); null while it has not answered.</param>
/// <param name="PostsHeld">How many of its posts the hold stopped so far, those released since included.</param>
public sealed record ReceiptRow(string Account, DateTimeOffset? AcknowledgedAt, int PostsHeld);

/// <summary>Reads holds.</summary>
public interface IHoldReader
{
    /// <summary>All standing holds, oldest first.</summary>
    Task<IReadOnlyList<Hold>> StandingAsync(CancellationToken cancellationToken);

    /// <summary>Holds, newest first; only standing ones when <paramref name="active"/> is true, only lifted ones when false.</summary>
    Task<Page<Hold>> ListAsync(bool? active, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>One hold; null when there is none.</summary>
    Task<Hold?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>How many accounts the hold covers now, and how many of them have acknowledged it.</summary>
    Task<(int Covered, int Acknowledged)> ReceiptCountAsync(string id, CancellationToken cancellationToken);

    /// <summary>Covered accounts with their receipts, those without one first, then by key.</summary>
    Task<Page<ReceiptRow>> ReceiptsAsync(string id, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Covered accounts that owe the hold a receipt, by key, after <paramref name="after"/>; none once it is lifted. All as of one moment: an account that moves into its scope after the lift owes it nothing.</summary>
    Task<IReadOnlyList<AccountKey>> OwingReceiptAsync(string id, AccountKey? after, int limit, CancellationToken cancellationToken);

    /// <summary>Whether the hold stands, covers the account and lacks its receipt.</summary>
    Task<bool> OwesReceiptAsync(string id, AccountKey account, CancellationToken cancellationToken);

    /// <summary>The permits that were open when the hold was placed, and what became of them.</summary>
    Task<IReadOnlyList<InFlightPost>> InFlightAsync(string id, CancellationToken cancellationToken);

    /// <summary>Open permits in a scope now, for a preview.</summary>
    Task<IReadOnlyList<InFlightPost>> OpenInScopeAsync(Scope scope, CancellationToken cancellationToken);
}

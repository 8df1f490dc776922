using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
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

    /// <summary>The accounts that a scope covers, retired ones left out, by key.</summary>
    Task<IReadOnlyList<AccountSummary>> CoveredAsync(Scope scope, CancellationToken cancellationToken);

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

    /// <summary>Who wrote its words: the poster, unless another person has only moved it or confirmed it.</summary>
    public PostWriter Writer => About?.Writer ?? new PostWriter(PosterId, PosterName);

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

    /// <summary>What is said of it besides its text; null when nothing is.</summary>
    public PostAbout? About { get; init; }

    /// <summary>The last try by which nothing was sent, while it is what a person looks at; null otherwise.</summary>
    public PostFailure? Failure => State is "scheduled" or "publishing" or "missed" or "failed" or "rejected" ? About?.Failure : null;

    /// <summary>Whether something of it can be taken off its platform: it is out, or a part of it is and the rest does not go by itself.</summary>
    public bool CanBeRemoved => State is "published" || (About is { PartsOut.Count: > 0 } && State is "held" or "missed" or "cancelled" or "rejected" or "failed");

    /// <summary>Why somebody else reads it before it goes out; null when nobody has to.</summary>
    public PostReview? Review { get; init; }

    /// <summary>Who sent it back, while it is with its writer again.</summary>
    public PostReturn? Return { get; init; }

    /// <summary>The repeat that made it; null for a post by itself.</summary>
    public Guid? RepeatId { get; init; }

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

    /// <summary>The posts of a message, by account; empty when there is no such message. At most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<PostRow>> OfMessageAsync(Guid message, int limit, CancellationToken cancellationToken);

    /// <summary>Posts that wait for a person (held, missed, unknown), oldest due first.</summary>
    Task<Page<PostRow>> HandBackAsync(HandBackFilter filter, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Posts that wait for an approval, soonest due first: submitted ones, and scheduled ones that a standing hold lets through only with an approval they do not have.</summary>
    /// <param name="filter">Which of them; null for all.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cursor">Where the last page ended; null for the first.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<Page<PostRow>> AwaitingApprovalAsync(ApproverFilter? filter, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Posts that were sent back to their writer, soonest due first.</summary>
    Task<Page<PostRow>> ReturnedAsync(string posterId, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Scheduled and submitted posts that are due near a time, soonest first, at most <paramref name="limit"/>.</summary>
    /// <param name="accounts">Their accounts' keys.</param>
    /// <param name="allCorporate">Whether those of every corporate account belong to them.</param>
    /// <param name="at">The time (UTC).</param>
    /// <param name="within">How near.</param>
    /// <param name="except">A post that does not clash with itself; null for none.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<PostRow>> NearAsync(
        IReadOnlyCollection<string> accounts, bool allCorporate, DateTimeOffset at, TimeSpan within, Guid? except, int limit, CancellationToken cancellationToken);

    /// <summary>Posts by their day in London, those that were taken back left out; days without any are left out, too.</summary>
    /// <param name="scopes">What they are narrowed to: an account that all of these scopes cover. None: all accounts.</param>
    /// <param name="anyOf">What they are narrowed to besides: an account that at least one of these covers. Null: does not narrow.</param>
    /// <param name="from">The first day.</param>
    /// <param name="until">The day after the last.</param>
    /// <param name="perDay">At most this many of a day, soonest first.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<CalendarDay>> CalendarAsync(IReadOnlyList<Scope> scopes, IReadOnlyList<Scope>? anyOf, DateOnly from, DateOnly until, int perDay, CancellationToken cancellationToken);

    /// <summary>Scheduled posts of the accounts in a scope that are due before a time, soonest first, at most <paramref name="limit"/>; with the count of all.</summary>
    Task<(int Total, IReadOnlyList<PostRow> First)> DueInScopeAsync(Scope scope, DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>Counts for the strip on top: in flight, due today (until <paramref name="endOfDay"/>), waiting for a person.</summary>
    Task<PostCounts> CountAsync(DateTimeOffset endOfDay, CancellationToken cancellationToken);
}

/// <summary>A day of the calendar.</summary>
/// <param name="Day">The day in London.</param>
/// <param name="Total">How many posts it has.</param>
/// <param name="First">The first of them.</param>
public sealed record CalendarDay(DateOnly Day, int Total, IReadOnlyList<PostRow> First);

/// <summary>The submitted posts that somebody who is not of Comms may approve.</summary>
/// <param name="Accounts">Keys of the accounts that are theirs by their own rule.</param>
/// <param name="Kinds">Kinds of account that are theirs by the kind's rule.</param>
/// <param name="Others">Keys of accounts with a rule of their own, which the kind's does not reach.</param>
/// <param name="Approver">Staff id: nobody approves what they wrote.</param>
public sealed record ApproverFilter(IReadOnlyList<string> Accounts, IReadOnlyList<string> Kinds, IReadOnlyList<string> Others, string Approver);

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

    /// <summary>Which of these posts of an account the hold refuses, as the fence would (FENCE.md rule 4): not what was confirmed under it by whom it lets through.</summary>
    Task<IReadOnlyList<PostId>> RefusedAsync(string id, AccountKey account, IReadOnlyList<PostId> posts, CancellationToken cancellationToken);

    /// <summary>The permits that were open when the hold was placed, and what became of them.</summary>
    Task<IReadOnlyList<InFlightPost>> InFlightAsync(string id, CancellationToken cancellationToken);

    /// <summary>Open permits in a scope now, for a preview.</summary>
    Task<IReadOnlyList<InFlightPost>> OpenInScopeAsync(Scope scope, CancellationToken cancellationToken);
}

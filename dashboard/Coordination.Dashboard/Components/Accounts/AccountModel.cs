using Coordination.Domain.Accounts;
using Coordination.Storage.Journal;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Components.Accounts;

/// <summary>What the account's page shows beyond the board's row: its posts, its journal, how fresh its counters are.</summary>
public sealed class AccountModel(IPostReader posts, IJournalReader journal, ICounterChecks counters)
{
    private const int PostPage = 30;
    private const int JournalPage = 25;
    private readonly List<PostRow> _posts = [];

    /// <summary>Posts, latest due first.</summary>
    public IReadOnlyList<PostRow> Posts => _posts;

    /// <summary>Whether there are more posts.</summary>
    public bool MorePosts => _next is not null;

    /// <summary>The journal's newest entries; empty where it may not be read.</summary>
    public IReadOnlyList<JournalEntry> Entries { get; private set; } = [];

    /// <summary>When the platform last answered for the account's figures; null before the first reading.</summary>
    public CounterCheck? Counters { get; private set; }

    /// <summary>What recomputing the chain showed; null before.</summary>
    public ChainVerdict? Verdict { get; private set; }

    /// <summary>Whether a first reading was done.</summary>
    public bool Read { get; private set; }

    /// <summary>Whether the last reading failed.</summary>
    public bool Problem { get; private set; }

    private string? _next;

    /// <summary>Posts that wait for their time or are on the wire, soonest first.</summary>
    public IEnumerable<PostRow> Coming => _posts.Where(p => p.State is "scheduled" or "submitted" or "returned" or "publishing" or "draft").OrderBy(p => p.DueAt);

    /// <summary>Posts that wait for a person.</summary>
    public IEnumerable<PostRow> Waiting => _posts.Where(p => p.State is "held" or "missed" or "unknown").OrderBy(p => p.DueAt);

    /// <summary>The others, latest first.</summary>
    public IEnumerable<PostRow> Past => _posts.Where(p => p.State is not ("scheduled" or "submitted" or "returned" or "publishing" or "draft" or "held" or "missed" or "unknown"));

    /// <summary>Reads the first page again.</summary>
    public Task LoadAsync(AccountKey key, bool withJournal, CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            // As many as are on screen, so that what a person unfolded does not fold up again.
            var page = await posts.OfAccountAsync(key.Value, Math.Max(PostPage, Math.Min(_posts.Count, 500)), null, cancellationToken);
            _posts.Clear();
            _posts.AddRange(page.Items);
            _next = page.Next;
            Counters = await counters.ReadAsync(key, cancellationToken);
            if (withJournal)
            {
                Entries = (await journal.ReadAsync("account/" + key.Value, JournalPage, null, cancellationToken)).Items;
            }
        },
        cancellationToken);

    /// <summary>Reads further posts.</summary>
    public Task MoreAsync(AccountKey key, CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            var page = await posts.OfAccountAsync(key.Value, PostPage, _next, cancellationToken);
            _posts.AddRange(page.Items);
            _next = page.Next;
        },
        cancellationToken);

    /// <summary>Recomputes the chain of the account's stream.</summary>
    public Task VerifyAsync(AccountKey key, CancellationToken cancellationToken) => TryAsync(
        async () => Verdict = await journal.VerifyAsync("account/" + key.Value, cancellationToken), cancellationToken);

    private async Task TryAsync(Func<Task> read, CancellationToken cancellationToken)
    {
        try
        {
            await read();
            (Read, Problem) = (true, false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception)
        {
            Problem = true;
        }
    }
}

using Coordination.Storage.Verification.Checks;

namespace Coordination.Storage.Verification;

/// <summary>Accounts and posts that are folded and wait to be compared with their rows: many are looked up at once, and few are kept.</summary>
internal sealed class Batch(Snapshot snapshot, AllFindings findings, HoldTimeline holds)
{
    private const int MostAccounts = 200;
    private const int MostPosts = 1000;
    private readonly List<AccountFile> _accounts = [];
    private readonly List<PostFile> _posts = [];
    private readonly StateCheck _states = new(findings[CheckKind.States]);
    private readonly AccountRowCheck _rows = new(findings[CheckKind.Accounts]);
    private readonly LabelCheck _labels = new(findings[CheckKind.Labels]);
    private readonly PostCountCheck _counts = new(findings[CheckKind.Posts]);
    private readonly PostRowCheck _postRows = new(findings[CheckKind.Posts]);
    private readonly EndCheck _ends = new(findings[CheckKind.Ends], snapshot.AsOf);
    private readonly PermitEntryCheck _entries = new(findings[CheckKind.PermitEntries]);
    private readonly SentOnceCheck _once = new(findings[CheckKind.SentOnce]);
    private readonly ReceiptCheck _receipts = new(findings[CheckKind.Receipts], holds);

    /// <summary>The permits' judge, whose list the database's own is compared with.</summary>
    public PermitCheck Permits { get; } = new(findings[CheckKind.Permits], holds);

    /// <summary>Posts whose account's state keeps them no more.</summary>
    public Task AddAsync(IReadOnlyList<PostFile> posts, CancellationToken cancellationToken)
    {
        _posts.AddRange(posts);
        return _posts.Count >= MostPosts ? ComparePostsAsync(cancellationToken) : Task.CompletedTask;
    }

    /// <summary>An account whose journal is read to its end.</summary>
    public async Task AddAsync(AccountFile account, CancellationToken cancellationToken)
    {
        _accounts.Add(account);
        await AddAsync([.. account.Posts], cancellationToken);
        if (_accounts.Count >= MostAccounts)
        {
            await CompareAccountsAsync(cancellationToken);
        }
    }

    /// <summary>Compares what still waits.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await ComparePostsAsync(cancellationToken);
        await CompareAccountsAsync(cancellationToken);
        _states.End();
        _once.End();
        _receipts.End();
    }

    private async Task ComparePostsAsync(CancellationToken cancellationToken)
    {
        var ids = _posts.Select(p => p.Id.Value).ToArray();
        var rows = (await StoredRows.PostsAsync(snapshot, ids, cancellationToken)).ToDictionary(r => r.Id);
        var permits = (await StoredRows.PermitsAsync(snapshot, ids, cancellationToken)).ToLookup(p => p.PostId);
        var stopped = (await StoredRows.StoppedAsync(snapshot, ids, cancellationToken)).ToLookup(s => s.Post, s => s.Hold);
        var labels = await LabelsAsync(_posts.Select(p => p.Account), cancellationToken);
        foreach (var post in _posts)
        {
            var (ofPost, timeline) = (permits[post.Id.Value].ToArray(), new LabelTimeline(post.Account.Labels, [.. labels[post.Account.Key.Value]]));
            _postRows.Look(post, rows.GetValueOrDefault(post.Id.Value), [.. stopped[post.Id.Value]]);
            _ends.Look(post);
            _entries.Look(post, ofPost);
            _once.Look(post, ofPost);
            Permits.Look(post, ofPost, timeline);
        }

        _posts.Clear();
    }

    private async Task CompareAccountsAsync(CancellationToken cancellationToken)
    {
        var keys = _accounts.Select(a => a.Key.Value).ToArray();
        var states = await StateCheck.LoadAsync(snapshot, [.. _accounts.Select(a => a.Stream)], cancellationToken);
        var rows = await AccountRowCheck.LoadAsync(snapshot, keys, cancellationToken);
        var labels = await LabelsAsync(_accounts, cancellationToken);
        var counts = await PostCountCheck.LoadAsync(snapshot, keys, cancellationToken);
        var receipts = await ReceiptCheck.LoadAsync(snapshot, keys, cancellationToken);
        foreach (var account in _accounts)
        {
            var (key, there) = (account.Key.Value, states.TryGetValue(account.Stream, out var state));
            var history = labels[key].ToArray();
            _states.Look(account, state.Payload, there);
            _rows.Look(account, rows.GetValueOrDefault(key), there ? state.Version : null);
            _labels.Look(account, history);
            await _counts.LookAsync(snapshot, account, counts.GetValueOrDefault(key), cancellationToken);
            _receipts.Look(account, [.. receipts[key]], new LabelTimeline(account.Labels, history));
        }

        _accounts.Clear();
    }

    private async Task<ILookup<string, LabelRow>> LabelsAsync(IEnumerable<AccountFile> accounts, CancellationToken cancellationToken) =>
        (await StoredRows.LabelsAsync(snapshot, [.. accounts.Select(a => a.Key.Value).Distinct(StringComparer.Ordinal)], cancellationToken))
        .ToLookup(l => l.Account, StringComparer.Ordinal);
}

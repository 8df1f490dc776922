using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Coordination.Sandbox.Network;

/// <summary>How a publish ended here.</summary>
internal enum PublishOutcome
{
    /// <summary>A new post.</summary>
    Published,

    /// <summary>The key was known: the post it made first.</summary>
    Replayed,

    /// <summary>The key was known, and its post has been deleted since.</summary>
    Deleted,
}

/// <summary>The sandbox's accounts and posts: in memory, made again from the log at the start, changed only through the log.</summary>
internal sealed partial class SandboxNetwork : IAsyncDisposable
{
    /// <summary>How long a key is recognised (docs.joinmastodon.org/methods/statuses).</summary>
    public static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly SandboxLog _log;
    private readonly Dictionary<string, SandboxAccount> _byUsername = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SandboxAccount> _byToken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SandboxAccount> _byId = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, SandboxPost> _posts = [];
    private readonly Dictionary<string, SortedSet<long>> _ofAccount = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Account, string Key), SandboxPost> _keys = [];
    private readonly Dictionary<long, Task> _durable = [];
    private readonly List<AcceptedRequest> _requests = [];
    private long _lastId;

    private SandboxNetwork(SandboxLog log, TimeProvider time)
    {
        _log = log;
        Time = time;
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Completes when nothing more can be kept.</summary>
    public Task LogFailed => _log.Failed;

    public static SandboxNetwork Open(SandboxOptions options, TimeProvider time)
    {
        var network = new SandboxNetwork(SandboxLog.Open(options.DataFolder, out var entries), time);
        foreach (var entry in entries)
        {
            network.Apply(entry);
        }

        return network;
    }

    /// <summary>What a token's hash is.</summary>
    public static string Hash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Registers an account or changes it; answers a fault in words when it cannot be.</summary>
    public (SandboxAccount? Account, string? Fault, Task Durable) Register(Registration registration)
    {
#pragma warning disable CA1308 // Names are shown and compared in lower case, as Mastodon's are.
        var username = registration.Username?.Trim().ToLowerInvariant() ?? "";
#pragma warning restore CA1308
        if (!Username().IsMatch(username))
        {
            return (null, $"'{username}' is no username: letters, digits, '_', and '.' or '-' inside, at most 100.", Task.CompletedTask);
        }

        if (registration.Token is not { Length: >= 16 } token)
        {
            return (null, $"'{username}' needs a token of at least 16 characters.", Task.CompletedTask);
        }

        lock (_lock)
        {
            var hash = Hash(token);
            if (_byToken.TryGetValue(hash, out var holder) && !string.Equals(holder.Username, username, StringComparison.Ordinal))
            {
                return (null, $"'{username}' has the token of '{holder.Username}': one token is one account.", Task.CompletedTask);
            }

            var known = _byUsername.GetValueOrDefault(username);
            var account = new SandboxAccount(
                known?.Id ?? NextId().ToString(CultureInfo.InvariantCulture),
                username,
                string.IsNullOrWhiteSpace(registration.DisplayName) ? username : registration.DisplayName.Trim(),
                hash,
                registration.Note ?? "",
                registration.Network,
                Math.Max(0, registration.Followers),
                Math.Max(0, registration.Following),
                known?.CreatedAt ?? Time.GetUtcNow());
            return account == known ? (known, null, Task.CompletedTask) : (account, null, Commit(new AccountRegistered(account)));
        }
    }

    /// <summary>Publishes, or finds the post that the same key made within its hour.</summary>
    /// <returns>The outcome, and what completes when it is safe on the disk.</returns>
    public (PublishOutcome Outcome, SandboxPost Post, Task Durable) Publish(
        SandboxAccount account, string text, string visibility, string? language, IReadOnlyList<long> media, long? replyTo, string? key, DateTimeOffset arrivedAt)
    {
        lock (_lock)
        {
            var now = Time.GetUtcNow();
            if (key is not null && _keys.TryGetValue((account.Id, key), out var first) && now - first.CreatedAt < KeyLifetime)
            {
                var replay = Commit(new PostReplayed(first.Id, key, arrivedAt));
                return _posts.TryGetValue(first.Id, out var standing)
                    ? (PublishOutcome.Replayed, standing, Task.WhenAll(replay, _durable.GetValueOrDefault(first.Id, Task.CompletedTask)))
                    : (PublishOutcome.Deleted, first, replay);
            }

            var post = new SandboxPost(NextId(), account.Id, text, visibility, language, arrivedAt, now, key) { Media = media, ReplyTo = replyTo };
            var durable = Commit(new PostPublished(post));
            _durable[post.Id] = durable;
            return (PublishOutcome.Published, post, durable);
        }
    }

    /// <summary>Changes a post of this account; null when it has none of that id.</summary>
    public (SandboxPost Post, Task Durable)? Edit(SandboxAccount account, long id, string text, string? language, IReadOnlyList<long> media, string? key, DateTimeOffset arrivedAt)
    {
        lock (_lock)
        {
            if (!_posts.TryGetValue(id, out var post) || !string.Equals(post.AccountId, account.Id, StringComparison.Ordinal))
            {
                return null;
            }

            var durable = Commit(new PostEdited(id, text, language ?? post.Language, media, key, arrivedAt, Time.GetUtcNow()));
            return (_posts[id], durable);
        }
    }

    /// <summary>Deletes a post of this account; null when it has none of that id.</summary>
    public (SandboxPost Post, Task Durable)? Delete(SandboxAccount account, long id, DateTimeOffset arrivedAt)
    {
        lock (_lock)
        {
            return _posts.TryGetValue(id, out var post) && string.Equals(post.AccountId, account.Id, StringComparison.Ordinal)
                ? (post, Commit(new PostDeleted(id, arrivedAt)))
                : null;
        }
    }

    /// <summary>Changes a post's figures; false when there is none of that id.</summary>
    public bool TrySetFigures(long id, PostFigures figures, out Task durable)
    {
        lock (_lock)
        {
            var known = _posts.ContainsKey(id);
            durable = known ? Commit(new FiguresChanged(id, figures)) : Task.CompletedTask;
            return known;
        }
    }

    public async ValueTask DisposeAsync() => await _log.DisposeAsync();

    private Task Commit(LogEntry entry)
    {
        Apply(entry);
        return _log.AppendAsync(entry);
    }

    private void Apply(LogEntry entry)
    {
        ApplyPrepared(entry);
        switch (entry)
        {
            case AccountRegistered { Account: var account }:
                if (_byUsername.TryGetValue(account.Username, out var former))
                {
                    _byToken.Remove(former.TokenHash);
                }

                _byUsername[account.Username] = _byToken[account.TokenHash] = _byId[account.Id] = account;
                _lastId = Math.Max(_lastId, long.Parse(account.Id, CultureInfo.InvariantCulture));
                break;
            case MediaUploaded { Media: var media }:
                _media[media.Id] = media;
                _lastId = Math.Max(_lastId, media.Id);
                break;
            case PostPublished { Post: var post }:
                _posts.Add(post.Id, post);
                Of(post.AccountId).Add(post.Id);
                _lastId = Math.Max(_lastId, post.Id);
                if (post.IdempotencyKey is { } key)
                {
                    _keys[(post.AccountId, key)] = post;
                }

                Note("publish", post, post.IdempotencyKey, post.ArrivedAt);
                break;
            case PostReplayed replayed:
                Note("replay", _keys.Values.FirstOrDefault(p => p.Id == replayed.PostId), replayed.IdempotencyKey, replayed.ArrivedAt);
                break;
            case PostEdited edited when _posts.TryGetValue(edited.PostId, out var standing):
                _posts[standing.Id] = standing with { Text = edited.Text, Language = edited.Language, Media = edited.Media, EditedAt = edited.At };
                Note("edit", _posts[standing.Id], edited.Key, edited.ArrivedAt);
                break;
            case PostDeleted deleted when _posts.Remove(deleted.PostId, out var gone):
                _durable.Remove(gone.Id);
                Of(gone.AccountId).Remove(gone.Id);
                Note("delete", gone, null, deleted.ArrivedAt);
                break;
            case FiguresChanged changed when _posts.TryGetValue(changed.PostId, out var counted):
                _posts[counted.Id] = counted with { Figures = changed.Figures };
                break;
        }
    }

    private void Note(string kind, SandboxPost? post, string? key, DateTimeOffset arrivedAt)
    {
        if (post is not null)
        {
            _requests.Add(new AcceptedRequest(kind, _byId[post.AccountId].Username, post.Id.ToString(CultureInfo.InvariantCulture), key, post.Text, arrivedAt));
        }
    }

    private SortedSet<long> Of(string accountId)
    {
        if (!_ofAccount.TryGetValue(accountId, out var own))
        {
            _ofAccount[accountId] = own = [];
        }

        return own;
    }

    private long NextId() => _lastId = Math.Max(_lastId + 1, Time.GetUtcNow().ToUnixTimeMilliseconds() << 16);

    [GeneratedRegex(@"\A[a-z0-9_]([a-z0-9_.-]{0,98}[a-z0-9_])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Username();
}

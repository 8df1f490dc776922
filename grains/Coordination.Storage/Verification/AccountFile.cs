using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Storage.Accounts;
using Coordination.Storage.Journal;

namespace Coordination.Storage.Verification;

/// <summary>One account as its journal has it, entry after entry. Keeps the posts that its state keeps; those that the fold lets go are handed on.</summary>
internal sealed class AccountFile(string stream, AccountKey key, AllFindings findings, RedactionBook redactions)
{
    public const string Prefix = "account/";
    private const string PermitIssued = "permit-issued";
    private readonly Dictionary<PostId, PostFile> _posts = [];
    private readonly List<LabelChange> _labels = [];
    private readonly HashSet<string> _acknowledged = new(StringComparer.Ordinal);
    private long _sequence;

    public string Stream => stream;

    public AccountKey Key => key;

    /// <summary>The fold so far.</summary>
    public AccountState State { get; private set; } = AccountState.None;

    /// <summary>Why the fold is not the whole account; null when it is.</summary>
    public string? Gap { get; private set; }

    /// <summary>Entries that were folded from what a redaction left of them.</summary>
    public int Redacted { get; private set; }

    /// <summary>Posts that were ever scheduled.</summary>
    public long Scheduled { get; private set; }

    /// <summary>The labels it had, in order.</summary>
    public IReadOnlyList<LabelChange> Labels => _labels;

    /// <summary>The holds it acknowledged.</summary>
    public IReadOnlyCollection<string> Acknowledged => _acknowledged;

    /// <summary>The posts that its state keeps.</summary>
    public IReadOnlyCollection<PostFile> Posts => _posts.Values;

    /// <summary>Takes the next entry; answers the posts that left the state with it.</summary>
    public IReadOnlyList<PostFile> Take(JournalRow row)
    {
        if (row.FenceSequence is { } sequence)
        {
            if (_labels.Count > 0 && _labels[^1].Before is null)
            {
                _labels[^1] = _labels[^1] with { Before = sequence };
            }

            _sequence = Math.Max(_sequence, sequence);
        }

        if (row.Payload is null)
        {
            // A redaction says what is left of the entry: from that the account is folded like any other.
            if (redactions.Left(row) is not { } left)
            {
                Gap ??= $"entry {row.Number} is erased, and no redaction says what is left of it";
                return [];
            }

            Redacted++;
            return Take(left, row);
        }

        if (string.Equals(row.Event, PermitIssued, StringComparison.Ordinal))
        {
            TakePermit(row);
            return [];
        }

        return Read(row) is { } change ? Take(change, row) : [];
    }

    private AccountEvent? Read(JournalRow row)
    {
        try
        {
            var change = JsonSerializer.Deserialize<AccountEvent>(row.Payload!, StorageJson.Options) ?? throw new JsonException();
            if (!string.Equals(AccountEventNames.NameOf(change), row.Event, StringComparison.Ordinal))
            {
                findings[CheckKind.States].Differs(stream, $"It is called {row.Event} and its content is {AccountEventNames.NameOf(change)}.", row.Number);
            }

            return change;
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or FormatException)
        {
            findings[CheckKind.States].Differs(stream, $"Its content cannot be read as {row.Event}, so the account cannot be folded.", row.Number);
            Gap ??= $"entry {row.Number} cannot be read";
            return null;
        }
    }

    private List<PostFile> Take(AccountEvent change, JournalRow row)
    {
        var former = State;
        State = AccountFold.Evolve(former, change);
        switch (change)
        {
            case AccountRequested or AccountRelabelled:
                _labels.Add(new LabelChange(State.Labels, row.Number, _sequence, null));
                return [];
            case HoldAcknowledged e:
                _acknowledged.Add(e.HoldId);
                return [];
            case PostEvent e:
                TakePost(e, row);
                return change is PostScheduled or PostSubmitted && State.Posts.Count <= former.Posts.Count ? LetGo(former) : [];
            default:
                return [];
        }
    }

    private void TakePost(PostEvent change, JournalRow row)
    {
        var file = _posts.GetValueOrDefault(change.PostId);
        if (change is PostScheduled || (change is PostSubmitted && file?.Post is null))
        {
            Scheduled++;
            if (file?.Post is not null)
            {
                findings[CheckKind.Ends].Differs(stream, $"The post {change.PostId} is scheduled a second time.", row.Number);
            }

            file ??= _posts[change.PostId] = new PostFile(this, change.PostId);
        }
        else if (file?.Post is null)
        {
            // A post that the state keeps no more was compared when it left: what is left of its entries made it as its row is.
            if (Gap is null && change is not PostRedacted)
            {
                findings[CheckKind.Ends].Differs(stream, $"{row.Event} is about the post {change.PostId}, which was never scheduled or ended long before.", row.Number);
            }

            return;
        }
        else if (!PostSteps.MayFollow(file.Post, change))
        {
            findings[CheckKind.Ends].Differs(stream, $"{row.Event} cannot follow: the post {change.PostId} was {file.Post.State.Id()}.", row.Number);
        }

        // From the end: what changes is mostly what was written last.
        file.Take(change, State.Posts.FindLast(p => p.Id == change.PostId), row.Number, row.FenceSequence);
    }

    private void TakePermit(JournalRow row)
    {
        if (PermitPayload.Read(row.Payload!) is not { } permit || row.FenceSequence is not { } sequence)
        {
            findings[CheckKind.PermitEntries].Differs(stream, "Its content cannot be read as a permit.", row.Number);
            return;
        }

        var id = new PostId(permit.PostId);
        if (!_posts.TryGetValue(id, out var file))
        {
            file = _posts[id] = new PostFile(this, id);
            if (Gap is null)
            {
                findings[CheckKind.PermitEntries].Differs(stream, $"The permit is for the post {id}, which was never scheduled or ended long before.", row.Number);
            }
        }

        file.Take(new PermitEntry(row.Number, sequence, permit));
    }

    // The state keeps the last finished posts; what it let go is compared with the read model and forgotten.
    private List<PostFile> LetGo(AccountState former)
    {
        var gone = new List<PostFile>();
        foreach (var post in former.Posts)
        {
            if (State.Find(post.Id) is null && _posts.Remove(post.Id, out var file))
            {
                gone.Add(file);
            }
        }

        return gone;
    }
}

/// <summary>Labels as an entry of the journal gave them.</summary>
/// <param name="Labels">The labels.</param>
/// <param name="Number">The entry.</param>
/// <param name="After">The greatest sequence number of the entries before it.</param>
/// <param name="Before">The first sequence number after it; null when there is none.</param>
internal sealed record LabelChange(AccountLabels Labels, long Number, long After, long? Before);

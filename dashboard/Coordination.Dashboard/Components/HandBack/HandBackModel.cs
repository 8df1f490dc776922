using Coordination.Dashboard.Desks;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Components.HandBack;

/// <summary>The review after a hold: post by post, a person decides what still goes out.</summary>
public sealed class HandBackModel(IPostReader posts, IPostDesk desk)
{
    private const int PageSize = 50;
    private readonly List<PostRow> _rows = [];
    private readonly HashSet<Guid> _chosen = [];
    private readonly Dictionary<Guid, string> _refusals = [];
    private readonly Dictionary<string, Guid> _operations = new(StringComparer.Ordinal);
    private string? _next;

    /// <summary>Posts that wait, oldest due first.</summary>
    public IReadOnlyList<PostRow> Rows => _rows;

    /// <summary>Those that are ticked.</summary>
    public IReadOnlyCollection<Guid> Chosen => _chosen;

    /// <summary>Why the last wish about a post was refused, by post.</summary>
    public IReadOnlyDictionary<Guid, string> Refusals => _refusals;

    /// <summary>Whether there are more rows.</summary>
    public bool More => _next is not null;

    /// <summary>Whether a first reading was done.</summary>
    public bool Read { get; private set; }

    /// <summary>Whether the last reading failed.</summary>
    public bool Problem { get; private set; }

    /// <summary>What the last decision came to, in words.</summary>
    public string Said { get; private set; } = "";

    /// <summary>Whether the last decision came about for every post it was about.</summary>
    public bool AllDone { get; private set; }

    /// <summary>Whether decisions are being carried out.</summary>
    public bool Busy { get; private set; }

    /// <summary>Whether a post may be released: nobody sends again what may already be out.</summary>
    public static bool MayRelease(PostRow post) => post.State is "held" or "missed";

    /// <summary>Reads the list again, as far as it is on screen.</summary>
    public Task LoadAsync(CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            var page = await posts.HandBackAsync(Math.Max(PageSize, Math.Min(_rows.Count, 500)), null, cancellationToken);
            _rows.Clear();
            _rows.AddRange(page.Items);
            _next = page.Next;
            _chosen.IntersectWith(_rows.Select(r => r.Id));
        },
        cancellationToken);

    /// <summary>Reads further rows.</summary>
    public Task MoreAsync(CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            var page = await posts.HandBackAsync(PageSize, _next, cancellationToken);
            _rows.AddRange(page.Items);
            _next = page.Next;
        },
        cancellationToken);

    /// <summary>Ticks a post, or unticks it.</summary>
    public void Choose(Guid id)
    {
        if (!_chosen.Remove(id))
        {
            _chosen.Add(id);
        }
    }

    /// <summary>Ticks all on screen, or none.</summary>
    public void ChooseAll(bool all)
    {
        _chosen.Clear();
        if (all)
        {
            _chosen.UnionWith(_rows.Select(r => r.Id));
        }
    }

    /// <summary>Lets posts go out after all; null time means now.</summary>
    public Task ReleaseAsync(IReadOnlyList<PostRow> which, DateTimeOffset? at, Actor actor, CancellationToken cancellationToken) => DecideAsync(
        which, $"release {at:O}", (post, id) => desk.ReleaseAsync(new PostId(post.Id), at, actor, id, cancellationToken), "released", cancellationToken);

    /// <summary>Discards posts.</summary>
    public Task DiscardAsync(IReadOnlyList<PostRow> which, string reason, Actor actor, CancellationToken cancellationToken) => DecideAsync(
        which, "discard " + reason, (post, id) => desk.CancelAsync(new PostId(post.Id), reason, actor, id, cancellationToken), "discarded", cancellationToken);

    private async Task DecideAsync(IReadOnlyList<PostRow> which, string wish, Func<PostRow, Guid, Task<PostAnswer>> decide, string word, CancellationToken cancellationToken)
    {
        Busy = true;
        var (done, still, refused) = (0, 0, 0);
        foreach (var post in which)
        {
            _refusals.Remove(post.Id);
            // The same wish about the same post keeps its operation id until it is answered: repeating it is safe.
            var key = $"{post.Id}/{post.Revision}/{wish}";
            var operation = _operations.TryGetValue(key, out var former) ? former : _operations[key] = Guid.NewGuid();
            try
            {
                var answer = await decide(post, operation);
                _operations.Remove(key);
                if (answer.Refusal is { } refusal)
                {
                    refused++;
                    _refusals[post.Id] = refusal.Reason;
                }
                else if (answer.Post is { State: "held" } held)
                {
                    still++;
                    _refusals[post.Id] = $"It is still held{(held.HeldBy.Count > 0 ? " by " + string.Join(", ", held.HeldBy) : "")}: nothing goes out until that is lifted. It stays in this list.";
                }
                else
                {
                    done++;
                }
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                refused++;
                _refusals[post.Id] = "The database did not answer, so it is not known whether this took. Press the same button again: it cannot count twice.";
            }
        }

        AllDone = done == which.Count;
        Said = string.Join(" ", new[]
        {
            done > 0 ? $"{Kit.Names.Count(done, "post")} {word}." : null,
            still > 0 ? $"{Kit.Names.Count(still, "post")} still held." : null,
            refused > 0 ? $"{Kit.Names.Count(refused, "post")} not {word}: see below." : null,
        }.OfType<string>());
        Busy = false;
        await LoadAsync(cancellationToken);
    }

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

using Coordination.Dashboard.Desks;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Components.HandBack;

/// <summary>The review after a hold: post by post, a person decides what still goes out.</summary>
public sealed class HandBackModel(IPostReader posts, IHandBackDesk desk)
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

    /// <summary>Which posts the list is narrowed to.</summary>
    public HandBackFilter Filter { get; private set; } = HandBackFilter.None;

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
            var page = await posts.HandBackAsync(Filter, Math.Max(PageSize, Math.Min(_rows.Count, 500)), null, cancellationToken);
            _rows.Clear();
            _rows.AddRange(page.Items);
            _next = page.Next;
            _chosen.IntersectWith(_rows.Select(r => r.Id));
        },
        cancellationToken);

    /// <summary>Narrows the list. What was ticked and is not shown any more is not ticked any more.</summary>
    public Task NarrowAsync(HandBackFilter filter, CancellationToken cancellationToken)
    {
        Filter = filter;
        _rows.Clear();
        return LoadAsync(cancellationToken);
    }

    /// <summary>Reads further rows.</summary>
    public Task MoreAsync(CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            var page = await posts.HandBackAsync(Filter, PageSize, _next, cancellationToken);
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

    /// <summary>Decides about posts, and says of each what became of it.</summary>
    /// <param name="which">The posts; of a release those that may be released.</param>
    /// <param name="decision">What is decided, and why.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="cancellationToken">The page is gone.</param>
    public async Task DecideAsync(IReadOnlyList<PostRow> which, HandBackDecision decision, Actor actor, CancellationToken cancellationToken)
    {
        Busy = true;
        var counts = new Dictionary<HandBackResult, int>();
        var items = which.Select((post, i) => Item(post, decision, i)).ToList();
        foreach (var part in items.Chunk(HandBackDesk.MostPosts))
        {
            foreach (var answer in await AnswersAsync(part, decision, actor, cancellationToken))
            {
                Take(answer);
                counts[answer.Result] = counts.GetValueOrDefault(answer.Result) + 1;
            }
        }

        var word = decision.Act == HandBackAct.Release ? "released" : "discarded";
        var done = counts.GetValueOrDefault(HandBackResult.Released) + counts.GetValueOrDefault(HandBackResult.Discarded);
        AllDone = done == which.Count;
        Said = string.Join(" ", new[]
        {
            Told(done, $"{word}."),
            Told(counts.GetValueOrDefault(HandBackResult.StillHeld), "still held."),
            Told(counts.GetValueOrDefault(HandBackResult.Refused), $"not {word}: see below."),
            Told(counts.GetValueOrDefault(HandBackResult.NotKnownYet), "did not answer: see below."),
        }.OfType<string>());
        Busy = false;
        await LoadAsync(cancellationToken);
    }

    private static string? Told(int count, string what) => count == 0 ? null : $"{Kit.Names.Count(count, "post")} {what}";

    // The same wish about the same post keeps its operation id until it is answered: repeating it is safe.
    private HandBackItem Item(PostRow post, HandBackDecision decision, int place)
    {
        var at = decision.At + (place * decision.Spacing);
        var key = $"{decision.Act}/{post.Id}/{post.Revision}/{at:O}/{decision.Reason}/{decision.Text}";
        var operation = _operations.TryGetValue(key, out var former) ? former : _operations[key] = Guid.NewGuid();
        return new HandBackItem(new PostId(post.Id), operation, at, decision.Text);
    }

    private async Task<IReadOnlyList<HandBackPart>> AnswersAsync(
        IReadOnlyList<HandBackItem> items, HandBackDecision decision, Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            return await desk.DecideAsync(decision.Act, items, decision.Reason, actor, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return [.. items.Select(item => new HandBackPart(item, HandBackResult.NotKnownYet, null, null))];
        }
    }

    private void Take(HandBackPart answer)
    {
        if (answer.Result != HandBackResult.NotKnownYet)
        {
            foreach (var key in _operations.Where(o => o.Value == answer.Item.OperationId).Select(o => o.Key).ToList())
            {
                _operations.Remove(key);
            }
        }

        var why = answer switch
        {
            { Result: HandBackResult.NotKnownYet } => "The database did not answer, so it is not known whether this took. Press the same button again: it cannot count twice.",
            { Refusal: { } refusal } => refusal.Reason,
            { Result: HandBackResult.StillHeld, Post: { } held } =>
                $"It is still held{(held.HeldBy.Count > 0 ? " by " + string.Join(", ", held.HeldBy) : "")}: nothing goes out until that is lifted. It stays in this list.",
            _ => null,
        };
        if (why is null)
        {
            _refusals.Remove(answer.Item.Post.Value);
        }
        else
        {
            _refusals[answer.Item.Post.Value] = why;
        }
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

using Coordination.Dashboard.Desks;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Components.Approvals;

/// <summary>The posts that wait for Comms' approval. Each is read and approved by itself: there is no button for all of them.</summary>
public sealed class ApprovalsModel(IPostReader posts, IPostDesk desk)
{
    private const int PageSize = 50;
    private const int MostRows = 500;
    private readonly List<PostRow> _rows = [];
    private readonly Dictionary<Guid, string> _refusals = [];
    private readonly Dictionary<string, Guid> _operations = new(StringComparer.Ordinal);

    /// <summary>Posts that wait, soonest due first.</summary>
    public IReadOnlyList<PostRow> Rows => _rows;

    /// <summary>Why the last wish about a post did not come about, by post.</summary>
    public IReadOnlyDictionary<Guid, string> Refusals => _refusals;

    /// <summary>Whether there are more than are shown.</summary>
    public bool More { get; private set; }

    /// <summary>Whether a first reading was done.</summary>
    public bool Read { get; private set; }

    /// <summary>Whether the last reading failed.</summary>
    public bool Problem { get; private set; }

    /// <summary>Whether a decision is being carried out.</summary>
    public bool Busy { get; private set; }

    /// <summary>Reads the list again, as far as it is on screen.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(Math.Max(PageSize, _rows.Count), cancellationToken);
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

    /// <summary>Reads on.</summary>
    public async Task MoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(_rows.Count + PageSize, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Problem = true;
        }
    }

    /// <summary>Approves a post as it is on screen. True when it took.</summary>
    public Task<bool> ApproveAsync(PostRow post, Actor actor, CancellationToken cancellationToken) => DecideAsync(
        post, "approve", id => desk.ApproveAsync(new PostId(post.Id), post.Revision, actor, id, cancellationToken), cancellationToken);

    /// <summary>Declines a post: it never goes out. True when it took.</summary>
    public Task<bool> DeclineAsync(PostRow post, string reason, Actor actor, CancellationToken cancellationToken) => DecideAsync(
        post, "decline " + reason, id => desk.CancelAsync(new PostId(post.Id), reason, actor, id, cancellationToken), cancellationToken);

    private async Task<bool> DecideAsync(PostRow post, string wish, Func<Guid, Task<PostAnswer>> decide, CancellationToken cancellationToken)
    {
        Busy = true;
        _refusals.Remove(post.Id);

        // The same wish about the same post keeps its operation id until it is answered: repeating it is safe.
        var key = $"{post.Id}/{post.Revision}/{wish}";
        var operation = _operations.TryGetValue(key, out var former) ? former : _operations[key] = Guid.NewGuid();
        try
        {
            var answer = await decide(operation);
            _operations.Remove(key);
            if (answer.Refusal is { } refusal)
            {
                _refusals[post.Id] = refusal.Reason;
            }

            return answer.Refusal is null;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            _refusals[post.Id] = "The database did not answer, so it is not known whether this took. Press the same button again: it cannot count twice.";
            return false;
        }
        finally
        {
            Busy = false;
            await LoadAsync(cancellationToken);
        }
    }

    private async Task ReadAsync(int rows, CancellationToken cancellationToken)
    {
        var page = await posts.AwaitingApprovalAsync(Math.Min(rows, MostRows), null, cancellationToken);
        _rows.Clear();
        _rows.AddRange(page.Items);
        (More, Read, Problem) = (page.Next is not null && _rows.Count < MostRows, true, false);
    }
}

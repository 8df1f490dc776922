using Coordination.Dashboard.Desks;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Components.Approvals;

/// <summary>The posts that wait for an approval, as far as they are the reader's to approve, and those that were sent back to them. Each is read and approved by itself: there is no button for all of them.</summary>
public sealed class ApprovalsModel(IPostReader posts, IPostDesk desk, IRulesDesk rules)
{
    private const int PageSize = 50;
    private const int MostRows = 500;
    private readonly List<PostRow> _rows = [];
    private readonly List<PostRow> _returned = [];
    private readonly Dictionary<Guid, string> _refusals = [];
    private readonly Dictionary<string, Guid> _operations = new(StringComparer.Ordinal);

    /// <summary>Posts that wait, soonest due first.</summary>
    public IReadOnlyList<PostRow> Rows => _rows;

    /// <summary>The reader's own posts that were sent back, soonest due first.</summary>
    public IReadOnlyList<PostRow> Returned => _returned;

    /// <summary>The rules in force.</summary>
    public PublishingRules Rules { get; private set; } = PublishingRules.Default;

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
    public async Task LoadAsync(Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(Math.Max(PageSize, _rows.Count), actor, cancellationToken);
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
    public async Task MoreAsync(Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(_rows.Count + PageSize, actor, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Problem = true;
        }
    }

    /// <summary>Approves a post as it is on screen. True when it took.</summary>
    /// <param name="post">The post.</param>
    /// <param name="dueAt">Another time for a submitted one; null leaves it as it is.</param>
    /// <param name="actor">Who approves.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<bool> ApproveAsync(PostRow post, DateTimeOffset? dueAt, Actor actor, CancellationToken cancellationToken) => DecideAsync(
        post, $"approve {dueAt:O}", actor, id => desk.ApproveAsync(new PostId(post.Id), post.Revision, dueAt, actor, id, cancellationToken), cancellationToken);

    /// <summary>Sends a submitted post back to its writer. True when it took.</summary>
    public Task<bool> ReturnAsync(PostRow post, string comment, Actor actor, CancellationToken cancellationToken) => DecideAsync(
        post, "return " + comment, actor, id => desk.ReturnAsync(new PostId(post.Id), post.Revision, comment, actor, id, cancellationToken), cancellationToken);

    /// <summary>Declines a post: it never goes out. True when it took.</summary>
    public Task<bool> DeclineAsync(PostRow post, string reason, Actor actor, CancellationToken cancellationToken) => DecideAsync(
        post, "decline " + reason, actor, id => desk.CancelAsync(new PostId(post.Id), reason, actor, id, cancellationToken), cancellationToken);

    private async Task<bool> DecideAsync(PostRow post, string wish, Actor actor, Func<Guid, Task<PostAnswer>> decide, CancellationToken cancellationToken)
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
            await LoadAsync(actor, cancellationToken);
        }
    }

    private async Task ReadAsync(int rows, Actor actor, CancellationToken cancellationToken)
    {
        Rules = (await rules.ReadAsync(cancellationToken)).Rules;
        var page = await posts.AwaitingApprovalAsync(Approvers.FilterFor(actor, Rules), Math.Min(rows, MostRows), null, cancellationToken);
        var back = await posts.ReturnedAsync(actor.Id, MostRows, null, cancellationToken);
        _rows.Clear();
        _rows.AddRange(page.Items);
        _returned.Clear();
        _returned.AddRange(back.Items);
        (More, Read, Problem) = (page.Next is not null && _rows.Count < MostRows, true, false);
    }
}

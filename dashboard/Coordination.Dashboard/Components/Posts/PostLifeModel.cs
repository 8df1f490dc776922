using Coordination.Dashboard.Desks;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Components.Posts;

/// <summary>What the page of one post shows: the post as it stands, and its life.</summary>
public sealed class PostLifeModel(PostId id, IPostReader posts, IPostLifeDesk lives)
{
    /// <summary>Entries that are read at once.</summary>
    public const int LifePage = 100;

    private readonly List<PostMoment> _moments = [];
    private string? _next;

    /// <summary>The post; null when there is none, or before it was read.</summary>
    public PostRow? Post { get; private set; }

    /// <summary>Its life, oldest first.</summary>
    public IReadOnlyList<PostMoment> Moments => _moments;

    /// <summary>Why its life is not shown; null when it is.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Whether the life goes on after what was read.</summary>
    public bool More => _next is not null;

    /// <summary>Whether it was ever read.</summary>
    public bool Read { get; private set; }

    /// <summary>Whether the last reading failed; what is shown is older then.</summary>
    public bool Problem { get; private set; }

    /// <summary>Reads all that is on screen again.</summary>
    public async Task LoadAsync(Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            var post = await posts.FindAsync(id.Value, cancellationToken);
            var answer = post is null ? null : await lives.ReadAsync(id, Math.Max(LifePage, _moments.Count), null, actor, cancellationToken);
            _moments.Clear();
            Take(answer);
            (Post, Read, Problem) = (post, true, false);
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
            Take(await lives.ReadAsync(id, LifePage, _next, actor, cancellationToken));
            Problem = false;
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

    private void Take(PostLifeAnswer? answer)
    {
        Refusal = answer?.Refusal;
        _next = answer?.Life?.Next;
        _moments.AddRange(answer?.Life?.Items ?? []);
    }
}

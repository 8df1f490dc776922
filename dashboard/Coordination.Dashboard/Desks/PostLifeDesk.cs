using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.Journal;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Desks;

/// <summary>A post with its life so far, or why not.</summary>
/// <param name="Life">A page of it; null when it was refused.</param>
/// <param name="Refusal">Why it was refused; null when it was not.</param>
public sealed record PostLifeAnswer(Page<PostMoment>? Life, Refusal? Refusal);

/// <summary>Shows what has happened to a post, to those who may know.</summary>
public interface IPostLifeDesk
{
    /// <summary>A page of a post's life, oldest first: for whoever reads the journal, who wrote it, and for whom it goes out (order 01/25, section 4).</summary>
    /// <exception cref="BadCursorException">The cursor is none of this list's.</exception>
    Task<PostLifeAnswer> ReadAsync(PostId id, int limit, string? cursor, Actor actor, CancellationToken cancellationToken);
}

/// <inheritdoc/>
public sealed class PostLifeDesk(IPostReader posts, IPostLifeReader lives) : IPostLifeDesk
{
    /// <inheritdoc/>
    public async Task<PostLifeAnswer> ReadAsync(PostId id, int limit, string? cursor, Actor actor, CancellationToken cancellationToken)
    {
        if (await posts.FindAsync(id.Value, cancellationToken) is not { } post)
        {
            return new PostLifeAnswer(null, Unknown.Post(id.ToString()));
        }

        if (!await MayReadAsync(post, actor, cancellationToken))
        {
            return new PostLifeAnswer(null, new Refusal(
                "forbidden",
                $"{actor.Name} ({actor.Role.Name()}) may not read the whole life of the post {id} on {post.Account}. Who may: {PermissionMatrix.WhoMayInWords(Permission.ReadJournal)}, and whoever wrote it or has it go out for them.",
                RefusalKind.Forbidden));
        }

        var page = await lives.ReadAsync(post, limit, cursor, cancellationToken);
        return new PostLifeAnswer(new Page<PostMoment>([.. page.Items.Select(PostMoment.Of)], page.Next), null);
    }

    private async Task<bool> MayReadAsync(PostRow post, Actor actor, CancellationToken cancellationToken) =>
        actor.May(Permission.ReadJournal)
        || string.Equals(post.PosterId, actor.Id, StringComparison.Ordinal)
        || string.Equals(post.Writer.Id, actor.Id, StringComparison.Ordinal)
        || (await lives.ReadAsync(post, 1, null, cancellationToken)).Items is [{ Event: "post-scheduled" or "post-submitted" } first] && string.Equals(first.ActorId, actor.Id, StringComparison.Ordinal);
}

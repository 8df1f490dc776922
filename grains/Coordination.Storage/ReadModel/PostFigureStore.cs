using Coordination.Domain.Accounts;
using Dapper;

namespace Coordination.Storage.ReadModel;

/// <summary>A published post's public figures; null where its platform shows none.</summary>
/// <param name="Likes">Likes or favourites.</param>
/// <param name="Reposts">Reposts or boosts.</param>
/// <param name="Replies">Replies.</param>
/// <param name="Quotes">Quotes.</param>
/// <param name="ReadAt">When the platform told them (UTC).</param>
public sealed record PostFigures(long? Likes, long? Reposts, long? Replies, long? Quotes, DateTimeOffset ReadAt);

/// <summary>A published post whose figures are to be read.</summary>
/// <param name="Account">Its account.</param>
/// <param name="Post">Its id.</param>
/// <param name="RemoteId">The platform's own id of it.</param>
public sealed record FiguresWanted(AccountKey Account, Guid Post, string RemoteId);

/// <summary>Reads the public figures of published posts.</summary>
public interface IPostFigureReader
{
    /// <summary>A post's figures; null when its platform has told none.</summary>
    Task<PostFigures?> FindAsync(Guid post, CancellationToken cancellationToken);
}

/// <summary>Shares out, among all silos, whose figures are read next, and keeps them.</summary>
/// <remarks>A post is read again when it is half as old again as it was: often while it is new, some twenty times in all, and no more after <see cref="Watched"/>.</remarks>
public sealed class PostFigureStore(CoordinationDatabase database) : IPostFigureReader
{
    /// <summary>How long a published post's figures are followed.</summary>
    public static readonly TimeSpan Watched = TimeSpan.FromDays(14);

    /// <summary>How long a claim lasts; whoever dies with it has it taken over after that.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>Claims published posts whose figures are due, each for one caller alone; none of an account with a post due within a minute.</summary>
    /// <param name="soonest">How old a post is before it is read for the first time.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<FiguresWanted>> ClaimAsync(TimeSpan soonest, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Account, Guid Post, string RemoteId)>(new CommandDefinition(
            """
            with due as (
                select p.id, p.account, p.remote_id
                from post p join account a on a.key = p.account left join post_figures f on f.post_id = p.id
                where p.state = 'published' and p.remote_id <> '' and p.about ->> 'inPlace' is null
                  and p.published_at between clock_timestamp() - @watched and clock_timestamp() - @soonest
                  and (f.not_before is null or f.not_before <= clock_timestamp())
                  and (a.next_post_at is null or a.next_post_at not between clock_timestamp() - interval '1 minute' and clock_timestamp() + interval '1 minute')
                order by f.not_before nulls first, p.published_at desc limit @limit),
            claimed as (
                insert into post_figures as f (post_id, not_before)
                select id, clock_timestamp() + @lease from due
                on conflict (post_id) do update set not_before = excluded.not_before where f.not_before <= clock_timestamp()
                returning post_id)
            select due.account, due.id, due.remote_id from due join claimed on claimed.post_id = due.id
            """,
            new { watched = Watched, soonest, limit, lease = Lease },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => new FiguresWanted(AccountKey.Parse(r.Account), r.Post, r.RemoteId))];
    }

    /// <summary>Keeps what the platform told.</summary>
    /// <param name="post">The post.</param>
    /// <param name="figures">Its figures; their time is the database's.</param>
    /// <param name="soonest">When the next reading comes at the soonest, from now on.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    public async Task KeepAsync(Guid post, PostFigures figures, TimeSpan soonest, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update post_figures f set likes = @likes, reposts = @reposts, replies = @replies, quotes = @quotes, read_at = clock_timestamp(),
                not_before = clock_timestamp() + greatest(@soonest, (clock_timestamp() - p.published_at) / 2)
            from post p where f.post_id = @post and p.id = f.post_id
            """,
            new { post, likes = figures.Likes, reposts = figures.Reposts, replies = figures.Replies, quotes = figures.Quotes, soonest },
            cancellationToken: cancellationToken));
    }

    /// <summary>Has a post left alone for a while: its platform did not answer, or asks for it.</summary>
    public async Task PutOffAsync(Guid post, TimeSpan wait, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "update post_figures set not_before = clock_timestamp() + @wait where post_id = @post", new { post, wait }, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<PostFigures?> FindAsync(Guid post, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long? Likes, long? Reposts, long? Replies, long? Quotes, DateTime ReadAt)>(new CommandDefinition(
            "select likes, reposts, replies, quotes, read_at from post_figures where post_id = @post and read_at is not null", new { post }, cancellationToken: cancellationToken));
        return rows.Select(r => new PostFigures(r.Likes, r.Reposts, r.Replies, r.Quotes, r.ReadAt)).FirstOrDefault();
    }
}

using Coordination.Storage.ReadModel;
using Dapper;

namespace Coordination.Storage.Journal;

/// <summary>Reads what the journal has of one post.</summary>
public interface IPostLifeReader
{
    /// <summary>The entries of an account's stream that are about one of its posts, oldest first.</summary>
    /// <param name="post">The post.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cursor">Where the former page ended.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="BadCursorException">The cursor is none of this list's.</exception>
    Task<Page<JournalEntry>> ReadAsync(PostRow post, int limit, string? cursor, CancellationToken cancellationToken);
}

/// <inheritdoc cref="IPostLifeReader"/>
/// <remarks>
/// An entry whose content was erased names no post any more, so it is in no post's life; the account's chain still has it.
/// There is no index by post: it would cost every permit, and the stream of one account is short.
/// </remarks>
public sealed class PostLifeReader(CoordinationDatabase database) : IPostLifeReader
{
    // The post's time of writing is a host's word, the journal's the database's: their clocks differ, though never by this.
    private static readonly TimeSpan ClockMargin = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public async Task<Page<JournalEntry>> ReadAsync(PostRow post, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var list = $"life/{post.Id:D}";
        var after = Cursor.ReadNumber(list, cursor);
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<JournalRow>(new CommandDefinition(
            JournalReader.Columns + """
                 where stream = @stream and at >= @from and number > coalesce(@after::bigint, 0)
                   and case when payload like '%' || @post || '%' then payload::jsonb ->> 'postId' = @post else false end
                 order by number limit @limit
                """,
            new { stream = "account/" + post.Account, from = (post.CreatedAt - ClockMargin).UtcDateTime, after, post = post.Id.ToString("D"), limit = limit + 1 },
            cancellationToken: cancellationToken))).Select(r => r.ToEntry()).ToList();
        return rows.Count <= limit ? new Page<JournalEntry>(rows, null) : new Page<JournalEntry>(rows[..limit], Cursor.Of(list, rows[limit - 1].Number));
    }
}

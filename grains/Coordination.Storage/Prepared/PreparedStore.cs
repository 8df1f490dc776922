using Coordination.Domain.Posts;
using Dapper;
using Npgsql;

namespace Coordination.Storage.Prepared;

/// <summary>Keeps them in the database. Who keeps first wins there, whatever two workers believe.</summary>
public sealed class PreparedStore(CoordinationDatabase database) : IPreparedStore
{
    /// <inheritdoc/>
    public async Task<PreparedHandle?> FindAsync(PreparedPart part, string slot, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return (await ReadAsync(connection, part, slot, cancellationToken))?.Handle;
    }

    /// <inheritdoc/>
    public async Task<PreparedHandle?> KeepAsync(PreparedPart part, string slot, PreparedHandle handle, PreparedHandle? former, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into prepared as p (post_id, part, slot, account, revision, handle, content, pieces, complete, expires_at)
            values (@post, @part, @slot, @account, @revision, @handle, @content, @pieces, @complete, @expires::timestamptz)
            on conflict (post_id, part, slot) do update
                set revision = excluded.revision, handle = excluded.handle, content = excluded.content, pieces = excluded.pieces, complete = excluded.complete,
                    spent = false, expires_at = excluded.expires_at, kept_at = clock_timestamp()
                where p.handle = @former::text and p.revision <= excluded.revision
                  and not exists (
                      select from permit x
                      where x.post_id = p.post_id and x.part = p.part and x.action = 'publish' and x.outcome is distinct from 'not-sent')
            """,
            Arguments(part, slot, handle, former),
            cancellationToken: cancellationToken));
        var standing = await ReadAsync(connection, part, slot, cancellationToken);
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return standing is { } row && row.Revision <= part.Revision ? row.Handle : null;
    }

    /// <inheritdoc/>
    public async Task NoteAsync(PreparedPart part, string slot, PreparedHandle handle, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update prepared
            set pieces = greatest(pieces, @pieces), complete = complete or @complete, spent = spent or @spent, expires_at = coalesce(@expires::timestamptz, expires_at)
            where post_id = @post and part = @part and slot = @slot and handle = @handle
            """,
            Arguments(part, slot, handle, null),
            cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<int> PurgeAsync(TimeSpan age, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from prepared where (post_id, part, slot) in (
                select post_id, part, slot from prepared where kept_at < clock_timestamp() - @age order by kept_at limit @most)
            """,
            new { age, most },
            cancellationToken: cancellationToken));
    }

    private static object Arguments(PreparedPart part, string slot, PreparedHandle handle, PreparedHandle? former) => new
    {
        post = part.Post.Value,
        part = part.Part,
        slot,
        account = part.Account.Value,
        revision = part.Revision,
        handle = handle.Handle,
        content = handle.Content,
        pieces = handle.Pieces,
        complete = handle.Complete,
        spent = handle.Spent,
        expires = handle.ExpiresAt?.UtcDateTime,
        former = former?.Handle,
    };

    private static async Task<(int Revision, PreparedHandle Handle)?> ReadAsync(NpgsqlConnection connection, PreparedPart part, string slot, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<(int, string, string, int, bool, bool, DateTime?)>(new CommandDefinition(
            "select revision, handle, content, pieces, complete, spent, expires_at from prepared where post_id = @post and part = @part and slot = @slot",
            new { post = part.Post.Value, part = part.Part, slot },
            cancellationToken: cancellationToken));
        return rows.Select(Row).FirstOrDefault();
    }

    private static (int Revision, PreparedHandle Handle)? Row((int Revision, string Handle, string Content, int Pieces, bool Complete, bool Spent, DateTime? ExpiresAt) row) =>
        (row.Revision, new PreparedHandle(row.Handle, row.Content) { Pieces = row.Pieces, Complete = row.Complete, Spent = row.Spent, ExpiresAt = row.ExpiresAt });
}

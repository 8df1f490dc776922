using System.Runtime.InteropServices;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Coordination.Storage.Media;

/// <summary>Keeps them in the database: one backup holds a post and what it showed.</summary>
public sealed class MediaStore(CoordinationDatabase database) : IMediaStore
{
    /// <inheritdoc/>
    public async Task SaveAsync(StoredMedia media, string actorId, string actorName, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            insert into media (hash, content_type, width, height, bytes, preview, uploaded_by, uploaded_by_name)
            values (@hash, @type, @width, @height, @bytes, @preview, @by, @name)
            on conflict (hash) do update set wanted_at = clock_timestamp()
            """,
            connection);
        command.Parameters.AddWithValue("hash", media.Hash);
        command.Parameters.AddWithValue("type", media.ContentType);
        command.Parameters.AddWithValue("width", media.Width);
        command.Parameters.AddWithValue("height", media.Height);
        command.Parameters.Add(new NpgsqlParameter("bytes", NpgsqlDbType.Bytea) { Value = Whole(media.Bytes) });
        command.Parameters.Add(new NpgsqlParameter("preview", NpgsqlDbType.Bytea) { Value = Whole(media.Preview) });
        command.Parameters.AddWithValue("by", actorId);
        command.Parameters.AddWithValue("name", actorName);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await StandbyWait.WaitAsync(connection, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<MediaFile?> ReadAsync(string hash, CancellationToken cancellationToken) =>
        FindAsync("select content_type as contenttype, bytes, width, height from media where hash = @hash", hash, cancellationToken);

    /// <inheritdoc/>
    public Task<MediaFile?> ReadPreviewAsync(string hash, CancellationToken cancellationToken) =>
        FindAsync("select 'image/jpeg' as contenttype, preview as bytes, width, height from media where hash = @hash", hash, cancellationToken);

    /// <inheritdoc/>
    public async Task<int> CountSinceAsync(string uploaderId, TimeSpan since, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*) from media where uploaded_by = @uploaderId and uploaded_at > clock_timestamp() - @since", new { uploaderId, since }, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> WantAsync(IReadOnlyCollection<string> hashes, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var there = await connection.QueryAsync<string>(new CommandDefinition(
            "update media set wanted_at = clock_timestamp() where hash = any(@hashes) returning hash", new { hashes = hashes.ToArray() }, cancellationToken: cancellationToken));
        return [.. hashes.Except(there, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<int> PurgeAsync(TimeSpan unwanted, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);

        // Whoever wants one meanwhile has its row first, and it is looked at again; or comes later, and is told that it is gone.
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from media m where m.hash in (
                select c.hash from media c
                where c.wanted_at < clock_timestamp() - @unwanted
                  and not exists (select from post p where p.about ? 'images' and p.about -> 'images' @> jsonb_build_array(jsonb_build_object('hash', c.hash)))
                  and not exists (select from draft d where d.about -> 'images' @> jsonb_build_array(jsonb_build_object('hash', c.hash)))
                  and not exists (select from repeat r where r.state = 'active' and position(c.hash in r.wish::text) > 0)
                order by c.wanted_at limit @most)
              and m.wanted_at < clock_timestamp() - @unwanted
            """,
            new { unwanted, most },
            cancellationToken: cancellationToken));
    }

    private async Task<MediaFile?> FindAsync(string sql, string hash, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<MediaFile>(new CommandDefinition(sql, new { hash }, cancellationToken: cancellationToken));
    }

    private static byte[] Whole(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array) && array is { Offset: 0 } && array.Array?.Length == array.Count ? array.Array : bytes.ToArray();
}

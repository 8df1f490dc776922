using Dapper;

namespace Coordination.Storage.Anchors;

/// <summary>Reads what the streams end with.</summary>
public sealed class AnchorSource(CoordinationDatabase database)
{
    // What commits after it was stamped is not missed: a commit takes at most the 20 seconds of its statement.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    // The first reading is of the whole journal.
    private const int Seconds = 600;

    /// <summary>The streams that have grown since then, each with its last entry; and up to when that is everything.</summary>
    /// <param name="since">Up to when the last anchor had everything; null for the first.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<(DateTimeOffset Through, IReadOnlyList<AnchorHead> Heads)> ReadAsync(DateTimeOffset? since, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var through = await connection.QuerySingleAsync<DateTime>(new CommandDefinition("select clock_timestamp()", cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition($"set statement_timeout = '{Seconds}s'", cancellationToken: cancellationToken));
        try
        {
            var heads = await connection.QueryAsync<(string Stream, long Number, byte[] Hash)>(new CommandDefinition(
                "select distinct on (stream) stream, number, hash from journal where at >= coalesce(@from::timestamptz, '-infinity') order by stream, number desc",
                new { from = (since - Overlap)?.UtcDateTime },
                commandTimeout: Seconds,
                cancellationToken: cancellationToken));
            return (through, [.. heads.Select(h => new AnchorHead(h.Stream, h.Number, Convert.ToHexStringLower(h.Hash)))]);
        }
        finally
        {
            await connection.ExecuteAsync("reset statement_timeout");
        }
    }

    /// <summary>The hashes that the journal has of these entries now, in their order; null where it has no such entry.</summary>
    public async Task<IReadOnlyList<string?>> HashesAsync(IReadOnlyCollection<AnchorHead> heads, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var found = await connection.QueryAsync<byte[]?>(new CommandDefinition(
            "select j.hash from unnest(@streams, @numbers) with ordinality as a(stream, number, place) left join journal j on (j.stream, j.number) = (a.stream, a.number) order by a.place",
            new { streams = heads.Select(h => h.Stream).ToArray(), numbers = heads.Select(h => h.Number).ToArray() },
            cancellationToken: cancellationToken));
        return [.. found.Select(h => h is null ? null : Convert.ToHexStringLower(h))];
    }
}

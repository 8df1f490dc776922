using Coordination.Storage.ReadModel;
using Dapper;

namespace Coordination.Storage.Journal;

/// <summary>Reads and verifies streams.</summary>
public sealed class JournalReader(CoordinationDatabase database) : IJournalReader
{
    internal const string Columns = """
        select stream, number, at, event, actor_id as actorid, actor_name as actorname, actor_role as actorrole, operation_id as operationid,
               fence_seq as fencesequence, reason, payload, salt, payload_hash as payloadhash, hash,
               case when salt is null then (select e.redaction from redacted_entry e where (e.stream, e.number) = (journal.stream, journal.number)) end as redaction
        from journal
        """;

    /// <inheritdoc/>
    public async Task<Page<JournalEntry>> ReadAsync(string stream, int limit, string? cursor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<JournalRow>(new CommandDefinition(
            Columns + " where stream = @stream and (@before::bigint is null or number < @before) order by number desc limit @limit",
            new { stream, before = Cursor.ReadNumber(ListOf(stream), cursor), limit = limit + 1 },
            cancellationToken: cancellationToken))).Select(r => r.ToEntry()).ToList();
        return rows.Count <= limit
            ? new Page<JournalEntry>(rows, null)
            : new Page<JournalEntry>(rows[..limit], Cursor.Of(ListOf(stream), rows[limit - 1].Number));
    }

    /// <inheritdoc/>
    public async Task<ChainVerdict> VerifyAsync(string stream, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var walk = new ChainWalk();
        var count = 0L;
        var rows = connection.QueryUnbufferedAsync<JournalRow>(Columns + " where stream = @stream order by number", new { stream });
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            count++;
            if (walk.Fault(row) is { } fault)
            {
                return new ChainVerdict(count, count, fault);
            }
        }

        return new ChainVerdict(count, null, null);
    }

    private static string ListOf(string stream) => "journal/" + stream;
}

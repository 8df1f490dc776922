using Coordination.Storage.Journal;
using Npgsql;

namespace Coordination.Storage.Verification;

/// <summary>Reads the journal stream by stream, each from its first entry on.</summary>
internal static class JournalCursor
{
    /// <summary>The columns that <see cref="Read"/> expects.</summary>
    public const string Columns =
        "select stream, number, at, event, actor_id, actor_name, actor_role, operation_id, fence_seq, reason, payload, salt, payload_hash, hash from journal";

    /// <summary>The streams of holds: few, and wanted before anything is judged by them.</summary>
    public static IAsyncEnumerable<JournalRow> HoldsAsync(Snapshot snapshot, CancellationToken cancellationToken) =>
        snapshot.CursorAsync("hold_entries", Columns + " where stream like 'hold/%' order by stream, number", Read, cancellationToken);

    /// <summary>The streams of redactions: few, and wanted before anything is folded.</summary>
    public static IAsyncEnumerable<JournalRow> RedactionsAsync(Snapshot snapshot, CancellationToken cancellationToken) =>
        snapshot.CursorAsync("redaction_entries", Columns + " where stream like 'redaction/%' order by stream, number", Read, cancellationToken);

    /// <summary>All other streams.</summary>
    public static IAsyncEnumerable<JournalRow> OthersAsync(Snapshot snapshot, CancellationToken cancellationToken) =>
        snapshot.CursorAsync("other_entries", Columns + " where stream not like 'hold/%' and stream not like 'redaction/%' order by stream, number", Read, cancellationToken);

    /// <summary>About how many entries there are, for a progress that needs no count.</summary>
    public static async Task<long> EstimateAsync(Snapshot snapshot, CancellationToken cancellationToken)
    {
        var estimate = await snapshot.ListAsync("select reltuples::bigint from pg_class where oid = 'journal'::regclass", r => r.GetInt64(0), cancellationToken);
        return Math.Max(0, estimate[0]);
    }

    /// <summary>A row of the journal's columns, in the order in which they are stored.</summary>
    public static JournalRow Read(NpgsqlDataReader r) => new()
    {
        Stream = r.GetString(0),
        Number = r.GetInt64(1),
        At = r.GetDateTime(2),
        Event = r.GetString(3),
        ActorId = r.GetString(4),
        ActorName = r.GetString(5),
        ActorRole = r.GetString(6),
        OperationId = r.IsDBNull(7) ? null : r.GetGuid(7),
        FenceSequence = r.IsDBNull(8) ? null : r.GetInt64(8),
        Reason = r.IsDBNull(9) ? null : r.GetString(9),
        Payload = r.IsDBNull(10) ? null : r.GetString(10),
        Salt = r.IsDBNull(11) ? null : r.GetFieldValue<byte[]>(11),
        PayloadHash = r.GetFieldValue<byte[]>(12),
        Hash = r.GetFieldValue<byte[]>(13),
    };
}

using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.FaultTests.Clients;
using Coordination.FaultTests.World;
using Coordination.Storage;
using Npgsql;

namespace Coordination.FaultTests.Checker;

/// <summary>Reads a run's record when nothing runs any more, with SQL of its own: the product's readers are not asked about themselves.</summary>
internal static class RunReader
{
    public static async Task<RunRecord> ReadAsync(
        FaultWorld world, IReadOnlyCollection<Call> calls, IReadOnlyList<(DateTimeOffset From, DateTimeOffset Until)> outages)
    {
        await using var connection = await world.Database.Main.OpenConnectionAsync();

        // One moment for all of it: the hosts live on, and what they commit while this reads would be in one list and not in another.
        await using var moment = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        return new RunRecord
        {
            Permits = await ReadAsync(
                connection,
                "select id, seq, account, post_id, attempt, poster_id, revision, issued_at, expires_at, outcome from permit order by seq",
                r => new PermitRow(
                    r.GetGuid(0), r.GetInt64(1), r.GetString(2), r.GetGuid(3), r.GetInt32(4), r.GetString(5), r.GetInt32(6), Time(r, 7), Time(r, 8), Text(r, 9))),
            Holds = await ReadAsync(
                connection,
                "select id, operation_id, kind, scope::text, placed_at, placed_seq, lifted_at, lifted_seq, in_flight from hold order by placed_seq",
                r => new HoldRow(
                    r.GetString(0),
                    r.GetGuid(1),
                    HoldKinds.TryParse(r.GetString(2), out var kind) ? kind : throw new InvalidOperationException("An unknown kind of hold."),
                    JsonSerializer.Deserialize<Scope>(r.GetString(3), StorageJson.Options)!,
                    Time(r, 4),
                    r.GetInt64(5),
                    r.IsDBNull(6) ? null : Time(r, 6),
                    r.IsDBNull(7) ? null : r.GetInt64(7),
                    r.GetFieldValue<Guid[]>(8))),
            Posts = await ReadAsync(
                connection,
                "select id, account, state, text, due_at, revision, poster_id from post",
                r => new PostRow(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), Time(r, 4), r.GetInt32(5), r.GetString(6))),
            Labels = await ReadAsync(
                connection,
                "select account, seq, platform, kind, area, station, department from label_history order by seq",
                r => new LabelRow(r.GetString(0), r.GetInt64(1), new AccountLabels(r.GetString(2), Kind(r.GetString(3)), Text(r, 4), Text(r, 5), Text(r, 6)))),
            Journal = await ReadAsync(
                connection,
                """
                select stream, number, at, event, actor_id, actor_name, actor_role, operation_id, fence_seq, reason, payload, salt, payload_hash, hash
                from journal order by stream, number
                """,
                r => new EntryRow(
                    r.GetString(0), r.GetInt64(1), Time(r, 2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetString(6),
                    r.IsDBNull(7) ? null : r.GetGuid(7), r.IsDBNull(8) ? null : r.GetInt64(8), Text(r, 9), Text(r, 10),
                    r.IsDBNull(11) ? null : r.GetFieldValue<byte[]>(11), r.GetFieldValue<byte[]>(12), r.GetFieldValue<byte[]>(13))),
            States = (await ReadAsync(
                connection,
                "select substr(grain_key, 9), convert_from(payload, 'UTF8') from grain_state where state_name = 'account' and payload is not null",
                r => (r.GetString(0), r.GetString(1)))).ToDictionary(x => x.Item1, x => x.Item2, StringComparer.Ordinal),
            Arrivals = await world.Platform.ArrivalsAsync(),
            Calls = [.. calls],
            Outages = outages,
        };
    }

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read)
    {
#pragma warning disable CA2100 // The texts above.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static AccountKind Kind(string id) => string.Equals(id, "corporate", StringComparison.Ordinal) ? AccountKind.Corporate : AccountKind.Local;

    private static DateTimeOffset Time(NpgsqlDataReader reader, int column) => reader.GetFieldValue<DateTimeOffset>(column);

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}

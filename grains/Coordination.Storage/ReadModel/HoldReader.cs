using System.Text.Json;
using Coordination.Domain.Holds;
using Coordination.Storage.Fence;
using Dapper;

namespace Coordination.Storage.ReadModel;

/// <summary>Reads holds, receipts and in-flight posts.</summary>
public sealed class HoldReader(CoordinationDatabase database) : IHoldReader
{
    private const string Covered = """
        from hold h join account a on a.lifecycle <> 'retired'
             and scope_covers(h.scope, a.key, a.platform, a.kind, a.area, a.station, a.department)
        left join hold_receipt r on r.hold_id = h.id and r.account = a.key
        where h.id = @id
        """;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Hold>> StandingAsync(CancellationToken cancellationToken)
    {
        // Off the fence's pool, which load on the read model cannot starve.
        await using var connection = await database.Fence.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<string>(new CommandDefinition(
            "select (to_jsonb(h) - 'in_flight')::text from hold h where lifted_seq is null order by placed_seq", cancellationToken: cancellationToken));
        return [.. rows.Select(HoldRows.Parse)];
    }

    /// <inheritdoc/>
    public async Task<Page<Hold>> ListAsync(bool? active, int limit, string? cursor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<string>(new CommandDefinition(
            """
            select (to_jsonb(h) - 'in_flight')::text from hold h
            where (@active::boolean is null or (lifted_seq is null) = @active) and (@before::bigint is null or placed_seq < @before)
            order by placed_seq desc limit @limit
            """,
            new { active, before = Cursor.ReadNumber(cursor), limit = limit + 1 },
            cancellationToken: cancellationToken))).Select(HoldRows.Parse).ToList();
        return rows.Count <= limit
            ? new Page<Hold>(rows, null)
            : new Page<Hold>(rows[..limit], Cursor.Of(rows[limit - 1].Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <inheritdoc/>
    public async Task<Hold?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var json = await connection.QuerySingleOrDefaultAsync<string>(
            new CommandDefinition("select (to_jsonb(h) - 'in_flight')::text from hold h where id = @id", new { id }, cancellationToken: cancellationToken));
        return json is null ? null : HoldRows.Parse(json);
    }

    /// <inheritdoc/>
    public async Task<(int Covered, int Acknowledged)> ReceiptCountAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<(int, int)>(new CommandDefinition(
            "select count(*)::integer, count(r.at)::integer " + Covered, new { id }, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<Page<ReceiptRow>> ReceiptsAsync(string id, int limit, string? cursor, CancellationToken cancellationToken)
    {
        // Those without a receipt first: the cursor is a flag and the key.
        var after = Cursor.ReadKey(cursor);
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<(string Account, DateTime? At, int Held)>(new CommandDefinition(
            "select a.key, r.at, (select count(*)::integer from hold_post p where p.hold_id = h.id and p.account = a.key) " + Covered + """
             and (@after::text is null or (case when r.at is null then '0' else '1' end || a.key) > @after)
             order by (r.at is not null), a.key limit @limit
            """,
            new { id, after, limit = limit + 1 },
            cancellationToken: cancellationToken))).Select(r => new ReceiptRow(r.Account, r.At, r.Held)).ToList();
        return rows.Count <= limit
            ? new Page<ReceiptRow>(rows, null)
            : new Page<ReceiptRow>(rows[..limit], Cursor.Of((rows[limit - 1].AcknowledgedAt is null ? "0" : "1") + rows[limit - 1].Account));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<InFlightPost>> InFlightAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var json = await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            "select describe_permits(in_flight)::text from hold where id = @id", new { id }, cancellationToken: cancellationToken));
        return HoldRows.ParseInFlight(json ?? "[]");
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<InFlightPost>> OpenInScopeAsync(Scope scope, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var json = await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            "select describe_permits(open_permits(@scope::jsonb))::text",
            new { scope = JsonSerializer.Serialize(scope, StorageJson.Options) },
            cancellationToken: cancellationToken));
        return HoldRows.ParseInFlight(json ?? "[]");
    }
}

using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Posts;
using Coordination.Storage.Fence;
using Dapper;

namespace Coordination.Storage.ReadModel;

/// <summary>Reads holds, receipts and in-flight posts.</summary>
public sealed class HoldReader(CoordinationDatabase database) : IHoldReader
{
    private const string List = "holds";

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
            new { active, before = Cursor.ReadNumber(List, cursor), limit = limit + 1 },
            cancellationToken: cancellationToken))).Select(HoldRows.Parse).ToList();
        return rows.Count <= limit
            ? new Page<Hold>(rows, null)
            : new Page<Hold>(rows[..limit], Cursor.Of(List, rows[limit - 1].Sequence));
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
        // Those without a receipt first. Which ones that are is settled with the first page, by its time: a receipt that comes in
        // while somebody turns pages would move its account on and show it twice.
        var list = "receipts/" + id;
        var place = Cursor.ReadTimeAndKey(list, cursor);
        var after = place is null ? null : CheckedKey(place.Value.Key);
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var asOf = place?.At
            ?? await connection.ExecuteScalarAsync<DateTime>(new CommandDefinition("select clock_timestamp()", cancellationToken: cancellationToken));
        var rows = (await connection.QueryAsync<(string Account, DateTime? At, int Held, string Place)>(new CommandDefinition(
            """
            select account, at, (select count(*)::integer from hold_post p where p.hold_id = @id and p.account = c.account), place
            from (select a.key as account, r.at, case when r.at <= @asOf then '1' else '0' end || a.key as place
            """ + " " + Covered + """
            ) c
            where @after::text is null or place > @after
            order by place limit @limit
            """,
            new { id, asOf = asOf.UtcDateTime, after, limit = limit + 1 },
            cancellationToken: cancellationToken))).ToList();
        var page = rows.Take(limit).Select(r => new ReceiptRow(r.Account, r.At, r.Held)).ToList();
        return new Page<ReceiptRow>(page, rows.Count <= limit ? null : Cursor.Of(list, asOf, rows[limit - 1].Place));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AccountKey>> OwingReceiptAsync(string id, AccountKey? after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var keys = await connection.QueryAsync<string>(new CommandDefinition(
            "select a.key " + Covered + " and h.lifted_seq is null and r.at is null and (@after::text is null or a.key > @after) order by a.key limit @limit",
            new { id, after = after?.Value, limit },
            cancellationToken: cancellationToken));
        return [.. keys.Select(AccountKey.Parse)];
    }

    /// <inheritdoc/>
    public async Task<bool> OwesReceiptAsync(string id, AccountKey account, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select owes_receipt(@id, @account)", new { id, account = account.Value }, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PostId>> RefusedAsync(string id, AccountKey account, IReadOnlyList<PostId> posts, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var refused = await connection.QueryAsync<Guid>(new CommandDefinition(
            "select p.id from post p join account a on a.key = p.account where p.account = @account and p.id = any (@posts) and @id = any (holds_refusing(a, p))",
            new { id, account = account.Value, posts = posts.Select(p => p.Value).ToArray() },
            cancellationToken: cancellationToken));
        return [.. refused.Select(p => new PostId(p))];
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

    // What a client sends is looked at before the database sees it: a flag and an account's key.
    private static string CheckedKey(string place) =>
        place is ['0' or '1', .. var key] && AccountKey.TryParse(key, out _) ? place : throw new BadCursorException();
}

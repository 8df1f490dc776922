using Coordination.Domain.Accounts;
using Coordination.Storage.ReadModel;
using Dapper;

namespace Coordination.Storage.OffSystem;

/// <summary>Reads it.</summary>
public sealed class OffSystemReader(CoordinationDatabase database) : IOffSystemReader
{
    // Each covered account with why it is not checked; null where it is. An answer that is longer ago than several turns is none while the hold stands.
    private const string Looks = """
        with look as (
            select a.key as account, l.checked_at, l.failed_since, l.why, coalesce(l.undecided, 0) as undecided,
                   case when l.failed_since is not null then 'failed'
                        when a.lifecycle <> 'connected' and (h.lifted_seq is null or l.checked_at is null) then 'not-connected'
                        when l.checked_at is null then 'not-asked'
                        when h.lifted_seq is null and l.checked_at < clock_timestamp() - interval '5 minutes' then 'overdue'
                        when l.undecided > 0 then 'undecided' end as code
            from hold h join account a on a.lifecycle <> 'retired'
                 and scope_covers(h.scope, a.key, a.platform, a.kind, a.area, a.station, a.department)
            left join off_system_look l on l.hold_id = h.id and l.account = a.key
            where h.id = @holdId)
        """;

    /// <inheritdoc/>
    public async Task<OffSystemSummary> SummaryAsync(string holdId, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var (covered, seen, found, undecided, last, oldest) = await connection.QuerySingleAsync<(int, int, int, int, DateTime?, DateTime?)>(new CommandDefinition(
            Looks + """

            select count(*)::integer, count(*) filter (where code is null)::integer,
                   (select count(*)::integer from off_system_post p where p.hold_id = @holdId),
                   coalesce(sum(undecided), 0)::integer, max(checked_at), min(checked_at)
            from look
            """,
            new { holdId },
            cancellationToken: cancellationToken));
        return new OffSystemSummary(covered, seen, found, undecided, last, oldest);
    }

    /// <inheritdoc/>
    public async Task<Page<OffSystemRow>> FoundAsync(string holdId, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var list = "off-system/" + holdId;
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<(long Id, string Account, string RemoteId, string? Url, DateTime PostedAt, DateTime SeenAt)>(new CommandDefinition(
            """
            select id, account, remote_id, url, posted_at, seen_at from off_system_post
            where hold_id = @holdId and (@before::bigint is null or id < @before)
            order by id desc limit @limit
            """,
            new { holdId, before = Cursor.ReadNumber(list, cursor), limit = limit + 1 },
            cancellationToken: cancellationToken))).ToList();
        return new Page<OffSystemRow>(
            [.. rows.Take(limit).Select(r => new OffSystemRow(r.Account, r.RemoteId, r.Url, r.PostedAt, r.SeenAt))],
            rows.Count <= limit ? null : Cursor.Of(list, rows[limit - 1].Id));
    }

    /// <inheritdoc/>
    public async Task<Page<UncheckedRow>> UncheckedAsync(string holdId, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var list = "unchecked/" + holdId;
        var place = Cursor.ReadTimeAndKey(list, cursor);
        var after = place is not { } at ? null : AccountKey.TryParse(at.Key, out _) ? at.Key : throw new BadCursorException();
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<(string Account, string Code, string? Why, int Undecided, DateTime? Since, DateTime? CheckedAt)>(new CommandDefinition(
            Looks + """

            select account, code, why, undecided, failed_since, checked_at from look
            where code is not null and (@after::text is null or account > @after)
            order by account limit @limit
            """,
            new { holdId, after, limit = limit + 1 },
            cancellationToken: cancellationToken))).ToList();
        return new Page<UncheckedRow>(
            [.. rows.Take(limit).Select(r => new UncheckedRow(r.Account, r.Code, r.Why, r.Undecided, r.Since, r.CheckedAt))],
            rows.Count <= limit ? null : Cursor.Of(list, DateTimeOffset.UnixEpoch, rows[limit - 1].Account));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OffSystemCount>> StandingAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return [.. (await connection.QueryAsync<(string Hold, int Found)>(new CommandDefinition(
            """
            select h.id, f.found
            from hold h cross join lateral (select count(*)::integer as found from off_system_post p where p.hold_id = h.id) f
            where h.lifted_seq is null and f.found > 0
            order by h.placed_seq
            """,
            cancellationToken: cancellationToken))).Select(r => new OffSystemCount(r.Hold, r.Found))];
    }
}

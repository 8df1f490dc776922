using System.Data;
using Coordination.Storage.Journal;
using Coordination.Storage.OffSystem;
using Coordination.Storage.ReadModel;
using Dapper;

namespace Coordination.Storage.Proofs;

/// <summary>Reads a hold whole, in one snapshot: what is counted is what is listed.</summary>
public sealed class HoldFactsReader(CoordinationDatabase database) : IHoldFactsReader
{
    private const string Receipts = """
        select coalesce(a.key, r.account) as account, r.at, coalesce(p.posts, 0) as posts, a.key is not null as covered
        from (select a.key from hold h join account a on a.lifecycle <> 'retired'
                   and scope_covers(h.scope, a.key, a.platform, a.kind, a.area, a.station, a.department)
              where h.id = @id) a
        full join (select account, at from hold_receipt where hold_id = @id) r on r.account = a.key
        left join (select account, count(*)::integer as posts from hold_post where hold_id = @id group by account) p on p.account = coalesce(a.key, r.account)
        order by coalesce(a.key, r.account) collate "C"
        """;

    /// <inheritdoc/>
    public async Task<HoldFacts?> ReadAsync(string holdId, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        CommandDefinition Ask(string sql) => new(sql, new { id = holdId, stream = "hold/" + holdId }, snapshot, cancellationToken: cancellationToken);

        var (json, inFlight, asOf) = await connection.QuerySingleOrDefaultAsync<(string?, string?, DateTime)>(
            Ask("select (to_jsonb(h) - 'in_flight')::text, describe_permits(in_flight)::text, clock_timestamp() from hold h where id = @id"));
        if (json is null)
        {
            return null;
        }

        var receipts = await connection.QueryAsync<(string Account, DateTime? At, int Posts, bool Covered)>(Ask(Receipts));
        var offSystem = await connection.QueryAsync<(string Account, string RemoteId, string? Url, DateTime PostedAt, DateTime SeenAt)>(
            Ask("select account, remote_id, url, posted_at, seen_at from off_system_post where hold_id = @id order by id"));
        var entries = await connection.QueryAsync<JournalRow>(
            Ask(JournalReader.Columns + $" where stream = @stream and event <> '{ProofStore.Event}' order by number"));
        return new HoldFacts(
            HoldRows.Parse(json),
            [.. receipts.Select(r => new ReceiptFact(r.Account, r.At, r.Posts, r.Covered))],
            HoldRows.ParseInFlight(inFlight ?? "[]"),
            [.. offSystem.Select(o => new OffSystemRow(o.Account, o.RemoteId, o.Url, o.PostedAt, o.SeenAt))],
            [.. entries.Select(e => e.ToEntry())],
            asOf);
    }
}

using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Dapper;

namespace Coordination.Storage.ReadModel;

/// <summary>Claims, by a short committed lease, what is due soon or was left open. Whoever dies with a lease loses it in seconds.</summary>
public sealed class DueScanner(CoordinationDatabase database)
{
    /// <summary>Accounts with posts that are due within a minute, or overdue, scheduled or still to be approved: no lower bound, so that nothing is ever forgotten.</summary>
    public async Task<IReadOnlyList<AccountKey>> ClaimDueAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var accounts = await connection.QueryAsync<string>(new CommandDefinition(
            """
            update post set leased_until = clock_timestamp() + interval '10 seconds'
            where id in (
                select id from post p
                where state in ('scheduled', 'submitted') and due_at <= clock_timestamp() + interval '1 minute'
                  and (leased_until is null or leased_until < clock_timestamp())
                  and not exists (select from permit q where q.post_id = p.id and q.outcome is null)
                order by due_at limit @limit
                for update skip locked)
            returning account
            """,
            new { limit },
            cancellationToken: cancellationToken));
        return [.. accounts.Distinct(StringComparer.Ordinal).Select(AccountKey.Parse)];
    }

    /// <summary>Posts that somebody wants off their platform, and that nobody is at.</summary>
    public async Task<IReadOnlyList<(AccountKey Account, Guid Post)>> ClaimRemovalsAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var posts = await connection.QueryAsync<(string Account, Guid Post)>(new CommandDefinition(
            """
            update post set leased_until = clock_timestamp() + interval '20 seconds'
            where id in (
                select id from post
                where removal_asked_at is not null and state <> 'removed' and (leased_until is null or leased_until < clock_timestamp())
                order by removal_asked_at limit @limit
                for update skip locked)
            returning account, id
            """,
            new { limit },
            cancellationToken: cancellationToken));
        return [.. posts.Select(p => (AccountKey.Parse(p.Account), p.Post))];
    }

    /// <summary>Posts that were on the wire when a hold came that still stands and stops publishing, and are out now; each until its removal was asked for once.</summary>
    public async Task<IReadOnlyList<GotOut>> GotOutAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var posts = await connection.QueryAsync<(string Account, Guid Post, string Hold, Guid Operation)>(new CommandDefinition(
            """
            select p.account, p.id, h.id, o.id
            from hold h
            join permit q on q.id = any (h.in_flight) and q.outcome = 'sent'
            join post p on p.id = q.post_id and p.removal_asked_at is null
                and (p.state = 'published' or (p.about ? 'partsOut' and p.state in ('held', 'missed', 'cancelled', 'rejected', 'failed')))
            cross join lateral (select md5('got-out/' || h.id || '/' || p.id)::uuid as id) o
            where h.lifted_seq is null and h.kind in ('freeze', 'centralCoordination')
              and not exists (select from operation done where done.id = o.id)
            order by h.placed_seq limit @limit
            """,
            new { limit },
            cancellationToken: cancellationToken));
        return [.. posts.Select(p => new GotOut(AccountKey.Parse(p.Account), new PostId(p.Post), p.Hold, p.Operation))];
    }

    /// <summary>Leaves a removal alone for a while: its platform asks for it.</summary>
    public async Task PutOffRemovalAsync(Guid post, TimeSpan wait, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "update post set leased_until = clock_timestamp() + @wait where id = @post", new { post, wait }, cancellationToken: cancellationToken));
    }

    /// <summary>Permits that have been open for longer than any call can take: their worker died, or could not tell.</summary>
    /// <param name="grace">How long after a permit's end its call may still be awaited by a living worker.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<OpenPermit>> ClaimOpenAsync(TimeSpan grace, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var permits = await connection.QueryAsync<(Guid Id, string Account, Guid Post, int Part, int Attempt, DateTime Issued)>(new CommandDefinition(
            """
            update permit set leased_until = clock_timestamp() + interval '30 seconds'
            where id in (
                select id from permit
                where outcome is null and expires_at + @grace < clock_timestamp()
                  and (leased_until is null or leased_until < clock_timestamp())
                order by seq limit @limit
                for update skip locked)
            returning id, account, post_id, part, attempt, issued_at
            """,
            new { grace, limit },
            cancellationToken: cancellationToken));
        return [.. permits.Select(p => new OpenPermit(p.Id, AccountKey.Parse(p.Account), p.Post, p.Part, p.Attempt, p.Issued))];
    }
}

/// <summary>A post that a hold came too late for.</summary>
/// <param name="Account">Its account.</param>
/// <param name="Post">The post.</param>
/// <param name="HoldId">The hold.</param>
/// <param name="OperationId">The operation under which its removal is asked for: the same on every silo.</param>
public sealed record GotOut(AccountKey Account, PostId Post, string HoldId, Guid OperationId);

/// <summary>A permit without a known outcome.</summary>
public sealed record OpenPermit(Guid PermitId, AccountKey Account, Guid PostId, int Part, int Attempt, DateTimeOffset IssuedAt);

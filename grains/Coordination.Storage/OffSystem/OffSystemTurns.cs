using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Dapper;

namespace Coordination.Storage.OffSystem;

/// <summary>A standing hold that covers an account whose turn it is.</summary>
/// <param name="Id">The hold.</param>
/// <param name="PlacedAt">When it came into force (UTC).</param>
/// <param name="CleanUntil">Up to when everything that the account shows is judged for it; null when nothing is.</param>
public sealed record TurnHold(string Id, DateTimeOffset PlacedAt, DateTimeOffset? CleanUntil);

/// <summary>One account to be looked at, by nobody else meanwhile.</summary>
/// <param name="Account">The account.</param>
/// <param name="AskedAt">When the turn began, by the database's clock; names the turn.</param>
/// <param name="Holds">The holds it is looked at for, oldest first.</param>
public sealed record OffSystemTurn(AccountKey Account, DateTimeOffset AskedAt, IReadOnlyList<TurnHold> Holds);

/// <summary>A post that did not come through here.</summary>
/// <param name="RemoteId">The platform's own id.</param>
/// <param name="Url">Where people see it; null when the platform gave no link that can be shown.</param>
/// <param name="PostedAt">The platform's time of it.</param>
/// <param name="Holds">The holds it was made under.</param>
public sealed record FoundPost(string RemoteId, string? Url, DateTimeOffset PostedAt, IReadOnlyList<string> Holds);

/// <summary>What came of a turn.</summary>
/// <param name="Read">Whether the platform answered.</param>
/// <param name="Why">What is missing, in words; null when nothing is.</param>
/// <param name="Undecided">Posts that may be ours.</param>
/// <param name="Posts">Posts that are not.</param>
/// <param name="Wait">How long the platform asks to be left alone; null when it does not.</param>
public sealed record TurnOutcome(bool Read, string? Why, int Undecided, IReadOnlyList<FoundPost> Posts, TimeSpan? Wait = null)
{
    /// <summary>The platform could not be asked.</summary>
    public static TurnOutcome NotRead(string why, TimeSpan? wait = null) => new(false, why, 0, [], wait);
}

/// <summary>Shares out, among all silos, which account is looked at next, and keeps what came of it.</summary>
public sealed class OffSystemTurns(CoordinationDatabase database)
{
    /// <summary>How long a turn lasts; whoever dies with it has it taken over after that.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private const int LongestWhy = 400;

    /// <summary>Takes turns of connected accounts of one platform that standing holds cover: new holds first, then who was asked longest ago.</summary>
    /// <param name="platform">The platform's id.</param>
    /// <param name="every">How long after its last turn an account has the next.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="perMinute">How many of the platform's accounts all silos together ask in a minute.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<OffSystemTurn>> ClaimAsync(
        string platform, TimeSpan every, int limit, int perMinute, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Account, DateTime AskedAt, string Holds)>(new CommandDefinition(
            "select account, asked_at, holds::text from claim_off_system(@platform, @every, @lease, @limit, @perMinute)",
            new { platform, every, lease = Lease, limit, perMinute },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => new OffSystemTurn(
            AccountKey.Parse(r.Account), r.AskedAt, JsonSerializer.Deserialize<IReadOnlyList<TurnHold>>(r.Holds, StorageJson.Options)!))];
    }

    /// <summary>What the service knows of some of an account's posts. Ask after the platform was read: see <see cref="OffSystemRule"/>.</summary>
    public async Task<OffSystemFacts> FactsAsync(AccountKey account, IReadOnlyCollection<string> remoteIds, CancellationToken cancellationToken)
    {
        // One statement, one moment: between two a post could turn from open into sent and be missed by both.
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string? RemoteId, DateTime? From, DateTime? To)>(new CommandDefinition(
            """
            select remote_id, null::timestamptz, null::timestamptz from post where account = @key and remote_id = any (@ids)
            union all
            select o ->> 'remoteId', null, null
            from post p, jsonb_array_elements(p.about -> 'partsOut') o
            where p.account = @key and p.about ? 'partsOut' and o ->> 'remoteId' = any (@ids)
            union all
            select null, least(p.issued_at, q.due_at), p.expires_at
            from permit p left join post q on q.id = p.post_id
            where p.account = @key and p.outcome is null
            union all
            select null, least(p.issued_at, q.due_at), p.expires_at
            from permit p join post q on q.id = p.post_id
            where p.account = @key and p.outcome = 'unknown' and q.state = 'unknown'
            """,
            new { key = account.Value, ids = remoteIds.ToArray() },
            cancellationToken: cancellationToken));
        var known = rows.ToLookup(r => r.RemoteId is not null);
        return new OffSystemFacts(
            known[true].Select(r => r.RemoteId!).ToHashSet(StringComparer.Ordinal),
            [.. known[false].Select(r => new OpenCall(r.From!.Value, r.To!.Value))]);
    }

    /// <summary>Keeps what came of a turn and ends it: what was found with its entry in the journal, in one transaction.</summary>
    /// <returns>How many posts were not known before.</returns>
    public async Task<int> RecordAsync(OffSystemTurn turn, TurnOutcome outcome, CancellationToken cancellationToken)
    {
        var posts = outcome.Posts.Select(p => new { remote_id = p.RemoteId, url = p.Url, posted_at = p.PostedAt.UtcDateTime, holds = p.Holds });
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select record_off_system(@account, @askedAt, @wait, @holds, @read, @why, @undecided, @posts::jsonb)",
            new
            {
                account = turn.Account.Value,
                askedAt = turn.AskedAt.UtcDateTime,
                wait = outcome.Wait ?? TimeSpan.Zero,
                holds = turn.Holds.Select(h => h.Id).ToArray(),
                read = outcome.Read,
                why = outcome.Why is { Length: > LongestWhy } why ? why[..LongestWhy] : outcome.Why,
                undecided = outcome.Undecided,
                posts = JsonSerializer.Serialize(posts),
            },
            cancellationToken: cancellationToken));
    }
}

using Coordination.Domain.Incidents.Feeds;
using Coordination.Domain.Posts;
using Dapper;

namespace Coordination.Storage.Incidents;

/// <inheritdoc cref="IAlertFeeds"/>
public sealed class AlertFeeds(CoordinationDatabase database) : IAlertFeeds
{
    private const int LongestEntryId = 300;
    private const int LongestWords = 400;

    /// <inheritdoc/>
    public async Task KnowAsync(string id, Guid settings, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("select know_alert_feed(@id, @settings)", new { id, settings }, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ClaimedFeed>> ClaimAsync(IReadOnlyList<string> ids, TimeSpan lease, int most, CancellationToken cancellationToken)
    {
        var by = Guid.NewGuid();
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Id, Guid Settings, string? ETag, string? LastModified, int Failures)>(new CommandDefinition(
            "select id, settings, etag, last_modified, failures from claim_alert_feeds(@ids, @by, @lease, @most)",
            new { ids = ids.ToArray(), by, lease, most },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => new ClaimedFeed(r.Id, by, r.Settings, r.ETag, r.LastModified, r.Failures))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<KnownEntry>> KnownAsync(string feed, IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(Guid Key, string State, int Attempts, DateTime FirstAt)>(new CommandDefinition(
            "select key, state, attempts, first_at from alert_feed_entry where feed = @feed and key = any (@keys)",
            new { feed, keys = keys.ToArray() },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => new KnownEntry(r.Key, FeedEntryStates.Parse(r.State), r.Attempts, r.FirstAt))];
    }

    /// <inheritdoc/>
    public async Task<bool> NoteAsync(ClaimedFeed feed, NotedEntry entry, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select note_alert_feed_entry(@Id, @Lease, @for, @Key, @entryId, @updated::timestamptz, @state, @words, @Decision, @Message, @IsNew)",
            new
            {
                feed.Id,
                feed.Lease,
                @for = lease,
                entry.Key,
                entryId = StorableText.Clean(entry.EntryId, LongestEntryId),
                updated = entry.Updated?.UtcDateTime,
                state = entry.State.Id(),
                words = StorableText.Clean(entry.Words, LongestWords),
                entry.Decision,
                entry.Message,
                entry.IsNew,
            },
            cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<bool> SettleAsync(ClaimedFeed feed, PollEnd end, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select settle_alert_feed(@Id, @Lease, @Read, @ETag, @LastModified, @Wait, @NotBefore::interval, @problem, @keys::uuid[])",
            new
            {
                feed.Id,
                feed.Lease,
                end.Read,
                end.ETag,
                end.LastModified,
                end.Wait,
                end.NotBefore,
                problem = end.Problem is null ? null : StorableText.Clean(end.Problem, LongestWords),
                keys = end.Listed?.ToArray(),
            },
            cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(ClaimedFeed feed, TimeSpan wait, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("select release_alert_feed(@Id, @Lease, @wait)", new { feed.Id, feed.Lease, wait }, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<bool> HastenAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select hasten_alert_feed(@id)", new { id }, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FeedStanding>> StandingAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var wanted = new { ids = ids.ToArray() };
        var feeds = await connection.QueryAsync<FeedRow>(new CommandDefinition(
            """
            select f.id, f.tried_at as triedat, f.success_at as successat, f.message_at as messageat, f.failures, f.next_at as nextat,
                   coalesce(f.leased_until > clock_timestamp(), false) as polling, f.problem, n.listed, n.waiting, n.failed
            from alert_feed f
            cross join lateral (
                select (count(*) filter (where e.unlisted_at is null))::integer as listed, (count(*) filter (where e.state = 'waiting'))::integer as waiting,
                       (count(*) filter (where e.state = 'failed' and e.tried_at > clock_timestamp() - interval '24 hours'))::integer as failed
                from alert_feed_entry e where e.feed = f.id and (e.unlisted_at is null or e.unlisted_at > clock_timestamp() - interval '24 hours')) as n
            where f.id = any (@ids) order by f.id
            """,
            wanted,
            cancellationToken: cancellationToken));
        var trouble = (await connection.QueryAsync<(string Feed, string EntryId, string State, string Words, DateTime FirstAt, DateTime TriedAt)>(new CommandDefinition(
            """
            select f.id, e.entry_id, e.state, e.words, e.first_at, e.tried_at
            from alert_feed f
            cross join lateral (
                select * from alert_feed_entry e
                where e.feed = f.id and e.state <> 'taken' and (e.unlisted_at is null or e.unlisted_at > clock_timestamp() - interval '24 hours')
                order by e.tried_at desc, e.key limit 10) as e
            where f.id = any (@ids)
            """,
            wanted,
            cancellationToken: cancellationToken))).ToLookup(
                r => r.Feed, r => new TroubledEntry(r.EntryId, FeedEntryStates.Parse(r.State), r.Words, r.FirstAt, r.TriedAt), StringComparer.Ordinal);
        return [.. feeds.Select(f => f.ToStanding([.. trouble[f.Id]]))];
    }

    private sealed record FeedRow
    {
        public required string Id { get; init; }

        public DateTime? TriedAt { get; init; }

        public DateTime? SuccessAt { get; init; }

        public DateTime? MessageAt { get; init; }

        public int Failures { get; init; }

        public DateTime NextAt { get; init; }

        public bool Polling { get; init; }

        public string? Problem { get; init; }

        public int Listed { get; init; }

        public int Waiting { get; init; }

        public int Failed { get; init; }

        public FeedStanding ToStanding(IReadOnlyList<TroubledEntry> trouble) =>
            new(Id, new FeedFacts(TriedAt, SuccessAt, Failures, Waiting, Failed), MessageAt, NextAt, Polling, Problem, Listed, trouble);
    }
}

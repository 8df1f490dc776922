using System.Text.Json;
using Coordination.Domain.Holds;
using Dapper;

namespace Coordination.Storage.ReadModel;

/// <summary>Reads posts from the read model. A post with an open permit reads as <c>publishing</c>.</summary>
public sealed class PostReader(CoordinationDatabase database) : IPostReader
{
    // Which holds a scheduled post stands under is derived, never stored: holds come and go without touching posts.
    private const string Columns = """
        select p.id, p.account, p.text,
               case when p.state = 'scheduled' and exists (select from permit q where q.post_id = p.id and q.outcome is null)
                    then 'publishing' else p.state end as state,
               p.due_at as dueat, extract(epoch from p.tolerance)::integer as toleranceseconds, p.poster_id as posterid,
               p.poster_name as postername, p.message_id as messageid, p.created_at as createdat, p.published_at as publishedat, p.url,
               case when p.state = 'scheduled' then coalesce(r.ids, '{}') else p.held_by end as heldby, p.note, p.revision,
               exists (select from hold h where h.id = any (r.ids) and h.lifted_seq is null and h.kind = 'approvalRequired') as awaitsapproval,
               p.approved_by as approvedby, p.approved_at as approvedat, p.approved_for as approvedfor,
               p.removal_asked_at as removalaskedat, p.removal_asked_by as removalaskedby, p.removed_at as removedat,
               case when p.state in ('scheduled', 'held', 'missed', 'unknown') then written_before(a, p)::text end as writtenbefore
        from post p join account a on a.key = p.account
        left join lateral (select holds_refusing(a, p) as ids) r on p.state = 'scheduled'
        """;

    private const string AwaitingApproval = """
         where p.state = 'scheduled' and exists (
            select from hold h
            where h.lifted_seq is null and h.kind = 'approvalRequired' and not h.id = any (p.approved_for)
              and scope_covers(h.scope, a.key, a.platform, a.kind, a.area, a.station, a.department))
           and not exists (select from permit q where q.post_id = p.id and q.outcome is null)
        """;

    /// <inheritdoc/>
    public async Task<PostRow?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            new CommandDefinition(Columns + " where p.id = @id", new { id }, cancellationToken: cancellationToken));
        return row?.ToPost();
    }

    /// <inheritdoc/>
    public Task<Page<PostRow>> OfAccountAsync(string account, int limit, string? cursor, CancellationToken cancellationToken) => PageAsync(
        "posts/" + account,
        """
         where p.account = @account and (@at::timestamptz is null or (p.due_at, p.id) < (@at, @id))
         order by p.due_at desc, p.id desc limit @limit
        """,
        new HandBackFilter(account), limit, cursor, cancellationToken);

    /// <inheritdoc/>
    public Task<Page<PostRow>> HandBackAsync(HandBackFilter filter, int limit, string? cursor, CancellationToken cancellationToken) => PageAsync(
        string.Join('/', "handback", filter.Account, filter.Hold, filter.Area),
        """
         where p.state in ('held', 'missed', 'unknown')
           and (@account::text is null or p.account = @account) and (@hold::text is null or @hold = any(p.held_by)) and (@area::text is null or a.area = @area)
           and (@at::timestamptz is null or (p.due_at, p.id) > (@at, @id))
         order by p.due_at, p.id limit @limit
        """,
        filter, limit, cursor, cancellationToken);

    /// <inheritdoc/>
    public Task<Page<PostRow>> AwaitingApprovalAsync(int limit, string? cursor, CancellationToken cancellationToken) => PageAsync(
        "approvals",
        AwaitingApproval + """
             and (@at::timestamptz is null or (p.due_at, p.id) > (@at, @id))
             order by p.due_at, p.id limit @limit
            """,
        new HandBackFilter(), limit, cursor, cancellationToken);

    /// <inheritdoc/>
    public async Task<(int Total, IReadOnlyList<PostRow> First)> DueInScopeAsync(
        Scope scope, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        const string where = """
             where p.state = 'scheduled' and p.due_at < @before
               and scope_covers(@scope::jsonb, a.key, a.platform, a.kind, a.area, a.station, a.department)
            """;
        var arguments = new { scope = JsonSerializer.Serialize(scope, StorageJson.Options), before = before.UtcDateTime, limit };
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*)::integer from post p join account a on a.key = p.account" + where, arguments, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Columns + where + " order by p.due_at, p.id limit @limit", arguments, cancellationToken: cancellationToken));
        return (total, [.. rows.Select(r => r.ToPost())]);
    }

    /// <inheritdoc/>
    public async Task<PostCounts> CountAsync(DateTimeOffset endOfDay, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<PostCounts>(new CommandDefinition(
            """
            select (select count(*)::integer from permit where outcome is null) as inflight,
                   (select count(*)::integer from post where state = 'scheduled' and due_at < @end) as duetoday,
                   (select count(*)::integer from post where state in ('held', 'missed', 'unknown')) as awaitingperson,
                   (select count(*)::integer from (select from post p join account a on a.key = p.account
            """ + AwaitingApproval + """
                    limit @most) w) as awaitingapproval
            """,
            new { end = endOfDay.UtcDateTime, most = PostCounts.MostAwaitingApproval },
            cancellationToken: cancellationToken));
    }

    private async Task<Page<PostRow>> PageAsync(
        string list, string rest, HandBackFilter filter, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var after = Cursor.ReadTimeAndId(list, cursor);
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            Columns + rest,
            new { filter.Account, filter.Hold, filter.Area, at = after?.At.UtcDateTime, id = after?.Id, limit = limit + 1 },
            cancellationToken: cancellationToken))).Select(r => r.ToPost()).ToList();
        return rows.Count <= limit ? new Page<PostRow>(rows, null) : new Page<PostRow>(rows[..limit], Cursor.Of(list, rows[limit - 1].DueAt, rows[limit - 1].Id));
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public required string Account { get; init; }

        public required string Text { get; init; }

        public required string State { get; init; }

        public DateTime DueAt { get; init; }

        public int ToleranceSeconds { get; init; }

        public required string PosterId { get; init; }

        public required string PosterName { get; init; }

        public Guid? MessageId { get; init; }

        public DateTime CreatedAt { get; init; }

        public DateTime? PublishedAt { get; init; }

        public string? Url { get; init; }

        public string[] HeldBy { get; init; } = [];

        public string? Note { get; init; }

        public int Revision { get; init; }

        public bool AwaitsApproval { get; init; }

        public string? ApprovedBy { get; init; }

        public DateTime? ApprovedAt { get; init; }

        public string[] ApprovedFor { get; init; } = [];

        public DateTime? RemovalAskedAt { get; init; }

        public string? RemovalAskedBy { get; init; }

        public DateTime? RemovedAt { get; init; }

        public string? WrittenBefore { get; init; }

        public PostRow ToPost() => new()
        {
            Id = Id,
            Account = Account,
            Text = Text,
            State = State,
            DueAt = DueAt,
            ToleranceSeconds = ToleranceSeconds,
            PosterId = PosterId,
            PosterName = PosterName,
            MessageId = MessageId,
            CreatedAt = CreatedAt,
            PublishedAt = PublishedAt,
            Url = Url,
            HeldBy = HeldBy,
            Note = Note,
            Revision = Revision,
            AwaitsApproval = AwaitsApproval,
            ApprovedBy = ApprovedBy,
            ApprovedAt = ApprovedAt,
            ApprovedFor = ApprovedFor,
            RemovalAskedAt = RemovalAskedAt,
            RemovalAskedBy = RemovalAskedBy,
            RemovedAt = RemovedAt,
            WrittenBefore = WrittenBefore is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<IncidentSince>>(WrittenBefore, StorageJson.Options) ?? [],
        };
    }
}

using System.Text.Json;
using Coordination.Domain.Holds;
using Coordination.Domain.Review;
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
               p.about::text as about, p.review::text as review, p.returned::text as returned,
               p.removal_asked_at as removalaskedat, p.removal_asked_by as removalaskedby, p.removed_at as removedat,
               case when p.state in ('scheduled', 'held', 'missed', 'unknown') then written_before(a, p)::text end as writtenbefore,
               (select d.repeat_id from repeat_date d where d.post_id = p.id) as repeatid
        from post p join account a on a.key = p.account
        left join lateral (select holds_refusing(a, p) as ids) r on p.state = 'scheduled'
        """;

    private const string AsksAHold = """
         p.state = 'scheduled' and exists (
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
        new { account }, limit, cursor, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PostRow>> OfMessageAsync(Guid message, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Columns + " where p.message_id = @message order by p.account limit @limit", new { message, limit }, cancellationToken: cancellationToken));
        return [.. rows.Select(r => r.ToPost())];
    }

    /// <inheritdoc/>
    public Task<Page<PostRow>> HandBackAsync(HandBackFilter filter, int limit, string? cursor, CancellationToken cancellationToken) => PageAsync(
        string.Join('/', "handback", filter.Account, filter.Hold, filter.Area),
        """
         where p.state in ('held', 'missed', 'unknown')
           and (@account::text is null or p.account = @account) and (@hold::text is null or @hold = any(p.held_by)) and (@area::text is null or a.area = @area)
           and (@at::timestamptz is null or (p.due_at, p.id) > (@at, @id))
         order by p.due_at, p.id limit @limit
        """,
        new { filter.Account, filter.Hold, filter.Area }, limit, cursor, cancellationToken);

    /// <inheritdoc/>
    public Task<Page<PostRow>> AwaitingApprovalAsync(ApproverFilter? filter, int limit, string? cursor, CancellationToken cancellationToken) => PageAsync(
        "approvals/" + filter?.Approver,
        $"""
         where p.state in ('scheduled', 'submitted')
           and (@mine::boolean and p.state = 'submitted' and not (p.review ->> 'commsOnly')::boolean and p.poster_id <> @approver
                and (p.account = any (@accounts) or (a.kind = any (@kinds) and not p.account = any (@others)))
                or not @mine::boolean and (p.state = 'submitted' or {AsksAHold}))
           and (@at::timestamptz is null or (p.due_at, p.id) > (@at, @id))
         order by p.due_at, p.id limit @limit
        """,
        new
        {
            mine = filter is not null,
            approver = filter?.Approver,
            accounts = filter?.Accounts.ToArray() ?? [],
            kinds = filter?.Kinds.ToArray() ?? [],
            others = filter?.Others.ToArray() ?? [],
        },
        limit, cursor, cancellationToken);

    /// <inheritdoc/>
    public Task<Page<PostRow>> ReturnedAsync(string posterId, int limit, string? cursor, CancellationToken cancellationToken) => PageAsync(
        "returned/" + posterId,
        """
         where p.state = 'returned' and p.poster_id = @posterId
           and (@at::timestamptz is null or (p.due_at, p.id) > (@at, @id))
         order by p.due_at, p.id limit @limit
        """,
        new { posterId },
        limit, cursor, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PostRow>> NearAsync(
        IReadOnlyCollection<string> accounts, bool allCorporate, DateTimeOffset at, TimeSpan within, Guid? except, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Columns + """
             where p.state in ('scheduled', 'submitted') and p.due_at between @from and @until and p.id is distinct from @except
               and (p.account = any (@accounts) or (@allCorporate and a.kind = 'corporate'))
             order by p.due_at, p.id limit @limit
            """,
            new { accounts = accounts.ToArray(), allCorporate, from = (at - within).UtcDateTime, until = (at + within).UtcDateTime, except, limit },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => r.ToPost())];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CalendarDay>> CalendarAsync(
        IReadOnlyList<Scope> scopes, IReadOnlyList<Scope>? anyOf, DateOnly from, DateOnly until, int perDay, CancellationToken cancellationToken)
    {
        // What each post says is read for those that are shown, and only counted for the others.
        const string days = """
            select w.id, w.day::timestamp, w.total from (
                select p.id, (p.due_at at time zone 'Europe/London')::date as day,
                       count(*) over (partition by (p.due_at at time zone 'Europe/London')::date)::integer as total,
                       row_number() over (partition by (p.due_at at time zone 'Europe/London')::date order by p.due_at, p.id) as n
                from post p
                where p.due_at >= (@from::timestamp at time zone 'Europe/London') and p.due_at < (@until::timestamp at time zone 'Europe/London')
                  and p.state <> 'cancelled'
                  and (@everything or p.account in (
                      select a.key from account a where not exists (
                          select from unnest(@scopes) s where not scope_covers(s::jsonb, a.key, a.platform, a.kind, a.area, a.station, a.department))
                        and (@anyOf::text[] is null or exists (
                          select from unnest(@anyOf) s where scope_covers(s::jsonb, a.key, a.platform, a.kind, a.area, a.station, a.department)))))) w
            where w.n <= @perDay
            """;
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var shown = (await connection.QueryAsync<(Guid Id, DateTime Day, int Total)>(new CommandDefinition(
            days,
            new
            {
                from = from.ToDateTime(TimeOnly.MinValue),
                until = until.ToDateTime(TimeOnly.MinValue),
                perDay,
                everything = scopes.Count == 0 && anyOf is null,
                scopes = scopes.Select(s => JsonSerializer.Serialize(s, StorageJson.Options)).ToArray(),
                anyOf = anyOf?.Select(s => JsonSerializer.Serialize(s, StorageJson.Options)).ToArray(),
            },
            cancellationToken: cancellationToken))).ToList();
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            Columns + " where p.id = any (@ids)", new { ids = shown.Select(s => s.Id).ToArray() }, cancellationToken: cancellationToken))).ToDictionary(r => r.Id, r => r.ToPost());
        return
        [
            .. shown.GroupBy(s => (s.Day, s.Total)).OrderBy(g => g.Key.Day).Select(g => new CalendarDay(
                DateOnly.FromDateTime(g.Key.Day), g.Key.Total, [.. g.Select(s => rows.GetValueOrDefault(s.Id)).OfType<PostRow>().OrderBy(p => p.DueAt).ThenBy(p => p.Id)])),
        ];
    }

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
                   (select count(*)::integer from (
                        (select from post where state = 'submitted' limit @most)
                        union all
                        (select from post p join account a on a.key = p.account where
            """ + AsksAHold + """
                        limit @most) limit @most) w) as awaitingapproval
            """,
            new { end = endOfDay.UtcDateTime, most = PostCounts.MostAwaitingApproval },
            cancellationToken: cancellationToken));
    }

    private async Task<Page<PostRow>> PageAsync(
        string list, string rest, object filter, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var after = Cursor.ReadTimeAndId(list, cursor);
        var arguments = new DynamicParameters(filter);
        arguments.AddDynamicParams(new { at = after?.At.UtcDateTime, id = after?.Id, limit = limit + 1 });
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(Columns + rest, arguments, cancellationToken: cancellationToken)))
            .Select(r => r.ToPost()).ToList();
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

        public string? About { get; init; }

        public string? Review { get; init; }

        public string? Returned { get; init; }

        public DateTime? RemovalAskedAt { get; init; }

        public string? RemovalAskedBy { get; init; }

        public DateTime? RemovedAt { get; init; }

        public string? WrittenBefore { get; init; }

        public Guid? RepeatId { get; init; }

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
            About = Read<PostAbout>(About),
            Review = Read<PostReview>(Review),
            Return = Read<PostReturn>(Returned),
            RemovalAskedAt = RemovalAskedAt,
            RemovalAskedBy = RemovalAskedBy,
            RemovedAt = RemovedAt,
            RepeatId = RepeatId,
            WrittenBefore = Read<IReadOnlyList<IncidentSince>>(WrittenBefore) ?? [],
        };

        private static T? Read<T>(string? json)
            where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, StorageJson.Options);
    }
}

using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Schedule;
using Coordination.Storage.ReadModel;
using Dapper;

namespace Coordination.Storage.Repeats;

/// <summary>Keeps them in the database, each change with its journal entry.</summary>
public sealed class RepeatStore(CoordinationDatabase database) : IRepeatStore
{
    /// <summary>How long a repeat belongs to whoever claimed it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>How long after it was looked at a repeat with something left to do is looked at again.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    private const string Columns = """
        select r.id, r.wish::text as wish, r.owner_id as ownerid, r.owner_name as ownername, r.state, r.started_at as startedat,
               r.ended_at as endedat, r.ended_by as endedby, r.ended_by_name as endedbyname, r.why, r.version
        """;

    /// <inheritdoc/>
    public async Task<RepeatAnswer> StartAsync(Guid id, RepeatWish wish, IReadOnlyList<WallTime> dates, Actor actor, CancellationToken cancellationToken)
    {
        var rows = dates.SelectMany(d => wish.Accounts.Select(a => new
        {
            account = a.Value,
            local = d.Local,
            due_at = d.At.UtcDateTime,
            post_id = RepeatIds.Post(id, d.Local, a).Value,
        }));
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.QuerySingleAsync<string>(new CommandDefinition(
            "select start_repeat(@id, @wish::jsonb, @dates::jsonb, @actorId, @actorName, @actorRole, @most)",
            new
            {
                id,
                wish = JsonSerializer.Serialize(wish, StorageJson.Options),
                dates = JsonSerializer.Serialize(rows),
                actorId = actor.Id,
                actorName = actor.Name,
                actorRole = actor.Role.Id(),
                most = RepeatRules.MostActive,
            },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return answer switch
        {
            "started" => RepeatAnswer.Started,
            "reused" => RepeatAnswer.Reused,
            "too-many" => RepeatAnswer.TooMany,
            _ => throw new InvalidOperationException($"The database answers '{answer}' about a repeat."),
        };
    }

    /// <inheritdoc/>
    public async Task<bool> EndAsync(Guid id, RepeatState state, string why, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.QuerySingleAsync<string>(new CommandDefinition(
            "select end_repeat(@id, @state, @why, @actorId, @actorName, @actorRole)",
            new { id, state = RepeatWords.Of(state), why, actorId = actor.Id, actorName = actor.Name, actorRole = actor.Role.Id() },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return string.Equals(answer, "ended", StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public async Task<Repeat?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        if (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Columns + " from repeat r where r.id = @id", new { id }, cancellationToken: cancellationToken)) is not { } row)
        {
            return null;
        }

        var dates = await connection.QueryAsync<DateRow>(new CommandDefinition(
            "select account, local, due_at as dueat, post_id as postid, state, why, tried from repeat_date where repeat_id = @id order by due_at, local, account",
            new { id },
            cancellationToken: cancellationToken));
        return row.ToRepeat() with { Dates = [.. dates.Select(d => d.ToDate())] };
    }

    /// <inheritdoc/>
    public async Task<Page<RepeatRow>> ListAsync(string? ownerId, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var list = "repeats/" + ownerId;
        var after = Cursor.ReadTimeAndId(list, cursor);
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            Columns + """
            , n.next, s.remaining, s.refused, s.skipped
            from repeat r
            cross join lateral (
                select array(select distinct d.due_at from repeat_date d
                             where d.repeat_id = r.id and d.due_at > clock_timestamp() and (d.state in ('made', 'kept') or r.state = 'active' and d.state in ('planned', 'refused'))
                             order by d.due_at limit 3) as next) n
            cross join lateral (
                select count(distinct d.local) filter (where d.due_at > clock_timestamp() and (d.state in ('made', 'kept') or r.state = 'active' and d.state in ('planned', 'refused')))::integer as remaining,
                       count(*) filter (where d.state = 'refused')::integer as refused,
                       count(*) filter (where d.state = 'skipped')::integer as skipped
                from repeat_date d where d.repeat_id = r.id) s
            where (@ownerId::text is null or r.owner_id = @ownerId) and (@at::timestamptz is null or (r.started_at, r.id) < (@at, @id))
            order by r.started_at desc, r.id desc limit @limit
            """,
            new { ownerId, at = after?.At.UtcDateTime, id = after?.Id, limit = limit + 1 },
            cancellationToken: cancellationToken))).ToList();
        var shown = rows.Take(limit).Select(r => new RepeatRow(r.ToRepeat(), [.. r.Next.Select(n => new DateTimeOffset(n))], r.Remaining, r.Refused, r.Skipped)).ToList();
        return rows.Count <= limit ? new Page<RepeatRow>(shown, null) : new Page<RepeatRow>(shown, Cursor.Of(list, shown[^1].Repeat.StartedAt, shown[^1].Repeat.Id));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Guid>> ClaimAsync(int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return [.. await connection.QueryAsync<Guid>(new CommandDefinition(
            "select * from claim_repeats(@horizon, @every, @lease, @limit)",
            new { horizon = RepeatRules.Horizon, every = Every, lease = Lease, limit },
            cancellationToken: cancellationToken))];
    }

    /// <inheritdoc/>
    public async Task<bool> TryAsync(Guid id, IReadOnlyCollection<Guid> posts, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<bool>(new CommandDefinition(
            "select try_repeat_dates(@id, @posts)", new { id, posts = posts.ToArray() }, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task RecordAsync(Guid id, RepeatState workedAs, IReadOnlyList<RepeatOutcome> outcomes, CancellationToken cancellationToken)
    {
        var rows = outcomes.Select(o => new { account = o.Account.Value, local = o.Local, state = RepeatWords.Of(o.State), why = o.Why });
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select record_repeat_dates(@id, @state, @outcomes::jsonb, @actorId, @actorName, @actorRole)",
            new { id, state = RepeatWords.Of(workedAs), outcomes = JsonSerializer.Serialize(rows), actorId = Actor.System.Id, actorName = Actor.System.Name, actorRole = Actor.System.Role.Id() },
            cancellationToken: cancellationToken));
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public required string Wish { get; init; }

        public required string OwnerId { get; init; }

        public required string OwnerName { get; init; }

        public required string State { get; init; }

        public DateTime StartedAt { get; init; }

        public DateTime? EndedAt { get; init; }

        public string? EndedBy { get; init; }

        public string? EndedByName { get; init; }

        public string? Why { get; init; }

        public long Version { get; init; }

        public DateTime[] Next { get; init; } = [];

        public int Remaining { get; init; }

        public int Refused { get; init; }

        public int Skipped { get; init; }

        public Repeat ToRepeat() => new()
        {
            Id = Id,
            Wish = JsonSerializer.Deserialize<RepeatWish>(Wish, StorageJson.Options) ?? throw new JsonException("A repeat without a wish."),
            OwnerId = OwnerId,
            OwnerName = OwnerName,
            State = RepeatWords.Read<RepeatState>(State),
            StartedAt = StartedAt,
            EndedAt = EndedAt,
            EndedById = EndedBy,
            EndedByName = EndedByName,
            Why = Why,
            Version = Version,
        };
    }

    private sealed record DateRow(string Account, DateTime Local, DateTime DueAt, Guid PostId, string State, string? Why, bool Tried)
    {
        public RepeatDate ToDate() => new(AccountKey.Parse(Account), Local, DueAt, new PostId(PostId), RepeatWords.Read<RepeatDateState>(State), Why, Tried);
    }
}

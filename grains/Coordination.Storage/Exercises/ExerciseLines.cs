using System.Text.Json;
using Coordination.Domain.People;
using Dapper;

namespace Coordination.Storage.Exercises;

/// <inheritdoc cref="IExerciseLines"/>
public sealed class ExerciseLines(CoordinationDatabase database) : IExerciseLines
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <inheritdoc/>
    public async Task<WriteOutcome> WriteAsync(NewExerciseLine line, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            "select write_exercise_line(@Id, @Takeover, @actorId, @actorName, @actorRole, @Beyond, @standIns::jsonb)",
            new { line.Id, line.Takeover, actorId = actor.Id, actorName = actor.Name, actorRole = actor.Role.Id(), line.Beyond, standIns = JsonSerializer.Serialize(line.StandIns, Json) },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return Enum.Parse<WriteOutcome>(answer!, ignoreCase: true);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ExerciseLine>> OfAsync(IReadOnlyCollection<Guid> takeovers, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select l.id, l.takeover_id as takeover, l.written_at as writtenat, l.written_name as writtenby, l.beyond, s.account, s.name, s.words,
                   case when s.state = 'queued' and t.state <> 'shadow' then 'stopped' else s.state end as state, s.attempts, s.out_at as outat, s.address, s.last_error as lasterror
            from exercise_line l
            join takeover t on t.id = l.takeover_id
            join exercise_stand_in s on s.line_id = l.id
            where l.takeover_id = any (@takeovers)
            order by l.written_at, l.id, s.account
            """,
            new { takeovers = takeovers.ToArray() },
            cancellationToken: cancellationToken));
        return
        [
            .. rows.GroupBy(r => r.Id).Select(g => new ExerciseLine
            {
                Id = g.Key,
                Takeover = g.First().Takeover,
                WrittenAt = g.First().WrittenAt,
                WrittenBy = g.First().WrittenBy,
                Beyond = g.First().Beyond,
                StandIns = [.. g.Select(r => new StandInRow(r.Account, r.Name, r.Words, Enum.Parse<StandInState>(r.State, ignoreCase: true), r.Attempts, r.OutAt, r.Address, r.LastError))],
            }),
        ];
    }

    /// <inheritdoc/>
    public async Task<ExerciseLine?> FindAsync(Guid takeover, CancellationToken cancellationToken) =>
        await OfAsync([takeover], cancellationToken) is [var line, ..] ? line : null;

    /// <inheritdoc/>
    public async Task<int?> RetryAsync(Guid takeover, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var count = await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            "select retry_exercise_line(@takeover, @actorId, @actorName, @actorRole)",
            new { takeover, actorId = actor.Id, actorName = actor.Name, actorRole = actor.Role.Id() },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return count;
    }

    /// <inheritdoc/>
    public async Task<SeenOutcome> SeeAsync(Guid? takeover, string? holdId, Actor actor, CancellationToken cancellationToken)
    {
        if (takeover is null == holdId is null)
        {
            throw new ArgumentException("A takeover or a hold, and not both.", nameof(takeover));
        }

        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            "select see_real(@takeover::uuid, @holdId::text, @actorId, @actorName, @actorRole)",
            new { takeover, holdId, actorId = actor.Id, actorName = actor.Name, actorRole = actor.Role.Id() },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return Enum.Parse<SeenOutcome>(answer!, ignoreCase: true);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RealSeen>> SeenAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Seen>(new CommandDefinition(
            "select takeover_id as takeover, hold_id as holdid, seen_at as at, seen_name as by from real_seen_now where seen_at >= @since order by seen_at",
            new { since },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => new RealSeen(r.Takeover, r.HoldId, r.At, r.By))];
    }

    private sealed record Seen
    {
        public Guid? Takeover { get; init; }

        public string? HoldId { get; init; }

        public DateTime At { get; init; }

        public required string By { get; init; }
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public Guid Takeover { get; init; }

        public DateTime WrittenAt { get; init; }

        public required string WrittenBy { get; init; }

        public int Beyond { get; init; }

        public required string Account { get; init; }

        public required string Name { get; init; }

        public required string Words { get; init; }

        public required string State { get; init; }

        public int Attempts { get; init; }

        public DateTime? OutAt { get; init; }

        public string? Address { get; init; }

        public string? LastError { get; init; }
    }
}

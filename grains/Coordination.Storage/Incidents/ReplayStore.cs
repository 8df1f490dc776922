using System.Security.Cryptography;
using System.Text.Json;
using Coordination.Domain.Incidents.Replays;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Dapper;

namespace Coordination.Storage.Incidents;

/// <inheritdoc cref="IReplayStore"/>
public sealed class ReplayStore(CoordinationDatabase database) : IReplayStore
{
    private const int LongestName = 200;

    // A hundred thousand reports in one go take seconds; the server gives up after 20.
    private const int BeginSeconds = 18;

    private const string Select = """
        select r.id, r.tag, r.file_hash as filehash, r.file_name as filename, r.label, r.speed, r.total, r.sent, r.sent_at as sentat, r.lasts, r.bad_rows as badrows, r.faults::text as faults,
               r.recorded_from as recordedfrom, r.recorded_to as recordedto, r.started_at as startedat, r.started_name as startedname, r.state, r.state_at as stateat,
               r.state_name as statename, r.pause, r.about, last.decision as lastdecision, last.line as lastline, last.report::jsonb ->> 'number' as lastnumber,
               c.clock + next.due as nextat, greatest(c.clock + r.lasts, clock_timestamp() + (r.total - r.sent) * @gap) as endsat, r.sending is not null and coalesce(r.leased_until > clock_timestamp(), false) as sending,
               (select count(*)::integer from takeover t where t.state in ('pending', 'shadow') and t.exercise and starts_with(t.number, 'REPLAY-' || r.tag || '-')) as shadows,
               (select count(*)::integer from replay_report o
                where o.replay_id = r.id and o.decision in ('ask', 'refused') and not exists (select from incident_settlement s where s.message_id = o.message_id)) as waiting
        from replay r
        cross join lateral (select r.clock_from + case when r.state = 'paused' then clock_timestamp() - r.state_at else interval '0' end as clock) as c
        left join replay_report last on (last.replay_id, last.n) = (r.id, r.sent)
        left join replay_report next on (next.replay_id, next.n) = (r.id, r.sent + 1)
        """;

    /// <inheritdoc/>
    public async Task<BeginOutcome> BeginAsync(NewReplay replay, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.QuerySingleAsync<string>(new CommandDefinition(
            """
            select begin_replay(@Id, @tag, @hash, @bytes, @name, @Label, @columns::jsonb, @Speed, @BadRows, @faults::jsonb, @from, @to, @lines, @due, @reports, @actorId, @actorName, @actorRole)
            """,
            new
            {
                replay.Id,
                tag = ReplayReports.TagOf(replay.Id),
                hash = Convert.ToHexStringLower(SHA256.HashData(replay.File.Span)),
                bytes = replay.File.ToArray(),
                name = StorableText.Clean(replay.FileName, LongestName),
                replay.Label,
                columns = JsonSerializer.Serialize(replay.Columns, StorageJson.Options),
                replay.Speed,
                replay.BadRows,
                faults = JsonSerializer.Serialize(replay.Faults, StorageJson.Options),
                from = replay.From.UtcDateTime,
                to = replay.To.UtcDateTime,
                lines = replay.Reports.Select(r => r.Line).ToArray(),
                due = replay.Reports.Select(r => r.Due).ToArray(),
                reports = replay.Reports.Select(r => r.Report).ToArray(),
                actorId = actor.Id,
                actorName = actor.Name,
                actorRole = actor.Role.Id(),
            },
            commandTimeout: BeginSeconds,
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return answer switch
        {
            "done" => BeginOutcome.Done,
            "already" => BeginOutcome.Already,
            "other" => BeginOutcome.Other,
            "real" => BeginOutcome.Real,
            _ => throw new InvalidOperationException($"The database answers '{answer}' about a replay."),
        };
    }

    /// <inheritdoc/>
    public async Task<Replay?> CurrentAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            Select + " order by (r.state in ('running', 'paused')) desc, r.started_at desc limit 1", new { gap = ReplayPlan.Gap }, cancellationToken: cancellationToken));
        return row?.ToReplay();
    }

    /// <inheritdoc/>
    public async Task<Replay?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Select + " where r.id = @id", new { id, gap = ReplayPlan.Gap }, cancellationToken: cancellationToken));
        return row?.ToReplay();
    }

    /// <inheritdoc/>
    public async Task<ClaimedReplay?> ClaimAsync(TimeSpan lease, CancellationToken cancellationToken)
    {
        var by = Guid.NewGuid();
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<(Guid Id, string Name)?>(new CommandDefinition(
            "select id, started_name from claim_replay(@by, @lease)", new { by, lease }, cancellationToken: cancellationToken));
        return row is { } claimed ? new ClaimedReplay(claimed.Id, by, claimed.Name) : null;
    }

    /// <inheritdoc/>
    public async Task<ReplayNext> NextAsync(ClaimedReplay replay, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var (answer, n, report, wait) = await connection.QuerySingleAsync<(string Answer, int? N, string? Report, TimeSpan? Wait)>(new CommandDefinition(
            "select answer, n, report, wait from next_of_replay(@Id, @Lease, @for, @gap, @shadows, @waiting)",
            new { replay.Id, replay.Lease, @for = lease, gap = ReplayPlan.Gap, shadows = ReplayRules.MostShadows, waiting = ReplayRules.MostWaiting },
            cancellationToken: cancellationToken));
        return answer switch
        {
            "send" => new ReplayNext.Send(n!.Value, report!),
            "wait" => new ReplayNext.Wait(wait!.Value),
            "over" => new ReplayNext.Over(),
            _ => throw new InvalidOperationException($"The database answers '{answer}' about a replay's next report."),
        };
    }

    /// <inheritdoc/>
    public async Task<bool> NoteAsync(ClaimedReplay replay, TimeSpan lease, int n, Guid message, string decision, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select note_replay_report(@Id, @Lease, @for, @n, @message, @decision)", new { replay.Id, replay.Lease, @for = lease, n, message, decision }, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(ClaimedReplay replay, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("select release_replay(@Id, @Lease)", new { replay.Id, replay.Lease }, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<ReplayStepOutcome> StepAsync(Guid id, ReplayStep step, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.QuerySingleAsync<string>(new CommandDefinition(
            "select step_replay(@id, @step, @actorId, @actorName, @actorRole)",
            new
            {
                id,
                step = step switch
                {
                    ReplayStep.Stop => "stop",
                    ReplayStep.Pause => "pause",
                    ReplayStep.Resume => "resume",
                    _ => throw new ArgumentOutOfRangeException(nameof(step)),
                },
                actorId = actor.Id,
                actorName = actor.Name,
                actorRole = actor.Role.Id(),
            },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return answer switch
        {
            "done" => ReplayStepOutcome.Done,
            "already" => ReplayStepOutcome.Already,
            "over" => ReplayStepOutcome.Over,
            "real" => ReplayStepOutcome.Real,
            "gone" => ReplayStepOutcome.Gone,
            _ => throw new InvalidOperationException($"The database answers '{answer}' about a replay's step."),
        };
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public required string Tag { get; init; }

        public required string FileHash { get; init; }

        public required string FileName { get; init; }

        public required string Label { get; init; }

        public int Speed { get; init; }

        public int Total { get; init; }

        public int Sent { get; init; }

        public DateTime? SentAt { get; init; }

        public TimeSpan Lasts { get; init; }

        public int BadRows { get; init; }

        public required string Faults { get; init; }

        public DateTime RecordedFrom { get; init; }

        public DateTime RecordedTo { get; init; }

        public DateTime StartedAt { get; init; }

        public required string StartedName { get; init; }

        public required string State { get; init; }

        public DateTime StateAt { get; init; }

        public required string StateName { get; init; }

        public string? Pause { get; init; }

        public string? About { get; init; }

        public string? LastDecision { get; init; }

        public int? LastLine { get; init; }

        public string? LastNumber { get; init; }

        public DateTime? NextAt { get; init; }

        public DateTime EndsAt { get; init; }

        public bool Sending { get; init; }

        public int Shadows { get; init; }

        public int Waiting { get; init; }

        public Replay ToReplay() => new()
        {
            Id = Id,
            Tag = Tag,
            FileHash = FileHash,
            FileName = FileName,
            Label = Label,
            Speed = Speed,
            Total = Total,
            Sent = Sent,
            SentAt = SentAt,
            LastDecision = LastDecision,
            LastNumber = LastNumber,
            LastLine = LastLine,
            NextAt = NextAt,
            EndsAt = EndsAt,
            Lasts = Lasts,
            BadRows = BadRows,
            Faults = JsonSerializer.Deserialize<IReadOnlyList<ReplayFault>>(Faults, StorageJson.Options) ?? [],
            RecordedFrom = RecordedFrom,
            RecordedTo = RecordedTo,
            StartedAt = StartedAt,
            StartedName = StartedName,
            State = ReplayStates.Parse(State),
            StateAt = StateAt,
            StateName = StateName,
            Pause = Pause is null ? null : ReplayStates.ParsePause(Pause),
            About = About,
            Sending = Sending,
            Shadows = Shadows,
            Waiting = Waiting,
        };
    }
}

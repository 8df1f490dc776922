using System.Text.Json;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.People;
using Dapper;

namespace Coordination.Storage.Incidents;

/// <inheritdoc cref="ITakeoverStore"/>
public sealed class TakeoverStore(CoordinationDatabase database) : ITakeoverStore
{
    private const string Select = """
        select t.id, t.number, t.exercise, t.rule, t.rule_version as ruleversion, t.rule_words as rulewords, t.mode, t.kind, t.scope::text as scope, t.posters,
               t.statement, t.reason, t.state_now as state, t.made_at as madeat, t.due_at as dueat, t.state_at as stateat, t.decided_by as decidedby,
               t.decided_name as decidedname, t.note, t.hold_id as holdid, t.lifted_at as liftedat
        from takeover_now t
        """;

    /// <inheritdoc/>
    public async Task<Takeover> ClaimAsync(NewTakeover wish, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var id = await connection.ExecuteScalarAsync<Guid>(new CommandDefinition(
            """
            select claim_takeover(@Id, @Number, @Exercise, @Rule, @RuleVersion, @RuleWords, @mode, @kind, @scope::jsonb, @posters, @Statement, @Reason, @VetoSeconds)
            """,
            new
            {
                wish.Id,
                wish.Number,
                wish.Exercise,
                wish.Rule,
                wish.RuleVersion,
                wish.RuleWords,
                mode = wish.VetoSeconds is null ? "at-once" : "propose",
                kind = wish.Kind.Id(),
                scope = JsonSerializer.Serialize(wish.Scope, StorageJson.Options),
                posters = wish.NamedPosters.ToArray(),
                wish.Statement,
                wish.Reason,
                wish.VetoSeconds,
            },
            cancellationToken: cancellationToken));
        var row = await connection.QuerySingleAsync<Row>(new CommandDefinition(Select + " where t.id = @id", new { id }, cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return row.ToTakeover();
    }

    /// <inheritdoc/>
    public async Task<StepOutcome> StepAsync(Guid id, TakeoverStep step, Actor actor, string? note, string? holdId, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            "select step_takeover(@id, @step, @actorId, @actorName, @actorRole, @note, @holdId)",
            new { id, step = WordOf(step), actorId = actor.Id, actorName = actor.Name, actorRole = actor.Role.Id(), note, holdId },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return answer switch
        {
            "done" => StepOutcome.Done,
            "already" => StepOutcome.Already,
            "late" => StepOutcome.Late,
            "early" => StepOutcome.Early,
            "gone" => StepOutcome.Gone,
            _ => throw new InvalidOperationException($"The database answers '{answer}' about a takeover."),
        };
    }

    /// <inheritdoc/>
    public async Task<Takeover?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Select + " where t.id = @id", new { id }, cancellationToken: cancellationToken));
        return row?.ToTakeover();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Takeover>> OfAsync(IReadOnlyList<string> numbers, bool exercise, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Select + " where t.exercise = @exercise and t.number = any (@numbers) order by t.made_at, t.id",
            new { exercise, numbers = numbers.ToArray() },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => r.ToTakeover())];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Takeover>> OpenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Select + " where t.state in ('pending', 'running', 'shadow') order by t.due_at, t.id", cancellationToken: cancellationToken));
        return [.. rows.Select(r => r.ToTakeover())];
    }

    private static string WordOf(TakeoverStep step) => step switch
    {
        TakeoverStep.Due => "due",
        TakeoverStep.Forward => "forward",
        TakeoverStep.Veto => "veto",
        TakeoverStep.End => "end",
        TakeoverStep.Placed => "placed",
        _ => "refused",
    };

    private sealed record Row
    {
        public Guid Id { get; init; }

        public required string Number { get; init; }

        public bool Exercise { get; init; }

        public required string Rule { get; init; }

        public int RuleVersion { get; init; }

        public required string RuleWords { get; init; }

        public required string Mode { get; init; }

        public required string Kind { get; init; }

        public required string Scope { get; init; }

        public string[] Posters { get; init; } = [];

        public string? Statement { get; init; }

        public required string Reason { get; init; }

        public required string State { get; init; }

        public DateTime MadeAt { get; init; }

        public DateTime DueAt { get; init; }

        public DateTime StateAt { get; init; }

        public string? DecidedBy { get; init; }

        public string? DecidedName { get; init; }

        public string? Note { get; init; }

        public string? HoldId { get; init; }

        public DateTime? LiftedAt { get; init; }

        public Takeover ToTakeover() => new()
        {
            Id = Id,
            Number = Number,
            Exercise = Exercise,
            Rule = Rule,
            RuleVersion = RuleVersion,
            RuleWords = RuleWords,
            Proposed = string.Equals(Mode, "propose", StringComparison.Ordinal),
            Kind = HoldKinds.TryParse(Kind, out var kind) ? kind : throw new InvalidOperationException($"The database has a takeover of the kind '{Kind}'."),
            Scope = JsonSerializer.Deserialize<Scope>(Scope, StorageJson.Options)!,
            NamedPosters = Posters,
            Statement = Statement,
            Reason = Reason,
            State = Enum.Parse<TakeoverState>(State, ignoreCase: true),
            MadeAt = MadeAt,
            DueAt = DueAt,
            StateAt = StateAt,
            DecidedBy = DecidedBy,
            DecidedName = DecidedName,
            Note = Note,
            HoldId = HoldId,
            LiftedAt = LiftedAt,
        };
    }
}

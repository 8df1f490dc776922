using System.Text.Json;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.People;
using Dapper;

namespace Coordination.Storage.Incidents;

/// <inheritdoc cref="IRuleBookStore"/>
public sealed class RuleBookStore(CoordinationDatabase database) : IRuleBookStore
{
    private static readonly int Shipped = RuleBook.Default.Version;

    /// <inheritdoc/>
    public async Task<int> VersionAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition("select rule_book_version()", cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<RuleBook?> FindAsync(int version, CancellationToken cancellationToken)
    {
        if (version == Shipped)
        {
            return RuleBook.Default;
        }

        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rules = await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            "select rules from rule_book where version = @version", new { version }, cancellationToken: cancellationToken));
        return rules is null ? null : new RuleBook(version, Read(rules));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RuleBookVersion>> VersionsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(int Version, DateTime At, string AskedBy, string Reason, string ConfirmedBy, string? Note)>(new CommandDefinition(
            "select version, activated_at, asked_name, reason, confirmed_name, note from rule_book order by version desc", cancellationToken: cancellationToken));
        return [.. rows.Select(r => new RuleBookVersion(r.Version, r.At, r.AskedBy, r.Reason, r.ConfirmedBy, r.Note)), new RuleBookVersion(Shipped, null, null, null, null, null)];
    }

    /// <inheritdoc/>
    public async Task<RuleDraft?> DraftAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            select revision, based_on as basedon, rules, changed_at as changedat, changed_name as changedname, asked_at as askedat, asked_by as askedby,
                   asked_name as askedname, reason, declined
            from rule_draft
            """,
            cancellationToken: cancellationToken));
        return row?.ToDraft();
    }

    /// <inheritdoc/>
    public async Task<DraftOutcome> SaveAsync(IReadOnlyList<IncidentRule> rules, int revision, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var saved = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select save_rule_draft(@rules, @revision, @actorId, @actorName, @actorRole)",
            new { rules = JsonSerializer.Serialize(rules, StorageJson.Options), revision, actorId = actor.Id, actorName = actor.Name, actorRole = actor.Role.Id() },
            cancellationToken: cancellationToken));
        return saved switch
        {
            0 => DraftOutcome.Stale,
            < 0 => DraftOutcome.Asked,
            _ => DraftOutcome.Done,
        };
    }

    /// <inheritdoc/>
    public async Task<DraftOutcome> StepAsync(DraftStep step, int revision, string? note, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            "select step_rule_draft(@step, @revision, @note, @actorId, @actorName, @actorRole)",
            new { step = step.ToString().ToLowerInvariant(), revision, note, actorId = actor.Id, actorName = actor.Name, actorRole = actor.Role.Id() },
            cancellationToken: cancellationToken));
        return answer switch
        {
            "done" => DraftOutcome.Done,
            "gone" => DraftOutcome.Gone,
            "stale" => DraftOutcome.Stale,
            "asked" => DraftOutcome.Asked,
            "not-asked" => DraftOutcome.NotAsked,
            "own" => DraftOutcome.Own,
            "overtaken" => DraftOutcome.Overtaken,
            _ => throw new InvalidOperationException($"The database answers '{answer}' about the draft of the rules."),
        };
    }

    private static IReadOnlyList<IncidentRule> Read(string rules) => JsonSerializer.Deserialize<IReadOnlyList<IncidentRule>>(rules, StorageJson.Options) ?? [];

    private sealed record Row
    {
        public int Revision { get; init; }

        public int BasedOn { get; init; }

        public required string Rules { get; init; }

        public DateTime ChangedAt { get; init; }

        public required string ChangedName { get; init; }

        public DateTime? AskedAt { get; init; }

        public string? AskedBy { get; init; }

        public string? AskedName { get; init; }

        public string? Reason { get; init; }

        public string? Declined { get; init; }

        public RuleDraft ToDraft() => new(
            Revision, BasedOn, Read(Rules), ChangedAt, ChangedName, AskedAt is { } at ? new RuleAsk(AskedBy!, AskedName!, at, Reason ?? "") : null, Declined);
    }
}

using System.Text.Json;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Retention;
using Dapper;

namespace Coordination.Storage.Retention;

/// <summary>Keeps it in PostgreSQL.</summary>
public sealed class RetentionStore(CoordinationDatabase database) : IRetentionStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<RetentionCategory>> CategoriesAsync(CancellationToken cancellationToken) => [.. (await QueryAsync<CategoryRow>(
        """
        select id, title, owner, counts_from as countsfrom, action, at_expiry as atexpiry, ground, days, least, most, version, changed_at as changedat, changed_by_name as changedbyname, reason
        from retention_category order by place
        """,
        null,
        cancellationToken)).Select(r => r.ToCategory())];

    /// <inheritdoc/>
    public async Task<Refusal?> SetAsync(string category, int days, long version, string? reason, Actor actor, CancellationToken cancellationToken) =>
        RetentionRules.Check(reason, actor) ?? Read(await CallAsync(
            "select set_retention(@category, @days, @version, @reason, @actor, @name, @role)",
            new { category, days, version, reason = reason!.Trim(), actor = actor.Id, name = actor.Name, role = actor.Role.Id() },
            cancellationToken), "set");

    /// <inheritdoc/>
    public async Task<RetentionSwitch> SwitchAsync(CancellationToken cancellationToken) => (await QueryAsync<SwitchRow>(
        "select acts, changed_at as changedat, changed_by_name as changedbyname, asked_at as askedat, asked_by as askedby, asked_by_name as askedbyname from retention_switch", null, cancellationToken)).Single().ToSwitch();

    /// <inheritdoc/>
    public async Task<Refusal?> SwitchAsync(bool acts, string? reason, Actor actor, CancellationToken cancellationToken) =>
        RetentionRules.Check(reason, actor) ?? Read(await CallAsync(
            "select switch_retention(@acts, @reason, @actor, @name, @role)", new { acts, reason = reason!.Trim(), actor = actor.Id, name = actor.Name, role = actor.Role.Id() }, cancellationToken), "on", "off", "asked");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecordKeep>> KeepsAsync(CancellationToken cancellationToken) => [.. (await QueryAsync<KeepRow>(
        "select kind, key, reason, kept_at as keptat, kept_by_name as keptbyname from record_keep order by kept_at desc, kind, key", null, cancellationToken))
        .Select(r => new RecordKeep(r.Kind, r.Key, r.Reason, r.KeptAt, r.KeptByName))];

    /// <inheritdoc/>
    public async Task<Refusal?> KeepAsync(string kind, string key, string? reason, Actor actor, CancellationToken cancellationToken) =>
        RetentionRules.Check(reason, actor) ?? await KeptAsync("set_keep", kind, key, reason!, actor, cancellationToken) switch
        {
            "set" => null,
            "kept" => RetentionRules.Of("keep-known"),
            _ => RetentionRules.Of("keep-unknown"),
        };

    /// <inheritdoc/>
    public async Task<Refusal?> EndKeepAsync(string kind, string key, string? reason, Actor actor, CancellationToken cancellationToken) =>
        RetentionRules.Check(reason, actor) ?? (await KeptAsync("end_keep", kind, key, reason!, actor, cancellationToken) is "ended" ? null : RetentionRules.Of("keep-unknown"));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RetentionRun>> RunsAsync(int limit, CancellationToken cancellationToken) => [.. (await QueryAsync<RunRow>(
        """
        select id, started_at as startedat, finished_at as finishedat, acted, by_itself as byitself, by_name as byname, counts::text as counts, taken::text as taken
        from retention_run order by id desc limit @limit
        """,
        new { limit },
        cancellationToken)).Select(r => r.ToRun())];

    private Task<string> KeptAsync(string function, string kind, string key, string reason, Actor actor, CancellationToken cancellationToken) => CallAsync(
        $"select {function}(@kind, @key, @reason, @actor, @name, @role)", new { kind, key = key.Trim(), reason = reason.Trim(), actor = actor.Id, name = actor.Name, role = actor.Role.Id() }, cancellationToken);

    private static Refusal? Read(string answer, params string[] well) => well.Contains(answer, StringComparer.Ordinal) ? null : RetentionRules.Of(answer);

    private async Task<string> CallAsync(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.ExecuteScalarAsync<string>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return answer!;
    }

    private async Task<IEnumerable<T>> QueryAsync<T>(string sql, object? arguments, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.QueryAsync<T>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken));
    }

    private sealed record CategoryRow
    {
        public required string Id { get; init; }

        public required string Title { get; init; }

        public required string Owner { get; init; }

        public required string CountsFrom { get; init; }

        public required string Action { get; init; }

        public required string AtExpiry { get; init; }

        public required string Ground { get; init; }

        public int? Days { get; init; }

        public int? Least { get; init; }

        public int? Most { get; init; }

        public long Version { get; init; }

        public DateTime? ChangedAt { get; init; }

        public string? ChangedByName { get; init; }

        public string? Reason { get; init; }

        public RetentionCategory ToCategory() => new(Id, Title, Owner, CountsFrom, Action, AtExpiry, Ground, Days, Least, Most, Version, ChangedAt, ChangedByName, Reason);
    }

    private sealed record SwitchRow
    {
        public bool Acts { get; init; }

        public DateTime? ChangedAt { get; init; }

        public string? ChangedByName { get; init; }

        public DateTime? AskedAt { get; init; }

        public string? AskedBy { get; init; }

        public string? AskedByName { get; init; }

        public RetentionSwitch ToSwitch() => new(Acts, ChangedAt, ChangedByName, AskedAt, AskedBy, AskedByName);
    }

    private sealed record KeepRow
    {
        public required string Kind { get; init; }

        public required string Key { get; init; }

        public required string Reason { get; init; }

        public DateTime KeptAt { get; init; }

        public required string KeptByName { get; init; }
    }

    private sealed record RunRow
    {
        public long Id { get; init; }

        public DateTime StartedAt { get; init; }

        public DateTime? FinishedAt { get; init; }

        public bool Acted { get; init; }

        public bool ByItself { get; init; }

        public required string ByName { get; init; }

        public required string Counts { get; init; }

        public required string Taken { get; init; }

        public RetentionRun ToRun() => new(Id, StartedAt, FinishedAt, Acted, ByItself, ByName, Read(Counts), Read(Taken));

        private static Dictionary<string, long> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, long>>(json)!;
    }
}

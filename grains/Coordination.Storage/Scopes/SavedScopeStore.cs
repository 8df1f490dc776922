using System.Text.Json;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Dapper;

namespace Coordination.Storage.Scopes;

/// <summary>Keeps them in the database, each change with its journal entry.</summary>
public sealed class SavedScopeStore(CoordinationDatabase database) : ISavedScopeStore
{
    private const string Select =
        "select id, name, scope::text as scope, version, saved_at as savedat, saved_by as savedby, saved_by_name as savedbyname from saved_scope";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SavedScope>> AllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(Select + " order by lower(name)", cancellationToken: cancellationToken));
        return [.. rows.Select(r => r.ToScope())];
    }

    /// <inheritdoc/>
    public async Task<SavedScope?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Select + " where id = @id", new { id }, cancellationToken: cancellationToken));
        return row?.ToScope();
    }

    /// <inheritdoc/>
    public Task<ScopeAnswer> SaveAsync(string id, Scope scope, long? version, Actor actor, CancellationToken cancellationToken) => AskAsync(
        "select save_scope(@id, @name, @scope::jsonb, @version, @actorId, @actorName, @actorRole, @most)",
        new
        {
            id,
            name = scope.Name ?? throw new ArgumentException("A saved scope has a name.", nameof(scope)),
            scope = JsonSerializer.Serialize(scope, StorageJson.Options),
            version,
            actorId = actor.Id,
            actorName = actor.Name,
            actorRole = actor.Role.Id(),
            most = SavedScopeDecider.Most,
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<ScopeAnswer> RemoveAsync(string id, long version, Actor actor, CancellationToken cancellationToken) => AskAsync(
        "select remove_scope(@id, @version, @actorId, @actorName, @actorRole)",
        new { id, version, actorId = actor.Id, actorName = actor.Name, actorRole = actor.Role.Id() },
        cancellationToken);

    private async Task<ScopeAnswer> AskAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.QuerySingleAsync<string>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return answer switch
        {
            "saved" => ScopeAnswer.Saved,
            "removed" => ScopeAnswer.Removed,
            "changed" => ScopeAnswer.Changed,
            "gone" => ScopeAnswer.Gone,
            "name-taken" => ScopeAnswer.NameTaken,
            "too-many" => ScopeAnswer.TooMany,
            _ => throw new InvalidOperationException($"The database answers '{answer}' about a saved scope."),
        };
    }

    private sealed record Row(string Id, string Name, string Scope, long Version, DateTime SavedAt, string SavedBy, string SavedByName)
    {
        public SavedScope ToScope() => new(
            Id, Name, JsonSerializer.Deserialize<Scope>(Scope, StorageJson.Options) ?? throw new JsonException("A saved scope without content."),
            Version, SavedAt, SavedBy, SavedByName);
    }
}

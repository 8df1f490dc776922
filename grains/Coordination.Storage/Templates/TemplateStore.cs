using Coordination.Domain.People;
using Coordination.Domain.Templates;
using Dapper;

namespace Coordination.Storage.Templates;

/// <summary>Keeps them in the database, each change with its journal entry.</summary>
public sealed class TemplateStore(CoordinationDatabase database) : ITemplateStore
{
    private const string Select =
        "select id, name, text, hint, version, saved_at as savedat, saved_by as savedby, saved_by_name as savedbyname from post_template";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PostTemplate>> AllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(Select + " order by lower(name)", cancellationToken: cancellationToken));
        return [.. rows.Select(r => r.ToTemplate())];
    }

    /// <inheritdoc/>
    public async Task<PostTemplate?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Select + " where id = @id", new { id }, cancellationToken: cancellationToken));
        return row?.ToTemplate();
    }

    /// <inheritdoc/>
    public Task<TemplateOutcome> SaveAsync(TemplateWish wish, long? version, Actor actor, CancellationToken cancellationToken) => AskAsync(
        "select save_template(@id, @name, @text, @hint, @version, @actorId, @actorName, @actorRole, @most)",
        new
        {
            id = wish.Id,
            name = wish.Name,
            text = wish.Text,
            hint = wish.Hint,
            version,
            actorId = actor.Id,
            actorName = actor.Name,
            actorRole = actor.Role.Id(),
            most = TemplateDecider.Most,
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<TemplateOutcome> RemoveAsync(string id, long version, Actor actor, CancellationToken cancellationToken) => AskAsync(
        "select remove_template(@id, @version, @actorId, @actorName, @actorRole)",
        new { id, version, actorId = actor.Id, actorName = actor.Name, actorRole = actor.Role.Id() },
        cancellationToken);

    private async Task<TemplateOutcome> AskAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.QuerySingleAsync<string>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return answer switch
        {
            "saved" => TemplateOutcome.Saved,
            "removed" => TemplateOutcome.Removed,
            "changed" => TemplateOutcome.Changed,
            "gone" => TemplateOutcome.Gone,
            "name-taken" => TemplateOutcome.NameTaken,
            "too-many" => TemplateOutcome.TooMany,
            _ => throw new InvalidOperationException($"The database answers '{answer}' about a template."),
        };
    }

    private sealed record Row(string Id, string Name, string Text, string? Hint, long Version, DateTime SavedAt, string SavedBy, string SavedByName)
    {
        public PostTemplate ToTemplate() => new(Id, Name, Text, Hint, Version, SavedAt, SavedBy, SavedByName);
    }
}

using System.Text.Json;
using Coordination.Domain.People;
using Coordination.Domain.Review;
using Dapper;

namespace Coordination.Storage.Review;

/// <summary>Keeps them in the database, each change with its journal entry.</summary>
public sealed class RuleBook(CoordinationDatabase database) : IRuleBook
{
    /// <inheritdoc/>
    public async Task<KeptRules> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            "select rules::text as rules, version, saved_at as savedat, saved_by_name as savedbyname from publishing_rules", cancellationToken: cancellationToken));
        return row is null
            ? new KeptRules(PublishingRules.Default, 0, null, null)
            : new KeptRules(
                JsonSerializer.Deserialize<PublishingRules>(row.Rules, StorageJson.Options) ?? throw new JsonException("Publishing rules without content."),
                row.Version, row.SavedAt, row.SavedByName);
    }

    /// <inheritdoc/>
    public async Task<bool> SaveAsync(PublishingRules rules, long version, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.QuerySingleAsync<string>(new CommandDefinition(
            "select save_rules(@rules::jsonb, @version, @actorId, @actorName, @actorRole)",
            new { rules = JsonSerializer.Serialize(rules, StorageJson.Options), version, actorId = actor.Id, actorName = actor.Name, actorRole = actor.Role.Id() },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return string.Equals(answer, "saved", StringComparison.Ordinal);
    }

    private sealed record Row(string Rules, long Version, DateTime SavedAt, string SavedByName);
}

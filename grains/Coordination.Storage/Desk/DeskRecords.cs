using System.Globalization;
using System.Text.Json;
using Coordination.Domain;
using Coordination.Domain.People;
using Dapper;

namespace Coordination.Storage.Desk;

/// <summary>Keeps them in the database.</summary>
public sealed class DeskRecords(CoordinationDatabase database) : IDeskRecords
{
    private const string Select = "select id, body::text as body, version, saved_at as savedat from desk_record";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DeskRecord<T>>> ListAsync<T>(DeskKind<T> kind, DeskFilter filter, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            Select + """
                 where kind = @kind and (@open::boolean is null or open = @open) and (@account::text is null or account = @account)
                   and (@after::text is null or left(until, 19) > @after)
                 order by saved_at desc, id limit @most
                """,
            new
            {
                kind = kind.Name,
                open = filter.Open,
                account = filter.Account,
                after = filter.EndsAfter?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
                most = Math.Clamp(filter.Most, 1, DeskFilter.Limit),
            },
            cancellationToken: cancellationToken));
        return [.. rows.Select(r => r.ToRecord<T>())];
    }

    /// <inheritdoc/>
    public async Task<DeskRecord<T>?> FindAsync<T>(DeskKind<T> kind, Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            new CommandDefinition(Select + " where kind = @kind and id = @id", new { kind = kind.Name, id }, cancellationToken: cancellationToken));
        return row?.ToRecord<T>();
    }

    /// <inheritdoc/>
    public async Task<bool> SaveAsync<T>(
        DeskKind<T> kind, Guid id, long version, Change<T> change, Actor actor, Guid? operationId, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.QuerySingleAsync<string>(new CommandDefinition(
            "select keep_record(@kind, @id, @version, @name, @body, @reason, @operationId::uuid, @actorId, @actorName, @actorRole)",
            new
            {
                kind = kind.Name,
                id,
                version,
                name = change.Event,
                body = JsonSerializer.Serialize(change.After, StorageJson.Options),
                reason = change.Why,
                operationId,
                actorId = actor.Id,
                actorName = actor.Name,
                actorRole = actor.Role.Id(),
            },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return string.Equals(answer, "saved", StringComparison.Ordinal);
    }

    private sealed record Row(Guid Id, string Body, long Version, DateTime SavedAt)
    {
        public DeskRecord<T> ToRecord<T>() => new(
            Id, JsonSerializer.Deserialize<T>(Body, StorageJson.Options) ?? throw new JsonException("A record without content."), Version, SavedAt);
    }
}

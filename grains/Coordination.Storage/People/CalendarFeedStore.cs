using System.Security.Cryptography;
using System.Text;
using Coordination.Domain.People;
using Dapper;

namespace Coordination.Storage.People;

/// <summary>Keeps them in the database, each change with its journal entry.</summary>
public sealed class CalendarFeedStore(CoordinationDatabase database) : ICalendarFeedStore
{
    /// <inheritdoc/>
    public async Task MakeAsync(Actor actor, string token, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "select make_calendar_feed(@hash, @id, @name, @role)", new { hash = Hash(token), actor.Id, actor.Name, role = actor.Role.Id() }, cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> RevokeAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var was = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select revoke_calendar_feed(@id, @name, @role)", new { actor.Id, actor.Name, role = actor.Role.Id() }, cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return was;
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> MadeAtAsync(string staffId, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition(
            "select made_at from calendar_feed where staff_id = @staffId", new { staffId }, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<string?> FindAsync(string token, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select s.id from calendar_feed f join staff s on s.id = f.staff_id where f.hash = @hash and staff_stands(s)", new { hash = Hash(token) }, cancellationToken: cancellationToken));
    }

    // 256 random bits: one plain hash is enough.
    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

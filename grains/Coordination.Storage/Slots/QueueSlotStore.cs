using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Schedule;
using Dapper;

namespace Coordination.Storage.Slots;

/// <summary>Keeps them in the database, each change with its journal entry.</summary>
public sealed class QueueSlotStore(CoordinationDatabase database) : IQueueSlotStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<AccountKey, QueueSlots>> ReadAsync(IReadOnlyCollection<AccountKey> accounts, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            "select account, slots::text as slots, version, saved_at as savedat, saved_by_name as savedbyname from queue_slots where account = any (@accounts)",
            new { accounts = Values(accounts) },
            cancellationToken: cancellationToken));
        var kept = rows.Select(r => r.ToSlots()).ToDictionary(s => s.Account);
        return accounts.Distinct().ToDictionary(a => a, a => kept.GetValueOrDefault(a) ?? QueueSlots.None(a));
    }

    /// <inheritdoc/>
    public async Task<ILookup<AccountKey, DateTimeOffset>> TakenAsync(
        IReadOnlyCollection<AccountKey> accounts, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Due>(new CommandDefinition(
            """
            select distinct account, due_at as dueat from post
            where account = any (@accounts) and state in ('scheduled', 'submitted', 'returned', 'held', 'missed') and due_at between @from and @until
            """,
            new { accounts = Values(accounts), from = from.UtcDateTime, until = until.UtcDateTime },
            cancellationToken: cancellationToken));
        return rows.ToLookup(r => AccountKey.Parse(r.Account), r => (DateTimeOffset)r.DueAt);
    }

    /// <inheritdoc/>
    public async Task<bool> SetAsync(AccountKey account, IReadOnlyList<QueueSlot> slots, long version, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.QuerySingleAsync<string>(new CommandDefinition(
            "select set_slots(@account, @slots::jsonb, @version, @actorId, @actorName, @actorRole)",
            new
            {
                account = account.Value,
                slots = JsonSerializer.Serialize(QueueSlotRules.InOrder(slots), StorageJson.Options),
                version,
                actorId = actor.Id,
                actorName = actor.Name,
                actorRole = actor.Role.Id(),
            },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return string.Equals(answer, "set", StringComparison.Ordinal);
    }

    private static string[] Values(IReadOnlyCollection<AccountKey> accounts) => [.. accounts.Select(a => a.Value)];

    private sealed record Row(string Account, string Slots, long Version, DateTime SavedAt, string SavedByName)
    {
        public QueueSlots ToSlots() => new(
            AccountKey.Parse(Account), JsonSerializer.Deserialize<QueueSlot[]>(Slots, StorageJson.Options) ?? throw new JsonException("Queue slots without content."), Version, SavedAt, SavedByName);
    }

    private sealed record Due(string Account, DateTime DueAt);
}

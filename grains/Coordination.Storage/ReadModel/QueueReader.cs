using Dapper;

namespace Coordination.Storage.ReadModel;

/// <summary>Whether due posts leave on time.</summary>
public interface IQueueReader
{
    /// <summary>What is late now.</summary>
    Task<QueueStanding> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>What is late.</summary>
/// <param name="Late">Posts whose time has passed by more than <see cref="QueueReader.OnTime"/>, and which nothing but the service itself keeps.</param>
/// <param name="Oldest">By how much the oldest of them is late; null when none is.</param>
/// <param name="Silos">The silos that have late posts in hand, the latest first.</param>
public sealed record QueueStanding(int Late, TimeSpan? Oldest, IReadOnlyList<SiloQueue> Silos)
{
    /// <summary>All is on time.</summary>
    public static QueueStanding OnTime { get; } = new(0, null, []);

    /// <summary>Whether it is behind.</summary>
    public bool IsBehind => Late > 0;
}

/// <summary>What one silo has in hand and has not begun.</summary>
/// <param name="Silo">Its name.</param>
/// <param name="Waiting">How many posts.</param>
/// <param name="Oldest">By how much the oldest of them is late.</param>
public sealed record SiloQueue(string Silo, int Waiting, TimeSpan Oldest);

/// <inheritdoc cref="IQueueReader"/>
public sealed class QueueReader(CoordinationDatabase database) : IQueueReader
{
    /// <summary>How late is still on time.</summary>
    public static readonly TimeSpan OnTime = TimeSpan.FromSeconds(10);

    // A silo says every two seconds what it has in hand; one that has fallen silent has nothing in hand any more.
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<QueueStanding> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);

        // One that waits for its platform, by its last failure or by what the platform takes, is late for another reason and says so itself; so is one on the wire.
        var (late, oldest) = await connection.QuerySingleAsync<(int, TimeSpan?)>(new CommandDefinition(
            """
            select count(*)::integer, max(clock_timestamp() - p.due_at) from post p
            where p.state = 'scheduled' and p.due_at < clock_timestamp() - @onTime
              and not exists (select from permit q where q.post_id = p.id and q.outcome is null)
              and not exists (select from rate_wait w where w.account = p.account and w.until > clock_timestamp() - @onTime)
              and coalesce((p.about #>> '{failure,retryAt}')::timestamptz < clock_timestamp() - @onTime, true)
            """,
            new { onTime = OnTime },
            cancellationToken: cancellationToken));
        var silos = late == 0 ? [] : await connection.QueryAsync<(string, int, TimeSpan)>(new CommandDefinition(
            """
            select silo, waiting, clock_timestamp() - oldest_due from silo_queue
            where waiting > 0 and at > clock_timestamp() - @silent and oldest_due < clock_timestamp() - @onTime
            order by oldest_due
            """,
            new { silent = Silent, onTime = OnTime },
            cancellationToken: cancellationToken));
        return new QueueStanding(late, oldest, [.. silos.Select(s => new SiloQueue(s.Item1, s.Item2, s.Item3))]);
    }

    /// <summary>Keeps what a silo has in hand.</summary>
    public async Task TellAsync(string silo, int waiting, DateTimeOffset? oldestDue, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into silo_queue (silo, waiting, oldest_due, at) values (@silo, @waiting, @oldest::timestamptz, clock_timestamp())
            on conflict (silo) do update set waiting = excluded.waiting, oldest_due = excluded.oldest_due, at = excluded.at
            """,
            new { silo, waiting, oldest = oldestDue?.UtcDateTime },
            cancellationToken: cancellationToken));
    }
}

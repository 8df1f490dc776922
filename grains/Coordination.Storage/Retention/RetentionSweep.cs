using System.Text.Json;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Retention;
using Dapper;
using Npgsql;

namespace Coordination.Storage.Retention;

/// <summary>What came of a wish to run the sweep.</summary>
/// <param name="Run">The run, at its end; null when there was none.</param>
/// <param name="Refusal">Why there was none.</param>
public sealed record RetentionAnswer(RetentionRun? Run, Refusal? Refusal);

/// <summary>Counts what is over its time; and takes it out, where that is switched on. One at a time over all hosts, by the database's clock.</summary>
public interface IRetentionSweep
{
    /// <summary>Runs it.</summary>
    /// <param name="acts">Whether it takes data out; refused while that is not switched on.</param>
    /// <param name="actor">Who wants it: the service itself by night.</param>
    /// <param name="cancellationToken">Ends it after the batch that it is at; what was taken out stays out, and is in the report of no run.</param>
    Task<RetentionAnswer> RunAsync(bool acts, Actor actor, CancellationToken cancellationToken);

    /// <summary>The nightly run: acts where that is switched on. Null when there was one in the last twenty hours, or one is under way.</summary>
    Task<RetentionRun?> RunByItselfAsync(CancellationToken cancellationToken);
}

/// <inheritdoc/>
/// <remarks>
/// A lock of the session keeps other runs away; each batch is a transaction of its own, which looks at the switch again. Whoever loses the session loses the lock and
/// does no more batches. A run that was cut short has a row without an end; the next one goes on where it was, because what is gone is not counted.
/// </remarks>
public sealed class RetentionSweep(CoordinationDatabase database, IRetentionStore store) : IRetentionSweep
{
    /// <summary>Most rows of one batch: it holds its locks for milliseconds.</summary>
    public const int Batch = 500;

    // With those of other works of the service, which are (127, 1) to (127, 3).
    private const string Lock = "pg_try_advisory_lock(127, 4)", Unlock = "pg_advisory_unlock(127, 4)";

    // A count over millions of entries takes seconds.
    private const int CountSeconds = 120;

    /// <inheritdoc/>
    public async Task<RetentionAnswer> RunAsync(bool acts, Actor actor, CancellationToken cancellationToken)
    {
        if (RetentionRules.Run(acts, actor) is { } refusal)
        {
            return new RetentionAnswer(null, refusal);
        }

        return acts && !(await store.SwitchAsync(cancellationToken)).Acts
            ? new RetentionAnswer(null, RetentionRules.Of("retention-off"))
            : await RunAsync(acts, byItself: false, actor, cancellationToken) is { } run ? new RetentionAnswer(run, null) : new RetentionAnswer(null, RetentionRules.Of("retention-busy"));
    }

    /// <inheritdoc/>
    public async Task<RetentionRun?> RunByItselfAsync(CancellationToken cancellationToken) =>
        await RunAsync((await store.SwitchAsync(cancellationToken)).Acts, byItself: true, Actor.System, cancellationToken);

    private async Task<RetentionRun?> RunAsync(bool acts, bool byItself, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition($"select {Lock}", cancellationToken: cancellationToken)))
        {
            return null;
        }

        try
        {
            // Longer than the pool lets a statement be; the pool sets it back.
            await connection.ExecuteAsync(new CommandDefinition(FormattableString.Invariant($"set statement_timeout = '{CountSeconds}s'"), cancellationToken: cancellationToken));

            // Under the lock: of two hosts that wake at one time, the second sees the first one's run.
            var id = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
                """
                insert into retention_run (acted, by_itself, by_name)
                select @acts, @byItself, @name
                where not @byItself or not exists (select from retention_run r where r.by_itself and r.started_at > clock_timestamp() - interval '20 hours')
                returning id
                """,
                new { acts, byItself, name = actor.Name },
                cancellationToken: cancellationToken));
            return id is { } run ? await CarryOutAsync(connection, run, acts, actor, cancellationToken) : null;
        }
        finally
        {
            // With a session that is gone, so is its lock.
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await connection.ExecuteAsync($"select {Unlock}");
            }
        }
    }

    private async Task<RetentionRun?> CarryOutAsync(NpgsqlConnection connection, long id, bool acts, Actor actor, CancellationToken cancellationToken)
    {
        var (counts, taken) = (new SortedDictionary<string, long>(StringComparer.Ordinal), new SortedDictionary<string, long>(StringComparer.Ordinal));
        var categories = await store.CategoriesAsync(cancellationToken);
        foreach (var category in categories.Where(c => c.IsCounted))
        {
            counts[category.Id] = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                "select retention_due(@id)", new { id = category.Id }, commandTimeout: CountSeconds, cancellationToken: cancellationToken));
        }

        foreach (var category in categories.Where(c => acts && c.IsTaken))
        {
            int rows;
            do
            {
                try
                {
                    rows = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
                        "select retention_take(@id, @most)", new { id = category.Id, most = Batch }, commandTimeout: CountSeconds, cancellationToken: cancellationToken));
                }
                catch (PostgresException off) when (off.SqlState is "WM055")
                {
                    // Somebody has switched it off meanwhile: what is out is out, and the report says it.
                    return await EndAsync(connection, id, counts, taken, actor, cancellationToken);
                }

                taken[category.Id] = taken.GetValueOrDefault(category.Id) + rows;
            }
            while (rows == Batch);
        }

        return await EndAsync(connection, id, counts, taken, actor, cancellationToken);
    }

    private async Task<RetentionRun?> EndAsync(
        NpgsqlConnection connection, long id, SortedDictionary<string, long> counts, SortedDictionary<string, long> taken, Actor actor, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            "select finish_retention_run(@id, @counts::jsonb, @taken::jsonb, @actor, @name, @role)",
            new { id, counts = JsonSerializer.Serialize(counts), taken = JsonSerializer.Serialize(taken), actor = actor.Id, name = actor.Name, role = actor.Role.Id() },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return (await store.RunsAsync(50, cancellationToken)).FirstOrDefault(r => r.Id == id);
    }
}

using System.Diagnostics;
using System.Globalization;
using Coordination.Domain.Accounts;
using Coordination.Storage.Fence;
using Npgsql;

namespace Coordination.Benchmarks;

/// <summary>The load and the arithmetic that the benchmarks share.</summary>
internal static class Load
{
    public const int Clients = 32;

    /// <summary>Runs many clients until the time is over; returns what they did per second.</summary>
    public static async Task<double> PerSecondAsync(TimeSpan duration, Func<CancellationToken, Task<bool>> once)
    {
        using var stop = new CancellationTokenSource(duration);
        var done = 0L;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested && await once(CancellationToken.None))
            {
                Interlocked.Increment(ref done);
            }
        })));
        return done / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Asks one permit for a post that was not asked for before.</summary>
    public static async Task<bool> TakePermitAsync(BenchDatabase database, IFence fence, CancellationToken cancellationToken)
    {
        if (database.NextPost() is not { } post)
        {
            return false;
        }

        var answer = await fence.TakePermitAsync(
            new PermitWish(AccountKey.Parse(BenchDatabase.Key(post % database.Accounts)), BenchDatabase.Post(post), 0, "publish", 1, "alex", 1, 1), cancellationToken);
        return answer is PermitAnswer.Issued or PermitAnswer.Held
            ? true
            : throw new InvalidOperationException($"The fence answered {answer}.");
    }

    /// <summary>One bare durable insert.</summary>
    public static async Task InsertBareAsync(BenchDatabase database)
    {
        await using var connection = await database.Pools.Fence.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("insert into bare (what) values ($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "something of about the size of a permit and its journal entry" });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Times one action, in milliseconds.</summary>
    public static async Task<double> TimeAsync(Func<Task> action)
    {
        var started = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    public static double Percentile(IEnumerable<double> samples, double p)
    {
        var sorted = samples.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(p * sorted.Length))];
    }

    public static string Number(double value) => value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture);
}

using Coordination.Storage.Fence;
using static Coordination.Benchmarks.Load;

namespace Coordination.Benchmarks;

/// <summary>Permits, journal entry included, against bare durable inserts at the same concurrency.</summary>
internal static class PermitBenchmark
{
    public static async Task RunAsync(string administration, bool quick)
    {
        var time = TimeSpan.FromSeconds(quick ? 3 : 10);
        await using var database = await BenchDatabase.CreateAsync(administration, accounts: 10_000, posts: quick ? 60_000 : 150_000);
        var fence = new FenceClient(database.Pools, TimeProvider.System);
        // Steady state: after a checkpoint the first write to a page costs the whole page in the log; in service that is once in
        // five minutes, so every account is written once before the clock starts.
        await database.ExecuteAsync("checkpoint; select @accounts, @posts");
        var warm = database.Accounts;
        await PerSecondAsync(TimeSpan.FromMinutes(1), async _ => Interlocked.Decrement(ref warm) >= 0 && await TakePermitAsync(database, fence, default));
        var permits = await PerSecondAsync(time, async _ => await TakePermitAsync(database, fence, default));
        var inserts = await PerSecondAsync(time, async _ =>
        {
            await InsertBareAsync(database);
            return true;
        });
        Console.WriteLine($"| {Clients} clients | per second | ratio |\n| --- | --- | --- |");
        Console.WriteLine($"| bare durable inserts | {Number(inserts)} | 1 |");
        Console.WriteLine($"| permits, journal entry included | {Number(permits)} | {Number(permits / inserts)} |\n");
    }
}

using Coordination.Storage.Fence;
using static Coordination.Benchmarks.Load;

namespace Coordination.Benchmarks;

/// <summary>Permits, journal entry included, against bare durable inserts at the same concurrency.</summary>
internal static class PermitBenchmark
{
    public static async Task RunAsync(string administration, bool quick)
    {
        var time = TimeSpan.FromSeconds(quick ? 3 : 10);
        await using var database = await BenchDatabase.CreateAsync(administration, accounts: 10_000, posts: quick ? 30_000 : 120_000);
        var fence = new FenceClient(database.Pools, TimeProvider.System);
        await PerSecondAsync(TimeSpan.FromSeconds(1), async _ => await TakePermitAsync(database, fence, default));
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

using Coordination.Contracts;
using Coordination.Domain.Accounts;
using static Coordination.Benchmarks.Load;

namespace Coordination.Benchmarks;

/// <summary>What one active account grain keeps in memory: its state with three posts, its activation, its place in the directory.</summary>
internal static class MemoryBenchmark
{
    public static async Task RunAsync(string administration, bool quick)
    {
        var accounts = quick ? 5_000 : 20_000;
        await using var database = await BenchDatabase.CreateAsync(administration, accounts, posts: 0);
        await using var silo = await BenchSilo.StartAsync(database.Storage);
        await ModelStates.WriteAsync(database, silo.Grains);

        var before = Live();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, accounts),
            new ParallelOptions { MaxDegreeOfParallelism = Clients },
            async (i, _) =>
            {
                var view = await silo.Grains.GetGrain<IAccountGrain>(GrainKeys.Of(AccountKey.Parse(BenchDatabase.Key(i)))).Read();
                if (view.State.Posts.Count != 3)
                {
                    throw new InvalidOperationException($"{BenchDatabase.Key(i)} has another state than was written.");
                }
            });
        Console.WriteLine($"| active account grains | managed memory of each |\n| --- | --- |\n| {accounts:N0} | {Number((Live() - before) / 1024.0 / accounts)} KiB |\n");
    }

    private static long Live()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}

using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using static Coordination.Benchmarks.Load;

namespace Coordination.Benchmarks;

/// <summary>What one active account grain keeps in memory: its state with three posts, its activation, its place in the directory.</summary>
internal static class MemoryBenchmark
{
    private static readonly Actor Manager = new("rowan", "Rowan", Role.CommsManager);

    public static async Task RunAsync(string administration, bool quick)
    {
        var accounts = quick ? 5_000 : 20_000;
        await using var database = await BenchDatabase.CreateAsync(administration, accounts, posts: 0);
        await using var silo = await BenchSilo.StartAsync(database.Storage);
        await WriteStatesAsync(database, silo.Grains);

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

    // One account's real state, made by the product, then the same for all.
    private static async Task WriteStatesAsync(BenchDatabase database, IGrainFactory grains)
    {
        var key = AccountKey.Parse("x/model_account");
        var grain = grains.GetGrain<IAccountGrain>(GrainKeys.Of(key));
        await grain.Register(
            new RegisterAccount(
                key,
                new AccountLabels("x", AccountKind.Local, "birmingham", "aston", null),
                "Demo WMFS Aston",
                new NamedContact("Alex Example", "alex.example@example.org", "0121 496 0001", [new NamedContact("Pat Example")])),
            new CommandContext(Guid.NewGuid(), Actor.System));
        await grain.Manage(new ConnectAccount(), new CommandContext(Guid.NewGuid(), Actor.System));
        for (var i = 1; i <= 3; i++)
        {
            await grain.Schedule(
                new NewPost(new PostId(Guid.CreateVersion7()), "Open day on Saturday, 10:00 to 14:00. Bring the children.", TimeProvider.System.GetUtcNow().AddDays(i), null),
                new CommandContext(Guid.NewGuid(), Manager));
        }

        await database.ExecuteAsync(
            """
            update grain_state g set payload = convert_to(replace(convert_from(m.payload, 'UTF8'), 'x/model_account', substr(g.grain_key, 9)), 'UTF8')
            from grain_state m
            where m.grain_key = 'account/x/model_account' and g.grain_key like 'account/x/bench%' and @accounts + @posts >= 0
            """);
    }

    private static long Live()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}

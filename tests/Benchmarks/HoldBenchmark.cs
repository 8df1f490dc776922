using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Fence;
using Coordination.Storage.ReadModel;
using Npgsql;
using static Coordination.Benchmarks.Load;

namespace Coordination.Benchmarks;

/// <summary>The acknowledgement of a hold, which is its commit, while permit takers saturate the fence; and the naive way beside it.</summary>
internal static class HoldBenchmark
{
    private static readonly Actor Manager = new("rowan", "Rowan", Role.CommsManager);
    private static readonly Scope OneArea = new() { Areas = ["area1"], Kinds = ["local"] };

    public static async Task RunAsync(string administration, bool quick, bool naive)
    {
        Console.WriteLine($"| accounts | hold acknowledged p50 | p99 | bare insert p50, same load | ratio of p50 | covered, counted after p50 |\n| --- | --- | --- | --- | --- | --- |");
        var medians = new Dictionary<int, double>();
        foreach (var accounts in new[] { 100, 10_000, 100_000 })
        {
            await using var database = await BenchDatabase.CreateAsync(administration, accounts, posts: quick ? 150_000 : 500_000);
            if (naive && accounts == 10_000)
            {
                s_idle = await IdleAsync(database, quick ? 50 : 200);
            }

            medians[accounts] = await MeasureAsync(database, quick ? 50 : 200);
            if (naive && accounts == 10_000)
            {
                await NaiveAsync(database);
            }
        }

        Console.WriteLine($"\n100,000 accounts against 100: {Number(medians[100_000] / medians[100])}");
        if (naive)
        {
            Console.WriteLine($"A state write on each of 10,000 accounts, {Clients} at once, nothing else running: {Number(s_naive)} ms. Our acknowledgement with nothing else running: {Number(s_idle)} ms, {Number(s_naive / s_idle)} times faster; under the load above {Number(s_naive / medians[10_000])} times.");
        }

        Console.WriteLine();
    }

    private static double s_naive;
    private static double s_idle;

    private static async Task<double> IdleAsync(BenchDatabase database, int samples)
    {
        var fence = new FenceClient(database.Pools, TimeProvider.System);
        var holds = new List<double>();
        for (var i = 0; i < samples; i++)
        {
            FenceAnswer<PlacedHold> placed = null!;
            holds.Add(await TimeAsync(async () => placed = await PlaceAsync(fence)));
            await LiftAsync(fence, placed);
        }

        return Percentile(holds, 0.5);
    }

    private static Task<FenceAnswer<PlacedHold>> PlaceAsync(FenceClient fence) => fence.PlaceHoldAsync(
        new PlaceHoldOrder(Guid.CreateVersion7(), HoldKind.Freeze, OneArea, "Benchmark", Manager, []), TimeSpan.FromSeconds(5), default);

    private static Task<FenceAnswer<LiftAnswer>> LiftAsync(FenceClient fence, FenceAnswer<PlacedHold> placed) => fence.LiftHoldAsync(
        new LiftHoldOrder(Guid.CreateVersion7(), ((FenceAnswer<PlacedHold>.Took)placed).Result.Hold.Id, "Benchmark", Manager), TimeSpan.FromSeconds(5), default);

    private static async Task<double> MeasureAsync(BenchDatabase database, int samples)
    {
        var fence = new FenceClient(database.Pools, TimeProvider.System);
        var accounts = new AccountReader(database.Pools);
        using var stop = new CancellationTokenSource();
        var load = PerSecondAsync(TimeSpan.FromMinutes(5), async _ => !stop.IsCancellationRequested && await TakePermitAsync(database, fence, default));
        var closing = CloseAfterAWhileAsync(database, stop.Token);
        var (holds, inserts, counts) = (new List<double>(), new List<double>(), new List<double>());
        const int WarmUps = 5;
        for (var i = -WarmUps; i < samples && !load.IsCompleted; i++)
        {
            if (i == 0)
            {
                (holds, inserts, counts) = ([], [], []);
            }

            inserts.Add(await TimeAsync(() => InsertBareAsync(database)));
            FenceAnswer<PlacedHold> placed = null!;
            holds.Add(await TimeAsync(async () => placed = await PlaceAsync(fence)));
            counts.Add(await TimeAsync(() => accounts.CountCoveredAsync(OneArea, default)));
            await LiftAsync(fence, placed);
        }

        if (load.IsCompleted)
        {
            Console.WriteLine($"(the load ran out of posts after {holds.Count} holds)");
        }

        await stop.CancelAsync();
        await load;
        await closing;
        var (hold, insert) = (Percentile(holds, 0.5), Percentile(inserts, 0.5));
        Console.WriteLine($"| {database.Accounts:N0} | {Number(hold)} ms | {Number(Percentile(holds, 0.99))} ms | {Number(insert)} ms | {Number(hold / insert)} | {Number(Percentile(counts, 0.5))} ms |");
        return hold;
    }

    // As in service: a publication has its outcome about a quarter of a second after its permit. Without this each hold would list
    // every permit of the run as in flight.
    private static async Task CloseAfterAWhileAsync(BenchDatabase database, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!stop.IsCancellationRequested)
        {
            await database.ExecuteAsync(
                """
                update permit set outcome = 'sent', closed_at = clock_timestamp()
                where outcome is null and issued_at < clock_timestamp() - interval '250 ms' and @accounts + @posts > 0
                """);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    // The state write that Orleans' provider issues, without Orleans around it: this flatters the naive way.
    private static async Task NaiveAsync(BenchDatabase database)
    {
        string write;
        await using (var connection = await database.Pools.Main.OpenConnectionAsync())
        await using (var command = new NpgsqlCommand("select querytext from orleansquery where querykey = 'WriteToStorageKey'", connection))
        {
            write = (string)(await command.ExecuteScalarAsync())!;
        }

        var payload = new byte[2_000];
        s_naive = await TimeAsync(() => Parallel.ForEachAsync(
            Enumerable.Range(0, database.Accounts),
            new ParallelOptions { MaxDegreeOfParallelism = Clients },
            async (account, cancellation) =>
            {
                await using var connection = await database.Pools.Main.OpenConnectionAsync(cancellation);
#pragma warning disable CA2100 // The product's own stored query.
                await using var command = new NpgsqlCommand(write, connection);
#pragma warning restore CA2100
                command.Parameters.AddWithValue("ServiceId", "coordination");
                command.Parameters.AddWithValue("GrainTypeString", "account");
                command.Parameters.AddWithValue("GrainIdExtensionString", "account/" + BenchDatabase.Key(account));
                command.Parameters.AddWithValue("GrainStateVersion", 1);
                command.Parameters.AddWithValue("PayloadBinary", payload);
                await command.ExecuteNonQueryAsync(cancellation);
            }));
    }
}

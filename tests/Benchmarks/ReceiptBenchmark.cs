using System.Diagnostics;
using System.Globalization;
using Coordination.Contracts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Fence;
using Coordination.Storage.ReadModel;
using Microsoft.Extensions.DependencyInjection;
using static Coordination.Benchmarks.Load;

namespace Coordination.Benchmarks;

/// <summary>From a hold's acknowledgement until every account that it covers has acknowledged it, each with its state and its journal entry: one silo, the database beside it.</summary>
internal static class ReceiptBenchmark
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly Actor Manager = new("rowan", "Rowan", Role.CommsManager);

    public static async Task RunAsync(string administration, bool quick)
    {
        Console.WriteLine("| accounts | the grains | hold acknowledged | half of the receipts | all receipts | receipts a second |\n| --- | --- | --- | --- | --- | --- |");
        foreach (var accounts in quick ? [1_000] : new[] { 1_000, 10_000 })
        {
            await using var database = await BenchDatabase.CreateAsync(administration, accounts, posts: 0);
            await using var silo = await BenchSilo.StartAsync(database.Storage);
            await ModelStates.WriteAsync(database, silo.Grains);
            await MeasureAsync(silo, accounts, "asleep: each is read from the database first");
            await MeasureAsync(silo, accounts, "awake");
        }

        Console.WriteLine();
    }

    private static async Task MeasureAsync(BenchSilo silo, int accounts, string grains)
    {
        var (fence, holds) = (silo.Services.GetRequiredService<IFence>(), silo.Services.GetRequiredService<IHoldReader>());
        var watch = Stopwatch.StartNew();
        var answer = await fence.PlaceHoldAsync(
            new PlaceHoldOrder(Guid.NewGuid(), HoldKind.Freeze, Scope.LocalAccounts, "Benchmark", Manager, [], null, null, null), TimeSpan.FromSeconds(10), CancellationToken.None);
        var hold = answer is FenceAnswer<PlacedHold>.Took took ? took.Result.Hold.Id : throw new InvalidOperationException($"The hold's answer is {answer}.");
        var acknowledged = watch.Elapsed;

        // What a dashboard host does when the hold has taken.
        await silo.Grains.GetGrain<IHoldGrain>(GrainKeys.OfHold(hold)).Drive();
        TimeSpan? half = null;
        for (; ; await Task.Delay(Look))
        {
            var (covered, received) = await holds.ReceiptCountAsync(hold, CancellationToken.None);
            half ??= received * 2 >= covered ? watch.Elapsed : null;
            if (covered < accounts)
            {
                throw new InvalidOperationException($"The hold covers {covered} of {accounts} accounts.");
            }

            if (received == covered)
            {
                break;
            }

            if (watch.Elapsed > Deadline)
            {
                throw new InvalidOperationException($"{received} of {covered} receipts after {watch.Elapsed}.");
            }
        }

        var all = watch.Elapsed;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {accounts:N0} | {grains} | {Number(acknowledged.TotalMilliseconds)} ms | {half!.Value.TotalSeconds:0.00} s | {all.TotalSeconds:0.00} s | {accounts / (all - acknowledged).TotalSeconds:#,0} |"));
        await fence.LiftHoldAsync(new LiftHoldOrder(Guid.NewGuid(), hold, "Benchmark", Manager), TimeSpan.FromSeconds(10), CancellationToken.None);
    }
}

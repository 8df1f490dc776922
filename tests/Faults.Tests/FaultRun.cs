using System.Globalization;
using Coordination.FaultTests.Checker;
using Coordination.FaultTests.Clients;
using Coordination.FaultTests.Injection;
using Coordination.FaultTests.World;

namespace Coordination.FaultTests;

/// <summary>One run: clients and nemesis at once, then peace until everything has settled, then the record.</summary>
internal static class FaultRun
{
    private static readonly TimeSpan Peace = TimeSpan.FromSeconds(150);

    // A slow machine does less in the same time: it gets more schedules, not smaller minimum counts.
    private const int MostSchedules = 5;
    private const int SeedStep = 100_003;

    /// <summary>Runs a seed's schedule, and the ones after it while too little has happened to prove anything; returns what there is to check.</summary>
    public static async Task<RunRecord> RunAsync(FaultWorld world, int seed, TimeSpan length, TimeSpan longestPause, Action<string> say)
    {
        say(string.Create(CultureInfo.InvariantCulture, $"seed {seed}; clocks {(SkewedClock.Available ? "half a minute apart" : "all right: this machine has no faketime")}; {(world.Servers.CanPromote ? "a standby follows" : "no standby: this machine has no pg_basebackup")}"));
        using var caller = new Caller(world);
        var generator = new Generator(caller, seed);
        using var nemesis = new Nemesis(world);
        using var stop = new CancellationTokenSource();
        var clients = generator.RunAsync(stop.Token);
        for (var schedule = 0; schedule < MostSchedules; schedule++)
        {
            var plan = FaultPlan.Make(seed + (schedule * SeedStep), length, longestPause);
            say(string.Create(CultureInfo.InvariantCulture, $"schedule {schedule + 1}: {plan.Count} faults"));
            foreach (var fault in plan)
            {
                say(fault.ToString());
            }

            await nemesis.RunAsync(plan);
            if (!Coverage.Of(new Facts(await RunReader.ReadAsync(world, generator.Calls, nemesis.Outages))).Vacuous().Any())
            {
                break;
            }
        }

        var peace = TimeProvider.System.GetTimestamp();
        await stop.CancelAsync();
        await clients;
        await generator.SettleAsync(Peace);
        var answered = TimeProvider.System.GetElapsedTime(peace);
        await SettledAsync(world);
        say(string.Create(CultureInfo.InvariantCulture, $"all wishes answered {answered.TotalSeconds:0} s after the last fault, no post on its way after {TimeProvider.System.GetElapsedTime(peace).TotalSeconds:0} s"));
        say("done: " + string.Join(", ", nemesis.Done.OrderBy(d => d.Key).Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Value} {d.Key}"))));
        say("ended by themselves: " + string.Join(", ", world.Silos.Concat(world.Dashboards).Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.Process.Name} {h.Process.Deaths}"))));
        return await RunReader.ReadAsync(world, generator.Calls, nemesis.Outages);
    }

    // Nothing is due any more and no call is open.
    private static async Task SettledAsync(FaultWorld world) => await Eventually.Becomes(
        async () =>
        {
            await using var connection = await world.Database.Main.OpenConnectionAsync();
            await using var command = new Npgsql.NpgsqlCommand(
                """
                select (select count(*) from post where state in ('scheduled', 'submitted', 'publishing') or (state = 'published' and removal_asked_at is not null)),
                       (select count(*) from permit where outcome is null)
                """,
                connection);
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            return (Posts: reader.GetInt64(0), Open: reader.GetInt64(1));
        },
        left => left is (0, 0),
        "no post is on its way any more",
        Peace);
}

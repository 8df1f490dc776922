using System.Collections.Concurrent;
using Coordination.FaultTests.World;

namespace Coordination.FaultTests.Injection;

/// <summary>Carries a schedule of faults out, and undoes each.</summary>
internal sealed class Nemesis(FaultWorld world) : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(150);
    private readonly ConcurrentQueue<(DateTimeOffset From, DateTimeOffset Until)> _outages = new();
    private readonly ConcurrentDictionary<FaultKind, int> _done = new();
    private readonly SemaphoreSlim _servers = new(1);
    private Host? _stranger;

    /// <summary>When the database was certainly out of everybody's reach.</summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset Until)> Outages => [.. _outages];

    /// <summary>How many faults of each kind were carried out.</summary>
    public IReadOnlyDictionary<FaultKind, int> Done => _done;

    /// <summary>Carries the whole schedule out; returns when the last fault is undone.</summary>
    public Task RunAsync(IEnumerable<Fault> plan) => Task.WhenAll(plan.Where(IsPossible).Select(async fault =>
    {
        await Task.Delay(fault.At);
        await CarryOutAsync(fault);
        _done.AddOrUpdate(fault.Kind, 1, (_, count) => count + 1);
    }));

    /// <inheritdoc/>
    public void Dispose() => _servers.Dispose();

    // What a machine cannot do is not counted as done: the run says so at its start.
    private bool IsPossible(Fault fault) => fault.Kind is not FaultKind.PromoteStandby || world.Servers.CanPromote;

    private Task CarryOutAsync(Fault fault)
    {
        var silo = world.Silos[fault.Target % 3];
        var dashboard = world.Dashboards[fault.Target % world.Dashboards.Count];
        return fault.Kind switch
        {
            FaultKind.KillSilo => DuringAsync(fault, silo.Process.KillAsync, Started(silo)),
            FaultKind.PauseSilo => DuringAsync(fault, silo.Process.PauseAsync, silo.Process.ContinueAsync),
            FaultKind.IsolateSilo => DuringAsync(fault, () => Isolate(silo), Now(OpenInward)),
            FaultKind.SiloLosesDatabase => DuringAsync(fault, Now(silo.Database.Stall), Now(silo.Database.Open)),
            FaultKind.SiloLosesPlatform => DuringAsync(fault, Now(silo.Platform!.Stall), Now(silo.Platform!.Open)),
            FaultKind.PlatformTakesNoSilo => DuringAsync(fault, silo.Platform!.FillAsync, Now(silo.Platform!.Open)),
            FaultKind.SplitBrain => DuringAsync(fault, Now(StartStranger), () => _stranger!.Process.KillAsync()),
            FaultKind.CrashDatabase => AloneAsync(() => CrashAsync(fault)),
            FaultKind.PromoteStandby => AloneAsync(() => PromoteAsync(fault)),
            FaultKind.EndConnections => EndConnectionsAsync(fault),
            FaultKind.PauseDashboard => DuringAsync(fault, dashboard.Process.PauseAsync, dashboard.Process.ContinueAsync),
            FaultKind.DashboardLosesDatabase => DuringAsync(fault, Now(dashboard.Database.Cut), Now(dashboard.Database.Open)),
            FaultKind.PlatformSlow => MisbehaveAsync(fault, new { mode = "slow", delayMs = 1500 }),
            FaultKind.PlatformFails => MisbehaveAsync(fault, new { mode = "fail", status = 503 }),
            FaultKind.PlatformDropsAnswers => MisbehaveAsync(fault, new { mode = "drop-answer" }),
            _ => throw new InvalidOperationException($"No such fault as {fault.Kind}."),
        };
    }

    private static async Task DuringAsync(Fault fault, Func<Task> begin, Func<Task> end)
    {
        await begin();
        await Task.Delay(fault.Length);
        await end();
    }

    private static Func<Task> Now(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };

    private static Func<Task> Started(Host host) => Now(host.Process.Start);

    // Both ways: nobody comes in, and what it sends is held at everybody else's door.
    private Task Isolate(Host silo)
    {
        foreach (var door in silo.Inward)
        {
            door.Stall();
        }

        foreach (var door in world.Silos.Where(other => other != silo).SelectMany(other => other.Inward))
        {
            door.Stall(silo.Process.Id);
        }

        return Task.CompletedTask;
    }

    private void OpenInward()
    {
        foreach (var door in world.Silos.SelectMany(s => s.Inward))
        {
            door.Open();
        }
    }

    private void StartStranger()
    {
        _stranger ??= world.StrangeSilo("another-" + FaultWorld.Cluster);
        _stranger.Process.Start();
    }

    // The doors are shut before the server dies and opened when it is back, so the outage lasts as long as it should.
    private async Task CrashAsync(Fault fault)
    {
        var hosts = world.Silos.Concat(world.Dashboards).ToArray();
        foreach (var host in hosts)
        {
            host.Database.Cut();
        }

        await world.Servers.CrashAsync();
        var from = TimeProvider.System.GetUtcNow();
        await Task.Delay(fault.Length);
        await world.Servers.RestoreAsync();
        await Eventually.Becomes(AnswersAsync, "the database is back");
        _outages.Enqueue((from, TimeProvider.System.GetUtcNow()));
        foreach (var host in hosts)
        {
            host.Database.Open();
        }
    }

    // Half of the hosts learn of it at once, the others when the fault is over; until then the old primary believes in itself.
    private async Task PromoteAsync(Fault fault)
    {
        IAsyncDisposable? former = null;
        await DuringAsync(
            fault,
            async () =>
            {
                former = await world.PromoteAsync();
                Lead(number => number % 2 == fault.Target % 2);
            },
            async () =>
            {
                Lead(_ => true);
                await former!.DisposeAsync();
            });
        await world.Servers.FollowAsync();
    }

    private void Lead(Func<int, bool> which)
    {
        foreach (var host in world.Silos.Concat(world.Dashboards).Where((_, number) => which(number)))
        {
            host.Database.Lead(world.Surroundings.DatabaseServer);
        }
    }

    // One of these at a time: a primary that dies while another is promoted is the promotion's own business.
    private async Task AloneAsync(Func<Task> fault)
    {
        await _servers.WaitAsync();
        try
        {
            await fault();
        }
        finally
        {
            _servers.Release();
        }
    }

    private async Task<bool> AnswersAsync()
    {
        await using var connection = await world.Database.Main.OpenConnectionAsync();
        await using var command = new Npgsql.NpgsqlCommand("select 1", connection);
        return await command.ExecuteScalarAsync() is 1;
    }

    private async Task EndConnectionsAsync(Fault fault)
    {
        var time = TimeProvider.System;
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < fault.Length)
        {
            try
            {
                await using var connection = await world.Database.Main.OpenConnectionAsync();
                await using var command = new Npgsql.NpgsqlCommand(
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()", connection);
                await command.ExecuteScalarAsync();
            }
            catch (Npgsql.NpgsqlException)
            {
                // The database is down at the same time.
            }

            await Task.Delay(Again);
        }
    }

    private Task MisbehaveAsync(Fault fault, object order) => DuringAsync(fault, () => world.Platform.MisbehaveAsync(order), world.Platform.BehaveAsync);
}

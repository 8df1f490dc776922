using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Grains.Live;
using Coordination.Storage.People;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using static Coordination.Benchmarks.Load;

namespace Coordination.Benchmarks;

/// <summary>From an account grain's "tell" in a silo to a SignalR client of a dashboard host, in processes of their own.</summary>
/// <remarks>The silo and the clients share this process and so one clock; each change carries the instant it was told at.</remarks>
internal static class LiveBenchmark
{
    private const int Followers = 200;
    private const int PerSecond = 500;
    private const int Accounts = 1_000;
    private const string Token = "a-token-of-the-benchmark-alone-0123456789";

    public static async Task RunAsync(string administration, bool quick)
    {
        await using var database = await BenchDatabase.CreateAsync(administration, Accounts, posts: 0);
        await using var silo = await BenchSilo.StartAsync(database.Storage);
        var staff = silo.Services.GetRequiredService<IStaffStore>();
        await staff.SaveAsync([new StaffMember("bench", "Bench", Role.Auditor, null)], CancellationToken.None);
        await staff.SetTokenAsync("bench", "bench", Token, CancellationToken.None);
        await using var dashboard = await DashboardProcess.StartAsync(database.Storage, silo.ClusterId);

        Console.WriteLine($"| {Followers} clients, {PerSecond} changes/s | p50 | p99 | latest | rows received/s |\n| --- | --- | --- | --- | --- |");
        var time = TimeSpan.FromSeconds(quick ? 8 : 30);
        await MeasureAsync("each follows one of seven areas", i => string.Create(CultureInfo.InvariantCulture, $"area:area{i % BenchDatabase.Areas}"), silo, dashboard, time);
        await MeasureAsync("each follows all accounts", _ => "all", silo, dashboard, time);
        Console.WriteLine();
    }

    private static async Task MeasureAsync(string what, Func<int, string> group, BenchSilo silo, DashboardProcess dashboard, TimeSpan time)
    {
        var samples = new ConcurrentBag<double>();
        var clients = await Task.WhenAll(Enumerable.Range(0, Followers).Select(i => FollowAsync(dashboard.Address, group(i), samples)));
        var feed = silo.Services.GetRequiredService<LiveFeed>();
        await ChangeAsync(feed, TimeSpan.FromSeconds(3));
        samples.Clear();
        var sent = await ChangeAsync(feed, time);
        await Task.Delay(TimeSpan.FromSeconds(1));
        var late = samples.ToArray();
        if (late.Length == 0)
        {
            throw new InvalidOperationException("No client heard a change.");
        }

        Console.WriteLine($"| {what} | {Number(Percentile(late, 0.5))} ms | {Number(Percentile(late, 0.99))} ms | {Number(late.Max())} ms | {Number(late.Length / time.TotalSeconds)} of {Number(sent / time.TotalSeconds)} changes/s |");
        await Task.WhenAll(clients.Select(c => c.DisposeAsync().AsTask()));
    }

    private static async Task<HubConnection> FollowAsync(Uri address, string group, ConcurrentBag<double> samples)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(address, "/hubs/coordination"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(Token))
            .Build();
        connection.On<Row[]>("Accounts", rows =>
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var row in rows)
            {
                if (row.Counters.RemotePosts is > 0 and var told)
                {
                    samples.Add(Stopwatch.GetElapsedTime(told, now).TotalMilliseconds);
                }
            }
        });
        await connection.StartAsync();
        await connection.InvokeAsync("Follow", new[] { group });
        return connection;
    }

    // An even stream of changes in steps of ten milliseconds.
    private static async Task<int> ChangeAsync(LiveFeed feed, TimeSpan time)
    {
        var started = Stopwatch.StartNew();
        var sent = 0;
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (started.Elapsed < time && await beat.WaitForNextTickAsync())
        {
            for (; sent < started.Elapsed.TotalSeconds * PerSecond; sent++)
            {
                var account = sent % Accounts;
                feed.Tell(new AccountSummary
                {
                    Key = AccountKey.Parse(BenchDatabase.Key(account)),
                    Version = Interlocked.Increment(ref s_version),
                    DisplayName = string.Create(CultureInfo.InvariantCulture, $"Bench {account}"),
                    Labels = new AccountLabels("x", AccountKind.Local, string.Create(CultureInfo.InvariantCulture, $"area{account % BenchDatabase.Areas}"), null, null),
                    Lifecycle = AccountLifecycle.Connected,
                    Contact = new NamedContact("Alex Example", "alex.example@example.org", "0121 496 0001"),
                    Counters = new AccountCounters { RemotePosts = Stopwatch.GetTimestamp() },
                });
            }
        }

        return sent;
    }

    private static long s_version = 1;

    private sealed record Row(string Key, Figures Counters);

    private sealed record Figures(long? RemotePosts);
}

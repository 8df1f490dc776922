using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
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
        await staff.SaveAsync([new StaffMember("bench", "Bench", Role.CommsManager, null)], CancellationToken.None);
        await staff.SetTokenAsync("bench", "bench", Token, CancellationToken.None);
        await using var dashboard = await DashboardProcess.StartAsync(database.Storage, silo.ClusterId);

        Console.WriteLine($"| {Followers} clients, {PerSecond} changes/s | p50 | p99 | latest | rows received/s |\n| --- | --- | --- | --- | --- |");
        var time = TimeSpan.FromSeconds(quick ? 8 : 30);
        await MeasureAsync("each follows one of seven areas", i => string.Create(CultureInfo.InvariantCulture, $"area:area{i % BenchDatabase.Areas}"), silo, dashboard, time);
        await MeasureAsync("each follows all accounts", _ => "all", silo, dashboard, time);
        Console.WriteLine();
        await HoldAsync(dashboard.Address, quick ? 10 : 50);
    }

    // A freeze of one area by the API, until the last client has been told of every account that it covers.
    private static async Task HoldAsync(Uri address, int samples)
    {
        const string Area = "area1";
        var covered = Enumerable.Range(0, Accounts).Count(i => i % BenchDatabase.Areas == 1);
        var (complete, all, none) = (0, new TaskCompletionSource(), new TaskCompletionSource());
        var clients = await Task.WhenAll(Enumerable.Range(0, Followers).Select(async _ =>
        {
            var held = new HashSet<string>(StringComparer.Ordinal);
            var connection = new HubConnectionBuilder()
                .WithUrl(new Uri(address, "/hubs/coordination"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(Token))
                .Build();
            connection.On<Row[]>("Accounts", rows =>
            {
                foreach (var row in rows)
                {
                    if (row.State == "held" && held.Add(row.Key) && held.Count == covered && Interlocked.Increment(ref complete) == Followers)
                    {
                        all.TrySetResult();
                    }
                    else if (row.State == "open" && held.Remove(row.Key) && held.Count == 0 && Interlocked.Decrement(ref complete) == 0)
                    {
                        none.TrySetResult();
                    }
                }
            });
            await connection.StartAsync();
            await connection.InvokeAsync("Follow", new[] { "all" });
            return connection;
        }));
        using var api = new HttpClient { BaseAddress = address };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        var (acknowledged, shown) = (new List<double>(), new List<double>());
        for (var i = 0; i < samples; i++)
        {
            all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            none = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var started = Stopwatch.GetTimestamp();
            var hold = await PostAsync(api, "/api/holds", new { kind = "freeze", scope = new { areas = new[] { Area } }, reason = "Benchmark" });
            acknowledged.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await all.Task.WaitAsync(TimeSpan.FromSeconds(30));
            shown.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await PostAsync(api, $"/api/holds/{hold}/lift", new { reason = "Benchmark" });
            await none.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        Console.WriteLine($"| a freeze of {covered} accounts by the API, {Followers} clients follow all | p50 | p99 |\n| --- | --- | --- |");
        Console.WriteLine($"| its answer | {Number(Percentile(acknowledged, 0.5))} ms | {Number(Percentile(acknowledged, 0.99))} ms |");
        Console.WriteLine($"| held on the last client | {Number(Percentile(shown, 0.5))} ms | {Number(Percentile(shown, 0.99))} ms |\n");
        await Task.WhenAll(clients.Select(c => c.DisposeAsync().AsTask()));
    }

    private static async Task<string> PostAsync(HttpClient api, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await api.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task MeasureAsync(string what, Func<int, string> group, BenchSilo silo, DashboardProcess dashboard, TimeSpan time)
    {
        var samples = new ConcurrentBag<double>();
        var clients = await Task.WhenAll(Enumerable.Range(0, Followers).Select(i => FollowAsync(dashboard.Address, group(i), samples)));
        var feed = silo.Services.GetRequiredService<LiveFeed>();
        // The first seconds measure the compiler.
        await ChangeAsync(feed, TimeSpan.FromSeconds(10));
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

    private sealed record Row(string Key, string State, Figures Counters);

    private sealed record Figures(long? RemotePosts);
}

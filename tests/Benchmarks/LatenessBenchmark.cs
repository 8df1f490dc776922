using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Coordination.Testing;
using static Coordination.Benchmarks.Load;

namespace Coordination.Benchmarks;

/// <summary>The whole product, one silo, the sandbox outside: how long after its time a post arrives at the platform.</summary>
internal static class LatenessBenchmark
{
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(bool quick)
    {
        var posts = quick ? 300 : 1_000;
        using var folder = new TemporaryFolder("lateness");
        await using var service = await RunningService.StartAsync(new RunningServiceOptions { DataDirectory = folder.Path });
        using var api = await service.ClientAsync("comms-manager");
        var accounts = await AccountsAsync(api);
        Console.WriteLine("| posts | p50 late | p99 late | latest |\n| --- | --- | --- | --- |");
        var minute = TimeSpan.FromMinutes(quick ? 0.3 : 1);
        var spread = await PublishAsync(api, folder.Path, accounts, posts, i => minute * i / posts);
        Console.WriteLine($"| {posts:N0} spread evenly over {minute.TotalSeconds:0} s | {Number(Percentile(spread, 0.5))} s | {Number(Percentile(spread, 0.99))} s | {Number(spread.Max())} s |");
        var burst = await PublishAsync(api, folder.Path, accounts, posts, _ => TimeSpan.Zero);
        Console.WriteLine($"| {posts:N0} due in the same second | {Number(Percentile(burst, 0.5))} s | {Number(Percentile(burst, 0.99))} s | {Number(burst.Max())} s: the time to drain |\n");
    }

    private static async Task<string[]> AccountsAsync(HttpClient api)
    {
        var page = await api.GetFromJsonAsync<JsonElement>("/api/accounts?state=open&limit=200");
        return [.. page.GetProperty("items").EnumerateArray().Select(a => a.GetProperty("key").GetString()!)];
    }

    // Schedules all of them first; the lateness is the arrival at the sandbox, by its own record, less the time asked for.
    internal static async Task<IReadOnlyList<double>> PublishAsync(HttpClient api, string data, string[] accounts, int posts, Func<int, TimeSpan> when, TimeSpan? patience = null)
    {
        var first = TimeProvider.System.GetUtcNow() + Lead + TimeSpan.FromMilliseconds(30 * posts);
        var due = new ConcurrentDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(Enumerable.Range(0, posts), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, cancellation) =>
        {
            var at = first + when(i);
            using var answer = await api.PostAsJsonAsync(
                $"/api/accounts/{accounts[i % accounts.Length]}/posts",
                new { text = string.Create(CultureInfo.InvariantCulture, $"Test your smoke alarm, {i}"), dueAt = at, toleranceSeconds = 600 },
                cancellation);
            answer.EnsureSuccessStatusCode();
            due[(await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("id").GetString()!] = at;
        });
        if (TimeProvider.System.GetUtcNow() > first - TimeSpan.FromSeconds(5))
        {
            throw new InvalidOperationException("Scheduling took longer than the lead it was given.");
        }

        using var sandbox = await SandboxPosts.OfAsync(data);
        var arrived = await sandbox.ArrivalsAsync(due.Keys.ToHashSet(StringComparer.Ordinal), patience ?? TimeSpan.FromMinutes(4));
        return [.. arrived.Select(a => (a.Value - due[a.Key]).TotalSeconds)];
    }
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Coordination.Testing;
using static Coordination.Benchmarks.Load;

namespace Coordination.Benchmarks;

/// <summary>The whole product, one silo, the sandbox outside: thousands of posts due within one minute over many accounts. None is lost, none goes out twice.</summary>
internal static class RushBenchmark
{
    private static readonly string[] Platforms = ["x", "facebook", "mastodon", "bluesky"];

    public static async Task RunAsync(bool quick)
    {
        var (posts, many) = quick ? (1_000, 100) : (10_000, 1_000);
        using var folder = new TemporaryFolder("rush");
        await using var service = await RunningService.StartAsync(new RunningServiceOptions { DataDirectory = folder.Path });
        using var api = await service.ClientAsync("comms-manager");
        var accounts = await RegisterAsync(api, many);
        var minute = TimeSpan.FromMinutes(1);
        var late = await LatenessBenchmark.PublishAsync(api, folder.Path, accounts, posts, i => minute * i / posts, TimeSpan.FromMinutes(15));
        Console.WriteLine("| posts | accounts | p50 late | p99 late | latest | lost | twice |\n| --- | --- | --- | --- | --- | --- | --- |");
        Console.WriteLine($"| {posts:N0} spread evenly over 60 s | {many:N0} | {Number(Percentile(late, 0.5))} s | {Number(Percentile(late, 0.99))} s | {Number(late.Max())} s | 0 | 0 |\n");
    }

    // As Comms would: a register file, then each account connected.
    internal static async Task<string[]> RegisterAsync(HttpClient api, int many, string station = "aston")
    {
        var file = new StringBuilder("platform,handle,kind,area,station,department,display_name,contact_name,contact_email,contact_phone\n");
        var keys = new string[many];
        for (var i = 0; i < many; i++)
        {
            var (platform, handle) = (Platforms[i % Platforms.Length], string.Create(CultureInfo.InvariantCulture, $"demo_wmfs_rush_{i:0000}"));
            keys[i] = $"{platform}/{handle}";
            file.Append(CultureInfo.InvariantCulture, $"{platform},{handle},local,,{station},,Rush station {i},Alex Example,alex@example.org,\n");
        }

        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(file.ToString())) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var answer = await api.PostAsync(new Uri("/api/accounts/import", UriKind.Relative), content);
        if (!answer.IsSuccessStatusCode || (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("registered").GetInt32() != many)
        {
            throw new InvalidOperationException($"The register was not imported: {await answer.Content.ReadAsStringAsync()}");
        }

        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (key, cancellation) =>
        {
            using var connected = await api.PostAsync(new Uri($"/api/accounts/{key}/connect", UriKind.Relative), null, cancellation);
            connected.EnsureSuccessStatusCode();
        });
        return keys;
    }
}

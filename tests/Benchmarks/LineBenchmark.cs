using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Coordination.Testing;
using static Coordination.Benchmarks.Load;

namespace Coordination.Benchmarks;

/// <summary>The whole product, one silo, the sandbox outside: a report of a major incident takes over 200 accounts, each acknowledges, and the agreed line goes out on all of them.</summary>
internal static class LineBenchmark
{
    private const int Accounts = 200;
    private const string Area = "solihull";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(bool quick)
    {
        using var folder = new TemporaryFolder("line");
        await using var service = await RunningService.StartAsync(new RunningServiceOptions { DataDirectory = folder.Path });
        using var control = await service.ClientAsync("fire-control");
        using var comms = await service.ClientAsync("comms-manager");
        using var officer = await service.ClientAsync("comms-officer");
        using var sandbox = await SandboxPosts.OfAsync(folder.Path);

        // The demo has some there already; the others are added.
        var there = (await AccountsAsync(comms)).Length;
        await RushBenchmark.RegisterAsync(comms, Accounts - there, Area);
        var accounts = await AccountsAsync(comms);
        if (accounts.Length != Accounts)
        {
            throw new InvalidOperationException($"There are {accounts.Length} accounts.");
        }

        Console.WriteLine("| takeover | report to its hold | all 200 receipts after the hold | line sent until the answer of all 200 | each post out, p50 | p99 | all 200 out | report to the last post, without the person |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        for (var round = 1; round <= (quick ? 2 : 6); round++)
        {
            var took = await TakeOverAsync(control, comms, sandbox, accounts, round);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {(round == 1 ? "the first, grains asleep" : $"no. {round}")} | {took.Hold:0} ms | {took.Receipts:0} ms | {took.Answered:0} ms | {Percentile(took.Posts, 0.5):0} ms | {Percentile(took.Posts, 0.99):0} ms | {took.Posts.Max():0} ms | {took.Hold + took.Receipts + took.Posts.Max():0} ms |"));
            await LiftAsync(comms, took.Id, HttpStatusCode.Accepted);
            await LiftAsync(officer, took.Id, HttpStatusCode.OK);
        }

        Console.WriteLine();
    }

    private static async Task<(string Id, double Hold, double Receipts, double Answered, IReadOnlyList<double> Posts)> TakeOverAsync(
        HttpClient control, HttpClient comms, SandboxPosts sandbox, string[] accounts, int round)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var begun = Stopwatch.GetTimestamp();
        using var answer = await control.PostAsJsonAsync("/api/incidents/reports", new
        {
            number = $"LINE-{round}", revision = 1, reportedAt = now, exercise = false, status = "open", typeAtCall = "Gas leak", areas = new[] { Area }, major = new { declaredAt = now },
        });
        var held = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        var id = (await ReadAsync(answer, HttpStatusCode.Created)).GetProperty("takeovers")[0].GetProperty("holdId").GetString()!;
        var receipts = await ReceiptsAsync(comms, id);

        // As the composer's button and POST /api/messages do: tie it, ask every account, answer for each.
        var sent = TimeProvider.System.GetUtcNow();
        begun = Stopwatch.GetTimestamp();
        using var line = await comms.PostAsJsonAsync("/api/messages", new
        {
            text = "We are dealing with a gas leak in Solihull. Keep away from the town centre.", accounts, hold = id, topic = "incident", incident = $"LINE-{round}",
            variants = new Dictionary<string, string>(StringComparer.Ordinal) { ["mastodon"] = "We are dealing with a gas leak in Solihull. Keep away from the town centre; we post here first." },
        });
        var answered = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        var posts = (await ReadAsync(line, HttpStatusCode.Created)).GetProperty("posts").EnumerateArray()
            .Select(p => p.TryGetProperty("post", out var post) ? post.GetProperty("id").GetString()! : throw new InvalidOperationException($"Not taken: {p}"))
            .ToHashSet(StringComparer.Ordinal);
        var arrived = await sandbox.ArrivalsAsync(posts, Patience);
        return (id, held, receipts, answered, [.. arrived.Values.Select(at => (at - sent).TotalMilliseconds)]);
    }

    // By the database's clock, from the hold to the last account's receipt.
    private static async Task<double> ReceiptsAsync(HttpClient comms, string id)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(TimeSpan.FromMilliseconds(100)))
        {
            var hold = await comms.GetFromJsonAsync<JsonElement>($"/api/holds/{id}?limit={Accounts}");
            var receipts = hold.GetProperty("receipts").EnumerateArray().Where(r => r.TryGetProperty("acknowledgedAt", out var at) && at.ValueKind == JsonValueKind.String).ToArray();
            if (receipts.Length == Accounts)
            {
                return (receipts.Max(r => r.GetProperty("acknowledgedAt").GetDateTimeOffset()) - hold.GetProperty("acknowledgedAt").GetDateTimeOffset()).TotalMilliseconds;
            }
        }

        throw new InvalidOperationException("Not every account has acknowledged the hold.");
    }

    private static async Task<string[]> AccountsAsync(HttpClient api)
    {
        var page = await api.GetFromJsonAsync<JsonElement>($"/api/accounts?area={Area}&kind=local&limit={Accounts}");
        return [.. page.GetProperty("items").EnumerateArray().Select(a => a.GetProperty("key").GetString()!)];
    }

    private static async Task LiftAsync(HttpClient api, string id, HttpStatusCode expected)
    {
        using var answer = await api.PostAsJsonAsync($"/api/holds/{id}/lift", new { reason = "A measurement" });
        await ReadAsync(answer, expected);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected) => answer.StatusCode == expected
        ? await answer.Content.ReadFromJsonAsync<JsonElement>()
        : throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
}

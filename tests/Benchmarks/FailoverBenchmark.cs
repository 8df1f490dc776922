using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Coordination.Testing;
using static Coordination.Benchmarks.Load;

namespace Coordination.Benchmarks;

/// <summary>The whole product on three silos, one of which dies or stands still: how long its accounts are away, and what a freeze takes meanwhile.</summary>
/// <remarks>Every account gets a post every few seconds all the time, so that freezes meet a system at work; the freezes are of another area than the posts.</remarks>
internal static class FailoverBenchmark
{
    private const string Frozen = "coventry";
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Ask = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(bool quick)
    {
        var rounds = quick ? 1 : 3;
        using var folder = new TemporaryFolder("failover");
        await using var service = await RunningService.StartAsync(new RunningServiceOptions { DataDirectory = folder.Path, Silos = 3 });
        using var api = await service.ClientAsync("comms-manager");
        using var sandbox = await SandboxPosts.OfAsync(folder.Path);
        var accounts = await OpenAsync(api, "");
        var posting = accounts.Except(await OpenAsync(api, "&area=" + Frozen), StringComparer.Ordinal).ToList();

        var healthy = new Freezes();
        var calm = await RoundAsync(api, sandbox, accounts, posting, healthy, () => Task.CompletedTask);
        var (dead, killed) = (new Freezes(), new List<Round>());
        for (var i = 0; i < rounds; i++)
        {
            await AllSilosAsync(service);
            killed.Add(await RoundAsync(api, sandbox, accounts, posting, dead, () => Processes.SignalAsync(service.Running("Coordination.Silo")[0], "KILL")));
        }

        var (stopped, paused) = (new Freezes(), new List<Round>());
        for (var i = 0; i < rounds; i++)
        {
            await AllSilosAsync(service);
            var silo = 0;
            paused.Add(await RoundAsync(api, sandbox, accounts, posting, stopped, () => Processes.SignalAsync(silo = service.Running("Coordination.Silo")[0], "STOP")));
            await Processes.SignalAsync(silo, "CONT");

            // The others have declared it dead meanwhile: it ends when it learns of that, and is started again.
            await Eventually.Becomes(() => !service.Running("Coordination.Silo").Contains(silo), "the silo that stood still ends", Deadline);
        }

        Console.WriteLine($"| three silos, {accounts.Length} accounts | accounts that took more than 1 s to answer | the last of them answered after | posts more than 1 s late | the latest post, late by | none late any more after |\n| --- | --- | --- | --- | --- | --- |");
        calm.Print("all well");
        foreach (var (what, list) in new[] { ("one killed with kill -9", killed), ("one stands still (SIGSTOP)", paused) })
        {
            foreach (var round in list)
            {
                round.Print(what);
            }
        }

        Console.WriteLine("\n| a freeze of one area | freezes | acknowledged p50 | p99 | slowest | its answer by HTTP, p99 | placings and lifts asked again |\n| --- | --- | --- | --- | --- | --- | --- |");
        healthy.Print("all well");
        dead.Print("a silo dead");
        stopped.Print("a silo standing still");
        Console.WriteLine($"\np99 of the acknowledgement, a silo dead against all well: {Number(dead.P99 / healthy.P99)}; a silo standing still: {Number(stopped.P99 / healthy.P99)}.\n");
    }

    // Posts all the time, an event in the middle, freezes and one question to each account from the event on.
    private static async Task<Round> RoundAsync(
        HttpClient api, SandboxPosts sandbox, string[] accounts, List<string> posting, Freezes freezes, Func<Task> happens)
    {
        // A round begins when the one before is over: when every account answers at once again.
        await Eventually.Becomes(
            async () => (await Task.WhenAll(accounts.Chunk(8).Select(async some =>
            {
                var slowest = TimeSpan.Zero;
                foreach (var account in some)
                {
                    var asked = Stopwatch.StartNew();
                    var taken = await ScheduleAsync(api, account, TimeProvider.System.GetUtcNow().AddDays(7), Guid.NewGuid(), CancellationToken.None) is not null;
                    slowest = taken && asked.Elapsed < slowest ? slowest : taken ? asked.Elapsed : Deadline;
                }

                return slowest;
            }))).Max(),
            slowest => slowest < TimeSpan.FromSeconds(1),
            "every account answers at once",
            Deadline);
        var first = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(15);
        var due = new ConcurrentDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var count = (int)((Before + After) / Apart);
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, cancellation) =>
        {
            var at = first + (Apart * i);
            due[await ScheduleAsync(api, posting[i % posting.Count], at, Guid.NewGuid(), cancellation) ?? throw new InvalidOperationException("A post was not taken.")] = at;
        });
        if (TimeProvider.System.GetUtcNow() > first)
        {
            throw new InvalidOperationException("Scheduling took longer than the lead it was given.");
        }

        await Task.Delay(first + Before - TimeProvider.System.GetUtcNow());
        var began = TimeProvider.System.GetUtcNow();
        await happens();
        var watch = Stopwatch.StartNew();
        using var over = new CancellationTokenSource(After - TimeSpan.FromSeconds(5));
        var freezing = freezes.TakeAsync(api, Frozen, over.Token);
        var answers = await Task.WhenAll(accounts.Select((a, i) => AnswerAsync(api, a, watch, Ask * i)));
        await freezing;
        var arrived = await sandbox.ArrivalsAsync(due.Keys.ToHashSet(StringComparer.Ordinal), Deadline);
        var late = arrived.Select(a => (Due: due[a.Key], Late: a.Value - due[a.Key])).Where(l => l.Due >= began - TimeSpan.FromSeconds(1)).ToList();
        return new Round(answers, [.. late.Select(l => l.Late.TotalSeconds)], late.Where(l => l.Late > TimeSpan.FromSeconds(1)).Select(l => (l.Due + l.Late - began).TotalSeconds).DefaultIfEmpty(0).Max());
    }

    // How long until an account takes a command: asked soon after the event, one account after the other, and again until it answers.
    private static async Task<(double Since, double Took)> AnswerAsync(HttpClient api, string account, Stopwatch watch, TimeSpan wait)
    {
        await Task.Delay(wait);
        var asked = watch.Elapsed;
        var (key, at) = (Guid.NewGuid(), TimeProvider.System.GetUtcNow().AddDays(7));
        while (await ScheduleAsync(api, account, at, key, CancellationToken.None) is null)
        {
            if (watch.Elapsed > Deadline)
            {
                throw new InvalidOperationException($"{account} does not answer any more.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        return (watch.Elapsed.TotalSeconds, (watch.Elapsed - asked).TotalSeconds);
    }

    // Null when nobody knows whether it took.
    private static async Task<string?> ScheduleAsync(HttpClient api, string account, DateTimeOffset at, Guid key, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/accounts/{account}/posts")
        {
            Content = JsonContent.Create(new { text = $"Test your smoke alarm, {key:N}", dueAt = at, toleranceSeconds = 600 }),
        };
        request.Headers.Add("Idempotency-Key", key.ToString("D"));
        using var answer = await api.SendAsync(request, cancellation);
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("id").GetString()
            : (int)answer.StatusCode is 503 or 500 ? null
            : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync(cancellation));
    }

    private static async Task<string[]> OpenAsync(HttpClient api, string filter)
    {
        var page = await api.GetFromJsonAsync<JsonElement>("/api/accounts?state=open&limit=200" + filter);
        return [.. page.GetProperty("items").EnumerateArray().Select(a => a.GetProperty("key").GetString()!)];
    }

    private static Task AllSilosAsync(RunningService service) => Eventually.Becomes(() => service.Running("Coordination.Silo").Count == 2, "the silo is back", Deadline);

    private sealed record Round(IReadOnlyList<(double Since, double Took)> Answers, IReadOnlyList<double> Late, double LastLate)
    {
        public void Print(string what) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {Answers.Count(a => a.Took > 1)} | {Answers.Where(a => a.Took > 1).Select(a => a.Since).DefaultIfEmpty(0).Max():0.0} s | {Late.Count(l => l > 1)} of {Late.Count} | {Late.Max():0.0} s | {LastLate:0.0} s |"));
    }

    /// <summary>Freezes one after the other, each lifted at once.</summary>
    private sealed class Freezes
    {
        private readonly List<double> _acknowledged = [];
        private readonly List<double> _answered = [];
        private readonly List<string> _again = [];

        public double P99 => Percentile(_acknowledged, 0.99);

        public async Task TakeAsync(HttpClient api, string area, CancellationToken over)
        {
            while (!over.IsCancellationRequested)
            {
                var watch = Stopwatch.StartNew();
                var hold = await SendAsync(api, "/api/holds", new { kind = "freeze", scope = new { areas = new[] { area } }, reason = "Benchmark" });
                _answered.Add(watch.Elapsed.TotalMilliseconds);
                _acknowledged.Add(hold.GetProperty("elapsedMilliseconds").GetDouble());
                await SendAsync(api, $"/api/holds/{hold.GetProperty("id").GetString()}/lift", new { reason = "Benchmark" });
            }
        }

        public void Print(string what) => Console.WriteLine(
            $"| {what} | {_acknowledged.Count} | {Number(Percentile(_acknowledged, 0.5))} ms | {Number(P99)} ms | {Number(_acknowledged.Max())} ms | {Number(Percentile(_answered, 0.99))} ms | {(_again.Count == 0 ? "none" : string.Join(", ", _again))} |");

        // What did not take, or is not known yet, is asked again with the same key, as a page does; how often is told.
        private async Task<JsonElement> SendAsync(HttpClient api, string path, object body)
        {
            var key = Guid.NewGuid().ToString();
            for (var watch = Stopwatch.StartNew(); ;)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
                request.Headers.Add("Idempotency-Key", key);
                using var answer = await api.SendAsync(request, CancellationToken.None);
                if ((int)answer.StatusCode is 200 or 201)
                {
                    return await answer.Content.ReadFromJsonAsync<JsonElement>();
                }

                _again.Add(string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode} after {watch.Elapsed.TotalSeconds:0.0} s"));
                if (watch.Elapsed > Deadline)
                {
                    throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                }
            }
        }
    }
}

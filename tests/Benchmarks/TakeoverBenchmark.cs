using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Coordination.Testing;
using static Coordination.Benchmarks.Load;

namespace Coordination.Benchmarks;

/// <summary>The whole product, one silo: from an incident report to the acknowledged hold of a rule that acts at once, and a freeze by hand beside it; idle, while a storm day is replayed at 600 times its speed, and while 1,000 incidents come in a minute.</summary>
internal static class TakeoverBenchmark
{
    private const int Speed = 600;
    private static readonly string[] Areas = ["birmingham", "coventry", "dudley", "sandwell", "solihull", "walsall", "wolverhampton"];
    private static int s_number;

    public static async Task RunAsync(bool quick)
    {
        using var folder = new TemporaryFolder("takeover");
        await using var service = await RunningService.StartAsync(new RunningServiceOptions { DataDirectory = folder.Path });
        using var control = await service.ClientAsync("fire-control");
        using var comms = await service.ClientAsync("comms-manager");
        var samples = quick ? 20 : 100;
        await MeasureAsync(control, comms, quick ? 5 : 40, TimeSpan.Zero, CancellationToken.None);

        Console.WriteLine("| while | report to hold, p50 | p99 | a freeze by hand, p50 | p99 | against idle, p50 |\n| --- | --- | --- | --- | --- | --- |");
        var idle = await MeasureAsync(control, comms, samples, TimeSpan.Zero, CancellationToken.None);
        Write("nothing else happens", idle, idle);
        if (StormHours() is { } hours)
        {
            var lasts = TimeSpan.FromDays(1) / Speed;
            Write($"a storm day is replayed at {Speed} times its speed ({hours.Sum()} incidents in {lasts.TotalSeconds:0} s)", await BesideAsync(control, comms, samples, lasts, Offsets(hours)), idle);
        }
        else
        {
            Console.WriteLine("| a storm day: its recording is not on this machine | | | | | |");
        }

        var minute = TimeSpan.FromMinutes(1);
        Write("1,000 incidents come in a minute", await BesideAsync(control, comms, samples, minute, [.. Enumerable.Range(0, 1_000).Select(i => minute * i / 1_000)]), idle);
        Console.WriteLine();
    }

    private static void Write(string what, (double[] Reports, double[] Freezes) took, (double[] Reports, double[] Freezes) idle) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {what} | {Percentile(took.Reports, 0.5):0} ms | {Percentile(took.Reports, 0.99):0} ms | {Percentile(took.Freezes, 0.5):0} ms | {Percentile(took.Freezes, 0.99):0} ms | {Percentile(took.Reports, 0.5) / Percentile(idle.Reports, 0.5):0.00}; {Percentile(took.Freezes, 0.5) / Percentile(idle.Freezes, 0.5):0.00} |"));

    // The samples are spread over the time that the load lasts.
    private static async Task<(double[] Reports, double[] Freezes)> BesideAsync(HttpClient control, HttpClient comms, int samples, TimeSpan lasts, IReadOnlyList<TimeSpan> offsets)
    {
        using var stop = new CancellationTokenSource();
        var load = LoadAsync(control, offsets);
        var took = await MeasureAsync(control, comms, samples, lasts / samples, stop.Token);
        await load;
        return took;
    }

    private static async Task LoadAsync(HttpClient control, IReadOnlyList<TimeSpan> offsets)
    {
        var (clock, sent) = (Stopwatch.StartNew(), new List<Task>());
        foreach (var offset in offsets)
        {
            if (offset - clock.Elapsed is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait);
            }

            sent.Add(ReportAsync(control, major: false, HttpStatusCode.OK));
        }

        await Task.WhenAll(sent);
    }

    private static async Task<(double[] Reports, double[] Freezes)> MeasureAsync(HttpClient control, HttpClient comms, int samples, TimeSpan pace, CancellationToken cancellationToken)
    {
        var (reports, freezes, clock) = (new double[samples], new double[samples], Stopwatch.StartNew());
        for (var i = 0; i < samples; i++)
        {
            if ((pace * i) - clock.Elapsed is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, cancellationToken);
            }

            reports[i] = await ReportAsync(control, major: true, HttpStatusCode.Created);
            var begun = Stopwatch.GetTimestamp();
            using var placed = await comms.PostAsJsonAsync("/api/holds", new { kind = "freeze", scope = new { areas = new[] { Areas[i % Areas.Length] } }, reason = "A measurement" }, cancellationToken);
            var hold = await placed.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            freezes[i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            using var lifted = await comms.PostAsJsonAsync($"/api/holds/{hold.GetProperty("id").GetString()}/lift", new { reason = "A measurement" }, cancellationToken);
            lifted.EnsureSuccessStatusCode();
        }

        return (reports, freezes);
    }

    private static async Task<double> ReportAsync(HttpClient control, bool major, HttpStatusCode expected)
    {
        var n = Interlocked.Increment(ref s_number);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var report = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["number"] = string.Create(CultureInfo.InvariantCulture, $"B-{n}"), ["revision"] = 1, ["reportedAt"] = now, ["exercise"] = false, ["status"] = "open",
            ["typeAtCall"] = "Making safe", ["pumps"] = 2, ["areas"] = new[] { Areas[n % Areas.Length] },
        };
        if (major)
        {
            report["major"] = new { declaredAt = now };
        }

        var begun = Stopwatch.GetTimestamp();
        using var answer = await control.PostAsJsonAsync("/api/incidents/reports", report);
        var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        return answer.StatusCode == expected ? took : throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    // Incidents of each hour; the recording has no finer time, so those of an hour are spread evenly.
    private static int[]? StormHours()
    {
        if (SharedFolder.Find() is not { } shared)
        {
            return null;
        }

        var file = Path.Combine(shared, "data", "incidents", "lfb_incidents_2017-02-23_storm_surge_day.csv");        var hours = new int[24];
        foreach (var line in File.ReadLines(file).Skip(1))
        {
            hours[int.Parse(line.Split(',')[3], CultureInfo.InvariantCulture)]++;
        }

        return hours;
    }

    private static TimeSpan[] Offsets(int[] hours) =>
        [.. hours.SelectMany((count, hour) => Enumerable.Range(0, count).Select(i => (TimeSpan.FromHours(hour) + (TimeSpan.FromHours(1) * i / count)) / Speed))];
}

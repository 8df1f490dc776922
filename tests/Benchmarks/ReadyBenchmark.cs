using System.Diagnostics;
using System.Globalization;
using Coordination.Testing;
using static Coordination.Benchmarks.Load;

namespace Coordination.Benchmarks;

/// <summary>From <c>./run</c>, already built, to its line "ready": the first start makes the database and registers the demo, later ones find them.</summary>
internal static class ReadyBenchmark
{
    public static async Task RunAsync(bool quick)
    {
        var (first, again) = (new List<double>(), new List<double>());
        for (var i = 0; i < (quick ? 1 : 5); i++)
        {
            using var folder = new TemporaryFolder("ready");
            first.Add(await StartAsync(folder.Path));
            again.Add(await StartAsync(folder.Path));
        }

        Console.WriteLine("| ./run to ready | median | slowest |\n| --- | --- | --- |");
        Console.WriteLine($"| first start, with an empty data folder | {Number(Percentile(first, 0.5))} s | {Number(first.Max())} s |");
        Console.WriteLine($"| later start, with its data | {Number(Percentile(again, 0.5))} s | {Number(again.Max())} s |\n");
    }

    private static async Task<double> StartAsync(string data)
    {
        var start = new ProcessStartInfo("setsid")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])[Repository.In("run"), "--port", FreePort.Next().ToString(CultureInfo.InvariantCulture), "--data", data])
        {
            start.ArgumentList.Add(argument);
        }

        var started = Stopwatch.GetTimestamp();
        using var run = Process.Start(start)!;
        await using var watch = DeathWatch.Begin(
            """pkill -KILL --session "$1"; if [ -f "$2/pg/postmaster.pid" ]; then kill -QUIT "$(head -n 1 "$2/pg/postmaster.pid")"; fi""",
            run.Id.ToString(CultureInfo.InvariantCulture),
            data);
        var errors = run.StandardError.ReadToEndAsync();
        while (await run.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("ready ", StringComparison.Ordinal))
            {
                var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
                await Processes.SignalAsync(run.Id, "INT");
                await run.WaitForExitAsync();
                return took;
            }
        }

        throw new InvalidOperationException("./run ended without becoming ready: " + await errors);
    }
}

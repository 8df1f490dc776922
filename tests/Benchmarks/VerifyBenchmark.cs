using System.Diagnostics;
using System.Globalization;
using Coordination.Testing;

namespace Coordination.Benchmarks;

/// <summary>What recomputing everything from the journal takes, and the memory of the process that does it: the real program on a real journal.</summary>
internal static class VerifyBenchmark
{
    public static async Task RunAsync(string administration, bool quick)
    {
        Console.WriteLine("| journal entries | accounts | time, start of the program included | entries per second | peak memory of the process |\n| --- | --- | --- | --- | --- |");
        foreach (var entries in quick ? [100_000] : new[] { 100_000, 1_000_000 })
        {
            await using var database = await BenchDatabase.CreateAsync(administration, accounts: 0, posts: 0);
            await JournalModel.WriteAsync(database, entries);
            var (total, accounts) = (await database.CountAsync("journal"), await database.CountAsync("account"));
            var (seconds, peak) = await VerifyAsync(database.Storage.ConnectionString);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {total:#,0} | {accounts:#,0} | {seconds:0.0} s | {total / seconds:#,0} | {peak >> 20} MiB |"));
        }

        Console.WriteLine();
    }

    private static async Task<(double Seconds, long Peak)> VerifyAsync(string connectionString)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Binaries("Coordination.Silo"), "Coordination.Silo"), ["verify"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["Storage__ConnectionString"] = connectionString;
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var (output, end, peak) = (process.StandardOutput.ReadToEndAsync(), process.WaitForExitAsync(), 0L);
        while (!end.IsCompleted)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await Task.WhenAny(end, Task.Delay(20));
        }

        var seconds = watch.Elapsed.TotalSeconds;
        return process.ExitCode == 0 ? (seconds, peak) : throw new InvalidOperationException("The model does not verify:\n" + await output);
    }

    /// <summary>What the kernel says of the most that a process ever held, in bytes.</summary>
    public static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line["VmHWM:".Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0; // It has ended.
        }
    }
}

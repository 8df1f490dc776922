using System.Diagnostics;
using System.Globalization;
using Coordination.Storage;
using Coordination.Storage.Exports;
using Coordination.Testing;

namespace Coordination.Benchmarks;

/// <summary>What an export takes, and the memory of the process that makes it: a small one and a large one, each in a process of its own, and the check of the file by the program.</summary>
internal static class ExportBenchmark
{
    /// <summary>The word by which this program is started to make one export.</summary>
    public const string Child = "export-child";

    // 300 streams of posts, hashed by the database's own function.
    private const string Fill = """
        set statement_timeout = 0; set enable_seqscan = off;
        select count(journal_append('account/x/bench_' || i % 300, 'post-scheduled', 'rowan', 'Rowan', 'comms-manager', gen_random_uuid(), null, null,
            json_build_object('event', 'post-scheduled', 'postId', gen_random_uuid(), 'text', 'Open day on Saturday, 10:00 to 14:00. Bring the children.', 'dueAt', now(),
                'posterId', 'rowan', 'posterName', 'Rowan', 'tolerance', '00:05:00')::text))
        from generate_series(1, ENTRIES) i;
        analyze journal;
        """;

    public static async Task RunAsync(string administration, bool quick)
    {
        Console.WriteLine("| journal entries | ZIP | made in | entries per second | peak memory | checked in | peak memory |\n| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var entries in quick ? [1_000, 20_000] : new[] { 1_000, 100_000 })
        {
            await using var database = await BenchDatabase.CreateAsync(administration, accounts: 0, posts: 0);
            await database.ExecuteAsync(Fill.Replace("ENTRIES", entries.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
            using var folder = new TemporaryFolder("bench-export");
            var file = Path.Combine(folder.Path, "export.zip");
            var made = await MeasureAsync(Environment.ProcessPath!, Child, database.Storage.ConnectionString, file);
            var seconds = double.Parse(made.Output, CultureInfo.InvariantCulture);
            var check = await MeasureAsync(Path.Combine(Repository.Binaries("Coordination.Silo"), "Coordination.Silo"), "verify-export", file);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {entries:#,0} | {new FileInfo(file).Length / 1024.0 / 1024:0.0} MiB | {seconds:0.00} s | {entries / seconds:#,0} | {made.Peak >> 20} MiB | {check.Seconds:0.00} s | {check.Peak >> 20} MiB |"));
        }

        Console.WriteLine();
    }

    /// <summary>Makes one export into a file and says how many seconds that took, the start of the program left out.</summary>
    public static async Task<int> MakeAsync(string connectionString, string file)
    {
        await using var database = new CoordinationDatabase(new StorageOptions { ConnectionString = connectionString });
        var watch = Stopwatch.StartNew();
        await using var source = await new ExportSources(database).OpenAsync(new ExportQuestion(ExportKind.Period, null, null, null), CancellationToken.None)
            ?? throw new InvalidOperationException("The journal is empty.");
        await using var output = File.Create(file);
        await new ExportWriter(source, new ExportHead(Guid.NewGuid(), new ExportActor("morgan", "Morgan", "auditor"), "Benchmark"), new ExportForms(true, null)).WriteAsync(output, CancellationToken.None);
        Console.Write(watch.Elapsed.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));
        return 0;
    }

    private static async Task<(double Seconds, long Peak, string Output)> MeasureAsync(string program, params string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var (output, end, peak) = (process.StandardOutput.ReadToEndAsync(), process.WaitForExitAsync(), 0L);
        while (!end.IsCompleted)
        {
            peak = Math.Max(peak, VerifyBenchmark.PeakOf(process.Id));
            await Task.WhenAny(end, Task.Delay(20));
        }

        var seconds = watch.Elapsed.TotalSeconds;
        return process.ExitCode == 0 ? (seconds, peak, await output) : throw new InvalidOperationException($"{program} {arguments[0]} failed:\n{await output}");
    }
}

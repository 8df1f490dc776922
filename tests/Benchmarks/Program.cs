using System.Globalization;
using Coordination.Benchmarks;
using Coordination.Storage.Embedded;
using Coordination.Testing;
using Microsoft.Extensions.Logging.Abstractions;

// ./bench [holds|permits|naive]... [--quick]: numbers as ratios inside one run, as markdown.
var quick = args.Contains("--quick", StringComparer.Ordinal);
var wanted = args.Where(a => !a.StartsWith("--", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
if (wanted.Except(["holds", "permits", "naive"], StringComparer.Ordinal).FirstOrDefault() is { } strange)
{
    await Console.Error.WriteLineAsync($"'{strange}' is no benchmark: holds, permits, naive (all without a name), --quick.");
    return 2;
}

using var folder = new TemporaryFolder("bench");
await using var server = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = folder.Path }, NullLogger.Instance);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, .NET {Environment.Version}, PostgreSQL on the same machine, fsync on{(quick ? ", quick" : "")}"));
Console.WriteLine();

bool Wants(string name) => wanted.Count == 0 || wanted.Contains(name);
if (Wants("permits"))
{
    await PermitBenchmark.RunAsync(server.ConnectionString, quick);
}

if (Wants("holds") || Wants("naive"))
{
    await HoldBenchmark.RunAsync(server.ConnectionString, quick, Wants("naive"));
}

return 0;

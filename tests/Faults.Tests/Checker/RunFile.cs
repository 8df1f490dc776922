using System.Globalization;
using System.IO.Compression;
using Coordination.Storage;

namespace Coordination.FaultTests.Checker;

/// <summary>Keeps the record of a run that went wrong: the database is gone afterwards, and a cause is better read than guessed.</summary>
internal static class RunFile
{
    private static readonly JsonSerializerOptions Options = new(StorageJson.Options) { IncludeFields = true };

    /// <summary>Writes a record with what was found in it, as compressed JSON, under the repository's <c>artifacts/fault-runs</c>.</summary>
    /// <returns>The path.</returns>
    public static async Task<string> WriteAsync(RunRecord run, int seed, IReadOnlyList<string> violations)
    {
        var folder = Directory.CreateDirectory(Repository.In("artifacts", "fault-runs"));
        var name = string.Create(CultureInfo.InvariantCulture, $"seed-{seed}-{TimeProvider.System.GetUtcNow():yyyyMMdd'T'HHmmss}.json.gz");
        await using var file = File.Create(Path.Combine(folder.FullName, name));
        await using var packed = new GZipStream(file, CompressionLevel.Fastest);
        await JsonSerializer.SerializeAsync(packed, new { seed, violations, run }, Options);
        return file.Name;
    }
}

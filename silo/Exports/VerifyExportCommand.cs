using System.Globalization;
using System.Runtime.InteropServices;
using Coordination.Storage.Exports;

namespace Coordination.Silo.Exports;

/// <summary><c>verify-export</c>: checks an export of the journal by itself. It needs no database and reads no settings.</summary>
internal static class VerifyExportCommand
{
    /// <summary>The word that asks for it, before any other argument.</summary>
    public const string Word = "verify-export";

    private const int Agrees = 0;
    private const int Differs = 1;
    private const int NotChecked = 2;

    private const string Usage = """
        Coordination.Silo verify-export FILE
          Checks an export of the journal (a ZIP): every entry against its own hashes and the entry before it, every file against the manifest,
          the table against the lines. Needs no database and no settings, and unpacks nothing to the disk.
        Ends with 0 when all agrees, 1 when something differs, 2 when the file could not be read. docs/exports.md says what each difference means.
        """;

    /// <summary>Runs it.</summary>
    /// <param name="args">What came after the word.</param>
    /// <returns>0: all agrees; 1: something differs; 2: it could not be read.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Contains("--help", StringComparer.Ordinal))
        {
            Console.WriteLine(Usage);
            return Agrees;
        }

        if (args is not [var path])
        {
            await Console.Error.WriteLineAsync("verify-export needs one file: the ZIP of an export. verify-export --help explains it. Nothing was checked.");
            return NotChecked;
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Cancel(context, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Cancel(context, stop));
        try
        {
            await using var file = File.OpenRead(path);
            var verdict = await ExportVerifier.VerifyAsync(file, stop.Token);
            foreach (var line in Lines(verdict))
            {
                Console.WriteLine(line);
            }

            return verdict.Agrees ? Agrees : Differs;
        }
        catch (ExportUnreadableException why)
        {
            await Console.Error.WriteLineAsync($"{path} was not checked. {why.Message}");
        }
        catch (Exception why) when (why is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            await Console.Error.WriteLineAsync($"{path} was not checked: it cannot be opened ({why.Message.TrimEnd('.')}).");
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped before the end. Whether all agrees is not known.");
        }

        return NotChecked;
    }

    private static IEnumerable<string> Lines(ExportVerdict verdict)
    {
        var manifest = verdict.Manifest;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"Export {manifest.Id}, as of {manifest.AsOf.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: {verdict.Entries:#,0} entries, {manifest.Redacted:#,0} of them redacted, of {manifest.Streams.Count:#,0} streams.");
        foreach (var fault in verdict.Faults)
        {
            yield return "DIFFERS " + fault;
        }

        if (verdict.Found > verdict.Faults.Count)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"        ... and {verdict.Found - verdict.Faults.Count:#,0} more.");
        }

        yield return verdict.Agrees
            ? $"All agrees: the file is whole and fits together. That it is the export which was made shows the page Exports, or the journal's stream export/{manifest.Id}: its manifest has the SHA-256 {verdict.ManifestSha256}."
            : string.Create(CultureInfo.InvariantCulture, $"{verdict.Found:#,0} {(verdict.Found == 1 ? "difference" : "differences")}. Do not rely on this file; docs/exports.md says what to do.");
    }

    private static void Cancel(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = true;
        stop.Cancel();
    }
}

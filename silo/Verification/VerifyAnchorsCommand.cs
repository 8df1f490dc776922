using System.Globalization;
using Coordination.Storage;
using Coordination.Storage.Anchors;
using Coordination.Storage.Verification;

namespace Coordination.Silo.Verification;

/// <summary><c>verify-anchors</c>: compares a file of anchors with the journal as it is now, and changes nothing.</summary>
internal static class VerifyAnchorsCommand
{
    /// <summary>The word that asks for it, before any other argument.</summary>
    public const string Word = "verify-anchors";

    private const int Agrees = 0;
    private const int Differs = 1;
    private const int NotChecked = 2;

    private const string Usage = """
        Coordination.Silo verify-anchors FILE [--data DIR]
          Compares the anchors that a host has written into FILE with the journal: a stream that was rewritten, shortened or taken out since is named,
          also where every hash in it was made anew. Changes nothing; the service may run meanwhile.
          Without --data the database is the one of Storage:ConnectionString (Storage__ConnectionString in the environment).
        Ends with 0 when all agrees, 1 when something differs, 2 when it could not be checked. docs/verify.md says what to do.
        """;

    /// <summary>Runs it.</summary>
    /// <param name="args">What came after the word.</param>
    /// <param name="configuration">Where the database is, when no folder is named.</param>
    /// <returns>0: all agrees; 1: something differs; 2: it could not be checked.</returns>
    public static async Task<int> RunAsync(string[] args, IConfiguration configuration)
    {
        if (args.Contains("--help", StringComparer.Ordinal))
        {
            Console.WriteLine(Usage);
            return Agrees;
        }

        if (args is not [var path, .. var rest] || path.StartsWith("--", StringComparison.Ordinal))
        {
            await Console.Error.WriteLineAsync("verify-anchors needs the file of anchors first. verify-anchors --help explains it. Nothing was checked.");
            return NotChecked;
        }

        try
        {
            var options = configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
            await using var target = await VerifyTarget.FindAsync(VerifyArguments.Parse(rest), options.ConnectionString, CancellationToken.None);
            await using var database = new CoordinationDatabase(new StorageOptions { ConnectionString = target.ConnectionString, MainPoolSize = 2, FencePoolSize = 2, PermitsAtOnce = 1 });
            var verdict = await new AnchorVerifier(new AnchorSource(database)).VerifyAsync(File.ReadLinesAsync(path), CancellationToken.None);
            Tell(verdict);
            return verdict.Found > 0 ? Differs : verdict.Anchors > 0 ? Agrees : NotChecked;
        }
        catch (VerificationException why)
        {
            await Console.Error.WriteLineAsync(why.Message);
        }
        catch (Exception why) when (why is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            await Console.Error.WriteLineAsync($"{path} was not checked: it cannot be opened ({why.Message.TrimEnd('.')}).");
        }

        return NotChecked;
    }

    private static void Tell(AnchorVerdict verdict)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{verdict.Anchors:#,0} anchors, the last of {verdict.Last?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC; {verdict.Heads:#,0} entries looked up."));
        foreach (var fault in verdict.Faults)
        {
            Console.WriteLine("DIFFERS " + fault);
        }

        Console.WriteLine(verdict switch
        {
            { Found: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{verdict.Found:#,0} {(verdict.Found == 1 ? "difference" : "differences")}. Change nothing, keep the file and a copy of the database, and read docs/verify.md."),
            { Anchors: 0 } => "The file has no anchor that can be read. Nothing was checked.",
            _ => "All agrees: what was anchored is in the journal as it was.",
        });
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using Coordination.Storage;
using Coordination.Storage.Verification;

namespace Coordination.Silo.Verification;

/// <summary><c>verify</c>: recomputes everything from the journal, says what it checked and what differs, and changes nothing.</summary>
internal static class VerifyCommand
{
    /// <summary>The word that asks for it, before any other argument.</summary>
    public const string Word = "verify";

    private const int Agrees = 0;
    private const int Differs = 1;
    private const int NotChecked = 2;

    private const string Usage = """
        Coordination.Silo verify [--data DIR]
          Recomputes everything from the journal and compares it with what is stored. Changes nothing; the service may run meanwhile.
          Without --data the database is the one of Storage:ConnectionString (Storage__ConnectionString in the environment).
          --data DIR   the private database of ./run --data DIR, whether that runs or not
        Ends with 0 when all agrees, 1 when something differs, 2 when it could not be checked. docs/verify.md says what each difference means.
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

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Cancel(context, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Cancel(context, stop));
        try
        {
            var options = configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
            await using var target = await VerifyTarget.FindAsync(VerifyArguments.Parse(args), options.ConnectionString, stop.Token);
            var report = await new Verifier(target.ConnectionString, TimeProvider.System).RunAsync(null, stop.Token);
            foreach (var line in VerifyReport.Lines(report))
            {
                Console.WriteLine(line);
            }

            return report.Agrees ? Agrees : Differs;
        }
        catch (VerificationException why)
        {
            await Console.Error.WriteLineAsync(why.Message);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped before the end. Whether all agrees is not known; nothing was changed.");
        }

        return NotChecked;
    }

    private static void Cancel(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = true;
        stop.Cancel();
    }
}

/// <summary>What the command was told.</summary>
/// <param name="Data">A data folder of <c>./run</c>; null for the configured database.</param>
internal sealed record VerifyArguments(string? Data)
{
    private const string DataName = "--data";

    /// <summary>Reads the arguments. Settings such as <c>--Storage:ConnectionString=...</c> are the configuration's.</summary>
    /// <exception cref="VerificationException">One of them is not known.</exception>
    public static VerifyArguments Parse(string[] args)
    {
        string? data = null;
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i].StartsWith(DataName + "=", StringComparison.Ordinal))
            {
                data = args[i][(DataName.Length + 1)..];
            }
            else if (string.Equals(args[i], DataName, StringComparison.Ordinal))
            {
                data = ++i < args.Length ? args[i] : "";
            }
            else if (!(args[i].StartsWith("--", StringComparison.Ordinal) && args[i].Contains(':', StringComparison.Ordinal) && args[i].Contains('=', StringComparison.Ordinal)))
            {
                throw new VerificationException(string.Create(CultureInfo.InvariantCulture, $"'{args[i]}' is not understood; verify --help explains the arguments. Nothing was checked."));
            }
        }

        return data is { Length: 0 }
            ? throw new VerificationException("--data needs the folder of ./run. Nothing was checked.")
            : new VerifyArguments(data);
    }
}

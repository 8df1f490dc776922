using System.ComponentModel;
using System.Diagnostics;

namespace Coordination.Storage.Embedded;

/// <summary>Runs one of the machine's command-line tools to its end, with a deadline, and keeps what it said.</summary>
/// <param name="ExitCode">The tool's exit code; 0 is success.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    /// <summary>Whether the tool said it succeeded.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>Both outputs, for searching the reason of a failure.</summary>
    public string Everything => $"{Output}\n{Error}";

    /// <summary>Runs <paramref name="command"/> (program, then arguments), feeding it <paramref name="input"/>.</summary>
    /// <exception cref="TimeoutException">The tool did not end in time; it was ended.</exception>
    /// <exception cref="EmbeddedPostgresException">There is no such program.</exception>
    public static async Task<ToolRun> RunAsync(
        IReadOnlyList<string> command, TimeSpan deadline, CancellationToken cancellation, string? input = null)
    {
        using var process = new Process { StartInfo = Describe(command) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new EmbeddedPostgresException(
                $"The program '{command[0]}' is needed to run a private database and can't be started: {e.Message}. "
                + "Install it, or give the address of a server with --connection.", e);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(deadline);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            }

            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            return new ToolRun(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new TimeoutException($"{command[0]} did not end within {deadline.TotalSeconds:0} s.", e);
        }
    }

    private static ProcessStartInfo Describe(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The current folder may be one that the server's user can't enter.
            WorkingDirectory = "/",
        };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        // The caller's own database settings must not steer a private server, and its messages are read in English.
        foreach (var name in start.Environment.Keys.Where(IsLibpqSetting).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private static bool IsLibpqSetting(string name) => name.StartsWith("PG", StringComparison.Ordinal);
}

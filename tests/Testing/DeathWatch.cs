using System.Diagnostics;

namespace Coordination.Testing;

/// <summary>
/// Cleans up after a test process that was killed and so could not: a shell in a session of its own, which acts when
/// the pipe from this process closes, however that came about.
/// </summary>
public sealed class DeathWatch : IAsyncDisposable
{
    private readonly Process _shell;

    private DeathWatch(Process shell) => _shell = shell;

    /// <summary>Will run <paramref name="script"/> with the given arguments ($1, $2, ...) at the end of this process or of the watch.</summary>
    public static DeathWatch Begin(string script, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = "/" };
        foreach (var argument in (string[])["sh", "-c", "cat > /dev/null\n" + script, "sh", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return new DeathWatch(Process.Start(start)!);
    }

    /// <summary>Runs the script now and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }
}

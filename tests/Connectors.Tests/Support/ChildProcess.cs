using System.Diagnostics;
using System.Text;

namespace Connectors.Tests.Support;

/// <summary>A process that a test started: its output is kept, and it is gone when the test is.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process, string awaited)
    {
        _process = process;
        process.EnableRaisingEvents = true;
        process.OutputDataReceived += (_, e) => Take(e.Data, awaited);
        process.ErrorDataReceived += (_, e) => Take(e.Data, awaited: null);
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts a process and waits for the first line of output that begins with a word.</summary>
    public static async Task<(ChildProcess Process, string Line)> StartAsync(ProcessStartInfo start, string awaited, TimeSpan patience)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        var child = new ChildProcess(new Process { StartInfo = start }, awaited);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        try
        {
            // Its end comes after the last line that it said: the event of its exit may come before.
            await Task.WhenAny(child._line.Task, child._process.WaitForExitAsync()).WaitAsync(patience);
            return child._line.Task.IsCompleted
                ? (child, await child._line.Task)
                : throw new InvalidOperationException($"The process ended before it was ready:\n{child.Output}");
        }
        catch (TimeoutException e)
        {
            var output = child.Output;
            await child.DisposeAsync();
            throw new TimeoutException($"No line '{awaited} ...' came within {patience}. The process said:\n{output}", e);
        }
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Closes its input and waits for its end.</summary>
    public async Task<int> EndInputAsync(TimeSpan patience)
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Take(string? line, string? awaited)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (awaited is not null && line.StartsWith(awaited + " ", StringComparison.Ordinal))
        {
            _line.TrySetResult(line);
        }
    }
}

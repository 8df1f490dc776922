using System.Diagnostics;

namespace Coordination.Dashboard.Composition.Local;

/// <summary>A process of ours that ends when this one does, however this one ends: its standard input is our pipe.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly Process _process;
    private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _name;

    private ChildProcess(string name, Process process, string? awaited)
    {
        (_name, _process) = (name, process);
        process.OutputDataReceived += (_, e) => Take(e.Data, awaited);
        process.ErrorDataReceived += (_, e) => Show(e.Data);
        process.Exited += (_, _) => End();
        process.EnableRaisingEvents = true;
    }

    /// <summary>The process's number.</summary>
    public int Id { get; private set; }

    /// <summary>Its exit code, when it has ended.</summary>
    public Task<int> Ended => _ended.Task;

    /// <summary>Starts a program that lies beside ours in the build's output.</summary>
    /// <param name="name">What people call it.</param>
    /// <param name="project">The project whose program it is.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Settings it gets besides ours; secrets go here, never into arguments.</param>
    /// <param name="awaited">How the line begins that says it is ready; null when none does.</param>
    public static ChildProcess Start(
        string name, string project, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string? awaited = null)
    {
        var start = new ProcessStartInfo(Locate(project))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        var child = new ChildProcess(name, new Process { StartInfo = start }, awaited);
        child._process.Start();
        child.Id = child._process.Id;
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>The rest of the line that says it is ready.</summary>
    /// <exception cref="LocalStartException">It ended, or did not say so in time.</exception>
    public async Task<string> ReadyAsync(TimeSpan deadline)
    {
        try
        {
            return await _line.Task.WaitAsync(deadline);
        }
        catch (TimeoutException exception)
        {
            throw new LocalStartException($"The {_name} was not ready within {deadline.TotalSeconds:0} seconds.", exception);
        }
    }

    /// <summary>Ends it at once.</summary>
    public void Kill() => _process.Kill();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException or IOException)
        {
            if (!_process.HasExited)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    // artifacts/bin/<this project>/<configuration>/ -> artifacts/bin/<that project>/<configuration>/<that project>
    private static string Locate(string project)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(here.Parent?.Parent?.FullName ?? "", project, here.Name, project);
        return File.Exists(program) ? program : throw new LocalStartException($"{program} is missing: build {project} first (./run does).");
    }

    private void End()
    {
        try
        {
            _ended.TrySetResult(_process.ExitCode);
        }
        catch (InvalidOperationException)
        {
            // Disposed while it ended: nobody asks for its code any more.
        }

        if (_line.TrySetException(new LocalStartException($"The {_name} ended before it was ready.")))
        {
            // Nobody may be waiting for the line.
            _ = _line.Task.Exception;
        }
    }

    private void Take(string? line, string? awaited)
    {
        if (line is not null && awaited is not null && line.StartsWith(awaited, StringComparison.Ordinal) && _line.TrySetResult(line[awaited.Length..]))
        {
            return;
        }

        Show(line);
    }

    private void Show(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            Console.WriteLine($"{_name}: {line}");
        }
    }
}

using System.Diagnostics;
using System.Globalization;

namespace Coordination.FaultTests.World;

/// <summary>One process of the product. One that ends by itself is started again, as a supervisor does; one that the test killed only when it says so.</summary>
internal sealed class HostProcess(string name, string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment) : IAsyncDisposable
{
    private const int LinesKept = 400;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly Queue<string> _output = new();
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _over = new();
    private Process? _process;
    private DeathWatch? _watch;
    private Task _supervising = Task.CompletedTask;
    private bool _wanted;
    private int _deaths;

    /// <summary>What reports call it.</summary>
    public string Name => name;

    /// <summary>Its process id; 0 while it is down.</summary>
    public int Id
    {
        get
        {
            lock (_lock)
            {
                return _process is { HasExited: false } process ? process.Id : 0;
            }
        }
    }

    /// <summary>How often it ended without the test having killed it.</summary>
    public int Deaths => _deaths;

    /// <summary>The last lines it printed, over all of its lives.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>Told each line it prints.</summary>
    public Action<string>? Printed { get; init; }

    /// <summary>Starts it, and again each time it ends by itself.</summary>
    public void Start()
    {
        lock (_lock)
        {
            _wanted = true;
            Launch();
        }

        if (_supervising.IsCompleted)
        {
            _supervising = SuperviseAsync();
        }
    }

    /// <summary>Kills it as a power cut would; it stays down until it is started.</summary>
    public async Task KillAsync()
    {
        Process? process;
        lock (_lock)
        {
            _wanted = false;
            process = _process;
        }

        if (process is { HasExited: false })
        {
            await Processes.SignalAsync(process.Id, "KILL");
            await process.WaitForExitAsync();
        }
    }

    /// <summary>Stops it where it stands; it believes what it believed when it goes on.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on.</summary>
    public Task ContinueAsync() => SignalAsync("CONT");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ContinueAsync();
        await KillAsync();
        await _over.CancelAsync();
        await _supervising.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }

        _process?.Dispose();
        _over.Dispose();
    }

    private Task SignalAsync(string signal) => Id is var id && id != 0 ? Processes.SignalAsync(id, signal) : Task.CompletedTask;

    private async Task SuperviseAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            var process = _process!;
            await process.WaitForExitAsync(_over.Token);
            await Task.Delay(Pause, _over.Token);
            lock (_lock)
            {
                if (!_wanted || !ReferenceEquals(process, _process))
                {
                    continue;
                }

                _deaths++;
                Keep($"-- {name} ended by itself with code {process.ExitCode} and is started again");
                Launch();
            }
        }
    }

    private void Launch()
    {
        if (_process is { HasExited: false })
        {
            return;
        }

        var folder = Repository.Binaries(program);
        var start = new ProcessStartInfo(Path.Combine(folder, program))
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var former = _watch;
        _watch = DeathWatch.Begin("kill -KILL \"$1\" 2>/dev/null", process.Id.ToString(CultureInfo.InvariantCulture));
        (_process, var old) = (process, _process);
        old?.Dispose();
        _ = former?.DisposeAsync().AsTask();
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Enqueue(line);
            if (_output.Count > LinesKept)
            {
                _output.Dequeue();
            }
        }

        Printed?.Invoke(line);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Coordination.Testing;

/// <summary>What a test starts the whole product with; the same words as <c>./run</c>'s.</summary>
public sealed record RunningServiceOptions
{
    /// <summary>The data folder.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The port; a free one unless told.</summary>
    public int? Port { get; init; }

    /// <summary>How many silos; 1 lives in the web process.</summary>
    public int Silos { get; init; } = 1;

    /// <summary>Further arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables on top of the test's own and of <see cref="ManyCallers"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long it may take until it is ready.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(240);
}

/// <summary>The real product as a newcomer's <c>./run</c> starts it: real processes, real database, on real ports.</summary>
public sealed class RunningService : IAsyncDisposable
{
    private const string ReadyLine = "ready http://";

    private static readonly TimeSpan LastOutput = TimeSpan.FromSeconds(5);

    private const string CleanUp = """pkill -KILL --session "$1"; if [ -f "$2/pg/postmaster.pid" ]; then kill -QUIT "$(head -n 1 "$2/pg/postmaster.pid")"; fi""";

    private readonly List<string> _output = [];
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private readonly DeathWatch _watch;
    private readonly string _data;

    private RunningService(Process process, string data)
    {
        (_process, _data) = (process, data);
        _process.OutputDataReceived += (_, e) => Take(e.Data);
        _process.ErrorDataReceived += (_, e) => Take(e.Data);
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException("The service ended before it was ready."));
        _process.EnableRaisingEvents = true;
        _process.Start();
        _watch = DeathWatch.Begin(CleanUp, _process.Id.ToString(CultureInfo.InvariantCulture), data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The address that the service printed.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1");

    /// <summary>Everything it has printed so far.</summary>
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

    /// <summary>Starts the product and waits until it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; with all it printed.</exception>
    public static async Task<RunningService> StartAsync(RunningServiceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var service = new RunningService(new Process { StartInfo = Describe(options) }, Path.GetFullPath(options.DataDirectory));
        try
        {
            service.BaseAddress = await service._ready.Task.WaitAsync(options.Deadline);
            return service;
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            await service.DisposeAsync();
            throw new InvalidOperationException(e.Message + " It printed:\n" + service.Output, e);
        }
    }

    /// <summary>The demo's bearer token of each role, by the role's name (<c>comms-manager</c>, ...).</summary>
    public async Task<IReadOnlyDictionary<string, string>> TokensAsync()
    {
        await using var file = File.OpenRead(Path.Combine(_data, "demo-tokens.json"));
        return await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(file)
            ?? throw new InvalidOperationException("demo-tokens.json is empty.");
    }

    /// <summary>A client of the API that speaks for a role, or for nobody.</summary>
    public async Task<HttpClient> ClientAsync(string? role)
    {
        var client = new HttpClient { BaseAddress = BaseAddress, Timeout = TimeSpan.FromSeconds(60) };
        if (role is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await TokensAsync())[role]);
        }

        return client;
    }

    /// <summary>Ends every process at once, the database's too, as a power cut would.</summary>
    public async Task KillAllAsync()
    {
        // The service first: it would start a dead database again.
        _process.Kill();
        await Processes.KillAsync(StillRunning);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the service to stop as Ctrl-C does.</summary>
    /// <exception cref="InvalidOperationException">It did not in time, ended with an error, or left something running.</exception>
    public async Task StopAsync(TimeSpan? deadline = null)
    {
        await Processes.SignalAsync(_process.Id, "INT");
        try
        {
            await _process.WaitForExitAsync().WaitAsync(deadline ?? TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException("The service did not stop when asked to. It printed:\n" + Output, e);
        }

        if (_process.ExitCode != 0 || StillRunning() is { Count: > 0 })
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"The service ended with code {_process.ExitCode} and left {StillRunning().Count} processes running. It printed:\n{Output}"));
        }
    }

    /// <summary>The processes of the service that run: hosts, silos, sandbox, database.</summary>
    public IReadOnlyList<int> StillRunning() =>
        [.. Processes.InSession(_process.Id).Concat(Processes.WorkingIn(Path.Combine(_data, "pg"))).Distinct()];

    /// <summary>Those of them that run one of our programs, such as <c>Coordination.Silo</c>.</summary>
    public IReadOnlyList<int> Running(string program) => [.. StillRunning().Where(id => Processes.Runs(id, program))];

    /// <summary>Ends whatever still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited || StillRunning().Count > 0)
        {
            await KillAllAsync();
        }

        // The end of a process comes before the last of what it printed, which a failure's message needs.
        await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(LastOutput));
        await _watch.DisposeAsync();
        _process.Dispose();
    }

    private static ProcessStartInfo Describe(RunningServiceOptions options)
    {
        // A session of its own, so that all of its processes can be found, and a signal to the tests does not reach it.
        // Tests that were started in the background may be deaf to Ctrl-C's signal; the service must not inherit that.
        var start = new ProcessStartInfo("env") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        var port = options.Port ?? FreePort.Next();
        foreach (var argument in (string[])
        [
            "--default-signal=INT,QUIT,TERM", "setsid",
            Path.Combine(Repository.Binaries("Coordination.Dashboard"), "Coordination.Dashboard"), "--local",
            "--port", port.ToString(CultureInfo.InvariantCulture), "--data", Path.GetFullPath(options.DataDirectory),
            "--silos", options.Silos.ToString(CultureInfo.InvariantCulture), .. options.Arguments,
        ])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in ManyCallers.Settings.Concat(options.Environment))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.Add(line);
        }

        if (line.StartsWith(ReadyLine, StringComparison.Ordinal))
        {
            _ready.TrySetResult(new Uri(line["ready ".Length..].Trim()));
        }
    }
}

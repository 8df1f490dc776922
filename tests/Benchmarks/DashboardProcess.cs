using System.Diagnostics;
using System.Globalization;
using Coordination.Storage;
using Coordination.Testing;

namespace Coordination.Benchmarks;

/// <summary>A dashboard host of the product in a process of its own, a client of the benchmark's silo.</summary>
internal sealed class DashboardProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);
    private readonly Process _process;
    private readonly DeathWatch _watch;

    private DashboardProcess(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        _watch = DeathWatch.Begin("""kill -KILL "$1" """, process.Id.ToString(CultureInfo.InvariantCulture));
    }

    public Uri Address { get; }

    public static async Task<DashboardProcess> StartAsync(StorageOptions storage, string clusterId)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));
        var start = new ProcessStartInfo(Path.Combine(Repository.Binaries("Coordination.Dashboard"), "Coordination.Dashboard"))
        {
            UseShellExecute = false,
            WorkingDirectory = Repository.Binaries("Coordination.Dashboard"),
            Environment =
            {
                ["ASPNETCORE_URLS"] = address.AbsoluteUri,
                ["Storage__ConnectionString"] = storage.ConnectionString,
                ["SignIn__Mode"] = "Tokens",
                ["Silo__ClusterId"] = clusterId,
                ["Logging__LogLevel__Default"] = "Error",
            },
        };
        foreach (var (setting, value) in ManyCallers.Settings)
        {
            start.Environment[setting] = value;
        }

        var host = new DashboardProcess(Process.Start(start)!, address);
        using var client = new HttpClient { BaseAddress = address };
        for (var waiting = Stopwatch.StartNew(); ; await Task.Delay(TimeSpan.FromMilliseconds(200)))
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    return host;
                }
            }
            catch (HttpRequestException) when (waiting.Elapsed < Deadline && !host._process.HasExited)
            {
                // Not listening yet.
            }

            if (waiting.Elapsed >= Deadline || host._process.HasExited)
            {
                await host.DisposeAsync();
                throw new InvalidOperationException("The dashboard did not become ready.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

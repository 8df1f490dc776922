using System.Diagnostics;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Embedded;

/// <summary>
/// A process of its own that starts the embedded server and then does nothing, so that a test can kill it: this
/// very program, told to run the one test below, which no ordinary run includes.
/// </summary>
public sealed class ServerHost : IDisposable
{
    private const string FolderVariable = "EMBEDDED_SERVER_HOST_FOLDER";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private Process? _process;

    /// <summary>Starts the process and waits until its server answers.</summary>
    internal async Task StartAsync(string folder, string method = nameof(Host))
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in new[] { "-explicit", "only", "-method", $"{typeof(ServerHost).FullName}.{method}" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[FolderVariable] = folder;
        _process = Process.Start(start)!;
        await Eventually.Becomes(() => File.Exists(Path.Combine(folder, "up")), "the host process starts its server", TimeSpan.FromSeconds(90));
    }

    /// <summary>Ends the process as a crash would, its server untouched.</summary>
    internal async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
        }

        _process?.Dispose();
    }

    [Fact(Explicit = true)]
    public async Task HostOfTheFixture()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, "Only for the tests that start it.");
        await using var fixture = new FastPostgresFixture();
        await fixture.InitializeAsync();
        var data = (string)(await EmbeddedServers.ScalarAsync(fixture.Server, "show data_directory"))!;
        await File.WriteAllTextAsync(Path.Combine(folder, "where"), data);
        await File.WriteAllTextAsync(Path.Combine(folder, "up"), "");
        await Task.Delay(Longest);
    }

    [Fact(Explicit = true)]
    public async Task Host()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, "Only for the tests that start it.");
        var server = await EmbeddedServers.StartAsync(folder);
        await EmbeddedServers.ScalarAsync(server, "create table kept (id int)");
        await EmbeddedServers.ScalarAsync(server, "insert into kept values (1)");
        await File.WriteAllTextAsync(Path.Combine(folder, "up"), "");
        await Task.Delay(Longest);
        await server.DisposeAsync(); // Never reached but when the killer itself was killed.
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Coordination.Storage.Embedded;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Embedded;

[SupportedOSPlatform("linux")]
public sealed class EmbeddedPostgresCrashTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new("crash");
    private readonly ServerHost _host = new();

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        await EmbeddedServers.KillAllAsync(_folder.Path);
        _folder.Dispose();
    }

    [Fact]
    public async Task StartAsync_TakesOverTheRunningServer_WhenOnlyTheServiceWasKilled()
    {
        await _host.StartAsync(_folder.Path);
        var before = FirstProcess();
        await _host.KillAsync();

        await using (var server = await EmbeddedServers.StartAsync(_folder.Path))
        {
            Assert.True(server.WasAdopted);
            Assert.Equal(before, server.ProcessId);
            Assert.Equal(1L, await EmbeddedServers.ScalarAsync(server, "select count(*) from kept"));
        }

        Assert.Empty(EmbeddedServers.ProcessesIn(_folder.Path));
    }

    [Fact]
    public async Task StartAsync_RecoversWhatWasCommitted_WhenEverythingWasKilled()
    {
        await _host.StartAsync(_folder.Path);
        await _host.KillAsync();
        await EmbeddedServers.KillAllAsync(_folder.Path);
        Assert.True(File.Exists(PidFile), "a kill leaves the server's file behind, or this test shows nothing");

        await using var server = await EmbeddedServers.StartAsync(_folder.Path);

        Assert.False(server.WasAdopted);
        Assert.Equal(1L, await EmbeddedServers.ScalarAsync(server, "select count(*) from kept"));
    }

    [Fact]
    public async Task StartAsync_Starts_WhenTheKilledServersNumberIsAnotherProgramsByNow()
    {
        await _host.StartAsync(_folder.Path);
        await _host.KillAsync();
        await EmbeddedServers.KillAllAsync(_folder.Path);
        using var other = StartProgramOfTheServersUser();
        try
        {
            var lines = await File.ReadAllLinesAsync(PidFile);
            lines[0] = other.Id.ToString(CultureInfo.InvariantCulture);
            await File.WriteAllLinesAsync(PidFile, lines);

            await using var server = await EmbeddedServers.StartAsync(_folder.Path);

            Assert.Equal(1L, await EmbeddedServers.ScalarAsync(server, "select count(*) from kept"));
            Assert.False(other.HasExited);
        }
        finally
        {
            other.Kill();
        }
    }

    [Fact]
    public async Task StartAsync_RefusesInOneLine_WhenTheRunningServerDoesNotKnowThePassword()
    {
        await _host.StartAsync(_folder.Path);
        await _host.KillAsync();
        var before = FirstProcess();
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "pgpass"), "127.0.0.1:*:*:coordination:another\n");

        var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => EmbeddedServers.StartAsync(_folder.Path));

        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"(process {before}, "), refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Equal(before, FirstProcess());
    }

    [Fact]
    public async Task CrashWatch_BringsTheServerBackOnTheSamePort_WhenItWasKilled()
    {
        await using var server = await EmbeddedServers.StartAsync(_folder.Path);
        await EmbeddedServers.ScalarAsync(server, "create table kept (id int); insert into kept values (1)");
        var before = FirstProcess();

        using (var process = Process.GetProcessById(before))
        {
            process.Kill();
        }

        await Eventually.Becomes(
            () => EmbeddedServers.ScalarAsync(server, "select count(*) from kept"), x => x is 1L, "the same connection string answers again");
        Assert.NotEqual(before, FirstProcess());
    }

    [Fact]
    public async Task CrashWatch_BringsTheServerBack_WhenItGaveUp() // It takes its file away then, as a good stop does; its disk was full, say.
    {
        await using var server = await EmbeddedServers.StartAsync(_folder.Path);
        await EmbeddedServers.ScalarAsync(server, "create table kept (id int); insert into kept values (1)");
        var before = FirstProcess();

        File.Delete(PidFile);
        await EmbeddedServers.KillAllAsync(_folder.Path);

        await Eventually.Becomes(
            () => EmbeddedServers.ScalarAsync(server, "select count(*) from kept"), x => x is 1L, "the same connection string answers again");
        Assert.NotEqual(before, FirstProcess());
    }

    [Fact]
    public async Task StopAsync_Succeeds_WhenTheServerWasKilledBefore()
    {
        var server = await EmbeddedServers.StartAsync(new EmbeddedPostgresOptions { DataDirectory = _folder.Path, RestartAfterCrash = false });
        await EmbeddedServers.KillAllAsync(_folder.Path);

        await server.StopAsync();

        Assert.Null(server.ProcessId);
    }

    private string PidFile => Path.Combine(_folder.Path, "pg", "postmaster.pid");

    private int FirstProcess() => int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);

    // PostgreSQL takes a live process of its own user for its former self, and only that.
    private Process StartProgramOfTheServersUser()
    {
        var start = new ProcessStartInfo("sh") { UseShellExecute = false };
        foreach (var argument in new[]
        {
            "-c", """
                owner=$(stat -c %u "$1")
                if [ "$(id -u)" = 0 ]; then exec setpriv --reuid="$owner" --clear-groups sleep 600; else exec sleep 600; fi
                """, "sh", Path.Combine(_folder.Path, "pg"),
        })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}

using System.Runtime.Versioning;
using Coordination.Storage.Embedded;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Embedded;

[SupportedOSPlatform("linux")]
public sealed class EmbeddedPostgresRefusalTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new("refusal");
    private SmallDisk? _disk;

    public async ValueTask DisposeAsync()
    {
        await EmbeddedServers.KillAllAsync(_folder.Path);
        _disk?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task StartAsync_NamesThePackage_WhenNoServerIsInstalled()
    {
        var line = await RefusalAsync(Options with { BinaryDirectories = [_folder.Path] });

        Assert.Contains("apt-get install postgresql", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_NamesTheFolderInTheWay_WhenTheServersUserCannotEnterIt()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Needs root: anybody else's server runs as themselves.");
        var closed = Directory.CreateDirectory(
            Path.Combine(_folder.Path, "closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;

        var line = await RefusalAsync(Options with { DataDirectory = Path.Combine(closed, "deep", "data") });

        Assert.Contains($"may not enter {closed}.", line, StringComparison.Ordinal);
        Assert.Contains("--data", line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(closed, "deep", "data", "pg")));
    }

    [Fact]
    public async Task StartAsync_RunsTheServerAsAnOrdinaryUser_WhenStartedByRoot()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Needs root.");
        await using var server = await EmbeddedServers.StartAsync(Options);

        var status = await File.ReadAllLinesAsync($"/proc/{server.ProcessId}/status");

        Assert.DoesNotContain("\t0\t", status.Single(x => x.StartsWith("Uid:", StringComparison.Ordinal)) + "\t", StringComparison.Ordinal);
        Assert.DoesNotContain("\t0\t", status.Single(x => x.StartsWith("Gid:", StringComparison.Ordinal)) + "\t", StringComparison.Ordinal);
        Assert.Equal("Groups:", status.Single(x => x.StartsWith("Groups:", StringComparison.Ordinal)).Trim());
    }

    [Fact]
    public async Task StartAsync_MakesAMissingDataFolder_ThatOthersPassButCannotList()
    {
        var data = Path.Combine(_folder.Path, "deep", "data");

        await using var server = await EmbeddedServers.StartAsync(Options with { DataDirectory = data });

        Assert.Equal(Convert.ToInt32("711", 8), (int)File.GetUnixFileMode(data));
        Assert.Equal(Convert.ToInt32("711", 8), (int)File.GetUnixFileMode(Path.GetDirectoryName(data)!));
        Assert.Equal(Convert.ToInt32("700", 8), (int)File.GetUnixFileMode(Path.Combine(data, "pg")));
    }

    [Fact]
    public async Task StartAsync_NamesBothVersions_WhenTheDatabaseIsOfAnother()
    {
        await MakeDatabaseAsync();
        var version = Path.Combine(_folder.Path, "pg", "PG_VERSION");
        await File.WriteAllTextAsync(version, "14\n");

        var line = await RefusalAsync(Options);

        Assert.Contains("was made by PostgreSQL 14", line, StringComparison.Ordinal);
        Assert.Contains("postgresql-14", line, StringComparison.Ordinal);
        Assert.Equal("14\n", await File.ReadAllTextAsync(version));
    }

    [Fact]
    public async Task StartAsync_Refuses_WhenThePasswordOfAnExistingDatabaseIsGone()
    {
        await MakeDatabaseAsync();
        File.Delete(Path.Combine(_folder.Path, "pgpass"));

        Assert.Contains("pgpass, which holds the password", await RefusalAsync(Options), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "pgpass")));
    }

    [Fact]
    public async Task StartAsync_LeavesAFolderAlone_ThatHoldsSomethingElse()
    {
        var precious = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Path, "pg")).FullName, "precious.txt");
        await File.WriteAllTextAsync(precious, "mine");

        Assert.Contains("holds no PostgreSQL database", await RefusalAsync(Options), StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(precious));
    }

    [Fact]
    public async Task StartAsync_BeginsAfresh_WhenMakingTheDatabaseWasCutOff()
    {
        var half = Directory.CreateDirectory(Path.Combine(_folder.Path, "pg.new"));
        await File.WriteAllTextAsync(Path.Combine(half.FullName, "PG_VERSION"), "15\n");

        await using var server = await EmbeddedServers.StartAsync(Options);

        Assert.Equal(1, await EmbeddedServers.ScalarAsync(server, "select 1"));
        Assert.False(half.Exists && Directory.Exists(half.FullName));
    }

    [Fact]
    public async Task StartAsync_RefusesBeforeAnythingIsWritten_WhenTheDiskIsNearlyFull()
    {
        var line = await RefusalAsync(Options with { MinimumFreeBytes = long.MaxValue });

        Assert.Contains("The disk is nearly full", line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "pg")));
    }

    [Fact]
    public async Task StartAsync_SaysThatTheDiskIsFull_WhenItFillsWhileTheDatabaseIsMade()
    {
        _disk = SmallDisk.MountOrSkip(_folder.Path, "20m");

        var line = await RefusalAsync(Options with { MinimumFreeBytes = 0 });

        Assert.True(line.Contains("is full", StringComparison.Ordinal), line);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "pg")));
    }

    [Fact]
    public async Task StartAsync_SaysThatTheDiskIsFull_AndStartsWithEverythingOnceThereIsRoom()
    {
        _disk = SmallDisk.MountOrSkip(_folder.Path, "150m");
        var options = Options with { MinimumFreeBytes = 0 };
        await using (var server = await EmbeddedServers.StartAsync(options))
        {
            await EmbeddedServers.ScalarAsync(server, "create table kept (id int); insert into kept values (1)");
        }

        _disk.Fill();

        Assert.Contains("is full", await RefusalAsync(options), StringComparison.Ordinal);
        Assert.Empty(EmbeddedServers.ProcessesIn(_folder.Path));

        _disk.MakeRoom();
        await using var again = await EmbeddedServers.StartAsync(options);
        Assert.Equal(1L, await EmbeddedServers.ScalarAsync(again, "select count(*) from kept"));
    }

    private EmbeddedPostgresOptions Options => new() { DataDirectory = _folder.Path };

    private static async Task<string> RefusalAsync(EmbeddedPostgresOptions options)
    {
        var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => EmbeddedServers.StartAsync(options));
        Assert.DoesNotContain('\n', refused.Message);
        return refused.Message;
    }

    private async Task MakeDatabaseAsync()
    {
        await using var server = await EmbeddedServers.StartAsync(Options);
    }
}

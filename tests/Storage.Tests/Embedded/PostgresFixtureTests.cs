using Coordination.Testing;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.Embedded;

public sealed class PostgresFixtureTests
{
    [Fact]
    public async Task CreateMigratedDatabaseAsync_MigratesOnce_AndGivesEachTestItsOwnCopy()
    {
        await using var fixture = new FastPostgresFixture();
        await fixture.InitializeAsync();
        var migrations = 0;
        async Task MigrateAsync(string connection)
        {
            migrations++;
            await ExecuteAsync(connection, "create table t (id int); insert into t values (1)");
        }

        var copies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => fixture.CreateMigratedDatabaseAsync(MigrateAsync)));
        await ExecuteAsync(copies[0], "insert into t values (2)");

        Assert.Equal(1, migrations);
        Assert.Equal(2L, await ExecuteAsync(copies[0], "select count(*) from t"));
        Assert.Equal(1L, await ExecuteAsync(copies[1], "select count(*) from t"));
        Assert.Equal("off", await ExecuteAsync(copies[1], "show fsync"));
    }

    [Fact]
    public async Task Fixture_LeavesNothingBehind_WhenTheTestProcessIsKilled()
    {
        using var folder = new TemporaryFolder("fixture");
        using var host = new ServerHost();
        await host.StartAsync(folder.Path, nameof(ServerHost.HostOfTheFixture));
        var database = await File.ReadAllTextAsync(Path.Combine(folder.Path, "where"));
        Assert.NotEmpty(Processes.WorkingIn(database));

        await host.KillAsync();

        await Eventually.Becomes(() => Processes.WorkingIn(database).Count == 0, "the server ends");
        await Eventually.Becomes(() => !Directory.Exists(Path.GetDirectoryName(database)), "its folder goes");
    }

    private static async Task<object?> ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
#pragma warning disable CA2100 // The test's own text.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}

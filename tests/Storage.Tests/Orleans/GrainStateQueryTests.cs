using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.Orleans;

/// <summary>Our own queries of Orleans' persistence contract: exactly one row comes back, and no new version means conflict.</summary>
public sealed class GrainStateQueryTests(FastPostgresFixture server)
{
    [Fact]
    public async Task FirstWrite_LetsExactlyOneWin_InARace()
    {
        await using var ground = await Ground.MakeAsync(server);
        for (var round = 0; round < 10; round++)
        {
            var key = $"account/x/race_{round}";
            var versions = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => WriteAsync(ground, key, null)));
            Assert.Single(versions, 1);
            Assert.Equal(39, versions.Count(v => v is null));
        }
    }

    [Fact]
    public async Task Write_GivesTheNextVersion_OnlyToWhoKnowsTheLast()
    {
        await using var ground = await Ground.MakeAsync(server);
        Assert.Null(await WriteAsync(ground, "account/x/a", 1));
        Assert.Equal(1, await WriteAsync(ground, "account/x/a", null));
        Assert.Null(await WriteAsync(ground, "account/x/a", null));
        Assert.Equal(2, await WriteAsync(ground, "account/x/a", 1));
        Assert.Null(await WriteAsync(ground, "account/x/a", 1));
        Assert.Null(await WriteAsync(ground, "account/x/a", 7));
    }

    [Fact]
    public async Task Write_LetsExactlyOneWin_OfManyWhoKnowTheLastVersion()
    {
        await using var ground = await Ground.MakeAsync(server);
        await WriteAsync(ground, "account/x/b", null);
        for (var version = 1; version <= 10; version++)
        {
            var last = version;
            var versions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => WriteAsync(ground, "account/x/b", last)));
            Assert.Single(versions, last + 1);
        }
    }

    [Fact]
    public async Task Clear_KeepsTheRowAndItsVersion()
    {
        await using var ground = await Ground.MakeAsync(server);
        await WriteAsync(ground, "account/x/c", null);
        Assert.Equal(2, await RunAsync(ground, "ClearStorageKey", "account/x/c", 1));
        Assert.Null(await RunAsync(ground, "ClearStorageKey", "account/x/c", 1));
        Assert.Equal(2, await ground.ScalarAsync<int>("select version from grain_state where grain_key = 'account/x/c' and payload is null"));
        Assert.Null(await WriteAsync(ground, "account/x/c", null));
        Assert.Equal(3, await WriteAsync(ground, "account/x/c", 2));
    }

    private static Task<int?> WriteAsync(Ground ground, string key, int? version) => RunAsync(ground, "WriteToStorageKey", key, version);

    private static async Task<int?> RunAsync(Ground ground, string query, string key, int? version)
    {
        await using var connection = await ground.Database.Main.OpenConnectionAsync();
        await using var find = new NpgsqlCommand("select querytext from orleansquery where querykey = $1", connection);
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = query });
#pragma warning disable CA2100 // The product's own stored query.
        await using var command = new NpgsqlCommand((string)(await find.ExecuteScalarAsync())!, connection);
#pragma warning restore CA2100
        command.Parameters.AddWithValue("ServiceId", "coordination");
        command.Parameters.AddWithValue("GrainTypeString", "account");
        command.Parameters.AddWithValue("GrainIdExtensionString", key);
        command.Parameters.AddWithValue("GrainStateVersion", version is { } known ? known : DBNull.Value);
        if (query == "WriteToStorageKey")
        {
            command.Parameters.AddWithValue("PayloadBinary", new byte[] { 1, 2, 3 });
        }

        return await command.ExecuteScalarAsync() is int next ? next : null;
    }
}

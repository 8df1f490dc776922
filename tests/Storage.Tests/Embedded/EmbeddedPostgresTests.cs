using System.Runtime.Versioning;
using Coordination.Storage.Embedded;
using Coordination.Testing;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.Embedded;

[SupportedOSPlatform("linux")]
public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("embedded");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StartAsync_KeepsWhatWasCommitted_AcrossAnOrderlyRestart()
    {
        await using (var first = await StartAsync())
        {
            await ExecuteAsync(first, "create table kept (id int); insert into kept values (1)");
            Assert.False(first.WasAdopted);
        }

        Assert.Empty(ServersIn(_folder.Path));
        await using var second = await StartAsync();
        Assert.Equal(1L, await ScalarAsync(second, "select count(*) from kept"));
    }

    [Fact]
    public async Task StartAsync_RunsWithTheSettingsTheServiceReliesOn()
    {
        await using var server = await StartAsync();

        Assert.Equal(
            "on|on|on|0|1min|200|127.0.0.1||UTF8|scram-sha-256|none|panic",
            await ScalarAsync(server, """
                select concat_ws('|', current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'),
                  current_setting('max_prepared_transactions'), current_setting('idle_in_transaction_session_timeout'),
                  current_setting('max_connections'), current_setting('listen_addresses'), current_setting('unix_socket_directories'),
                  current_setting('server_encoding'), current_setting('password_encryption'), current_setting('log_statement'),
                  current_setting('log_min_error_statement'))
                """));
    }

    [Fact]
    public async Task StartAsync_LetsNobodyIn_WithoutThePassword()
    {
        await using var server = await StartAsync();
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "wrong", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync());

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task StartAsync_WritesTheAddressAndPassword_ForItsOwnerOnly()
    {
        await using var server = await StartAsync();
        var expected = new NpgsqlConnectionStringBuilder(server.ConnectionString);

        var address = await File.ReadAllLinesAsync(Path.Combine(_folder.Path, "pg_service.conf"));

        Assert.Contains($"port={expected.Port}", address, StringComparer.Ordinal);
        foreach (var name in new[] { "pgpass", "pg_service.conf" })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.Path, name)));
        }
    }

    [Fact]
    public async Task StartAsync_RefusesInOneLine_WhileAnotherCopyHoldsTheFolder()
    {
        await using var first = await StartAsync();

        var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(StartAsync);

        Assert.Contains("Another copy of the service already runs on the data folder", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await ScalarAsync(first, "select 1"));
    }

    private Task<EmbeddedPostgres> StartAsync() => EmbeddedServers.StartAsync(_folder.Path);

    private static IReadOnlyList<int> ServersIn(string folder) => EmbeddedServers.ProcessesIn(folder);

    private static Task<object?> ExecuteAsync(EmbeddedPostgres server, string sql) => EmbeddedServers.ScalarAsync(server, sql);

    private static Task<object?> ScalarAsync(EmbeddedPostgres server, string sql) => EmbeddedServers.ScalarAsync(server, sql);
}

using Coordination.Storage.Embedded;
using Coordination.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Coordination.Storage.Tests.Embedded;

/// <summary>What the tests of the embedded server share.</summary>
internal static class EmbeddedServers
{
    public static Task<EmbeddedPostgres> StartAsync(string folder) => StartAsync(new EmbeddedPostgresOptions { DataDirectory = folder });

    public static Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options) =>
        EmbeddedPostgres.StartAsync(
            options with { SharedBuffersMegabytes = 32, Deadline = TimeSpan.FromSeconds(60) }, NullLogger.Instance, CancellationToken.None);

    public static async Task<object?> ScalarAsync(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The tests' own text.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Ends every process of the folder's server as a power cut would, and waits until they are gone.</summary>
    public static Task KillAllAsync(string folder) => Processes.KillAsync(() => ProcessesIn(folder));

    /// <summary>The processes that work in the database of <paramref name="folder"/>, found without the product's help.</summary>
    public static IReadOnlyList<int> ProcessesIn(string folder) => Processes.WorkingIn(folder);
}

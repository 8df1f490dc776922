using System.Globalization;
using Coordination.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Coordination.Testing;

/// <summary>
/// One real PostgreSQL for a whole test process, with a fresh database for each test that asks. Use it as an
/// assembly fixture: <c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c>.
/// </summary>
public class PostgresFixture : IAsyncLifetime
{
    private static readonly TimeSpan MigrationDeadline = TimeSpan.FromMinutes(2);

    private const string CleanUp = """
        if [ -f "$1/pg/postmaster.pid" ]; then kill -QUIT "$(head -n 1 "$1/pg/postmaster.pid")"; fi
        tries=0
        while [ -f "$1/pg/postmaster.pid" ] && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
        rm -rf "$1"
        """;

    private readonly TemporaryFolder _folder = new("pg-tests");
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, string> _templates = new(StringComparer.Ordinal);
    private EmbeddedPostgres? _server;
    private DeathWatch? _watcher;
    private int _databases;

    /// <summary>For tests that need every commit on the disk.</summary>
    public PostgresFixture() : this(durable: true)
    {
    }

    /// <summary>Tests that say nothing about durability may trade it for speed.</summary>
    protected PostgresFixture(bool durable) => Durable = durable;

    /// <summary>Whether commits wait for the disk.</summary>
    public bool Durable { get; }

    /// <summary>The running server.</summary>
    public EmbeddedPostgres Server => _server ?? throw new InvalidOperationException("The fixture has not started.");

    /// <summary>How to connect to the server's own first database, for administration.</summary>
    public string AdministrationConnectionString => Server.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        _server = await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresOptions { DataDirectory = _folder.Path, Durable = Durable, SharedBuffersMegabytes = 128 },
            NullLogger.Instance);
        _watcher = DeathWatch.Begin(CleanUp, _folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        NpgsqlConnection.ClearAllPools();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
        if (_watcher is not null)
        {
            await _watcher.DisposeAsync();
        }

        _gate.Dispose();
    }

    /// <summary>A new, empty database. Returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = NextName();
        await AdministerAsync($"create database {name}");
        return ConnectionTo(name);
    }

    /// <summary>
    /// A new database that <paramref name="migrate"/> (given a connection string) has prepared. It runs once for each
    /// <paramref name="key"/>; further databases are copies, made in a moment.
    /// </summary>
    public async Task<string> CreateMigratedDatabaseAsync(Func<string, Task> migrate, string key = "default")
    {
        ArgumentNullException.ThrowIfNull(migrate);
        await _gate.WaitAsync();
        try
        {
            if (!_templates.TryGetValue(key, out var template))
            {
                template = NextName();
                await AdministerAsync($"create database {template}");
                var connection = ConnectionTo(template);
                await migrate(connection).WaitAsync(MigrationDeadline);
                await EndConnectionsAsync(template);
                _templates[key] = template;
            }

            var name = NextName();

            // Copied as files where no commit waits for the disk: a third less work than page by page through the log.
            await AdministerAsync($"create database {name} template {template} strategy {(Durable ? "wal_log" : "file_copy")}");
            return ConnectionTo(name);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The connection string of a database of this server.</summary>
    public string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder(AdministrationConnectionString) { Database = database }.ConnectionString;

    private string NextName() =>
        string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");

    // A copy is refused while anybody is connected to the original, and pools keep connections.
    private async Task EndConnectionsAsync(string database)
    {
        NpgsqlConnection.ClearAllPools();
        await AdministerAsync($"alter database {database} allow_connections false");
        await AdministerAsync($"select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '{database}'");
    }

    private async Task AdministerAsync(string sql)
    {
        var settings = new NpgsqlConnectionStringBuilder(AdministrationConnectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The only names in it are this class's own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>As <see cref="PostgresFixture"/>, without waiting for the disk: for tests that say nothing about durability.</summary>
public sealed class FastPostgresFixture() : PostgresFixture(durable: false);

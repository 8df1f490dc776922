using DbUp;
using DbUp.Engine.Output;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Coordination.Storage.Migrations;

/// <summary>Brings a database to this version's schema: numbered scripts, forward only, each in a transaction of its own.</summary>
public static partial class Migrator
{
    /// <summary>The table that lists the scripts that have run.</summary>
    public const string HistoryTable = "schema_migration";

    /// <summary>The names of all scripts of this version, as the history keeps them.</summary>
    public static IEnumerable<string> Scripts => typeof(Migrator).Assembly.GetManifestResourceNames().Where(name => IsWanted(name, null));

    /// <summary>Migrates. Several processes may call it at once: one works, the others wait and find nothing to do.</summary>
    /// <param name="connectionString">A login that may create tables and functions.</param>
    /// <param name="logger">Told which scripts ran.</param>
    /// <param name="through">The last script to run, such as <c>0004_fence.sql</c>; null for all. Tests use it to make the database of an older version.</param>
    /// <param name="cancellationToken">Stops waiting for the lock.</param>
    /// <exception cref="MigrationException">A script failed; the database is as the scripts before it left it.</exception>
    public static async Task MigrateAsync(string connectionString, ILogger logger, string? through = null, CancellationToken cancellationToken = default)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Enlist = false };
        await using var gate = new NpgsqlConnection(settings.ConnectionString);
        await gate.OpenAsync(cancellationToken);
        await ExecuteAsync(gate, "select pg_advisory_lock(125, 2)", cancellationToken);
        await CheckServerAsync(gate, cancellationToken);

        // DbUp is synchronous; the advisory lock above is held by the connection, not by the thread.
        var result = await Task.Run(
            () => DeployChanges.To
                .PostgresqlDatabase(settings.ConnectionString)
                .WithScriptsEmbeddedInAssembly(typeof(Migrator).Assembly, name => IsWanted(name, through))
                .WithTransactionPerScript()
                .WithVariablesDisabled()
                .JournalToPostgresqlTable("public", HistoryTable)
                .LogTo(new DbUpLog(logger))
                .Build()
                .PerformUpgrade(),
            cancellationToken);
        if (!result.Successful)
        {
            throw new MigrationException(
                $"The database could not be brought to this version: {result.ErrorScript?.Name} failed. It is as it was before that script. {result.Error.Message}", result.Error);
        }
    }

    private static bool IsWanted(string resource, string? through)
    {
        var parts = resource.Split(".Scripts.");
        return parts.Length == 2 && resource.EndsWith(".sql", StringComparison.Ordinal)
            && (through is null || string.CompareOrdinal(parts[1], through) <= 0);
    }

    // A prepared transaction survives its session, and with it the fence's lock: the service does not run where one can be made.
    private static async Task CheckServerAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (connection.PostgreSqlVersion.Major < 15)
        {
            throw new MigrationException($"PostgreSQL {connection.PostgreSqlVersion} is too old: the service needs 15 or later.");
        }

        await using var command = new NpgsqlCommand("select current_setting('max_prepared_transactions')", connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is not "0")
        {
            throw new MigrationException("The server allows prepared transactions, which could keep the fence locked after a crash. Set max_prepared_transactions to 0.");
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Only this class's own words.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed partial class DbUpLog(ILogger logger) : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args) => Write(LogLevel.Trace, format, args);

        public void LogDebug(string format, params object[] args) => Write(LogLevel.Debug, format, args);

        public void LogInformation(string format, params object[] args) => Write(LogLevel.Information, format, args);

        public void LogWarning(string format, params object[] args) => Write(LogLevel.Warning, format, args);

        public void LogError(string format, params object[] args) => Write(LogLevel.Error, format, args);

        public void LogError(Exception ex, string format, params object[] args) => Write(LogLevel.Error, format, args);

        private void Write(LogLevel level, string format, object[] args)
        {
            if (logger.IsEnabled(level))
            {
                var what = string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args);
                Migration(logger, level, what);
            }
        }

        [LoggerMessage(Message = "Migration: {What}")]
        private static partial void Migration(ILogger logger, LogLevel level, string what);
    }
}

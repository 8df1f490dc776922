using Microsoft.Extensions.Logging;
using Npgsql;

namespace Coordination.Storage.Embedded;

/// <summary>
/// The service's own private PostgreSQL, running: made when missing, on loopback, with a password that only its
/// data folder knows. A server that an earlier process of the service left running is taken over, never doubled.
/// </summary>
public sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly ServerControl _control;
    private readonly ILogger _logger;
    private readonly CrashWatch? _watch;
    private readonly DiskWatch _disk;
    private bool _stopped;

    private EmbeddedPostgres(DataFolder folder, ServerControl control, CrashWatch? watch, DiskWatch disk, string connectionString, ILogger logger)
    {
        (_folder, _control, _watch, _disk, _logger) = (folder, control, watch, disk, logger);
        ConnectionString = connectionString;
    }

    /// <summary>How to connect, as the server's administrator. Holds the password: never log it.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether the server was found running and taken over.</summary>
    public bool WasAdopted { get; private init; }

    /// <summary>The server's first process; null while none runs.</summary>
    public int? ProcessId => Postmaster.ProcessesIn(_folder.Database).Count > 0 ? Postmaster.Read(_folder.Database)?.ProcessId : null;

    /// <summary>Starts the server of a data folder, making the database when there is none.</summary>
    /// <exception cref="EmbeddedPostgresException">It can't be started; the message is one line saying why and what to do.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(
        EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancellation = default)
    {
        var folder = await DataFolder.TakeAsync(options.DataDirectory, cancellation);
        try
        {
            return await StartAsync(options, folder, logger, cancellation);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Stops the server; does nothing when it is stopped already. What was committed is on the disk.</summary>
    /// <exception cref="EmbeddedPostgresException">It would not stop.</exception>
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        if (_stopped)
        {
            return;
        }

        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }

        await _control.StopAsync(cancellation);
        await _disk.DisposeAsync();
        _stopped = true;
        _folder.Dispose();
        LogStopped(_logger, _folder.Path);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private static async Task<EmbeddedPostgres> StartAsync(
        EmbeddedPostgresOptions options, DataFolder folder, ILogger logger, CancellationToken cancellation)
    {
        var binaries = await PostgresBinaries.FindAsync(options.BinaryDirectories, folder.DatabaseMajor, folder.Database, cancellation);
        var account = await ServerAccount.ChooseAsync(folder.Database, cancellation);
        await account.RequireReachAsync(folder.Path, cancellation);
        var control = new ServerControl(options, folder, binaries, account);
        var password = folder.Password();

        var port = await RunningServer.FindAsync(folder, password, options.Deadline, cancellation);
        var adopted = port is not null;
        if (port is null)
        {
            DiskFull.Check(folder.Path, options.MinimumFreeBytes);
            await control.EnsureMadeAsync(password, cancellation);
            port = await StartOrLeaveNothingAsync(control, cancellation);
        }

        var connection = RunningServer.Connection(port.Value, DataFolder.Name, password);
        try
        {
            await EnsureDatabaseAsync(RunningServer.Connection(port.Value, "postgres", password), cancellation);
            folder.WriteAddress(port.Value);
        }
        catch (Exception e)
        {
            await control.StopAsync(CancellationToken.None);
            throw e is NpgsqlException
                ? DiskFull.Explain(e.Message, folder.Path)
                    ?? new EmbeddedPostgresException($"The database in {folder.Database} started but does not answer: {e.Message}", e)
                : e;
        }

        LogRunning(logger, binaries.Version, folder.Path, port.Value, account.Name, adopted);
        var watch = options.RestartAfterCrash ? CrashWatch.Begin(folder, control, port.Value, logger) : null;
        var disk = DiskWatch.Begin(folder.Path, options.MinimumFreeBytes, logger);
        return new EmbeddedPostgres(folder, control, watch, disk, connection, logger) { WasAdopted = adopted };
    }

    // A start that takes too long is left to go on: the next one finds the server. One that nobody wants any more is not.
    private static async Task<int> StartOrLeaveNothingAsync(ServerControl control, CancellationToken cancellation)
    {
        try
        {
            return await control.StartAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            await control.StopAsync(CancellationToken.None);
            throw;
        }
    }

    private static async Task EnsureDatabaseAsync(string administration, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(administration);
        await using var look = source.CreateCommand("select 1 from pg_database where datname = 'coordination'");
        if (await look.ExecuteScalarAsync(cancellation) is null)
        {
            await using var create = source.CreateCommand("create database coordination");
            await create.ExecuteNonQueryAsync(cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "PostgreSQL {Version} runs in {Folder} on port {Port} as {User} (taken over: {Adopted})")]
    private static partial void LogRunning(ILogger logger, Version version, string folder, int port, string user, bool adopted);

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL in {Folder} stopped")]
    private static partial void LogStopped(ILogger logger, string folder);
}

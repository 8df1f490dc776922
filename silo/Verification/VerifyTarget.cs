using Coordination.Storage.Embedded;
using Coordination.Storage.Verification;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Coordination.Silo.Verification;

/// <summary>The database to verify: the configured one, or the private one of a data folder, which is started for the while when nobody runs it.</summary>
internal sealed class VerifyTarget : IAsyncDisposable
{
    private readonly EmbeddedPostgres? _started;

    private VerifyTarget(string connectionString, EmbeddedPostgres? started) => (ConnectionString, _started) = (connectionString, started);

    /// <summary>How to connect: never printed.</summary>
    public string ConnectionString { get; }

    /// <summary>Finds it.</summary>
    /// <exception cref="VerificationException">There is none, or it can't be reached; the message says what is missing.</exception>
    public static async Task<VerifyTarget> FindAsync(VerifyArguments arguments, string configured, CancellationToken cancellationToken)
    {
        if (arguments.Data is not { } folder)
        {
            return string.IsNullOrWhiteSpace(configured)
                ? throw new VerificationException("There is no database to verify: set Storage__ConnectionString, or name the folder of a ./run with --data. Nothing was checked.")
                : new VerifyTarget(configured, null);
        }

        if (ServiceFile.Read(folder) is not { } running || !Directory.Exists(Path.Combine(folder, "pg")))
        {
            throw new VerificationException($"{Path.GetFullPath(folder)} has no readable {ServiceFile.Name}: it is not the data folder of a ./run, or it was never started, or it is another user's. Nothing was checked.");
        }

        if (await AnswersAsync(running, cancellationToken))
        {
            return new VerifyTarget(running, null);
        }

        try
        {
            var server = await EmbeddedPostgres.StartAsync(
                new EmbeddedPostgresOptions { DataDirectory = folder, RestartAfterCrash = false }, NullLogger.Instance, cancellationToken);
            return new VerifyTarget(server.ConnectionString, server);
        }
        catch (EmbeddedPostgresException why)
        {
            throw new VerificationException($"The database of {Path.GetFullPath(folder)} does not run and could not be started. {why.Message}", why);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_started is not null)
        {
            await _started.DisposeAsync();
        }
    }

    private static async Task<bool> AnswersAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}

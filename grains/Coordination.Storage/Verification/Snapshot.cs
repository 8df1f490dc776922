using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Coordination.Storage.Verification;

/// <summary>The database as it was at one moment: one repeatable-read, read-only transaction, whatever others write meanwhile.</summary>
internal sealed class Snapshot : IAsyncDisposable
{
    // A statement that searches a whole table of a large database takes seconds.
    private static readonly TimeSpan StatementTimeout = TimeSpan.FromMinutes(2);
    private const int Fetch = 1000;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private Snapshot(NpgsqlConnection connection, NpgsqlTransaction transaction, DateTimeOffset asOf) =>
        (_connection, _transaction, AsOf) = (connection, transaction, asOf);

    /// <summary>When it was taken, by the database's clock.</summary>
    public DateTimeOffset AsOf { get; }

    /// <summary>Takes it.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="name">What the server's list of sessions shows.</param>
    public static async Task<Snapshot> OpenAsync(string connectionString, CancellationToken cancellationToken, string name = "coordination-verify")
    {
        var milliseconds = (long)StatementTimeout.TotalMilliseconds;
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            Enlist = false,
            ApplicationName = name,
            Timeout = 10,
            CommandTimeout = (int)StatementTimeout.TotalSeconds + 10,
            KeepAlive = 5,
            MaxAutoPrepare = 30,
            AutoPrepareMinUsages = 2,
            IncludeErrorDetail = false,
            Options = FormattableString.Invariant(
                $"-c statement_timeout={milliseconds} -c lock_timeout=10000 -c idle_in_transaction_session_timeout={milliseconds} -c default_transaction_read_only=on -c jit=off"),
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

            // The first statement takes the snapshot: until here the service was free to write.
            await using var begin = new NpgsqlCommand("select clock_timestamp(), current_setting('transaction_read_only')", connection);
            await using var reader = await begin.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            if (reader.GetString(1) is not "on")
            {
                throw new VerificationException("The database did not open a transaction that only reads. Nothing was checked and nothing was changed.");
            }

            var asOf = new DateTimeOffset(reader.GetDateTime(0), TimeSpan.Zero);
            await reader.CloseAsync();
            return new Snapshot(connection, transaction, asOf);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>All rows of a statement that answers few.</summary>
    public async Task<List<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object[] arguments)
    {
        await using var command = Command(sql, arguments);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The rows of a statement that may answer millions, a thousand in memory at a time; other statements may run between them.</summary>
    public async IAsyncEnumerable<T> CursorAsync<T>(
        string name, string sql, Func<NpgsqlDataReader, T> read, [EnumeratorCancellation] CancellationToken cancellationToken, params object[] arguments)
    {
        await using (var declare = Command($"declare {name} no scroll cursor for {sql}", arguments))
        {
            await declare.ExecuteNonQueryAsync(cancellationToken);
        }

        var fetch = FormattableString.Invariant($"fetch {Fetch} from {name}");
        List<T> rows;
        do
        {
            rows = await ListAsync(fetch, read, cancellationToken);
            foreach (var row in rows)
            {
                yield return row;
            }
        }
        while (rows.Count == Fetch);

        await using var close = Command($"close {name}");
        await close.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>As <see cref="ListAsync"/>, for a statement that may fail on what was tampered with; null when it did, and the snapshot goes on.</summary>
    public async Task<List<T>?> TryListAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object[] arguments)
    {
        await _transaction.SaveAsync("before", cancellationToken);
        try
        {
            return await ListAsync(sql, read, cancellationToken, arguments);
        }
        catch (PostgresException failed) when (!cancellationToken.IsCancellationRequested
            && (failed.SqlState.StartsWith("22", StringComparison.Ordinal) || string.Equals(failed.SqlState, PostgresErrorCodes.QueryCanceled, StringComparison.Ordinal)))
        {
            await _transaction.RollbackAsync("before", cancellationToken);
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private NpgsqlCommand Command(string sql, params object[] arguments)
    {
#pragma warning disable CA2100 // The checks' own text; what varies is a parameter.
        var command = new NpgsqlCommand(sql, _connection, _transaction);
#pragma warning restore CA2100
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = argument });
        }

        return command;
    }
}

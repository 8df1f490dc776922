using Npgsql;
using NpgsqlTypes;

namespace Coordination.Storage.Fence;

/// <summary>One call of one fence function: a connection, a command, and an ear for the server's warnings.</summary>
internal sealed class FenceCall : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _command;
    private readonly WarningEar _ear;

    private FenceCall(NpgsqlConnection connection, string sql)
    {
        _connection = connection;
        _ear = new WarningEar(connection);
#pragma warning disable CA2100 // The caller passes constants alone.
        _command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
    }

    /// <summary>Opens a connection. A failure here means that nothing was sent.</summary>
    public static async Task<FenceCall> OpenAsync(NpgsqlDataSource source, string sql, CancellationToken cancellationToken) =>
        new(await source.OpenConnectionAsync(cancellationToken), sql);

    public FenceCall Add<T>(T value)
    {
        _command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return this;
    }

    public FenceCall Add(object? value, NpgsqlDbType type)
    {
        _command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return this;
    }

    /// <summary>Runs the call and reads its one row. Null when the server warned: with a synchronous standby a cancelled wait commits locally (rule 6).</summary>
    public async Task<T?> ReadAsync<T>(Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
        where T : class
    {
        T result;
        await using (var reader = await _command.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            result = read(reader);
        }

        return _ear.Warned ? null : result;
    }

    public async ValueTask DisposeAsync()
    {
        _ear.Dispose();
        await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }
}

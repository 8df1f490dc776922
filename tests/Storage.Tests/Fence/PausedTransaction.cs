using Npgsql;

namespace Coordination.Storage.Tests.Fence;

/// <summary>A transaction that stays open until the test says otherwise.</summary>
internal sealed class PausedTransaction : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private PausedTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction) => (_connection, _transaction) = (connection, transaction);

    public static async Task<PausedTransaction> BeginAsync(NpgsqlConnection connection) => new(connection, await connection.BeginTransactionAsync());

    public async Task<T> ScalarAsync<T>(string sql, params object[] arguments)
    {
#pragma warning disable CA2100 // The tests' own text.
        await using var command = new NpgsqlCommand(sql, _connection);
#pragma warning restore CA2100
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = argument });
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }

    public Task RunAsync(string sql, params object[] arguments) => ScalarAsync<object?>(sql, arguments);

    public Task CommitAsync() => _transaction.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}

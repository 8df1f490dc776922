using Npgsql;

namespace Coordination.FaultTests.World;

/// <summary>Cancels whatever waits for the standby, as an operator might, and as a statement's time-out does: the server then commits locally, with a warning.</summary>
internal sealed class ImpatientOperator : IAsyncDisposable
{
    private readonly PeriodicTimer _again = new(TimeSpan.FromMilliseconds(50));
    private readonly Task _work;

    private ImpatientOperator(string connectionString) => _work = WorkAsync(connectionString);

    /// <summary>Begins; ends when disposed.</summary>
    public static ImpatientOperator Begin(string connectionString) => new(connectionString);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _again.Dispose();
        await _work;
    }

    private async Task WorkAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        while (await _again.WaitForNextTickAsync())
        {
            await using var command = new NpgsqlCommand("select count(pg_cancel_backend(pid)) from pg_stat_activity where wait_event = 'SyncRep'", connection);
            await command.ExecuteScalarAsync();
        }
    }
}

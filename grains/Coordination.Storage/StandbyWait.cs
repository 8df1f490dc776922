using Npgsql;

namespace Coordination.Storage;

/// <summary>Makes a reading certain: nobody is told "it took" because of something that a failover would lose.</summary>
internal static class StandbyWait
{
    /// <summary>Returns when all that was read so far is on the synchronous standby, too, if there is one.</summary>
    /// <exception cref="CommitUnconfirmedException">It is not certain to be there.</exception>
    /// <exception cref="NpgsqlException">The database did not answer in time.</exception>
    public static async Task WaitAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var ear = new WarningEar(connection);
        await using var command = new NpgsqlCommand("select wait_for_standby()", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        ear.Check();
    }
}

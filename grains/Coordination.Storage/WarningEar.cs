using Npgsql;

namespace Coordination.Storage;

/// <summary>Hears the server's warnings on one connection. With a synchronous standby a cancelled wait commits locally, and the client is told of it by a warning alone (FENCE.md rule 6).</summary>
internal sealed class WarningEar : IDisposable
{
    private readonly NpgsqlConnection _connection;

    public WarningEar(NpgsqlConnection connection)
    {
        _connection = connection;
        _connection.Notice += OnNotice;
    }

    /// <summary>Whether any warning was heard.</summary>
    public bool Warned { get; private set; }

    /// <summary>Says that the commit is not certain, if there was a warning.</summary>
    /// <exception cref="CommitUnconfirmedException">There was one.</exception>
    public void Check()
    {
        if (Warned)
        {
            throw new CommitUnconfirmedException();
        }
    }

    public void Dispose() => _connection.Notice -= OnNotice;

    private void OnNotice(object sender, NpgsqlNoticeEventArgs e) => Warned |= e.Notice.SqlState.StartsWith("01", StringComparison.Ordinal);
}

using Dapper;

namespace Coordination.Storage.Operations;

/// <summary>What became of claiming an operation id.</summary>
public enum OperationClaim
{
    /// <summary>Nobody used it before.</summary>
    First,

    /// <summary>The same wish used it before: this is a repeat.</summary>
    Repeat,

    /// <summary>Another wish used it before.</summary>
    Reused,
}

/// <summary>Operation ids of wishes that are more than one commit. What each commit does carries an id of its own, derived from this one.</summary>
public interface IOperationStore
{
    /// <summary>Claims an id for a wish, before anything of it is done.</summary>
    /// <param name="id">The operation id.</param>
    /// <param name="stream">What kind of wish it is, such as <c>import</c>.</param>
    /// <param name="fingerprint">A hash of what is wished.</param>
    /// <param name="cancellationToken">Ends the waiting; the claim may stand all the same.</param>
    Task<OperationClaim> ClaimAsync(Guid id, string stream, byte[] fingerprint, CancellationToken cancellationToken);

    /// <summary>Which of these operations took.</summary>
    Task<IReadOnlySet<Guid>> TookAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);
}

/// <summary>The operation table, the same that the commits of accounts and holds write: an id is used once, whatever for.</summary>
public sealed class OperationStore(CoordinationDatabase database) : IOperationStore
{
    /// <inheritdoc/>
    public async Task<OperationClaim> ClaimAsync(Guid id, string stream, byte[] fingerprint, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var arguments = new { id, stream, fingerprint };
        var written = await connection.ExecuteAsync(new CommandDefinition(
            "insert into operation (id, stream, fingerprint) values (@id, @stream, @fingerprint) on conflict (id) do nothing",
            arguments,
            cancellationToken: cancellationToken));
        if (written > 0)
        {
            return OperationClaim.First;
        }

        var same = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select stream = @stream and fingerprint = @fingerprint from operation where id = @id", arguments, cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return same ? OperationClaim.Repeat : OperationClaim.Reused;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlySet<Guid>> TookAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var found = await connection.QueryAsync<Guid>(new CommandDefinition(
            "select id from operation where id = any (@ids)", new { ids = ids.ToArray() }, cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return found.ToHashSet();
    }
}

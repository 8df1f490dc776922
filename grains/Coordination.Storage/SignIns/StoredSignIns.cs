using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Dapper;

namespace Coordination.Storage.SignIns;

/// <summary>Stored sign-ins in PostgreSQL.</summary>
public sealed class StoredSignIns(CoordinationDatabase database) : IStoredSignIns
{
    private const string Columns =
        "select account, server, kind, sealed, expires_at as expiresat, set_at as setat, set_by as setby, set_by_name as setbyname from platform_sign_in";

    /// <inheritdoc/>
    public async Task<StoredSignIn?> FindAsync(AccountKey account, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            new CommandDefinition(Columns + " where account = @account", new { account = account.Value }, cancellationToken: cancellationToken));
        return row?.ToSignIn();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredSignIn>> AllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(Columns + " where sealed is not null order by account", cancellationToken: cancellationToken));
        return [.. rows.Select(r => r.ToSignIn())];
    }

    /// <inheritdoc/>
    public async Task<StoredSignInOutcome> SetAsync(
        AccountKey account, Uri server, string kind, string @sealed, DateTimeOffset? expiresAt, Actor actor, CancellationToken cancellationToken)
    {
        var answer = await AskAsync<string>(
            "select set_platform_sign_in(@account, @server, @kind, @sealed, @expiresAt::timestamptz, @actorId, @actorName, @actorRole)",
            new
            {
                account = account.Value,
                server = server.AbsoluteUri,
                kind,
                @sealed,
                expiresAt = expiresAt?.UtcDateTime,
                actorId = actor.Id,
                actorName = actor.Name,
                actorRole = actor.Role.Id(),
            },
            cancellationToken);
        return answer switch
        {
            "set" => StoredSignInOutcome.Set,
            "gone" => StoredSignInOutcome.Gone,
            "retired" => StoredSignInOutcome.Retired,
            _ => throw new InvalidOperationException($"The database answers '{answer}' about a sign-in."),
        };
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(AccountKey account, Actor actor, CancellationToken cancellationToken) => AskAsync<bool>(
        "select remove_platform_sign_in(@account, @actorId, @actorName, @actorRole, null)",
        new { account = account.Value, actorId = actor.Id, actorName = actor.Name, actorRole = actor.Role.Id() },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ResealAsync(AccountKey account, string former, string @sealed, CancellationToken cancellationToken) => AskAsync<bool>(
        "select reseal_platform_sign_in(@account, @former, @sealed)", new { account = account.Value, former, @sealed }, cancellationToken);

    private async Task<T> AskAsync<T>(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.QuerySingleAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return answer;
    }

    private sealed record Row(string Account, string Server, string Kind, string? Sealed, DateTime? ExpiresAt, DateTime SetAt, string SetBy, string SetByName)
    {
        public StoredSignIn ToSignIn() => new(AccountKey.Parse(Account), Server, Kind, Sealed, ExpiresAt, SetAt, SetBy, SetByName);
    }
}

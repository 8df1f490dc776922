using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Coordination.Domain.Clients;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Dapper;

namespace Coordination.Storage.People;

/// <summary>API clients in PostgreSQL.</summary>
public sealed class ApiClientStore(CoordinationDatabase database) : IApiClientStore
{
    private const string Clients =
        """
        select c.id, c.name, c.owner_id as ownerid, s.name as ownername, s.role as ownerrole, staff_stands(s) as owneractive, array_to_string(c.permissions, ' ') as permissions, c.made_at as madeat,
               c.made_by_name as madebyname, c.ended_at as endedat, c.ended_by_name as endedbyname, c.ended_why as endedwhy
          from api_client c join staff s on s.id = c.owner_id
        """;

    private const string Tokens =
        """
        select client_id as clientid, id, made_at as madeat, made_by_name as madebyname, ends_at as endsat, last_used_at as lastusedat,
               revoked_at as revokedat, revoked_by_name as revokedbyname, revoked_why as revokedwhy
          from api_client_token
        """;

    private const string ByHash =
        """
        select t.id as tokenid, c.id as clientid, c.name as clientname, array_to_string(c.permissions, ' ') as permissions, t.ends_at as endsat, t.revoked_at as revokedat,
               t.ends_at <= clock_timestamp() as ended, s.id as ownerid, s.name as ownername, s.role as ownerrole, s.publishes_on::text as publisheson, staff_stands(s) as active,
               stands_in(s)::text as standsin
          from api_client_token t join api_client c on c.id = t.client_id join staff s on s.id = c.owner_id
         where t.hash = @hash
        """;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ApiClient>> AllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var clients = (await connection.QueryAsync<ClientRow>(new CommandDefinition(
            Clients + " order by c.ended_at is not null, c.purpose is not null, lower(c.name), c.id limit 2000", cancellationToken: cancellationToken))).AsList();
        var tokens = await connection.QueryAsync<TokenRow>(new CommandDefinition(
            Tokens + " where client_id = any(@ids) order by made_at desc, id", new { ids = clients.Select(c => c.Id).ToArray() }, cancellationToken: cancellationToken));
        var of = tokens.ToLookup(t => t.ClientId);
        return [.. clients.Select(c => ToClient(c, of[c.Id]))];
    }

    /// <inheritdoc/>
    public async Task<ApiClient?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var client = await connection.QuerySingleOrDefaultAsync<ClientRow>(new CommandDefinition(Clients + " where c.id = @id", new { id }, cancellationToken: cancellationToken));
        return client is null
            ? null
            : ToClient(client, await connection.QueryAsync<TokenRow>(new CommandDefinition(
                Tokens + " where client_id = @id order by made_at desc, id", new { id }, cancellationToken: cancellationToken)));
    }

    /// <inheritdoc/>
    public Task<ClientOutcome> MakeAsync(Guid id, ClientWish wish, string? token, Actor actor, CancellationToken cancellationToken) => ChangeAsync(
        "select make_api_client(@id, @Name, @OwnerId, @permissions, @tokenId, @hash::bytea, @Days, @most, @Reason, @actorId, @actorName, @actorRole)",
        new
        {
            id,
            wish.Name,
            wish.OwnerId,
            permissions = wish.Permissions.Select(PermissionIds.Id).ToArray(),
            tokenId = Guid.CreateVersion7(),
            hash = token is null ? null : Hash(token),
            wish.Days,
            most = ClientRules.MostClients,
            wish.Reason,
            actorId = actor.Id,
            actorName = actor.Name,
            actorRole = actor.Role.Id(),
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<ClientOutcome> AddTokenAsync(Guid client, Guid id, string token, int days, string reason, Actor actor, CancellationToken cancellationToken) => ChangeAsync(
        "select make_api_token(@client, @id, @hash, @days, @most, @reason, @actorId, @actorName, @actorRole)",
        new { client, id, hash = Hash(token), days, most = ClientRules.MostTokens, reason, actorId = actor.Id, actorName = actor.Name, actorRole = actor.Role.Id() },
        cancellationToken);

    /// <inheritdoc/>
    public Task<ClientOutcome> RevokeAsync(Guid token, string reason, Actor actor, CancellationToken cancellationToken) => ChangeAsync(
        "select revoke_api_token(@token, @reason, @actorId, @actorName, @actorRole)",
        new { token, reason, actorId = actor.Id, actorName = actor.Name, actorRole = actor.Role.Id() },
        cancellationToken);

    /// <inheritdoc/>
    public Task<ClientOutcome> EndAsync(Guid client, string reason, Actor actor, CancellationToken cancellationToken) => ChangeAsync(
        "select end_api_client(@client, @reason, @actorId, @actorName, @actorRole)",
        new { client, reason, actorId = actor.Id, actorName = actor.Name, actorRole = actor.Role.Id() },
        cancellationToken);

    /// <inheritdoc/>
    public async Task<TokenFinding> FindTokenAsync(string token, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<FoundRow>(new CommandDefinition(ByHash, new { hash = Hash(token) }, cancellationToken: cancellationToken));
        if (row is not { Active: true })
        {
            return new TokenFinding.Unknown();
        }

        if (row.RevokedAt is { } revoked)
        {
            return new TokenFinding.Over(revoked, true);
        }

        if (row.Ended)
        {
            return new TokenFinding.Over(row.EndsAt, false);
        }

        var scope = row.PublishesOn is null ? null : JsonSerializer.Deserialize<Scope>(row.PublishesOn, StorageJson.Options);
        return new TokenFinding.Counts(new TokenHolder(
            row.TokenId,
            row.ClientId,
            row.ClientName,
            new StaffMember(row.OwnerId, row.OwnerName, RoleOf(row.OwnerRole), scope, StandsIn: row.StandsIn is null ? null : JsonSerializer.Deserialize<Scope[]>(row.StandsIn, StorageJson.Options)),
            row.Permissions is null ? null : PermissionIds.Known(row.Permissions.Split(' ')),
            row.EndsAt));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlySet<Guid>> CountingAsync(IReadOnlyList<Guid> tokens, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<Guid>(new CommandDefinition(
            "select id from api_client_token where id = any(@ids) and revoked_at is null and ends_at > clock_timestamp()", new { ids = tokens.ToArray() }, cancellationToken: cancellationToken))).ToHashSet();
    }

    /// <inheritdoc/>
    public async Task RecordUsesAsync(IReadOnlyList<Guid> tokens, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);

        // Several hosts tell of one token: whichever comes first in a minute writes, and none waits for another.
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update api_client_token set last_used_at = clock_timestamp()
             where id in (select id from api_client_token
                           where id = any(@ids) and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute')
                           order by id for update skip locked)
            """,
            new { ids = tokens.ToArray() },
            cancellationToken: cancellationToken));
    }

    /// <summary>What is kept of a token. It is 256 random bits, so one plain hash is enough; a password would need more.</summary>
    internal static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private async Task<ClientOutcome> ChangeAsync(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.ExecuteScalarAsync<string>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return answer switch
        {
            "done" => ClientOutcome.Done,
            "again" => ClientOutcome.Again,
            "unknown" => ClientOutcome.Unknown,
            "ended" => ClientOutcome.Ended,
            "name-taken" => ClientOutcome.NameTaken,
            "owner-unknown" => ClientOutcome.OwnerUnknown,
            "too-many" => ClientOutcome.TooMany,
            _ => throw new InvalidOperationException($"The database answered '{answer}' to a change of the clients."),
        };
    }

    private static Role RoleOf(string id) => Roles.TryParse(id, out var role) ? role : throw new JsonException($"Unknown role '{id}'.");

    private static ApiClient ToClient(ClientRow row, IEnumerable<TokenRow> tokens) => new(
        row.Id,
        row.Name,
        row.OwnerId,
        row.OwnerName,
        RoleOf(row.OwnerRole),
        row.OwnerActive,
        row.Permissions is null ? null : PermissionIds.Known(row.Permissions.Split(' ')),
        row.MadeAt,
        row.MadeByName,
        row.EndedAt,
        row.EndedByName,
        row.EndedWhy,
        [.. tokens.Select(t => new ApiToken(t.Id, t.MadeAt, t.MadeByName, t.EndsAt, t.LastUsedAt, t.RevokedAt, t.RevokedByName, t.RevokedWhy))]);

    private sealed record ClientRow(
        Guid Id, string Name, string OwnerId, string OwnerName, string OwnerRole, bool OwnerActive, string? Permissions, DateTime MadeAt, string MadeByName,
        DateTime? EndedAt, string? EndedByName, string? EndedWhy);

    private sealed record TokenRow(
        Guid ClientId, Guid Id, DateTime MadeAt, string MadeByName, DateTime EndsAt, DateTime? LastUsedAt, DateTime? RevokedAt, string? RevokedByName, string? RevokedWhy);

    private sealed record FoundRow(
        Guid TokenId, Guid ClientId, string ClientName, string? Permissions, DateTime EndsAt, DateTime? RevokedAt, bool Ended,
        string OwnerId, string OwnerName, string OwnerRole, string? PublishesOn, bool Active, string? StandsIn);
}

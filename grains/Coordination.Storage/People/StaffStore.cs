using System.Text.Json;
using System.Text.Json.Serialization;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Dapper;

namespace Coordination.Storage.People;

/// <summary>Staff in PostgreSQL.</summary>
public sealed class StaffStore(CoordinationDatabase database) : IStaffStore
{
    private const string Columns = "select s.id, s.name, s.role, s.publishes_on::text as publisheson, staff_stands(s) as active, stands_in(s)::text as standsin from staff s";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StaffMember>> AllAsync(CancellationToken cancellationToken)
    {
        // A hold that names people asks: its own connections, whatever the accounts are doing.
        await using var connection = await database.Fence.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(Columns + " order by s.name, s.id", cancellationToken: cancellationToken));
        return [.. rows.Select(ToMember)];
    }

    /// <inheritdoc/>
    public async Task<StaffMember?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            new CommandDefinition(Columns + " where s.id = @id", new { id }, cancellationToken: cancellationToken));
        return row is null ? null : ToMember(row);
    }

    /// <inheritdoc/>
    public async Task SaveAsync(IReadOnlyList<StaffMember> staff, CancellationToken cancellationToken)
    {
        // The fence's pool: whoever loses Comms is taken off the standing holds under its lock (FENCE.md rule 4).
        var json = JsonSerializer.Serialize(staff.Select(s => new Saved(s.Id, s.Name, Roles.Id(s.Role), s.PublishesOn, s.Active)), StorageJson.Options);
        await using var connection = await database.Fence.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("select save_staff(@json::jsonb)", new { json }, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task SetTokenAsync(string staffId, string purpose, string token, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            "select set_own_token(@staffId, @purpose, @hash)", new { staffId, purpose, hash = ApiClientStore.Hash(token) }, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<StaffMember?> FindByTokenAsync(string token, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            Columns + " join api_client c on c.owner_id = s.id join api_client_token t on t.client_id = c.id where t.hash = @hash and t.revoked_at is null and t.ends_at > clock_timestamp() and staff_stands(s)",
            new { hash = ApiClientStore.Hash(token) },
            cancellationToken: cancellationToken));
        return row is null ? null : ToMember(row);
    }

    private static StaffMember ToMember(Row row) => new(
        row.Id,
        row.Name,
        Roles.TryParse(row.Role, out var role) ? role : throw new JsonException($"Unknown role '{row.Role}'."),
        row.PublishesOn is null ? null : JsonSerializer.Deserialize<Scope>(row.PublishesOn, StorageJson.Options),
        row.Active,
        row.StandsIn is null ? null : JsonSerializer.Deserialize<Scope[]>(row.StandsIn, StorageJson.Options));

    private sealed record Saved(string Id, string Name, string Role, [property: JsonPropertyName("publishes_on")] Scope? PublishesOn, bool Active);

    private sealed record Row(string Id, string Name, string Role, string? PublishesOn, bool Active, string? StandsIn);
}

using System.Text.Json;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Dapper;

namespace Coordination.Storage.People;

/// <summary>The directory in PostgreSQL.</summary>
/// <remarks>Changes are on the fence's pool: whoever loses Comms is taken off the standing holds under its lock (FENCE.md rule 4).</remarks>
public sealed class StaffRegister(CoordinationDatabase database) : IStaffRegister
{
    private const string Select = """
        select s.id, s.name, s.role, s.publishes_on::text as publisheson, s.active, s.starts_at as startsat, s.ends_at as endsat, staff_state(s) as state, s.version,
               (select jsonb_agg(jsonb_build_object('issuer', i.issuer, 'subject', i.subject) order by i.made_at, i.subject) from staff_identity i where i.staff_id = s.id)::text as identities
        from staff s
        """;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StaffRecord>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(Select + " order by s.name, s.id", cancellationToken: cancellationToken));
        return [.. rows.Select(r => r.ToRecord())];
    }

    /// <inheritdoc/>
    public async Task<StaffRecord?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(Select + " where s.id = @id", new { id }, cancellationToken: cancellationToken));
        return row?.ToRecord();
    }

    /// <inheritdoc/>
    public async Task<StaffAnswer> SaveAsync(string id, long version, StaffEntry entry, string reason, Actor actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.Fence.OpenConnectionAsync(cancellationToken);
        var answer = await connection.QuerySingleAsync<string>(new CommandDefinition(
            """
            select change_staff(@id, @version, @Name, @role, @publishesOn::jsonb, @Active, @StartsAt::timestamptz, @EndsAt::timestamptz, @actorId, @actorName, @actorRole, @reason)
            """,
            new
            {
                id,
                version,
                entry.Name,
                role = entry.Role.Id(),
                publishesOn = entry.PublishesOn is null ? null : JsonSerializer.Serialize(entry.PublishesOn, StorageJson.Options),
                entry.Active,
                StartsAt = entry.StartsAt?.UtcDateTime,
                EndsAt = entry.EndsAt?.UtcDateTime,
                actorId = actor.Id,
                actorName = actor.Name,
                actorRole = actor.Role.Id(),
                reason,
            },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return answer switch
        {
            "saved" => StaffAnswer.Saved,
            "same" => StaffAnswer.Same,
            "changed" => StaffAnswer.Changed,
            "own" => StaffAnswer.Own,
            "actor-gone" => StaffAnswer.ActorGone,
            "last-manager" => StaffAnswer.LastManager,
            _ => throw new InvalidOperationException($"The database answered '{answer}'."),
        };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> EndDueAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Fence.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<string[]>(new CommandDefinition("select end_staff_terms()", cancellationToken: cancellationToken));
    }

    private sealed record Identity(string Issuer, string Subject);

    private sealed record Row(
        string Id, string Name, string Role, string? PublishesOn, bool Active, DateTime? StartsAt, DateTime? EndsAt, string State, long Version, string? Identities)
    {
        public StaffRecord ToRecord() => new(
            Id,
            new StaffEntry
            {
                Name = Name,
                Role = Roles.TryParse(Role, out var role) ? role : throw new JsonException($"Unknown role '{Role}'."),
                PublishesOn = PublishesOn is null ? null : JsonSerializer.Deserialize<Scope>(PublishesOn, StorageJson.Options),
                Active = Active,
                StartsAt = StartsAt,
                EndsAt = EndsAt,
            },
            StaffStates.TryParse(State, out var state) ? state : throw new JsonException($"Unknown state '{State}'."),
            Version,
            Identities is null ? [] : [.. JsonSerializer.Deserialize<Identity[]>(Identities, StorageJson.Options)!.Select(i => new ExternalIdentity(i.Issuer, i.Subject))]);
    }
}

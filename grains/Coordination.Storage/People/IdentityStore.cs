using System.Text.Json;
using Coordination.Domain.People;
using Dapper;

namespace Coordination.Storage.People;

/// <summary>Identities in PostgreSQL.</summary>
/// <remarks>All on the fence's pool: whoever loses Comms is taken off the standing holds under its lock (FENCE.md rule 4).</remarks>
public sealed class IdentityStore(CoordinationDatabase database) : IIdentityStore
{
    /// <inheritdoc/>
    public Task<bool> LinkAsync(Actor by, string staffId, ExternalIdentity identity, string reason, CancellationToken cancellationToken) =>
        ChangeAsync("select link_identity(@staffId, @Issuer, @Subject, @byId, @byName, @byRole, @reason)", by, staffId, identity, reason, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> UnlinkAsync(Actor by, string staffId, ExternalIdentity identity, string reason, CancellationToken cancellationToken) =>
        ChangeAsync("select unlink_identity(@staffId, @Issuer, @Subject, @byId, @byName, @byRole, @reason)", by, staffId, identity, reason, cancellationToken);

    /// <inheritdoc/>
    public Task<Admission> AdmitKnownAsync(ExternalIdentity identity, CancellationToken cancellationToken) =>
        AdmitAsync("select answer, member from admit_known(@Issuer, @Subject)", identity, cancellationToken);

    /// <inheritdoc/>
    public Task<Admission> AdmitMappedAsync(ExternalIdentity identity, StaffMember person, CancellationToken cancellationToken) => AdmitAsync(
        "select answer, member from admit_mapped(@Issuer, @Subject, @Id, @Name, @role, @publishesOn::jsonb)",
        new
        {
            identity.Issuer,
            identity.Subject,
            person.Id,
            person.Name,
            role = person.Role.Id(),
            publishesOn = person.PublishesOn is null ? null : JsonSerializer.Serialize(person.PublishesOn, StorageJson.Options),
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task RefuseAsync(ExternalIdentity identity, string why, bool lapse, CancellationToken cancellationToken) => ExecuteAsync(
        "select refuse_sign_in(@Issuer, @Subject, @why, @lapse)", new { identity.Issuer, identity.Subject, why, lapse }, cancellationToken);

    /// <inheritdoc/>
    public async Task<string?> FindAsync(ExternalIdentity identity, CancellationToken cancellationToken)
    {
        await using var connection = await database.Fence.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            "select staff_id from staff_identity where issuer = @Issuer and subject = @Subject", new { identity.Issuer, identity.Subject }, cancellationToken: cancellationToken));
    }

    private async Task<bool> ChangeAsync(string sql, Actor by, string staffId, ExternalIdentity identity, string reason, CancellationToken cancellationToken)
    {
        await using var connection = await database.Fence.OpenConnectionAsync(cancellationToken);
        var changed = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            sql,
            new { staffId, identity.Issuer, identity.Subject, byId = by.Id, byName = by.Name, byRole = by.Role.Id(), reason },
            cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return changed;
    }

    private async Task<Admission> AdmitAsync(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await database.Fence.OpenConnectionAsync(cancellationToken);
        var (answer, member) = await connection.QuerySingleAsync<(string, string?)>(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken));

        // A role that is given is certain before anybody acts in it.
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return (answer, member) is ("admitted", { } id) ? new Admission.Admitted(id) : new Admission.Refused(answer);
    }

    private async Task ExecuteAsync(string sql, object arguments, CancellationToken cancellationToken)
    {
        await using var connection = await database.Fence.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, arguments, cancellationToken: cancellationToken));
    }
}

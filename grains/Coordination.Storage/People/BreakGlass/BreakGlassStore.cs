using System.Text.Json;
using Coordination.Domain.People;
using Coordination.Domain.People.BreakGlass;
using Dapper;
using Npgsql;

namespace Coordination.Storage.People.BreakGlass;

/// <summary>Break-glass accounts in PostgreSQL.</summary>
public sealed class BreakGlassStore(CoordinationDatabase database) : IBreakGlassStore
{
    private const string Accounts =
        """
        select b.staff_id as StaffId, b.user_name as UserName, s.name as Name, b.grant_id as GrantId, b.granted_at as GrantedAt, b.granted_name as GrantedName, b.version as Version,
               b.stamp as Stamp, b.password_hash as PasswordHash, b.app_key as AppKey, b.app_confirmed as AppConfirmed, b.codes_salt as CodesSalt, b.codes as Codes,
               b.codes_made_at as CodesMadeAt, b.failed as Failed, b.locked_until as LockedUntil, b.used_at as UsedAt
        from break_glass b join staff s on s.id = b.staff_id
        """;

    private const string Passkeys =
        """
        select k.credential_id as CredentialId, k.staff_id as StaffId, k.name as Name, k.public_key as PublicKey, k.made_at as MadeAt, k.sign_count as SignCount, k.transports as Transports,
               k.user_verified as UserVerified, k.backup_eligible as BackupEligible, k.backed_up as BackedUp, k.attestation as Attestation, k.client_data as ClientData
        from break_glass_passkey k
        """;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BreakGlassAccount>> AllAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(connection, Accounts + " order by s.name, s.id", Passkeys + " order by k.made_at", new { }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<BreakGlassAccount?> FindAsync(string staffId, CancellationToken cancellationToken) => FindAsync("b.staff_id = @value", staffId, cancellationToken);

    /// <inheritdoc/>
    public Task<BreakGlassAccount?> FindByUserNameAsync(string userName, CancellationToken cancellationToken) => FindAsync("b.user_name = @value", userName, cancellationToken);

    /// <inheritdoc/>
    public Task<BreakGlassAccount?> FindByPasskeyAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        FindAsync("b.staff_id = (select p.staff_id from break_glass_passkey p where p.credential_id = @value)", credentialId, cancellationToken);

    /// <inheritdoc/>
    public async Task<Guid?> GrantOfAsync(string staffId, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(
            "select b.grant_id from break_glass b join staff s on s.id = b.staff_id where b.staff_id = @staffId and staff_stands(s)", new { staffId }, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public Task<string> GrantAsync(Actor by, StaffMember person, string stamp, string reason, CancellationToken cancellationToken) => AnswerAsync(
        "select grant_break_glass(@Id, @userName, @stamp, @byId, @byName, @byRole, @reason)",
        new { person.Id, userName = BreakGlassRules.UserName(person.Name), stamp, byId = by.Id, byName = by.Name, byRole = by.Role.Id(), reason },
        cancellationToken);

    /// <inheritdoc/>
    public Task<string> RevokeAsync(Actor by, string staffId, string reason, CancellationToken cancellationToken) => AnswerAsync(
        "select revoke_break_glass(@staffId, @byId, @byName, @byRole, @reason)",
        new { staffId, byId = by.Id, byName = by.Name, byRole = by.Role.Id(), reason },
        cancellationToken);

    /// <inheritdoc/>
    public async Task<BreakGlassSaved> SaveAsync(
        BreakGlassAccount account, IReadOnlyList<BreakGlassChange> changes, BreakGlassAttempt attempt, BreakGlassUse? use, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(
            """
            select save_break_glass(@StaffId, @GrantId, @Version, @Stamp, @PasswordHash, @ProtectedAppKey, @AppConfirmed, @salt, @codes, @CodesMadeAt::timestamptz, @Failed,
                                    @LockedUntil::timestamptz, @passkeys::jsonb, @events::jsonb, @failure, @reason, @method, @proof, @until::timestamptz)
            """,
            new
            {
                account.StaffId, account.GrantId, account.Version, account.Stamp, account.PasswordHash, account.ProtectedAppKey, account.AppConfirmed,
                salt = account.CodesSalt?.ToArray(),
                codes = account.Codes.ToArray(),
                CodesMadeAt = account.CodesMadeAt?.UtcDateTime,
                account.Failed,
                LockedUntil = account.LockedUntil?.UtcDateTime,
                passkeys = JsonSerializer.Serialize(account.Passkeys.Select(StoredPasskey.Of), StorageJson.Options),
                events = JsonSerializer.Serialize(changes.Select(c => new { @event = c.Event, what = new { name = c.Name } }), StorageJson.Options),
                failure = attempt switch { BreakGlassAttempt.Failed => "failed", BreakGlassAttempt.Locked => "locked", _ => null },
                reason = use?.Reason,
                method = use?.Method,
                proof = use?.Proof,
                until = use?.Until.UtcDateTime,
            },
            cancellationToken);
        return answer switch
        {
            "done" => BreakGlassSaved.Done,
            "again" => BreakGlassSaved.Again,
            _ => BreakGlassSaved.Conflict,
        };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BreakGlassAlarm>> AlarmsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(long Id, string Kind, DateTime At, string StaffId, string StaffName, string? Reason, string? Method)>(new CommandDefinition(
            "select id, kind, at, staff_id, staff_name, reason, method from break_glass_alarm where seen_at is null order by id limit 50", cancellationToken: cancellationToken));
        return [.. rows.Select(r => new BreakGlassAlarm(r.Id, r.Kind, r.At, r.StaffId, r.StaffName, r.Reason, r.Method))];
    }

    /// <inheritdoc/>
    public Task<string> SeeAsync(Actor by, long id, CancellationToken cancellationToken) => AnswerAsync(
        "select see_break_glass(@id, @byId, @byName, @byRole)", new { id, byId = by.Id, byName = by.Name, byRole = by.Role.Id() }, cancellationToken);

    private async Task<BreakGlassAccount?> FindAsync(string where, object value, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var found = await ReadAsync(
            connection,
            $"{Accounts} where staff_stands(s) and {where}",
            $"{Passkeys} where k.staff_id in (select b.staff_id from break_glass b where {where}) order by k.made_at",
            new { value },
            cancellationToken);
        return found is [var one] ? one : null;
    }

    // Both in one reading: an account and its passkeys belong together.
    private static async Task<IReadOnlyList<BreakGlassAccount>> ReadAsync(NpgsqlConnection connection, string accounts, string passkeys, object values, CancellationToken cancellationToken)
    {
        await using var read = await connection.QueryMultipleAsync(new CommandDefinition($"{accounts}; {passkeys}", values, cancellationToken: cancellationToken));
        var rows = (await read.ReadAsync<AccountRow>()).AsList();
        var keys = (await read.ReadAsync<PasskeyRow>()).ToLookup(k => k.StaffId, StringComparer.Ordinal);
        return [.. rows.Select(r => r.Read([.. keys[r.StaffId].Select(k => k.Read())]))];
    }

    // What was answered is certain before anybody goes by it.
    private async Task<string> AnswerAsync(string sql, object values, CancellationToken cancellationToken)
    {
        await using var connection = await database.Main.OpenConnectionAsync(cancellationToken);
        var answer = await connection.ExecuteScalarAsync<string>(new CommandDefinition(sql, values, cancellationToken: cancellationToken));
        await StandbyWait.WaitAsync(connection, cancellationToken);
        return answer ?? "";
    }
}

using Coordination.Domain.People.BreakGlass;
using Coordination.Storage.People.BreakGlass;
using Microsoft.AspNetCore.Identity;

namespace Coordination.Dashboard.SignIn.BreakGlass;

/// <summary>One account as ASP.NET Core Identity handles it: as it was read, with what has changed since. All of it is kept at once, by <see cref="BreakGlassUsers.UpdateAsync"/>.</summary>
public sealed class BreakGlassUser(BreakGlassAccount account)
{
    /// <summary>As it is now.</summary>
    public BreakGlassAccount Account { get; set; } = account;

    /// <summary>What its person changed, for the journal.</summary>
    public IList<BreakGlassChange> Changes { get; } = [];

    /// <summary>What an attempt in vain did to it.</summary>
    public BreakGlassAttempt Attempt { get; set; }

    /// <summary>The sign-in that the next keeping lets in; null for none.</summary>
    public BreakGlassUse? Use { get; set; }

    /// <summary>What came of the last keeping.</summary>
    public BreakGlassSaved Saved { get; set; }

    /// <summary>Whether it can be signed in with.</summary>
    public bool IsComplete => Complete(Account);

    /// <summary>Whether an account can be signed in with.</summary>
    public static bool Complete(BreakGlassAccount account) => BreakGlassRules.IsComplete(
        account.Passkeys.Count, account.PasswordHash is not null, account.AppConfirmed, account.CodesMadeAt is not null);

    /// <summary>Whether passwords are refused now.</summary>
    public bool IsLocked(DateTimeOffset now) => Account.LockedUntil > now;
}

/// <summary>Passkeys between Identity's form and the stored one.</summary>
internal static class Passkeys
{
    public static UserPasskeyInfo ToInfo(BreakGlassPasskey key) => new(
        key.CredentialId, key.PublicKey, key.MadeAt, (uint)key.SignCount, key.Transports, key.UserVerified, key.BackupEligible, key.BackedUp, key.Attestation, key.ClientData)
    {
        Name = key.Name,
    };

    public static BreakGlassPasskey ToStored(UserPasskeyInfo info) => new()
    {
        CredentialId = info.CredentialId, Name = string.IsNullOrWhiteSpace(info.Name) ? "Passkey" : info.Name, PublicKey = info.PublicKey, MadeAt = info.CreatedAt, SignCount = info.SignCount,
        Transports = info.Transports ?? [], UserVerified = info.IsUserVerified, BackupEligible = info.IsBackupEligible, BackedUp = info.IsBackedUp,
        Attestation = info.AttestationObject, ClientData = info.ClientDataJson,
    };
}

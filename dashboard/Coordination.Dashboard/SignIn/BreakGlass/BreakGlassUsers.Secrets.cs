using Coordination.Domain.People.BreakGlass;
using Coordination.Storage.People.BreakGlass;
using Microsoft.AspNetCore.Identity;

namespace Coordination.Dashboard.SignIn.BreakGlass;

/// <content>What an account is signed in with.</content>
public sealed partial class BreakGlassUsers
{
    /// <inheritdoc/>
    public Task SetPasswordHashAsync(BreakGlassUser user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.Account = user.Account with { PasswordHash = passwordHash };
        user.Changes.Add(new BreakGlassChange(BreakGlassEvents.PasswordSet));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> GetPasswordHashAsync(BreakGlassUser user, CancellationToken cancellationToken) => Task.FromResult(user.Account.PasswordHash);

    /// <inheritdoc/>
    public Task<bool> HasPasswordAsync(BreakGlassUser user, CancellationToken cancellationToken) => Task.FromResult(user.Account.PasswordHash is not null);

    /// <inheritdoc/>
    public Task SetSecurityStampAsync(BreakGlassUser user, string stamp, CancellationToken cancellationToken)
    {
        user.Account = user.Account with { Stamp = stamp };
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> GetSecurityStampAsync(BreakGlassUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Account.Stamp);

    /// <inheritdoc/>
    public Task SetTwoFactorEnabledAsync(BreakGlassUser user, bool enabled, CancellationToken cancellationToken)
    {
        user.Account = user.Account with { AppConfirmed = enabled };
        user.Changes.Add(new BreakGlassChange(BreakGlassEvents.AppConnected));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> GetTwoFactorEnabledAsync(BreakGlassUser user, CancellationToken cancellationToken) => Task.FromResult(user.Account.AppConfirmed);

    /// <inheritdoc/>
    public Task SetAuthenticatorKeyAsync(BreakGlassUser user, string key, CancellationToken cancellationToken)
    {
        user.Account = user.Account with { ProtectedAppKey = keys.Protect(key), AppConfirmed = false };
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> GetAuthenticatorKeyAsync(BreakGlassUser user, CancellationToken cancellationToken) => Task.FromResult(keys.Read(user.Account.ProtectedAppKey));

    /// <inheritdoc/>
    public Task ReplaceCodesAsync(BreakGlassUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        var salt = RecoveryCodes.NewSalt();
        user.Account = user.Account with { CodesSalt = salt, Codes = [.. recoveryCodes.Select(c => codes.Hash(c, salt))], CodesMadeAt = time.GetUtcNow() };
        user.Changes.Add(new BreakGlassChange(BreakGlassEvents.CodesMade));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> RedeemCodeAsync(BreakGlassUser user, string code, CancellationToken cancellationToken)
    {
        var at = codes.Find(user.Account, code);
        if (at >= 0)
        {
            user.Account = user.Account with { Codes = [.. user.Account.Codes.Where((_, i) => i != at)] };
        }

        return Task.FromResult(at >= 0);
    }

    /// <inheritdoc/>
    public Task<int> CountCodesAsync(BreakGlassUser user, CancellationToken cancellationToken) => Task.FromResult(user.Account.Codes.Count);

    /// <inheritdoc/>
    public Task<DateTimeOffset?> GetLockoutEndDateAsync(BreakGlassUser user, CancellationToken cancellationToken) => Task.FromResult(user.Account.LockedUntil);

    /// <inheritdoc/>
    public Task SetLockoutEndDateAsync(BreakGlassUser user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken)
    {
        user.Account = user.Account with { LockedUntil = lockoutEnd };
        user.Attempt = BreakGlassAttempt.Locked;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<int> IncrementAccessFailedCountAsync(BreakGlassUser user, CancellationToken cancellationToken)
    {
        user.Account = user.Account with { Failed = user.Account.Failed + 1 };
        user.Attempt = BreakGlassAttempt.Failed;
        return Task.FromResult(user.Account.Failed);
    }

    /// <inheritdoc/>
    public Task ResetAccessFailedCountAsync(BreakGlassUser user, CancellationToken cancellationToken)
    {
        user.Account = user.Account with { Failed = 0 };
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<int> GetAccessFailedCountAsync(BreakGlassUser user, CancellationToken cancellationToken) => Task.FromResult(user.Account.Failed);

    /// <inheritdoc/>
    public Task<bool> GetLockoutEnabledAsync(BreakGlassUser user, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Does nothing: every account can be locked.</summary>
    public Task SetLockoutEnabledAsync(BreakGlassUser user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task AddOrUpdatePasskeyAsync(BreakGlassUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var stored = Passkeys.ToStored(passkey);
        var others = user.Account.Passkeys.Where(k => !Is(k, stored.CredentialId)).ToList();
        if (others.Count == user.Account.Passkeys.Count)
        {
            user.Changes.Add(new BreakGlassChange(BreakGlassEvents.PasskeyAdded, stored.Name));
        }

        user.Account = user.Account with { Passkeys = [.. others, stored] };
        return others.Count < BreakGlassRules.MostPasskeys ? Task.CompletedTask : throw new InvalidOperationException("There are as many passkeys as there can be.");
    }

    /// <inheritdoc/>
    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(BreakGlassUser user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.Account.Passkeys.Select(Passkeys.ToInfo)]);

    /// <inheritdoc/>
    public async Task<BreakGlassUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => Of(await store.FindByPasskeyAsync(credentialId, cancellationToken));

    /// <inheritdoc/>
    public Task<UserPasskeyInfo?> FindPasskeyAsync(BreakGlassUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(user.Account.Passkeys.FirstOrDefault(k => Is(k, credentialId)) is { } key ? Passkeys.ToInfo(key) : null);

    /// <inheritdoc/>
    public Task RemovePasskeyAsync(BreakGlassUser user, byte[] credentialId, CancellationToken cancellationToken)
    {
        foreach (var key in user.Account.Passkeys.Where(k => Is(k, credentialId)))
        {
            user.Changes.Add(new BreakGlassChange(BreakGlassEvents.PasskeyRemoved, key.Name));
        }

        user.Account = user.Account with { Passkeys = [.. user.Account.Passkeys.Where(k => !Is(k, credentialId))] };
        return Task.CompletedTask;
    }

    private static bool Is(BreakGlassPasskey key, byte[] credentialId) => key.CredentialId.AsSpan().SequenceEqual(credentialId);
}

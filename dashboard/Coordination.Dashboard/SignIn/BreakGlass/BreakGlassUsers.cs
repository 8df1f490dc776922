using Coordination.Storage.People.BreakGlass;
using Microsoft.AspNetCore.Identity;

namespace Coordination.Dashboard.SignIn.BreakGlass;

/// <summary>The store that ASP.NET Core Identity works on. What it sets stays in the <see cref="BreakGlassUser"/> until <see cref="UpdateAsync"/> keeps all of it, with the journal, in one commit.</summary>
public sealed partial class BreakGlassUsers(IBreakGlassStore store, AppKeys keys, RecoveryCodes codes, TimeProvider time) :
    IUserPasswordStore<BreakGlassUser>, IUserSecurityStampStore<BreakGlassUser>, IUserLockoutStore<BreakGlassUser>, IUserTwoFactorStore<BreakGlassUser>,
    IUserAuthenticatorKeyStore<BreakGlassUser>, IUserTwoFactorRecoveryCodeStore<BreakGlassUser>, IUserPasskeyStore<BreakGlassUser>
{
    /// <inheritdoc/>
    public void Dispose()
    {
        // It holds nothing open.
    }

    /// <inheritdoc/>
    public async Task<BreakGlassUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Of(await store.FindAsync(userId, cancellationToken));

    /// <summary>Finds by user name. Identity hands it in capitals; they are kept in small letters.</summary>
    public async Task<BreakGlassUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        Of(await store.FindByUserNameAsync(normalizedUserName.ToLowerInvariant(), cancellationToken));

    /// <inheritdoc/>
    public Task<string> GetUserIdAsync(BreakGlassUser user, CancellationToken cancellationToken) => Task.FromResult(user.Account.StaffId);

    /// <inheritdoc/>
    public Task<string?> GetUserNameAsync(BreakGlassUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Account.UserName);

    /// <inheritdoc/>
    public Task<string?> GetNormalizedUserNameAsync(BreakGlassUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Account.UserName.ToUpperInvariant());

    /// <summary>Does nothing: the user name comes with the grant.</summary>
    public Task SetUserNameAsync(BreakGlassUser user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Does nothing: the user name comes with the grant.</summary>
    public Task SetNormalizedUserNameAsync(BreakGlassUser user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Refused: an account is granted, by somebody and with a reason.</summary>
    public Task<IdentityResult> CreateAsync(BreakGlassUser user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Failed());

    /// <summary>Refused: an account is taken back, by somebody and with a reason.</summary>
    public Task<IdentityResult> DeleteAsync(BreakGlassUser user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Failed());

    /// <summary>Keeps everything that was set since the account was read, if nobody else has changed it meanwhile.</summary>
    public async Task<IdentityResult> UpdateAsync(BreakGlassUser user, CancellationToken cancellationToken)
    {
        user.Saved = await store.SaveAsync(user.Account, [.. user.Changes], user.Attempt, user.Use, cancellationToken);
        if (user.Saved != BreakGlassSaved.Done)
        {
            return IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
        }

        user.Account = user.Account with { Version = user.Account.Version + 1 };
        (user.Attempt, user.Use) = (BreakGlassAttempt.None, null);
        user.Changes.Clear();
        return IdentityResult.Success;
    }

    private static BreakGlassUser? Of(BreakGlassAccount? account) => account is null ? null : new BreakGlassUser(account);
}

using System.Security.Claims;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.People.BreakGlass;
using Coordination.Domain.Posts;
using Microsoft.AspNetCore.Identity;

namespace Coordination.Dashboard.SignIn.BreakGlass;

/// <summary>What a person does about their own account, while the usual sign-in works: whoever came in by the account itself changes nothing about it.</summary>
public sealed class BreakGlassOwn(UserManager<BreakGlassUser> users, SignInManager<BreakGlassUser> passkeys, BreakGlassUsers store, TimeProvider time)
{
    private static readonly Refusal None = new("not-found", "You have no break-glass account, or none any more. Nothing was changed. A Comms manager gives one.", RefusalKind.NotFound);

    private static readonly Refusal Usual = new(
        "usual-sign-in", "You are signed in by the account itself. Nothing was changed. Sign in by your brigade account to change how this one is signed in with.", RefusalKind.Forbidden);

    private static readonly Refusal Changed = new("changed", "The account was changed at the same time, perhaps on another page. Nothing was changed by this. Try again.", RefusalKind.Conflict);

    /// <summary>The person's account; null for none, or when they may not change it now.</summary>
    public async Task<BreakGlassUser?> FindAsync(ClaimsPrincipal me) =>
        BreakGlassSession.Of(me) is null && me.TryGetActor(out var actor) ? await users.FindByIdAsync(actor.Id) : null;

    /// <summary>The person's account, to look at; null for none.</summary>
    public async Task<BreakGlassUser?> ShowAsync(ClaimsPrincipal me) => me.TryGetActor(out var actor) ? await users.FindByIdAsync(actor.Id) : null;

    /// <summary>A new key for an authenticator app; it counts once the app has shown a right code.</summary>
    public string NewAppKey() => users.GenerateNewAuthenticatorKey();

    /// <summary>Sets the password.</summary>
    /// <returns>Why not; null when it is set.</returns>
    public Task<Refusal?> SetPasswordAsync(ClaimsPrincipal me, string password) => ChangeAsync(me, async user =>
    {
        if (password.Length > BreakGlassRules.LongestPassword)
        {
            return new Refusal("password-too-long", $"The password has {password.Length} characters; {BreakGlassRules.LongestPassword} fit. Nothing was changed.");
        }

        foreach (var validator in users.PasswordValidators)
        {
            if (await validator.ValidateAsync(users, user, password) is { Succeeded: false } no)
            {
                return new Refusal("password-weak", string.Join(' ', no.Errors.Select(e => e.Description)) + " Nothing was changed.");
            }
        }

        await store.SetPasswordHashAsync(user, users.PasswordHasher.HashPassword(user, password), CancellationToken.None);
        return (await users.UpdateSecurityStampAsync(user)).Succeeded ? null : Changed;
    });

    /// <summary>Connects an app that shows a right code for a key.</summary>
    /// <returns>Why not; null when it is connected. A former app ends.</returns>
    public Task<Refusal?> ConnectAppAsync(ClaimsPrincipal me, string key, string code) => ChangeAsync(me, async user =>
    {
        await store.SetAuthenticatorKeyAsync(user, key, CancellationToken.None);
        var digits = string.Concat(code.Where(char.IsAsciiDigit));
        if (digits.Length != 6 || !await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, digits))
        {
            return new Refusal("code-wrong", "That is not the code that the app shows now. Nothing was changed. Wait for the next one; if it happens again, let the phone set its clock by the network.");
        }

        return (await users.SetTwoFactorEnabledAsync(user, true)).Succeeded ? null : Changed;
    });

    /// <summary>Makes recovery codes; former ones end.</summary>
    /// <returns>Why not, or the codes: they can be read this once.</returns>
    public async Task<(Refusal? Refusal, IReadOnlyList<string> Codes)> NewCodesAsync(ClaimsPrincipal me)
    {
        IReadOnlyList<string> made = [];
        var refusal = await ChangeAsync(me, async user =>
        {
            if (user.Account.PasswordHash is null)
            {
                return new Refusal("password-missing", "Set a password first: a recovery code works together with it. Nothing was changed.", RefusalKind.Conflict);
            }

            made = [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(user, BreakGlassRules.Codes) ?? []];
            return made.Count > 0 ? null : Changed;
        });
        return (refusal, made);
    }

    /// <summary>Removes a passkey.</summary>
    /// <returns>Why not; null when it is gone.</returns>
    public Task<Refusal?> RemovePasskeyAsync(ClaimsPrincipal me, byte[] credentialId) =>
        ChangeAsync(me, async user => (await users.RemovePasskeyAsync(user, credentialId)).Succeeded ? null : Changed);

    /// <summary>Adds the passkey that a browser has made.</summary>
    /// <returns>Whether it was added.</returns>
    public async Task<bool> AddPasskeyAsync(ClaimsPrincipal me, string credential, string? name)
    {
        if (Old(me) is not null || await FindAsync(me) is not { } user || user.Account.Passkeys.Count >= BreakGlassRules.MostPasskeys)
        {
            return false;
        }

        PasskeyAttestationResult made;
        try
        {
            made = await passkeys.PerformPasskeyAttestationAsync(credential);
        }
        catch (InvalidOperationException)
        {
            // It answers no question that this browser was asked.
            return false;
        }

        if (!made.Succeeded || !string.Equals(made.UserEntity.Id, user.Account.StaffId, StringComparison.Ordinal))
        {
            return false;
        }

        var clean = StorableText.Clean(name ?? "", BreakGlassRules.LongestPasskeyName).Trim();
        made.Passkey.Name = clean.Length == 0 ? "Passkey" : clean;
        return (await users.AddOrUpdatePasskeyAsync(user, made.Passkey)).Succeeded;
    }

    private async Task<Refusal?> ChangeAsync(ClaimsPrincipal me, Func<BreakGlassUser, Task<Refusal?>> change) =>
        BreakGlassSession.Of(me) is not null ? Usual : Old(me) ?? (await FindAsync(me) is { } user ? await change(user) : None);

    // The page is open for long: what its sign-in said when it was opened is looked at anew.
    private Refusal? Old(ClaimsPrincipal me) =>
        me.TryGetActor(out var actor) ? FreshSignIn.Check(actor with { Stale = actor.Stale || me.IsStale(time.GetUtcNow()) }, FreshSignIn.ChangeOwnBreakGlass) : null;
}

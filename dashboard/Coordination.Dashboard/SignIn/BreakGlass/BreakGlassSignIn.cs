using System.Security.Cryptography;
using System.Text;
using Coordination.Domain.People.BreakGlass;
using Coordination.Storage.People.BreakGlass;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.SignIn.BreakGlass;

/// <summary>Somebody who is let in.</summary>
/// <param name="StaffId">As whom.</param>
/// <param name="Session">Until when, and by which grant.</param>
public sealed record BreakGlassAdmitted(string StaffId, BreakGlassSession Session);

/// <summary>Looks at what somebody proves themselves with, and lets them in by the commit that records it: without the record there is no sign-in.</summary>
/// <remarks>
/// Identity checks passwords, codes and passkeys. Every attempt that fails has done the same: one password looked at, one code looked at, and
/// <see cref="AtLeast"/> gone by. Accounts are kept only as they were read, so that guesses sent together count one after the other.
/// </remarks>
public sealed partial class BreakGlassSignIn(
    UserManager<BreakGlassUser> users, SignInManager<BreakGlassUser> passkeys, RecoveryCodes codes, Decoy decoy, BreakGlassInstruments instruments,
    IOptions<SignInOptions> options, TimeProvider time, ILogger<BreakGlassSignIn> logger)
{
    /// <summary>How long a refusal takes at least: longer than what a database does for an account that exists.</summary>
    public static readonly TimeSpan AtLeast = TimeSpan.FromMilliseconds(800);

    private const int Rounds = 10;

    /// <summary>By user name, password, and the app's code or a recovery code.</summary>
    /// <returns>Null when they are not let in; why is nobody's business.</returns>
    public Task<BreakGlassAdmitted?> ByPasswordAsync(string userName, string password, string code, string reason, CancellationToken cancellationToken) =>
        AtEvenPaceAsync(() => CheckPasswordAsync(userName, password, code, reason), cancellationToken);

    /// <summary>By a passkey, which says by itself whose it is. The lock is for passwords: a passkey cannot be guessed, and nobody can keep its owner out.</summary>
    /// <returns>Null when they are not let in.</returns>
    public Task<BreakGlassAdmitted?> ByPasskeyAsync(string credential, string reason, CancellationToken cancellationToken) =>
        AtEvenPaceAsync(() => CheckPasskeyAsync(credential, reason), cancellationToken);

    private async Task<BreakGlassAdmitted?> CheckPasswordAsync(string userName, string password, string code, string reason)
    {
        var known = userName.Length is > 0 and <= BreakGlassRules.LongestUserName ? await users.FindByNameAsync(userName.Trim()) : null;
        var open = known is { IsComplete: true } && !known.IsLocked(time.GetUtcNow());
        var subject = open ? known! : decoy.User();

        var passwordRight = await users.CheckPasswordAsync(subject, password);
        var digits = AppDigits(code);
        var codeRight = digits is null ? codes.Find(subject.Account, code) >= 0 : await IsOfAppAsync(subject, digits);
        if (!open)
        {
            return null;
        }

        if (!passwordRight || !codeRight)
        {
            await CommitAsync(subject, users.AccessFailedAsync);
            return null;
        }

        var use = Use(reason, digits is null ? "code" : "app", $"{subject.Account.StaffId}\n{digits ?? code}");
        return await CommitAsync(subject, user =>
        {
            user.Account = user.Account with { Failed = 0 };
            user.Use = use;
            return digits is null ? users.RedeemTwoFactorRecoveryCodeAsync(user, code) : users.UpdateAsync(user);
        })
            ? Admitted(subject, use)
            : null;
    }

    private async Task<BreakGlassAdmitted?> CheckPasskeyAsync(string credential, string reason)
    {
        if (ClientData(credential) is not { } said)
        {
            return null;
        }

        PasskeyAssertionResult<BreakGlassUser> result;
        try
        {
            result = await passkeys.PerformPasskeyAssertionAsync(credential);
        }
        catch (InvalidOperationException)
        {
            // It answers no question that this browser was asked.
            return null;
        }

        if (!result.Succeeded || !result.User.IsComplete)
        {
            return null;
        }

        var use = Use(reason, "passkey", said);
        return await CommitAsync(result.User, user =>
        {
            user.Use = use;
            return users.AddOrUpdatePasskeyAsync(user, result.Passkey);
        })
            ? Admitted(result.User, use)
            : null;
    }

    // What was looked at is still true of an account that only another attempt has changed meanwhile, and its lock counts as it is then.
    private async Task<bool> CommitAsync(BreakGlassUser user, Func<BreakGlassUser, Task<IdentityResult>> commit)
    {
        var (stamp, grant) = (user.Account.Stamp, user.Account.GrantId);
        for (var round = 0; round < Rounds; round++)
        {
            if ((await commit(user)).Succeeded)
            {
                return true;
            }

            if (user.Saved != BreakGlassSaved.Conflict
                || await users.FindByIdAsync(user.Account.StaffId) is not { IsComplete: true } now
                || now.Account.GrantId != grant || !string.Equals(now.Account.Stamp, stamp, StringComparison.Ordinal)
                || (user.Use?.Method is not "passkey" && now.IsLocked(time.GetUtcNow())))
            {
                return false;
            }

            user = now;
        }

        return false;
    }

    private async Task<bool> IsOfAppAsync(BreakGlassUser subject, string digits) =>
        await users.VerifyTwoFactorTokenAsync(subject, TokenOptions.DefaultAuthenticatorProvider, digits) && subject.Account.AppConfirmed;

    private async Task<BreakGlassAdmitted?> AtEvenPaceAsync(Func<Task<BreakGlassAdmitted?>> attempt, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var admitted = await attempt();
        instruments.OnAttempt(admitted is not null);
        if (admitted is not null)
        {
            LogAdmitted();
            return admitted;
        }

        LogRefused();
        if (AtLeast - time.GetElapsedTime(began) is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest, time, cancellationToken);
        }

        return null;
    }

    private BreakGlassUse Use(string reason, string method, string proof) =>
        new(reason.Trim(), method, SHA256.HashData(Encoding.UTF8.GetBytes(method + "\n" + proof)), time.GetUtcNow() + options.Value.BreakGlass.Lifetime);

    private static BreakGlassAdmitted Admitted(BreakGlassUser user, BreakGlassUse use) => new(user.Account.StaffId, new BreakGlassSession(user.Account.GrantId, use.Until));

    // Six figures are an app's code, however they are spaced; anything else can only be a recovery code.
    private static string? AppDigits(string code)
    {
        var plain = string.Concat(code.Where(c => !char.IsWhiteSpace(c)));
        return plain.Length == 6 && plain.All(char.IsAsciiDigit) ? plain : null;
    }

    // What the browser signed holds the question that it was asked: the same answer is never taken twice.
    private static string? ClientData(string credential)
    {
        try
        {
            using var json = System.Text.Json.JsonDocument.Parse(credential);
            var text = json.RootElement.GetProperty("response").GetProperty("clientDataJSON").GetString() ?? "";
            return Convert.ToHexString(System.Buffers.Text.Base64Url.DecodeFromChars(text));
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Somebody was signed in by a break-glass account; the journal has who and why.")]
    private partial void LogAdmitted();

    [LoggerMessage(2, LogLevel.Warning, "An attempt to sign in by a break-glass account was in vain.")]
    private partial void LogRefused();
}

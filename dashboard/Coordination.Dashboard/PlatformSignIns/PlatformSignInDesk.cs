using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Platforms;
using Coordination.Storage.Secrets;
using Coordination.Storage.SignIns;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.PlatformSignIns;

/// <summary>Where a sign-in at a platform is set and removed, by the page and the API alike. What is set can be replaced, and never read.</summary>
public interface IPlatformSignInDesk
{
    /// <summary>The servers that somebody may name for a platform's accounts.</summary>
    IReadOnlyList<Uri> ServersOf(Platform platform);

    /// <summary>What is stored for an account, without its secret; null when nothing is.</summary>
    Task<StoredSignIn?> FindAsync(AccountKey account, CancellationToken cancellationToken);

    /// <summary>Sets an account's sign-in, and has it looked at.</summary>
    /// <returns>Null when it is set.</returns>
    Task<Refusal?> SetAsync(AccountKey account, PlatformSignInWish wish, Actor actor, CancellationToken cancellationToken);

    /// <summary>Removes it; the settings' own, if there is one, counts again.</summary>
    /// <returns>Null when it is removed.</returns>
    Task<Refusal?> RemoveAsync(AccountKey account, Actor actor, CancellationToken cancellationToken);
}

/// <inheritdoc/>
public sealed class PlatformSignInDesk(
    IBoard board, IStoredSignIns stored, ISignInReader checks, SignInSeal seal, IOptions<SignInServerOptions> servers, TimeProvider time) : IPlatformSignInDesk
{
    /// <inheritdoc/>
    public IReadOnlyList<Uri> ServersOf(Platform platform) => SignInServers.Of(platform, [.. servers.Value.Servers]);

    /// <inheritdoc/>
    public async Task<StoredSignIn?> FindAsync(AccountKey account, CancellationToken cancellationToken) =>
        await stored.FindAsync(account, cancellationToken) is { Sealed: not null } found ? found : null;

    /// <inheritdoc/>
    public async Task<Refusal?> SetAsync(AccountKey account, PlatformSignInWish wish, Actor actor, CancellationToken cancellationToken)
    {
        if (Check(account, actor) is { } refusal)
        {
            return refusal;
        }

        if (Unfit(account, wish, out var server, out var secret) is { } code)
        {
            return PlatformSignInRefusals.Of(code);
        }

        var answer = await stored.SetAsync(
            account, server!, secret!.Kind, secret.Seal(seal, account), wish.ExpiresAt, actor, cancellationToken);
        switch (answer)
        {
            case StoredSignInOutcome.Set:
                await checks.WantAsync(account, cancellationToken);
                return null;
            case StoredSignInOutcome.Retired:
                return PlatformSignInRefusals.Of("account-retired");
            default:
                return Unknown.Account(account.Value);
        }
    }

    /// <inheritdoc/>
    public async Task<Refusal?> RemoveAsync(AccountKey account, Actor actor, CancellationToken cancellationToken)
    {
        if (Check(account, actor) is { } refusal)
        {
            return refusal;
        }

        if (!await stored.RemoveAsync(account, actor, cancellationToken))
        {
            return PlatformSignInRefusals.Of("sign-in-none");
        }

        await checks.WantAsync(account, cancellationToken);
        return null;
    }

    private Refusal? Check(AccountKey account, Actor actor) =>
        ManageRights.Check(actor) ?? FreshSignIn.Check(actor, FreshSignIn.SetPlatformSignIn) ?? (board.Accounts.ContainsKey(account) ? null : Unknown.Account(account.Value));

    private string? Unfit(AccountKey account, PlatformSignInWish wish, out Uri? server, out SignInSecret? secret)
    {
        (server, secret) = (null, null);
        if (!seal.IsReady)
        {
            return "secrets-not-set-up";
        }

        if (SignInKinds.Of(account.Platform) is not { Count: > 0 } kinds)
        {
            return "platform-not-connected";
        }

        if (!kinds.Contains(wish.Kind, StringComparer.Ordinal))
        {
            return "sign-in-kind-unknown";
        }

        var known = ServersOf(account.Platform);
        server = string.IsNullOrWhiteSpace(wish.Server) && known is [var only]
            ? only
            : known.FirstOrDefault(s => string.Equals(s.AbsoluteUri, wish.Server?.Trim(), StringComparison.Ordinal));
        secret = server is null ? null : wish.ToSecret(server);
        return server is null ? "sign-in-server-unknown"
            : secret is null ? "sign-in-incomplete"
            : wish.ExpiresAt <= time.GetUtcNow() ? "sign-in-ended"
            : null;
    }
}

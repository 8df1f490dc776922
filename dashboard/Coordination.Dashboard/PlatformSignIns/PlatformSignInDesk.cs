using Coordination.Connectors;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Platforms;
using Coordination.Silo.Secrets;
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
    IBoard board, IStoredSignIns stored, ISignInReader checks, SignInSeal seal, IOptions<ConnectorOptions> connectors, TimeProvider time) : IPlatformSignInDesk
{
    /// <inheritdoc/>
    public IReadOnlyList<Uri> ServersOf(Platform platform) => SignInServers.Of(platform, connectors.Value);

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

        if (Unfit(account, wish, out var server, out var credential) is { } code)
        {
            return PlatformSignInRefusals.Of(code);
        }

        var answer = await stored.SetAsync(
            account, server!, SignInKinds.Of(credential!), seal.Seal(new ConnectorAccount(account, server!, credential!)), wish.ExpiresAt, actor, cancellationToken);
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
        ManageRights.Check(actor) ?? (board.Accounts.ContainsKey(account) ? null : Unknown.Account(account.Value));

    private string? Unfit(AccountKey account, PlatformSignInWish wish, out Uri? server, out Credential? credential)
    {
        (server, credential) = (null, null);
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

        var servers = ServersOf(account.Platform);
        server = string.IsNullOrWhiteSpace(wish.Server) && servers is [var only]
            ? only
            : servers.FirstOrDefault(s => string.Equals(s.AbsoluteUri, wish.Server?.Trim(), StringComparison.Ordinal));
        credential = wish.ToCredential();
        return server is null ? "sign-in-server-unknown"
            : credential is null ? "sign-in-incomplete"
            : wish.ExpiresAt <= time.GetUtcNow() ? "sign-in-ended"
            : null;
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Coordination.Connectors;
using Coordination.Domain.Accounts;
using Coordination.Silo.Secrets;
using Coordination.Storage.Secrets;
using Coordination.Storage.SignIns;

namespace Coordination.Silo.Publishing;

/// <summary>What is known of an account's sign-in.</summary>
/// <param name="Account">Where and as whom it publishes; null when nobody has set that, or it cannot be opened here.</param>
/// <param name="ExpiresAt">When it ends (UTC), where somebody said so.</param>
/// <param name="Why">Why there is none, as a sentence.</param>
/// <param name="Since">Since when it counts (UTC): what was sent before went by another. Null: since the service started, at the latest.</param>
public sealed record FoundSignIn(ConnectorAccount? Account, DateTimeOffset? ExpiresAt, string Why, DateTimeOffset? Since = null);

/// <summary>Finds the sign-in of an account: what was set in the service, else what its configuration has (a mounted file, the environment). A secret is opened when it is used, and kept nowhere.</summary>
public sealed partial class Credentials(
    IConfiguration configuration, ConnectorRegistry registry, IStoredSignIns stored, SignInSeal seal, ILogger<Credentials> logger, SandboxKey? sandbox = null)
{
    /// <summary>What a person is told who has to see to it.</summary>
    public const string NotSet = "The account's sign-in is not configured.";

    /// <summary>Finds where and as whom an account publishes.</summary>
    public async Task<FoundSignIn> FindAsync(AccountKey key, CancellationToken cancellationToken)
    {
        if (registry.SandboxServerOf(key.Platform) is { } server && sandbox is not null)
        {
            return new FoundSignIn(new ConnectorAccount(key, server, new Credential.AccessToken(sandbox.TokenOf(key))), ConfiguredEnd(key), NotSet);
        }

        var row = await stored.FindAsync(key, cancellationToken);
        if (row?.Sealed is not { } @sealed)
        {
            return new FoundSignIn(Configured(key), ConfiguredEnd(key), NotSet, row?.SetAt);
        }

        try
        {
            return new FoundSignIn(seal.OpenAccount(key, @sealed), row.ExpiresAt, NotSet, row.SetAt);
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException or UriFormatException)
        {
            // Never the one of the configuration instead: somebody has replaced it.
            NotOpened(logger, key.Value, exception.GetType().Name);
            return new FoundSignIn(null, row.ExpiresAt, "The account's stored sign-in cannot be opened with this host's certificate. Set it again, or see to the certificate (docs/secrets.md).", row.SetAt);
        }
    }

    // When it ends, where its configuration says so (Connections:x/handle:ExpiresAt, an instant with its zone).
    private DateTimeOffset? ConfiguredEnd(AccountKey key) => DateTimeOffset.TryParse(
        configuration.GetSection("Connections").GetSection(key.Value)["ExpiresAt"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end) ? end.ToUniversalTime() : null;

    // Connections:x/handle:{Server, Token} or {Server, ConsumerKey, ConsumerSecret, Token, TokenSecret} or {Server, Identifier, Password}
    private ConnectorAccount? Configured(AccountKey key)
    {
        var section = configuration.GetSection("Connections").GetSection(key.Value);
        if (!Uri.TryCreate(section["Server"], UriKind.Absolute, out var server))
        {
            return null;
        }

        if ((section["ConsumerKey"], section["ConsumerSecret"], section["Token"], section["TokenSecret"])
            is ({ Length: > 0 } consumer, { Length: > 0 } consumerSecret, { Length: > 0 } signed, { Length: > 0 } tokenSecret))
        {
            return new ConnectorAccount(key, server, new Credential.SignedRequests(consumer, consumerSecret, signed, tokenSecret));
        }

        return (section["Token"], section["Identifier"], section["Password"]) switch
        {
            ({ Length: > 0 } token, _, _) => new ConnectorAccount(key, server, new Credential.AccessToken(token)),
            (_, { Length: > 0 } identifier, { Length: > 0 } password) => new ConnectorAccount(key, server, new Credential.AppPassword(identifier, password)),
            _ => null,
        };
    }

    [LoggerMessage(LogLevel.Error, "The stored sign-in of {Account} cannot be opened with this host's certificate ({Kind})")]
    private static partial void NotOpened(ILogger logger, string account, string kind);
}

/// <summary>The demo's master key, of which each account's sandbox token is derived.</summary>
public sealed class SandboxKey(string secret)
{
    /// <summary>The token of one account.</summary>
    public string TokenOf(AccountKey key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(key.Value)));
}

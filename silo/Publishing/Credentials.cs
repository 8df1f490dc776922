using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Coordination.Connectors;
using Coordination.Domain.Accounts;

namespace Coordination.Silo.Publishing;

/// <summary>Finds the sign-in of an account. Secrets come from configuration (a mounted file, the environment) and are kept nowhere else.</summary>
public sealed class Credentials(IConfiguration configuration, ConnectorRegistry registry, SandboxKey? sandbox = null)
{
    /// <summary>Finds where and as whom an account publishes.</summary>
    /// <returns>False when nothing is configured for it: the account needs attention.</returns>
    public bool TryFind(AccountKey key, [NotNullWhen(true)] out ConnectorAccount? account)
    {
        account = registry.SandboxServerOf(key.Platform) is { } server && sandbox is not null
            ? new ConnectorAccount(key, server, new Credential.AccessToken(sandbox.TokenOf(key)))
            : Configured(key);
        return account is not null;
    }

    /// <summary>When an account's sign-in ends, where its configuration says so (<c>Connections:x/handle:ExpiresAt</c>, an instant with its zone).</summary>
    public DateTimeOffset? ExpiresAt(AccountKey key) => DateTimeOffset.TryParse(
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
}

/// <summary>The demo's master key, of which each account's sandbox token is derived.</summary>
public sealed class SandboxKey(string secret)
{
    /// <summary>The token of one account.</summary>
    public string TokenOf(AccountKey key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(key.Value)));
}

using System.Text.Json;
using Coordination.Connectors;
using Coordination.Domain.Accounts;
using Coordination.Storage.Secrets;

namespace Coordination.Silo.Secrets;

/// <summary>A sign-in with its server as one sealed text, and back. The server is inside: a secret is never sent to one that was written beside it.</summary>
public static class SealedCredential
{
    /// <summary>Seals it.</summary>
    public static string Seal(this SignInSeal seal, ConnectorAccount account) => seal.Seal(account.Key.Value, JsonSerializer.Serialize(account.Credential switch
    {
        Credential.AccessToken token => new Content(account.Server.AbsoluteUri, SignInKinds.AccessToken, token.Token),
        Credential.AppPassword password => new Content(account.Server.AbsoluteUri, SignInKinds.AppPassword, password.Password, password.Identifier),
        Credential.SignedRequests signed => new Content(account.Server.AbsoluteUri, SignInKinds.SignedRequests, signed.TokenSecret, signed.Token, signed.ConsumerKey, signed.ConsumerSecret),
        _ => throw new ArgumentOutOfRangeException(nameof(account), "It has a sign-in of no known kind."),
    }));

    /// <summary>Opens it.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It cannot be opened here.</exception>
    /// <exception cref="JsonException">It is none.</exception>
    public static ConnectorAccount Open(this SignInSeal seal, AccountKey account, string @sealed)
    {
        var content = JsonSerializer.Deserialize<Content>(seal.Open(account.Value, @sealed)) ?? throw new JsonException("It is empty.");
        return new ConnectorAccount(account, new Uri(content.Server), content switch
        {
            { Kind: SignInKinds.AccessToken } => new Credential.AccessToken(content.Secret),
            { Kind: SignInKinds.AppPassword, Name: { } identifier } => new Credential.AppPassword(identifier, content.Secret),
            { Kind: SignInKinds.SignedRequests, Name: { } token, Consumer: { } consumer, ConsumerSecret: { } consumerSecret } => new Credential.SignedRequests(consumer, consumerSecret, token, content.Secret),
            _ => throw new JsonException($"Its kind is {content.Kind}."),
        });
    }

    private sealed record Content(string Server, string Kind, string Secret, string? Name = null, string? Consumer = null, string? ConsumerSecret = null);
}

using System.Text.Json;
using Coordination.Connectors;
using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;
using Coordination.Storage.Secrets;

namespace Coordination.Silo.Secrets;

/// <summary>A sealed sign-in as a connector needs it.</summary>
internal static class SealedCredential
{
    /// <summary>Opens it.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It cannot be opened here.</exception>
    /// <exception cref="JsonException">It is none.</exception>
    public static ConnectorAccount OpenAccount(this SignInSeal seal, AccountKey account, string @sealed)
    {
        var content = SignInSecret.Open(seal, account, @sealed);
        return new ConnectorAccount(account, new Uri(content.Server), content switch
        {
            { Kind: SignInKinds.AccessToken } => new Credential.AccessToken(content.Secret),
            { Kind: SignInKinds.AppPassword, Name: { } identifier } => new Credential.AppPassword(identifier, content.Secret),
            { Kind: SignInKinds.SignedRequests, Name: { } token, Consumer: { } consumer, ConsumerSecret: { } consumerSecret } => new Credential.SignedRequests(consumer, consumerSecret, token, content.Secret),
            _ => throw new JsonException($"Its kind is {content.Kind}."),
        });
    }
}

using System.Text.Json;
using Coordination.Domain.Accounts;

namespace Coordination.Storage.Secrets;

/// <summary>What signs an account in, with its server: the whole of it is sealed, so that a secret is never sent to a server that was written beside it.</summary>
/// <param name="Server">The server's base address.</param>
/// <param name="Kind">An id of <see cref="Coordination.Domain.Platforms.SignInKinds"/>.</param>
/// <param name="Secret">Token, app password, or the secret of a signed request's token.</param>
/// <param name="Name">Whose app password, or which token the secret is for; null with an access token.</param>
/// <param name="Consumer">The app's key, for signed requests.</param>
/// <param name="ConsumerSecret">The app's secret, for signed requests.</param>
public sealed record SignInSecret(string Server, string Kind, string Secret, string? Name = null, string? Consumer = null, string? ConsumerSecret = null)
{
    /// <inheritdoc/>
    public override string ToString() => $"sign-in at {Server} ({Kind}, hidden)";

    /// <summary>Seals it for one account.</summary>
    public string Seal(SignInSeal seal, AccountKey account) => seal.Seal(account.Value, JsonSerializer.Serialize(this));

    /// <summary>Opens what was sealed for that account.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It cannot be opened here.</exception>
    /// <exception cref="JsonException">It is none.</exception>
    public static SignInSecret Open(SignInSeal seal, AccountKey account, string @sealed) =>
        JsonSerializer.Deserialize<SignInSecret>(seal.Open(account.Value, @sealed)) ?? throw new JsonException("It is empty.");
}

using Coordination.Domain.Platforms;
using Coordination.Storage.Secrets;

namespace Coordination.Dashboard.PlatformSignIns;

/// <summary>How an account is to sign in at its platform. Its text form hides every secret.</summary>
public sealed record PlatformSignInWish
{
    private const int Longest = 4096;

    /// <summary>Which way: an id of <see cref="SignInKinds"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>The server, one of those that the platform has here; null where there is but one.</summary>
    public string? Server { get; init; }

    /// <summary>The account's token, for <see cref="SignInKinds.AccessToken"/> and <see cref="SignInKinds.SignedRequests"/>.</summary>
    public string? Token { get; init; }

    /// <summary>The token's secret, for signed requests.</summary>
    public string? TokenSecret { get; init; }

    /// <summary>The app's key, for signed requests.</summary>
    public string? ConsumerKey { get; init; }

    /// <summary>The app's secret, for signed requests.</summary>
    public string? ConsumerSecret { get; init; }

    /// <summary>Handle or DID, for an app password.</summary>
    public string? Identifier { get; init; }

    /// <summary>The app password.</summary>
    public string? Password { get; init; }

    /// <summary>When it ends; null when nobody says.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"sign-in of kind {Kind} (hidden)";

    /// <summary>What is sealed; null when something is missing or cannot be a secret.</summary>
    internal SignInSecret? ToSecret(Uri server) => Kind switch
    {
        SignInKinds.AccessToken when Tidy(Token) is { } token => new SignInSecret(server.AbsoluteUri, SignInKinds.AccessToken, token),
        SignInKinds.AppPassword when Tidy(Identifier) is { } name && Tidy(Password) is { } password => new SignInSecret(server.AbsoluteUri, SignInKinds.AppPassword, password, name),
        SignInKinds.SignedRequests when Tidy(Token) is { } token && Tidy(TokenSecret) is { } secret && Tidy(ConsumerKey) is { } consumer && Tidy(ConsumerSecret) is { } consumerSecret =>
            new SignInSecret(server.AbsoluteUri, SignInKinds.SignedRequests, secret, token, consumer, consumerSecret),
        _ => null,
    };

    // What is copied from a page comes with spaces around it; inside, no platform's secret has any, and no header could carry other characters.
    private static string? Tidy(string? text) =>
        text?.Trim() is { Length: > 0 and <= Longest } tidy && tidy.All(c => c is > ' ' and <= '~') ? tidy : null;
}

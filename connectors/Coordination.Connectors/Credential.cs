using System.Text.Json.Serialization;

namespace Coordination.Connectors;

/// <summary>How an account signs in. The text form and the JSON form of every kind leave the secret out.</summary>
public abstract record Credential
{
    private Credential()
    {
    }

    /// <summary>A bearer token (Mastodon, Threads, X, the sandbox).</summary>
    /// <param name="Token">The token itself.</param>
    public sealed record AccessToken([property: JsonIgnore] string Token) : Credential
    {
        /// <inheritdoc/>
        public override string ToString() => "access token (hidden)";
    }

    /// <summary>OAuth 1.0a: each request is signed with the app's secret and the account's (X). It does not end by itself.</summary>
    /// <param name="ConsumerKey">The app's key.</param>
    /// <param name="ConsumerSecret">The app's secret.</param>
    /// <param name="Token">The account's token.</param>
    /// <param name="TokenSecret">The account's secret.</param>
    public sealed record SignedRequests(
        [property: JsonIgnore] string ConsumerKey, [property: JsonIgnore] string ConsumerSecret, [property: JsonIgnore] string Token, [property: JsonIgnore] string TokenSecret) : Credential
    {
        /// <inheritdoc/>
        public override string ToString() => "signed requests (hidden)";
    }

    /// <summary>An identifier with an app password (Bluesky).</summary>
    /// <param name="Identifier">Handle or DID.</param>
    /// <param name="Password">The app password, never the account's own.</param>
    public sealed record AppPassword(string Identifier, [property: JsonIgnore] string Password) : Credential
    {
        /// <inheritdoc/>
        public override string ToString() => $"app password of {Identifier} (hidden)";
    }
}

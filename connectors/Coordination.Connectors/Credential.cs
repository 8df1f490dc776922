using System.Text.Json.Serialization;

namespace Coordination.Connectors;

/// <summary>How an account signs in. The text form and the JSON form of every kind leave the secret out.</summary>
public abstract record Credential
{
    private Credential()
    {
    }

    /// <summary>A bearer token (Mastodon, the sandbox).</summary>
    /// <param name="Token">The token itself.</param>
    public sealed record AccessToken([property: JsonIgnore] string Token) : Credential
    {
        /// <inheritdoc/>
        public override string ToString() => "access token (hidden)";
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

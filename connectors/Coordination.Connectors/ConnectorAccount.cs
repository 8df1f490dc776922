using Coordination.Domain.Accounts;

namespace Coordination.Connectors;

/// <summary>One account as a connector needs it: who, at which server, with what secret.</summary>
/// <param name="Key">The account's key, for messages.</param>
/// <param name="Server">The server's base address, such as <c>https://mastodon.example/</c>. Plain http only to this machine, unless
/// <see cref="ConnectorOptions.PlainHttp"/> allows more.</param>
/// <param name="Credential">The secret; its text form hides it.</param>
public sealed record ConnectorAccount(AccountKey Key, Uri Server, Credential Credential)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Key} at {Server.Authority}";
}

namespace Coordination.Sandbox.Network;

/// <summary>One account of the sandbox.</summary>
/// <param name="Id">Its id: a number as text, as Mastodon's are.</param>
/// <param name="Username">Its name in addresses: lower case.</param>
/// <param name="DisplayName">Its name as people read it.</param>
/// <param name="TokenHash">SHA-256 of its token, hexadecimal: the token itself is kept nowhere.</param>
/// <param name="Note">A line about it.</param>
/// <param name="Network">The network it stands in for, as people write it; null when it is just the sandbox's.</param>
/// <param name="Followers">The number of followers to show.</param>
/// <param name="Following">The number of followed accounts to show.</param>
/// <param name="CreatedAt">When it was registered.</param>
internal sealed record SandboxAccount(
    string Id,
    string Username,
    string DisplayName,
    string TokenHash,
    string Note,
    string? Network,
    long Followers,
    long Following,
    DateTimeOffset CreatedAt);

/// <summary>What is asked for when an account is registered; the same username again changes it.</summary>
internal sealed record Registration(
    string? Username,
    string? Token,
    string? DisplayName = null,
    string? Note = null,
    string? Network = null,
    long Followers = 0,
    long Following = 0);

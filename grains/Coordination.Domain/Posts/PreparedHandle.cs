namespace Coordination.Domain.Posts;

/// <summary>What a platform gave ahead of one part of a post: a container that can be published once, or an upload under way. It is kept before it is used.</summary>
/// <param name="Handle">The platform's own id of it.</param>
/// <param name="Content">A hash of what it was made of: for other content it is of no use.</param>
public sealed record PreparedHandle(string Handle, string Content)
{
    /// <summary>How many pieces of an upload the platform has said that it took.</summary>
    public int Pieces { get; init; }

    /// <summary>Whether the platform has all of it.</summary>
    public bool Complete { get; init; }

    /// <summary>Whether the platform said, when it was to be published, that it has no such thing: then nothing went out by it, and nothing will.</summary>
    public bool Spent { get; init; }

    /// <summary>When the platform drops it (UTC); null when it does not say.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

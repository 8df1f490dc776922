using System.Diagnostics.CodeAnalysis;

namespace Coordination.Domain.Platforms;

/// <summary>A social platform that brigade accounts live on, by its id: lower case, as it stands in an account key.</summary>
/// <remarks>Only the platforms in <see cref="All"/> exist; a platform that is not there cannot be made.</remarks>
public sealed record Platform
{
    private Platform(string id, string name)
    {
        Id = id;
        Name = name;
    }

    /// <summary>X, once Twitter.</summary>
    public static Platform X { get; } = new("x", "X");

    /// <summary>Facebook Pages.</summary>
    public static Platform Facebook { get; } = new("facebook", "Facebook");

    /// <summary>Mastodon, any server.</summary>
    public static Platform Mastodon { get; } = new("mastodon", "Mastodon");

    /// <summary>Bluesky, any personal data server.</summary>
    public static Platform Bluesky { get; } = new("bluesky", "Bluesky");

    /// <summary>Threads.</summary>
    public static Platform Threads { get; } = new("threads", "Threads");

    /// <summary>Every platform the service knows.</summary>
    public static IReadOnlyList<Platform> All { get; } = [X, Facebook, Mastodon, Bluesky, Threads];

    /// <summary>The id: lower-case ASCII, the first part of an account key.</summary>
    public string Id { get; }

    /// <summary>The name as people write it.</summary>
    public string Name { get; }

    /// <summary>Finds a platform by its id.</summary>
    /// <returns>False when no platform has that id.</returns>
    public static bool TryFind(string? id, [NotNullWhen(true)] out Platform? platform)
    {
        platform = All.FirstOrDefault(p => string.Equals(p.Id, id, StringComparison.Ordinal));
        return platform is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Id;
}

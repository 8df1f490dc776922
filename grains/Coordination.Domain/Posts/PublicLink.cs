namespace Coordination.Domain.Posts;

/// <summary>A link that a platform gave, fit to be shown to people.</summary>
public static class PublicLink
{
    /// <summary>The longest that is kept.</summary>
    public const int MaxLength = 2000;

    /// <summary>The link, escaped; null when it is no absolute http or https address, or longer than any real one.</summary>
    public static string? Of(string? link) =>
        link is { Length: <= MaxLength } && Uri.TryCreate(link, UriKind.Absolute, out var uri) ? Of(uri) : null;

    /// <inheritdoc cref="Of(string?)"/>
    public static string? Of(Uri link) =>
        link is { IsAbsoluteUri: true, Scheme: "http" or "https", Host.Length: > 0, UserInfo.Length: 0 }
        && link.AbsoluteUri is { Length: <= MaxLength } text
            ? text
            : null;
}

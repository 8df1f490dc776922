namespace Coordination.Domain.Platforms;

/// <summary>How long a post may be on a platform.</summary>
/// <param name="MaxText">The greatest length, in <paramref name="Unit"/>.</param>
/// <param name="Unit">What the platform counts.</param>
/// <param name="MaxBytes">A second limit, in bytes of UTF-8; null when there is none.</param>
/// <param name="UrlLength">What a link counts whatever its length; null when it counts as it stands.</param>
public sealed record PlatformLimits(int MaxText, TextUnit Unit, int? MaxBytes, int? UrlLength)
{
    // X: docs.x.com, "Counting characters". Mastodon: the default of a server (configuration.statuses of /api/v2/instance); a link counts 23.
    // Bluesky: lexicon app.bsky.feed.post, text. Facebook: not documented for pages; the figure that is widely reported.
    // Threads: developers.facebook.com/docs/threads, "Posts": 500 characters, an emoji counted as its bytes.
    private static readonly PlatformLimits X = new(280, TextUnit.WeightedCharacters, MaxBytes: null, UrlLength: 23);
    private static readonly PlatformLimits Facebook = new(63206, TextUnit.Characters, MaxBytes: null, UrlLength: null);
    private static readonly PlatformLimits Mastodon = new(500, TextUnit.Graphemes, MaxBytes: null, UrlLength: 23);
    private static readonly PlatformLimits Bluesky = new(300, TextUnit.Graphemes, MaxBytes: 3000, UrlLength: null);
    private static readonly PlatformLimits Threads = new(500, TextUnit.CharactersAndEmojiBytes, MaxBytes: null, UrlLength: null);

    /// <summary>The limits of a platform.</summary>
    public static PlatformLimits Of(Platform platform) => platform.Id switch
    {
        "x" => X,
        "facebook" => Facebook,
        "mastodon" => Mastodon,
        "bluesky" => Bluesky,
        "threads" => Threads,
        _ => throw new ArgumentOutOfRangeException(nameof(platform), platform.Id, "No text limit is known for this platform."),
    };
}

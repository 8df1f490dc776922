using Coordination.Domain.Platforms;

namespace Coordination.Domain.Media;

/// <summary>What images a platform takes with one post.</summary>
/// <param name="Most">How many; none is 0.</param>
/// <param name="Bytes">The size of each. A larger one is made smaller before it is sent.</param>
/// <param name="LongestSide">Its longest side, in pixels; a larger one is made smaller.</param>
public sealed record ImageLimits(int Most, int Bytes, int LongestSide)
{
    // X: docs.x.com, media best practices. Mastodon: the defaults of a server (configuration.media_attachments of /api/v2/instance), pixels kept
    // well below its matrix limit. Bluesky: lexicon app.bsky.embed.images. Facebook: not documented for a page's feed; a careful figure.
    // Threads fetches an image from a public address (developers.facebook.com/docs/threads, "Create posts"), and this service has none.
    private static readonly ImageLimits X = new(4, 5_000_000, 4096);
    private static readonly ImageLimits Facebook = new(10, 4_000_000, 4096);
    private static readonly ImageLimits Mastodon = new(4, 16_000_000, 3840);
    private static readonly ImageLimits Bluesky = new(4, 1_000_000, 4000);
    private static readonly ImageLimits Threads = new(0, 8_000_000, 1440);

    /// <summary>The limits of a platform.</summary>
    public static ImageLimits Of(Platform platform) => platform.Id switch
    {
        "x" => X,
        "facebook" => Facebook,
        "mastodon" => Mastodon,
        "bluesky" => Bluesky,
        "threads" => Threads,
        _ => throw new ArgumentOutOfRangeException(nameof(platform), platform.Id, "No limit of images is known for this platform."),
    };
}

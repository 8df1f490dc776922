namespace Coordination.Domain.Platforms;

/// <summary>How many posts a platform takes in a stretch of time.</summary>
/// <param name="Posts">At most so many.</param>
/// <param name="Window">In any stretch as long as this.</param>
/// <param name="WholeService">True when all accounts of the service together are counted; false when each account is by itself.</param>
public sealed record RateLimit(int Posts, TimeSpan Window, bool WholeService = false)
{
    /// <summary>In words, as the rest of a sentence that begins with the platform's name.</summary>
    public string Words => $"takes at most {Posts:#,0} posts {(WholeService ? "of all accounts together" : "of an account")} in {Span(Window)}";

    private static string Span(TimeSpan time) => time switch
    {
        { TotalHours: > 1 } => $"{time.TotalHours:0} hours",
        { TotalHours: 1 } => "an hour",
        _ => $"{time.TotalMinutes:0} minutes",
    };
}

/// <summary>What the platforms say of how much may be posted, so that nobody plans more. What a server says by itself (<c>X-RateLimit-*</c>) comes on top.</summary>
public static class RateLimits
{
    private static readonly Dictionary<string, IReadOnlyList<RateLimit>> Known = new(StringComparer.Ordinal)
    {
        // docs.x.com, "Rate limits": POST /2/tweets, 100 in 15 minutes for each user, 10,000 in 24 hours for each app.
        [Platform.X.Id] = [new RateLimit(100, TimeSpan.FromMinutes(15)), new RateLimit(10_000, TimeSpan.FromHours(24), WholeService: true)],

        // docs.joinmastodon.org/api/rate-limits: 300 requests in 5 minutes for each account; a post is one.
        [Platform.Mastodon.Id] = [new RateLimit(300, TimeSpan.FromMinutes(5))],

        // docs.bsky.app, "Rate limits": 5,000 points an hour and 35,000 a day for each account; a new record costs 3.
        [Platform.Bluesky.Id] = [new RateLimit(1_666, TimeSpan.FromHours(1)), new RateLimit(11_666, TimeSpan.FromHours(24))],

        // developers.facebook.com/docs/threads/overview: 250 posts in 24 hours for each profile. Answers have a limit of their own, 1,000; counted among
        // these, which errs towards waiting.
        [Platform.Threads.Id] = [new RateLimit(250, TimeSpan.FromHours(24))],
    };

    /// <summary>A platform's limits; none where it names none that can be counted ahead (Facebook counts by use, and tells only afterwards).</summary>
    public static IReadOnlyList<RateLimit> Of(Platform platform) => Known.GetValueOrDefault(platform.Id, []);

    /// <summary>When the next post fits, by what went out before.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="sent">When the last ones went out, oldest first.</param>
    /// <param name="now">The time (UTC).</param>
    /// <returns>Null when it fits now.</returns>
    public static DateTimeOffset? NextFits(RateLimit limit, IReadOnlyList<DateTimeOffset> sent, DateTimeOffset now) =>
        sent.Count >= limit.Posts && sent[^limit.Posts] > now - limit.Window ? sent[^limit.Posts] + limit.Window : null;
}

namespace Coordination.Domain.Incidents.Feeds;

/// <summary>How a feed does.</summary>
public enum FeedState
{
    /// <summary>It was never read.</summary>
    Never,

    /// <summary>It was read lately, and everything that it lists was taken or cannot be.</summary>
    Fresh,

    /// <summary>It was not read when it should have been, or a message of it is still to be fetched.</summary>
    Late,

    /// <summary>It could not be read several times in a row.</summary>
    Failing,
}

/// <summary>What a feed's health is told by.</summary>
/// <param name="TriedAt">When it was polled last (UTC); null for never.</param>
/// <param name="SuccessAt">When it was read last, or had not changed (UTC); null for never.</param>
/// <param name="Failures">How often in a row it could not be read.</param>
/// <param name="Waiting">Entries whose message is still to be fetched.</param>
/// <param name="Failed">Entries of the last 24 hours whose message could not be taken and is not tried again.</param>
public sealed record FeedFacts(DateTimeOffset? TriedAt, DateTimeOffset? SuccessAt, int Failures, int Waiting, int Failed);

/// <summary>Judges a feed. What is not known is never fresh.</summary>
public static class FeedHealth
{
    /// <summary>From so many failures in a row it is said to fail; fewer are a hiccup.</summary>
    public const int FailuresThatCount = 3;

    /// <summary>A poll may take so long besides its interval before the feed is late.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>How the feed does.</summary>
    /// <param name="facts">What is known of it.</param>
    /// <param name="every">How often it should be read.</param>
    /// <param name="now">The time.</param>
    public static FeedState Of(FeedFacts facts, TimeSpan every, DateTimeOffset now)
    {
        if (facts.Failures >= FailuresThatCount)
        {
            return FeedState.Failing;
        }

        return facts.SuccessAt switch
        {
            null => FeedState.Never,
            { } at when facts.Waiting > 0 || now - at > every + every + Grace => FeedState.Late,
            _ => FeedState.Fresh,
        };
    }

    /// <summary>Whether somebody should look at it: it is not fresh, or a message of the last day could not be taken.</summary>
    /// <remarks>One that was never tried has just been set up, for as long as it is not tried.</remarks>
    public static bool NeedsSomebody(FeedFacts facts, TimeSpan every, DateTimeOffset now) =>
        facts.Failed > 0 || (facts.TriedAt is not null && Of(facts, every, now) is FeedState.Late or FeedState.Failing);
}

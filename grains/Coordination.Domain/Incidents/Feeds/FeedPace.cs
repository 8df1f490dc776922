namespace Coordination.Domain.Incidents.Feeds;

/// <summary>When a feed is polled again.</summary>
public static class FeedPace
{
    /// <summary>After the first failure, unless the feed's own interval is shorter.</summary>
    public static readonly TimeSpan FirstAgain = TimeSpan.FromSeconds(15);

    /// <summary>Failures never make the pause longer than this, unless the feed's own interval is longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>A server may ask to be left alone for this long.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromDays(1);

    /// <summary>One that says it is gone for good is asked again only now and then.</summary>
    public static readonly TimeSpan WhenGone = TimeSpan.FromDays(1);

    /// <summary>A message that could not be fetched for so long is given up.</summary>
    public static readonly TimeSpan MessagePatience = TimeSpan.FromHours(1);

    /// <summary>The pause after a failure: it doubles with each in a row.</summary>
    /// <param name="failures">How many there are now, this one included; at least 1.</param>
    /// <param name="every">How often the feed is read when all is well.</param>
    /// <param name="asked">For how long its server wants to be left alone; null when it did not say.</param>
    public static TimeSpan AfterFailure(int failures, TimeSpan every, TimeSpan? asked)
    {
        var first = every < FirstAgain ? every : FirstAgain;
        var longest = every > Longest ? every : Longest;
        var doubled = first * Math.Pow(2, Math.Clamp(failures - 1, 0, 20));
        var wait = doubled < longest ? doubled : longest;
        return Asked(asked) is { } least && least > wait ? least : wait;
    }

    /// <summary>The pause while messages are still to be fetched: never longer than the feed's interval, unless a server asks for it.</summary>
    /// <param name="attempts">How often the one that was tried least was tried.</param>
    /// <param name="every">How often the feed is read when all is well.</param>
    /// <param name="asked">For how long a server wants to be left alone; null when none did say.</param>
    public static TimeSpan WhileWaiting(int attempts, TimeSpan every, TimeSpan? asked)
    {
        var wait = AfterFailure(attempts, every, null);
        wait = wait < every ? wait : every;
        return Asked(asked) is { } least && least > wait ? least : wait;
    }

    /// <summary>What a server asks for, within reason.</summary>
    public static TimeSpan? Asked(TimeSpan? asked) =>
        asked is null ? null : asked < TimeSpan.Zero ? TimeSpan.Zero : asked > LongestAsked ? LongestAsked : asked;
}

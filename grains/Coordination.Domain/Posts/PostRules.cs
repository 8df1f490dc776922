namespace Coordination.Domain.Posts;

/// <summary>The limits every post is held to, whatever its platform.</summary>
public static class PostRules
{
    /// <summary>How far ahead a post may be scheduled.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    /// <summary>How long ago a time may lie and still mean "now": clocks and networks differ.</summary>
    public static readonly TimeSpan PastGrace = TimeSpan.FromSeconds(5);

    /// <summary>How late a post may go out when nobody said otherwise.</summary>
    public static readonly TimeSpan DefaultTolerance = TimeSpan.FromMinutes(5);

    /// <summary>The shortest tolerance that makes sense: the publisher needs a moment to try again.</summary>
    public static readonly TimeSpan LeastTolerance = TimeSpan.FromSeconds(5);

    /// <summary>The longest tolerance.</summary>
    public static readonly TimeSpan GreatestTolerance = TimeSpan.FromDays(1);

    /// <summary>Unfinished posts that one account may have.</summary>
    public const int MostUnfinished = 500;

    /// <summary>Longest reason for what is done about a post, in characters.</summary>
    public const int LongestReason = 1000;

    /// <summary>Checks a reason that has to be given.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="missing">What to say when there is none.</param>
    /// <returns>Null when it may stand.</returns>
    public static Refusal? CheckReason(string? reason, string missing) => string.IsNullOrWhiteSpace(reason)
        ? new Refusal("reason-missing", missing)
        : reason.Length > LongestReason
            ? new Refusal("reason-too-long", $"The reason has {reason.Length} characters; {LongestReason} fit. Nothing was changed.")
            : StorableText.Check("reason", reason);

    /// <summary>Checks a post's time against now.</summary>
    /// <returns>Null when it may stand.</returns>
    public static Refusal? CheckTime(DateTimeOffset dueAt, TimeSpan tolerance, DateTimeOffset now)
    {
        if (dueAt < now - PastGrace)
        {
            return new Refusal("time-in-past", $"The time {dueAt:u} has passed. Nothing was scheduled. Choose a later time, or leave it out to publish now.");
        }

        if (dueAt > now + Furthest)
        {
            return new Refusal("time-too-far", $"The time {dueAt:u} is more than a year ahead. Nothing was scheduled. Choose a time within a year.");
        }

        return tolerance < LeastTolerance || tolerance > GreatestTolerance
            ? new Refusal("tolerance-out-of-range", $"A post may be {LeastTolerance.TotalSeconds:0} seconds to 24 hours late; {tolerance.TotalSeconds:0} seconds was asked for. Nothing was scheduled.")
            : null;
    }
}

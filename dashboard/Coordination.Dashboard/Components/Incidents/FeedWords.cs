using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Incidents.Pull;
using Coordination.Domain.Incidents.Feeds;

namespace Coordination.Dashboard.Components.Incidents;

/// <summary>How pulled feeds do, in words.</summary>
public static class FeedWords
{
    /// <summary>The look of a state.</summary>
    public static Look Look(FeedState state) => state switch
    {
        FeedState.Fresh => new("Fresh", "ok", "ok"),
        FeedState.Late => new("Late", "clock", "attention"),
        FeedState.Failing => new("Failing", "warn", "attention"),
        _ => new("Never read", "ask", "dim"),
    };

    /// <summary>What that means for the one who reads it: what happened, what is safe, what to do.</summary>
    public static string Meaning(FeedView feed) => feed.State switch
    {
        FeedState.Fresh => "It was read when it should have been.",
        FeedState.Late when feed.Standing is { Facts.Waiting: > 0 } => "It was read, and what it lists is not all taken yet. That is tried again by itself.",
        FeedState.Late => "It was not read when it should have been. Alerts may be missing until it is; it is tried again by itself.",
        FeedState.Failing => "It cannot be read: alerts from it do not arrive. It is tried again by itself. Meanwhile learn of alerts another way, and report an incident by hand.",
        _ => "It has not been read yet, so nothing is known of its alerts.",
    };

    /// <summary>When it is read next.</summary>
    public static string Next(FeedView feed, DateTimeOffset now) => feed.Standing switch
    {
        null => "not planned yet",
        { Polling: true } => "being read now",
        { NextAt: var at } when at <= now => "any moment",
        { NextAt: var at } => $"in {UkTime.Span(at - now)}",
    };

    /// <summary>A time of the past, or a word that there is none.</summary>
    public static string Past(DateTimeOffset? at, DateTimeOffset now) => at is { } time ? $"{UkTime.Day(time, now)} ({UkTime.Span(now - time)} ago)" : "never";
}

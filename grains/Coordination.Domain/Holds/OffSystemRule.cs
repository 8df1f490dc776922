namespace Coordination.Domain.Holds;

/// <summary>What a post that a platform shows is to this service.</summary>
public enum OffSystemVerdict
{
    /// <summary>It came through here.</summary>
    Ours,

    /// <summary>It may be ours: what became of a call to the platform at about that time is not known yet.</summary>
    NotYetKnown,

    /// <summary>It did not come through here.</summary>
    OffSystem,
}

/// <summary>A call to a platform of which it is not known whether it made a post.</summary>
/// <param name="From">The earliest time that its post may carry: platforms date a post by its call, or by the time it was planned for.</param>
/// <param name="To">When the permit to make the call ended.</param>
public sealed record OpenCall(DateTimeOffset From, DateTimeOffset To);

/// <summary>What the service knows of an account's posts, looked up after the platform was read.</summary>
/// <param name="Ours">The platform's ids of what came through here, what was removed since included.</param>
/// <param name="Open">Calls that may have made one more.</param>
public sealed record OffSystemFacts(IReadOnlySet<string> Ours, IReadOnlyList<OpenCall> Open);

/// <summary>Which posts count as off-system: made while a hold stood, and not through here.</summary>
/// <remarks>
/// A post is only called off-system when nothing of this service can have made it. That is certain when the facts were looked up after the
/// platform was read: a permit is stored before its call, so whatever the platform shows is known by then, as sent or as open.
/// </remarks>
public static class OffSystemRule
{
    /// <summary>How far a platform's clock may differ: some show whole seconds only. A post from this long before a hold is shown with it.</summary>
    public static readonly TimeSpan ClockMargin = TimeSpan.FromSeconds(10);

    /// <summary>What was judged is read again for this long: platforms show some posts late.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>How long after its permit's end a call may still be on its way, and the platform at it.</summary>
    public static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(2);

    /// <summary>From when on an account's posts are read for a hold.</summary>
    /// <param name="placedAt">When the hold came into force.</param>
    /// <param name="cleanUntil">Up to when everything is judged; null when nothing is.</param>
    public static DateTimeOffset ReadFrom(DateTimeOffset placedAt, DateTimeOffset? cleanUntil)
    {
        var first = placedAt - ClockMargin;
        return cleanUntil - Overlap is { } again && again > first ? again : first;
    }

    /// <summary>Whether a post was made under a hold, by the platform's clock.</summary>
    public static bool IsUnder(DateTimeOffset postedAt, DateTimeOffset placedAt) => postedAt >= placedAt - ClockMargin;

    /// <summary>Judges one post.</summary>
    /// <param name="remoteId">The platform's own id.</param>
    /// <param name="postedAt">The platform's time of it.</param>
    /// <param name="facts">What is known.</param>
    public static OffSystemVerdict Judge(string remoteId, DateTimeOffset postedAt, OffSystemFacts facts) =>
        facts.Ours.Contains(remoteId) ? OffSystemVerdict.Ours
        : facts.Open.Any(c => postedAt >= c.From - ClockMargin && postedAt <= c.To + LongestCall) ? OffSystemVerdict.NotYetKnown
        : OffSystemVerdict.OffSystem;
}

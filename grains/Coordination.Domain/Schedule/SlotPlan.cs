using Coordination.Domain.Posts;
using Coordination.Domain.Review;

namespace Coordination.Domain.Schedule;

/// <summary>A queue slot and the moment that it comes to.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="When">The time on the wall, its moment, and what the clocks make of it.</param>
public sealed record SlotTime(QueueSlot Slot, WallTime When);

/// <summary>What an account's queue slots come to, and which of them are free. Pure.</summary>
public static class SlotPlan
{
    /// <summary>How far ahead a post is put into a slot.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(28);

    /// <summary>How near a slot may be: a post that is written for it still has to reach its account.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMinutes(1);

    /// <summary>Most free slots that an account is offered for one post.</summary>
    public const int MostOffered = 60;

    private static readonly TimeZoneInfo London = WallClock.TryFindZone(WallClock.London, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The coming moments of the slots, soonest first. What lies in the quiet hours is left out, and so is a time that the clocks skip where another slot has the moment that it would count as.</summary>
    /// <param name="slots">The slots.</param>
    /// <param name="quiet">The quiet hours of Comms' rules.</param>
    /// <param name="now">Now.</param>
    public static IReadOnlyList<SlotTime> Coming(IReadOnlyCollection<QueueSlot> slots, QuietHours quiet, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, London).DateTime);
        return [.. Enumerable.Range(0, Furthest.Days + 1)
            .Select(today.AddDays)
            .SelectMany(day => slots.Where(s => s.Day == day.DayOfWeek).Select(s => new SlotTime(s, WallClock.At(day.ToDateTime(s.Time), London))))
            .Where(t => t.When.At > now + Lead && t.When.At <= now + Furthest && !quiet.Contain(t.When.At))
            .OrderBy(t => t.When.At)
            .ThenBy(t => t.When.Change == ClockChange.Skipped)
            .DistinctBy(t => t.When.At)];
    }

    /// <summary>Those at which nothing is due.</summary>
    /// <param name="coming">The coming moments, soonest first.</param>
    /// <param name="taken">When the account's unfinished posts are due.</param>
    public static IReadOnlyList<SlotTime> Free(IReadOnlyList<SlotTime> coming, IEnumerable<DateTimeOffset> taken)
    {
        var minutes = taken.Select(MinuteOf).ToHashSet();
        return [.. coming.Where(t => !minutes.Contains(t.When.At))];
    }

    /// <summary>The slot that a post gets: the first of those offered that is still to come and at which no unfinished post of the account is due.</summary>
    /// <param name="offered">The slots that were free when the post was written.</param>
    /// <param name="posts">The account's posts as they are now.</param>
    /// <param name="now">Now.</param>
    /// <returns>Null when there is none.</returns>
    public static DateTimeOffset? FirstFree(IEnumerable<DateTimeOffset> offered, IEnumerable<Post> posts, DateTimeOffset now)
    {
        var minutes = posts.Where(p => p.State.IsWaiting()).Select(p => MinuteOf(p.DueAt)).ToHashSet();
        return offered.Where(at => at > now && !minutes.Contains(MinuteOf(at))).Select(at => (DateTimeOffset?)at).Min();
    }

    // A slot is a whole minute: what is due within it takes it.
    private static DateTimeOffset MinuteOf(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerMinute));
}

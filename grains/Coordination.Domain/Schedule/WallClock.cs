using System.Diagnostics.CodeAnalysis;

namespace Coordination.Domain.Schedule;

/// <summary>What a change of the clocks makes of a time on the wall.</summary>
public enum ClockChange
{
    /// <summary>The wall shows it once.</summary>
    None,

    /// <summary>The clocks go forward over it, and the wall never shows it: it counts as the first moment after the gap.</summary>
    Skipped,

    /// <summary>The clocks go back over it, and the wall shows it twice: the first of the two counts.</summary>
    Twice,
}

/// <summary>A time on the wall and the moment that it stands for.</summary>
/// <param name="Local">The time on the wall, as it was wished.</param>
/// <param name="At">The moment (UTC).</param>
/// <param name="Change">What a change of the clocks made of it.</param>
public readonly record struct WallTime(DateTime Local, DateTimeOffset At, ClockChange Change);

/// <summary>Turns a wish in local time into a moment: every wish has exactly one, whatever the clocks do.</summary>
public static class WallClock
{
    /// <summary>The zone of the brigade.</summary>
    public const string London = "Europe/London";

    /// <summary>Finds a zone by its IANA name, such as <c>Europe/London</c>.</summary>
    public static bool TryFindZone(string? id, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        return id is { Length: > 0 and <= 60 } && TimeZoneInfo.TryFindSystemTimeZoneById(id, out zone) && zone.HasIanaId;
    }

    /// <summary>The moment of a time on the wall.</summary>
    /// <param name="local">The time, as the wall says it.</param>
    /// <param name="zone">Where the wall is.</param>
    public static WallTime At(DateTime local, TimeZoneInfo zone)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(wall))
        {
            return new WallTime(wall, AfterGap(wall, zone), ClockChange.Skipped);
        }

        var twice = zone.IsAmbiguousTime(wall);
        var offset = twice ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new WallTime(wall, new DateTimeOffset(wall, offset).ToUniversalTime(), twice ? ClockChange.Twice : ClockChange.None);
    }

    // Zones change on whole minutes; no gap is longer than a day.
    private static DateTimeOffset AfterGap(DateTime wall, TimeZoneInfo zone)
    {
        var gap = wall.AddTicks(-(wall.Ticks % TimeSpan.TicksPerMinute));
        while (zone.IsInvalidTime(gap.AddMinutes(-1)))
        {
            gap = gap.AddMinutes(-1);
        }

        return new DateTimeOffset(gap, zone.GetUtcOffset(gap.AddMinutes(-1))).ToUniversalTime();
    }
}

using System.Globalization;
using Coordination.Dashboard.Components.Kit;

namespace Coordination.Dashboard.Components.Calendar;

/// <summary>How much of the calendar is on screen.</summary>
public enum CalendarView
{
    /// <summary>A month, in weeks from Monday.</summary>
    Month,

    /// <summary>A week from Monday.</summary>
    Week,

    /// <summary>One day.</summary>
    Day,

    /// <summary>Two weeks, as a list.</summary>
    List,
}

/// <summary>The days on screen.</summary>
/// <param name="View">How much.</param>
/// <param name="Date">A day that is in it.</param>
public sealed record CalendarRange(CalendarView View, DateOnly Date)
{
    private const int DaysOfAList = 14;

    /// <summary>The first day.</summary>
    public DateOnly From => View switch
    {
        CalendarView.Month => Monday(new DateOnly(Date.Year, Date.Month, 1)),
        CalendarView.Week => Monday(Date),
        _ => Date,
    };

    /// <summary>The day after the last.</summary>
    public DateOnly Until => View switch
    {
        CalendarView.Month => Monday(new DateOnly(Date.Year, Date.Month, 1).AddMonths(1).AddDays(6)),
        CalendarView.Week => From.AddDays(7),
        CalendarView.Day => Date.AddDays(1),
        _ => Date.AddDays(DaysOfAList),
    };

    /// <summary>Every day of it.</summary>
    public IEnumerable<DateOnly> Days => Enumerable.Range(0, Until.DayNumber - From.DayNumber).Select(From.AddDays);

    /// <summary>Most posts of a day that are shown at once.</summary>
    public int PerDay => View switch { CalendarView.Month => 4, CalendarView.Week => 25, CalendarView.Day => 200, _ => 50 };

    /// <summary>What it is called.</summary>
    public string Title => View switch
    {
        CalendarView.Month => Date.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
        CalendarView.Week => $"Week of {From.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}",
        CalendarView.Day => Date.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture),
        _ => $"From {Date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}",
    };

    /// <summary>What comes before or after it.</summary>
    /// <param name="by">1 for the next, -1 for the one before.</param>
    public CalendarRange Step(int by) => this with
    {
        Date = View switch
        {
            CalendarView.Month => new DateOnly(Date.Year, Date.Month, 1).AddMonths(by),
            CalendarView.Week => Date.AddDays(7 * by),
            CalendarView.Day => Date.AddDays(by),
            _ => Date.AddDays(DaysOfAList * by),
        },
    };

    /// <summary>The day in London of an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(UkTime.Local(at).DateTime);

    /// <summary>An instant on another day at the same time on the wall; null where the clocks skip that time.</summary>
    public static DateTimeOffset? OnDay(DateTimeOffset at, DateOnly day)
    {
        var wall = day.ToDateTime(TimeOnly.FromDateTime(UkTime.Local(at).DateTime));
        if (!UkTime.TryParse(UkTime.WallToField(wall), out var moved))
        {
            return null;
        }

        // A field knows minutes; the seconds stay.
        return moved + TimeSpan.FromTicks(at.Ticks % TimeSpan.TicksPerMinute);
    }

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}

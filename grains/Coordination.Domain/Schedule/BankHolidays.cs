using System.Collections.Concurrent;

namespace Coordination.Domain.Schedule;

/// <summary>The bank holidays of England and Wales: computed by their rules, with the days that were moved or given once (facts of GOV.UK).</summary>
public static class BankHolidays
{
    private static readonly ConcurrentDictionary<int, IReadOnlyDictionary<DateOnly, string>> Years = new();

    // Given once, or moved for an occasion. A year that is not here goes by the rules alone.
    private static readonly Dictionary<DateOnly, string> Once = new()
    {
        [new(2012, 6, 4)] = "Spring bank holiday",
        [new(2012, 6, 5)] = "Queen's Diamond Jubilee",
        [new(2020, 5, 8)] = "Early May bank holiday (VE day)",
        [new(2022, 6, 2)] = "Spring bank holiday",
        [new(2022, 6, 3)] = "Platinum Jubilee bank holiday",
        [new(2022, 9, 19)] = "Bank Holiday for the State Funeral of Queen Elizabeth II",
        [new(2023, 5, 8)] = "Bank holiday for the coronation of King Charles III",
    };

    private static readonly HashSet<DateOnly> MovedAway = [new(2012, 5, 28), new(2020, 5, 4), new(2022, 5, 30)];

    /// <summary>The holiday's name; null on an ordinary day.</summary>
    public static string? Of(DateOnly day) => InYear(day.Year).GetValueOrDefault(day);

    /// <summary>All of a year, by day.</summary>
    public static IReadOnlyDictionary<DateOnly, string> InYear(int year) => Years.GetOrAdd(year, Compute);

    private static SortedDictionary<DateOnly, string> Compute(int year)
    {
        var easter = Easter(year);
        var days = new SortedDictionary<DateOnly, string>
        {
            [easter.AddDays(-2)] = "Good Friday",
            [easter.AddDays(1)] = "Easter Monday",
            [First(year, 5)] = "Early May bank holiday",
            [Last(year, 5)] = "Spring bank holiday",
            [Last(year, 8)] = "Summer bank holiday",
        };
        var newYear = new DateOnly(year, 1, 1);
        days[Weekday(newYear)] = "New Year’s Day";

        // Christmas and Boxing Day give way to each other, in that order.
        var (christmas, boxing) = (new DateOnly(year, 12, 25), new DateOnly(year, 12, 26));
        var first = christmas.DayOfWeek switch { DayOfWeek.Saturday => boxing.AddDays(1), DayOfWeek.Sunday => boxing.AddDays(1), _ => christmas };
        var second = boxing.DayOfWeek switch { DayOfWeek.Saturday => boxing.AddDays(2), DayOfWeek.Sunday => boxing.AddDays(2), _ => boxing };
        days[first] = "Christmas Day";
        days[second] = "Boxing Day";
        foreach (var gone in MovedAway)
        {
            days.Remove(gone);
        }

        foreach (var (day, name) in Once.Where(o => o.Key.Year == year))
        {
            days[day] = name;
        }

        return days;
    }

    private static DateOnly Weekday(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(2),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };

    private static DateOnly First(int year, int month)
    {
        var day = new DateOnly(year, month, 1);
        return day.AddDays(((int)DayOfWeek.Monday - (int)day.DayOfWeek + 7) % 7);
    }

    private static DateOnly Last(int year, int month)
    {
        var day = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
        return day.AddDays(-(((int)day.DayOfWeek - (int)DayOfWeek.Monday + 7) % 7));
    }

    // The Gregorian computus (Meeus, Jones and Butcher).
    private static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }
}

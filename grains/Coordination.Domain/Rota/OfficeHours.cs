using Coordination.Domain.Schedule;

namespace Coordination.Domain.Rota;

/// <summary>When Comms are at their desks: the same hours from Monday to Friday, bank holidays left out. Equal hours mean never.</summary>
/// <param name="From">When they come, on a wall in London.</param>
/// <param name="To">When they go.</param>
public sealed record OfficeHours(TimeOnly From, TimeOnly To)
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>Unless it is set otherwise: 08:30 to 17:00.</summary>
    public static OfficeHours Default { get; } = new(new TimeOnly(8, 30), new TimeOnly(17, 0));

    /// <summary>Whether an instant lies in them.</summary>
    public bool Contain(DateTimeOffset at)
    {
        var wall = TimeZoneInfo.ConvertTime(at, London).DateTime;
        return Works(DateOnly.FromDateTime(wall)) && TimeOnly.FromDateTime(wall) >= From && TimeOnly.FromDateTime(wall) < To;
    }

    /// <summary>The times outside of them.</summary>
    /// <param name="from">From here (UTC).</param>
    /// <param name="until">To here (UTC).</param>
    public IReadOnlyList<Period> Outside(DateTimeOffset from, DateTimeOffset until)
    {
        var outside = new List<Period>();
        var at = from;
        var last = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(until, London).DateTime);
        for (var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, London).DateTime); day <= last; day = day.AddDays(1))
        {
            if (!Works(day))
            {
                continue;
            }

            var (open, close) = (Instant(day, From), Instant(day, To));
            if (open > at)
            {
                outside.Add(new Period(at, open < until ? open : until));
            }

            at = close > at ? close : at;
            if (at >= until)
            {
                return outside;
            }
        }

        outside.Add(new Period(at, until));
        return [.. outside.Where(p => p.To > p.From)];
    }

    private bool Works(DateOnly day) => From < To && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && BankHolidays.Of(day) is null;

    // The clocks change on Sundays, when nobody is in the office.
    private static DateTimeOffset Instant(DateOnly day, TimeOnly time)
    {
        var wall = day.ToDateTime(time);
        return new DateTimeOffset(wall, London.GetUtcOffset(wall)).ToUniversalTime();
    }
}

/// <summary>A stretch of time.</summary>
/// <param name="From">From when (UTC).</param>
/// <param name="To">Until when (UTC), not included.</param>
public sealed record Period(DateTimeOffset From, DateTimeOffset To);

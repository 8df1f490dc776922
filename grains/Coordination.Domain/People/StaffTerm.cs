namespace Coordination.Domain.People;

/// <summary>From a first and a last day, as people say them, to the instants between which somebody is let in: midnights in London.</summary>
public static class StaffTerm
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>When a first day begins (UTC).</summary>
    public static DateTimeOffset? Start(DateOnly? firstDay) => firstDay is { } day ? Midnight(day) : null;

    /// <summary>When a last day is over (UTC).</summary>
    public static DateTimeOffset? End(DateOnly? lastDay) => lastDay is { } day ? Midnight(day.AddDays(1)) : null;

    /// <summary>The day on which somebody begins.</summary>
    public static DateOnly? FirstDay(DateTimeOffset? startsAt) => startsAt is { } at ? Day(at) : null;

    /// <summary>The last day on which somebody is let in.</summary>
    public static DateOnly? LastDay(DateTimeOffset? endsAt) => endsAt is { } at ? Day(at.AddTicks(-1)) : null;

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, London).DateTime);

    // The clocks change at one in the morning: a midnight is there, and once only.
    private static DateTimeOffset Midnight(DateOnly day)
    {
        var wall = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(wall, London.GetUtcOffset(wall)).ToUniversalTime();
    }
}

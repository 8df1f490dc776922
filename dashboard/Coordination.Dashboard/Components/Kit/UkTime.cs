using System.Globalization;

namespace Coordination.Dashboard.Components.Kit;

/// <summary>Times as people in the West Midlands read and write them. Instants stay UTC underneath.</summary>
public static class UkTime
{
    private const string FieldForm = "yyyy-MM-dd'T'HH:mm";
    private static readonly string[] FieldForms = [FieldForm, FieldForm + ":ss"];

    /// <summary>The zone of every time on screen.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    /// <summary>The kind of field that a time is typed into. An expression, so that what is bound to it stays the text that was typed.</summary>
    public static string FieldType => "datetime-local";

    /// <summary>The instant on a wall in London.</summary>
    public static DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    /// <summary><c>10:01:58</c>.</summary>
    public static string Clock(DateTimeOffset at) => Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary><c>.412</c>, to stand behind a clock.</summary>
    public static string Millis(DateTimeOffset at) => at.ToString(".fff", CultureInfo.InvariantCulture);

    /// <summary>As short as it can be told on a tile: <c>18:30</c>, <c>Tue</c>, <c>3 Dec</c>.</summary>
    public static string Short(DateTimeOffset at, DateTimeOffset now)
    {
        var (local, today) = (Local(at), Local(now).Date);
        var days = (local.Date - today).Days;
        return local.ToString(days == 0 ? "HH:mm" : days is > 0 and < 7 ? "ddd" : "d MMM", CultureInfo.InvariantCulture);
    }

    /// <summary>For the next day or so: <c>18:30</c>, <c>Tue 02:15</c>.</summary>
    public static string Soon(DateTimeOffset at, DateTimeOffset now)
    {
        var local = Local(at);
        return local.ToString(local.Date == Local(now).Date ? "HH:mm" : "ddd HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>For a list: <c>today 18:30</c>, <c>Tue 24 Nov 09:00</c>, with the year when it is another.</summary>
    public static string Day(DateTimeOffset at, DateTimeOffset now)
    {
        var (local, today) = (Local(at), Local(now).Date);
        return (local.Date - today).Days switch
        {
            0 => local.ToString("'today' HH:mm", CultureInfo.InvariantCulture),
            1 => local.ToString("'tomorrow' HH:mm", CultureInfo.InvariantCulture),
            -1 => local.ToString("'yesterday' HH:mm", CultureInfo.InvariantCulture),
            _ => local.ToString(local.Year == today.Year ? "ddd d MMM HH:mm" : "d MMM yyyy HH:mm", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>For evidence: <c>Mon 23 Nov 2026 10:01:58.412 GMT</c>.</summary>
    public static string Exact(DateTimeOffset at) =>
        Local(at).ToString("ddd d MMM yyyy HH:mm:ss.fff ", CultureInfo.InvariantCulture) + ZoneName(at);

    /// <summary><c>GMT</c> or <c>BST</c>.</summary>
    public static string ZoneName(DateTimeOffset at) => Zone.IsDaylightSavingTime(at) ? "BST" : "GMT";

    /// <summary>How long ago, or how long: <c>0.3 s</c>, <c>41 s</c>, <c>5 min</c>, <c>3 h</c>, <c>2 days</c>.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 0 } => "0.0 s",
        { TotalSeconds: < 10 } => span.TotalSeconds.ToString("0.0 's'", CultureInfo.InvariantCulture),
        { TotalSeconds: < 120 } => span.TotalSeconds.ToString("0 's'", CultureInfo.InvariantCulture),
        { TotalMinutes: < 120 } => span.TotalMinutes.ToString("0 'min'", CultureInfo.InvariantCulture),
        { TotalHours: < 48 } => span.TotalHours.ToString("0 'h'", CultureInfo.InvariantCulture),
        _ => span.TotalDays.ToString("0 'days'", CultureInfo.InvariantCulture),
    };

    /// <summary>What a <c>datetime-local</c> field holds, as an instant.</summary>
    /// <param name="text"><c>2026-11-23T14:00</c>, seconds optional, on a wall in London.</param>
    /// <param name="at">The instant; of the two that the clocks' going back makes, the earlier.</param>
    /// <returns>False for text that is no time, or a time that the clocks' going forward skips.</returns>
    public static bool TryParse(string? text, out DateTimeOffset at)
    {
        at = default;
        if (ToWall(text) is not { } local || Zone.IsInvalidTime(local))
        {
            return false;
        }

        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        at = new DateTimeOffset(local, offset).ToUniversalTime();
        return true;
    }

    /// <summary>An instant as a <c>datetime-local</c> field takes it.</summary>
    public static string ToField(DateTimeOffset at) => WallToField(Local(at).DateTime);

    /// <summary>A time on a wall as a <c>datetime-local</c> field takes it; empty for none.</summary>
    public static string WallToField(DateTime? wall) => wall?.ToString(FieldForm, CultureInfo.InvariantCulture) ?? "";

    /// <summary>What a <c>datetime-local</c> field holds, as the wall says it; null when that is no time.</summary>
    public static DateTime? ToWall(string? text) =>
        DateTime.TryParseExact(text, FieldForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall) ? wall : null;

    /// <summary>The first moment of a day in the United Kingdom (UTC). There is always a midnight: the clocks change later.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue), Zone);

    /// <summary>Days before months, weeks from Monday, whatever the machine is set to.</summary>
    public static CultureInfo Culture { get; } = British();

    private static CultureInfo British()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.DateTimeFormat.FirstDayOfWeek, culture.DateTimeFormat.ShortDatePattern) = (DayOfWeek.Monday, "d/M/yyyy");
        // A day's name holds the number that is seen ("Sunday 1 November 2026"), so that it can be spoken to as well.
        (culture.DateTimeFormat.LongDatePattern, culture.DateTimeFormat.YearMonthPattern) = ("dddd d MMMM yyyy", "MMMM yyyy");
        (culture.DateTimeFormat.ShortTimePattern, culture.DateTimeFormat.LongTimePattern) = ("HH:mm", "HH:mm:ss");
        return CultureInfo.ReadOnly(culture);
    }
}

using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Drafts;
using Coordination.Domain.Schedule;

namespace Coordination.Dashboard.Components.Repeats;

/// <summary>When a post comes back, as fields hold it.</summary>
public sealed class RepeatForm
{
    private static readonly string[] Days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    /// <summary>It does not come back.</summary>
    public const string Never = "never";

    /// <summary>What there is to choose from.</summary>
    public static IReadOnlyList<Option> Kinds { get; } =
    [
        new(Never, "Does not repeat"), new("daily", "Every day"), new("weekly", "Every week, on days"), new("month-day", "Every month, on this day"),
        new("month-week", "Every month, on this weekday"), new("rule", "By a rule (RRULE)"),
    ];

    /// <summary>How it may end.</summary>
    public static IReadOnlyList<Option> Endings { get; } = [new("count", "After a number of dates"), new("until", "On a day")];

    /// <summary>The weekdays, from Monday.</summary>
    public static IReadOnlyList<DayOfWeek> Week { get; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>How it comes back.</summary>
    public string Kind { get; set; } = Never;

    /// <summary>How it ends.</summary>
    public string Ends { get; set; } = "count";

    /// <summary>After how many dates.</summary>
    public int Count { get; set; } = 10;

    /// <summary>The last day, as the field holds it.</summary>
    public string Until { get; set; } = "";

    /// <summary>The rule as typed.</summary>
    public string Rule { get; set; } = "";

    /// <summary>Whether bank holidays are left out.</summary>
    public bool SkipHolidays { get; set; }

    /// <summary>The days of the week that are chosen besides the first date's.</summary>
    public HashSet<DayOfWeek> Chosen { get; } = [];

    /// <summary>Whether it comes back at all.</summary>
    public bool On => Kind != Never;

    /// <summary>Forgets what was chosen.</summary>
    public void Clear()
    {
        (Kind, Ends, Count, Until, Rule, SkipHolidays) = (Never, "count", 10, "", "", false);
        Chosen.Clear();
    }

    /// <summary>As a draft keeps it.</summary>
    /// <param name="first">The first date and time on the wall; null when none is typed: then there is nothing to keep.</param>
    public DraftRepeat? ToDraft(DateTime? first) => On && first is { } wall ? new DraftRepeat(RuleFor(wall), SkipHolidays) : null;

    /// <summary>Shows what a draft keeps. A rule that the other fields would not say stays as it is written.</summary>
    /// <param name="repeat">What it keeps; null for nothing.</param>
    /// <param name="first">The first date and time on the wall.</param>
    public void Show(DraftRepeat? repeat, DateTime? first)
    {
        Clear();
        if (repeat is null)
        {
            return;
        }

        SkipHolidays = repeat.SkipHolidays;
        var parts = repeat.Rule.Split(';').Select(p => p.Split('=', 2)).Where(p => p.Length == 2).DistinctBy(p => p[0], StringComparer.Ordinal).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        var days = parts.GetValueOrDefault("BYDAY", "");
        Kind = parts.GetValueOrDefault("FREQ") switch { "DAILY" => "daily", "WEEKLY" => "weekly", "MONTHLY" => days.Length == 0 ? "month-day" : "month-week", _ => "rule" };
        (Ends, Until) = parts.TryGetValue("UNTIL", out var until) ? ("until", until.Length == 8 ? $"{until[..4]}-{until[4..6]}-{until[6..]}" : until) : ("count", "");
        Count = int.TryParse(parts.GetValueOrDefault("COUNT"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : Count;
        Chosen.UnionWith(Kind == "weekly" ? Week.Where(d => days.Split(',').Contains(Days[(int)d], StringComparer.Ordinal) && d != first?.DayOfWeek) : []);
        if (Kind == "rule" || first is not { } wall || !string.Equals(RuleFor(wall), repeat.Rule, StringComparison.Ordinal))
        {
            Clear();
            (Kind, Rule, SkipHolidays) = ("rule", repeat.Rule, repeat.SkipHolidays);
        }
    }

    /// <summary>Chooses a day of the week, or takes it out.</summary>
    public void Toggle(DayOfWeek day)
    {
        if (!Chosen.Remove(day))
        {
            Chosen.Add(day);
        }
    }

    /// <summary>The rule that the fields say.</summary>
    /// <param name="first">The first date and time on the wall.</param>
    public string RuleFor(DateTime first) => Kind switch
    {
        "daily" => "FREQ=DAILY" + End,
        "weekly" => $"FREQ=WEEKLY;BYDAY={string.Join(',', Week.Where(d => d == first.DayOfWeek || Chosen.Contains(d)).Select(d => Days[(int)d]))}" + End,
        "month-day" => FormattableString.Invariant($"FREQ=MONTHLY;BYMONTHDAY={first.Day}") + End,
        "month-week" => FormattableString.Invariant($"FREQ=MONTHLY;BYDAY={(first.Day > 28 ? -1 : ((first.Day - 1) / 7) + 1)}{Days[(int)first.DayOfWeek]}") + End,
        _ => Rule,
    };

    /// <summary>A rule in words; as it stands where there are none for it.</summary>
    public static string Words(string rule)
    {
        var text = rule.Trim().ToUpperInvariant();
        var parts = (text.StartsWith("RRULE:", StringComparison.Ordinal) ? text[6..] : text).Split(';').Select(p => p.Split('=')).Where(p => p.Length == 2)
            .GroupBy(p => p[0], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First()[1], StringComparer.Ordinal);
        var every = parts.GetValueOrDefault("FREQ") switch { "HOURLY" => "hour", "DAILY" => "day", "WEEKLY" => "week", "MONTHLY" => "month", "YEARLY" => "year", _ => null };
        if (every is null || parts.Keys.Any(k => k is not ("FREQ" or "INTERVAL" or "BYDAY" or "BYMONTHDAY" or "COUNT" or "UNTIL" or "WKST")))
        {
            return rule;
        }

        var interval = parts.GetValueOrDefault("INTERVAL", "1");
        var words = interval == "1" ? $"Every {every}" : $"Every {interval} {every}s";
        words += parts.TryGetValue("BYDAY", out var days) ? $" on {Names.And([.. days.Split(',').Select(DayWords)])}" : "";
        words += parts.TryGetValue("BYMONTHDAY", out var monthDays) ? $" on day {Names.And(monthDays.Split(','))}" : "";
        words += parts.TryGetValue("COUNT", out var count) ? $", {count} {(count == "1" ? "time" : "times")}" : "";
        return words + (parts.TryGetValue("UNTIL", out var until) && DateTime.TryParseExact(until.Length < 8 ? until : until[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last)
            ? $" until {last.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}"
            : "");
    }

    /// <summary>A date in words, with what the clocks make of it.</summary>
    public static string Words(WallTime when) => when.Change switch
    {
        ClockChange.Skipped => $"{Date(when.Local)} {Clock(when.Local)} is skipped by the clocks, which go forward then: it goes out at {Clock(UkTime.Local(when.At).DateTime)} {UkTime.ZoneName(when.At)}",
        ClockChange.Twice => $"{Date(when.Local)} {Clock(when.Local)} comes twice, the clocks go back then: it goes out at the first, {UkTime.ZoneName(when.At)}",
        _ => $"{Date(when.Local)} {Clock(when.Local)} {UkTime.ZoneName(when.At)}",
    };

    private string End => Ends == "until"
        ? $";UNTIL={Until.Replace("-", "", StringComparison.Ordinal)}"
        : FormattableString.Invariant($";COUNT={Count}");

    private static string Date(DateTime local) => local.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Clock(DateTime local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string DayWords(string day)
    {
        var which = day.Length > 2 ? day[..^2].TrimStart('+') : "";
        var place = which switch { "" => "", "1" => "the first ", "2" => "the second ", "3" => "the third ", "4" => "the fourth ", "5" => "the fifth ", "-1" => "the last ", _ => $"no. {which} " };
        return place + (Array.IndexOf(Days, day.Length < 2 ? day : day[^2..]) is >= 0 and var n ? ((DayOfWeek)n).ToString() : day);
    }
}

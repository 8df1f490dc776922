using System.Globalization;
using System.Text;

namespace Coordination.Domain.Schedule;

/// <summary>A rule of recurrence that may be expanded: it has an end, names at most one moment in an hour, and nothing in it makes its expansion long.</summary>
/// <remarks>Only <see cref="Read"/> makes one. What is in it besides <see cref="Until"/> is <see cref="Endless"/>, in the words of RFC 5545, 3.3.10.</remarks>
public sealed record RepeatRule
{
    /// <summary>Longest rule, in characters: more than any sensible one has.</summary>
    public const int Longest = 200;

    /// <summary>Most dates that a rule may ask for.</summary>
    public const int MostDates = 400;

    /// <summary>The widest interval, in the rule's own unit.</summary>
    public const int WidestInterval = 1000;

    private static readonly string[] Often = ["SECONDLY", "MINUTELY"];
    private static readonly string[] Frequencies = ["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
    private static readonly string[] Weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    // The lists that a rule may have, with the range of their numbers; 0 is in none that also counts from the end.
    private static readonly Dictionary<string, (int Least, int Greatest)> Lists = new(StringComparer.Ordinal)
    {
        ["BYHOUR"] = (0, 23), ["BYMONTHDAY"] = (-31, 31), ["BYYEARDAY"] = (-366, 366), ["BYWEEKNO"] = (-53, 53), ["BYMONTH"] = (1, 12), ["BYSETPOS"] = (-366, 366),
    };

    private RepeatRule(string endless, DateTime? until) => (Endless, Until) = (endless, until);

    /// <summary>The rule without its <c>UNTIL</c>, as it is expanded.</summary>
    public string Endless { get; }

    /// <summary>The last moment on the wall that belongs to it; null when it counts its dates instead.</summary>
    public DateTime? Until { get; }

    /// <summary>Reads a rule.</summary>
    /// <param name="text">The value of an RRULE, with or without that word before it.</param>
    /// <param name="zone">Where the wall is: an <c>UNTIL</c> may be given in UTC.</param>
    /// <param name="rule">The rule; null when it is refused.</param>
    /// <returns>Null when it may stand.</returns>
    public static Refusal? Read(string? text, TimeZoneInfo zone, out RepeatRule? rule)
    {
        rule = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return Malformed("It is empty.");
        }

        if (text.Length > Longest)
        {
            return new Refusal("repeat-rule-too-long", $"The rule has {text.Length} characters; {Longest} fit. Nothing was started. A repeat that needs more is two repeats.");
        }

        var value = text.Trim().ToUpperInvariant();
        value = value.StartsWith("RRULE:", StringComparison.Ordinal) ? value[6..] : value;
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in value.Split(';'))
        {
            if (part.Split('=') is not [{ Length: > 0 } name, { Length: > 0 } said] || !said.All(c => char.IsAsciiLetterOrDigit(c) || c is ',' or '-' or '+'))
            {
                return Malformed($"'{Shown(part)}' is no part of one; parts look like FREQ=WEEKLY, with ; between them.");
            }

            if (!parts.TryAdd(name, said))
            {
                return Malformed($"{Shown(name)} stands in it twice.");
            }
        }

        if ((Frequency(parts) ?? Parts(parts) ?? End(parts)) is { } refusal)
        {
            return refusal;
        }

        DateTime? until = null;
        if (parts.Remove("UNTIL", out var last) && !TryUntil(last, zone, out until))
        {
            return Malformed($"UNTIL={Shown(last)} is no date; write 20261231, or 20261231T235900 for a time on the wall.");
        }

        rule = new RepeatRule(Joined(parts), until);
        return null;
    }

    private static Refusal? Frequency(Dictionary<string, string> parts)
    {
        if (!parts.TryGetValue("FREQ", out var frequency))
        {
            return Malformed("FREQ is missing: HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY.");
        }

        if (Often.Contains(frequency, StringComparer.Ordinal) || ManyInAnHour(parts, "BYMINUTE") || ManyInAnHour(parts, "BYSECOND"))
        {
            return new Refusal("repeat-too-often", "The rule would send more than one post in an hour. Nothing was started. The most is one in an hour: FREQ=HOURLY, with one BYMINUTE.");
        }

        return Frequencies.Contains(frequency, StringComparer.Ordinal) ? null : Malformed($"FREQ={Shown(frequency)} is none of {string.Join(", ", Frequencies)}.");
    }

    private static Refusal? Parts(Dictionary<string, string> parts)
    {
        foreach (var (name, said) in parts)
        {
            var fits = name switch
            {
                "FREQ" or "UNTIL" => true,
                "COUNT" => Number(said, 1, int.MaxValue),
                "INTERVAL" => Number(said, 1, WidestInterval),
                "WKST" => Weekdays.Contains(said, StringComparer.Ordinal),
                "BYDAY" => said.Split(',').All(IsDay),
                "BYMINUTE" => Number(said, 0, 59),
                "BYSECOND" => Number(said, 0, 0),
                _ => Lists.TryGetValue(name, out var range) && said.Split(',').All(n => Number(n, range.Least, range.Greatest) && !(range.Least < 0 && Number(n, 0, 0))),
            };
            if (!fits)
            {
                return Malformed(name switch
                {
                    "INTERVAL" => $"INTERVAL is a number from 1 to {WidestInterval}.",
                    "BYSECOND" => "BYSECOND is 0: posts go out on the minute.",
                    _ => $"{Shown(name)}={Shown(said)} is not understood.",
                });
            }
        }

        return parts["FREQ"] is "HOURLY" or "DAILY" or "WEEKLY" && parts.TryGetValue("BYDAY", out var days) && days.Any(char.IsAsciiDigit)
            ? Malformed("A day with a number before it, such as 1MO, is for MONTHLY and YEARLY.")
            : null;
    }

    private static Refusal? End(Dictionary<string, string> parts)
    {
        if (parts.ContainsKey("UNTIL") == parts.ContainsKey("COUNT"))
        {
            return parts.ContainsKey("UNTIL")
                ? Malformed("It has both UNTIL and COUNT; one of them is its end.")
                : new Refusal("repeat-endless", "The rule never ends. Nothing was started. Give it an end: COUNT=12 for twelve dates, or UNTIL=20261231 for the last day.");
        }

        return parts.TryGetValue("COUNT", out var count) && !Number(count, 1, MostDates)
            ? new Refusal("repeat-too-many", $"The rule asks for {Shown(count)} dates; {MostDates} fit. Nothing was started. Give it an earlier end.")
            : null;
    }

    private static bool TryUntil(string said, TimeZoneInfo zone, out DateTime? until)
    {
        until = null;
        if (DateTime.TryParseExact(said, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            until = day.Year == DateTime.MaxValue.Year ? null : day.AddDays(1).AddTicks(-1);
        }
        else if (DateTime.TryParseExact(said, "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall))
        {
            until = wall;
        }
        else if (DateTime.TryParseExact(said, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var utc))
        {
            until = TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), zone).DateTime;
        }

        return until is not null;
    }

    private static bool ManyInAnHour(Dictionary<string, string> parts, string name) => parts.TryGetValue(name, out var said) && said.Contains(',', StringComparison.Ordinal);

    private static bool IsDay(string day) => day.Length >= 2 && Weekdays.Contains(day[^2..], StringComparer.Ordinal)
        && (day.Length == 2 || (Number(day[..^2], -53, 53) && !Number(day[..^2], 0, 0)));

    private static bool Number(string text, int least, int greatest) =>
        text.Length <= 10 && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= greatest;

    private static string Joined(Dictionary<string, string> parts)
    {
        var text = new StringBuilder("FREQ=").Append(parts["FREQ"]);
        foreach (var (name, said) in parts.Where(p => p.Key != "FREQ").OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            text.Append(';').Append(name).Append('=').Append(said);
        }

        return text.ToString();
    }

    private static string Shown(string part) => string.Concat(part.Take(40).Select(c => c is >= ' ' and <= '~' ? c : '?'));

    private static Refusal Malformed(string what) => new(
        "repeat-rule-malformed", $"The rule is not understood. {what} Nothing was started. A rule looks like FREQ=WEEKLY;BYDAY=MO,TH;COUNT=12.");
}

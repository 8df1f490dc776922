using System.Globalization;

namespace Coordination.Storage.Verification;

/// <summary>How values of the journal and of tables are compared, and how they are shown.</summary>
internal static class Same
{
    /// <summary>The database keeps whole microseconds and rounds; nothing of the service is finer than that.</summary>
    public static bool Time(DateTimeOffset? expected, DateTimeOffset? found) => expected is { } e && found is { } f
        ? (e - f).Duration() < TimeSpan.FromMicroseconds(1)
        : expected is null && found is null;

    /// <summary>A row's time is taken a moment before its entry's, in the same statement of a few seconds at most.</summary>
    public static bool Moment(DateTimeOffset entry, DateTimeOffset? row) => row is { } r && (entry - r).Duration() < TimeSpan.FromSeconds(10);

    /// <summary>A value for a line of a report.</summary>
    public static string Show(object? value) => value switch
    {
        null => "nothing",
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        IEnumerable<string> list => string.Join(", ", list) is { Length: > 0 } names ? names : "nothing",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() is { Length: > 0 } text ? text : "an empty text",
    };

    /// <summary>The words of a difference between two values. What people wrote is counted, never shown.</summary>
    public static string Words(string what, object? expected, object? found, bool hidden = false) => hidden
        ? $"{what} is another: {Length(expected)} expected, {Length(found)} found (contents are not shown)."
        : $"{what} is {Show(found)}; the journal makes it {Show(expected)}.";

    private static string Length(object? text) => text is null ? "none" : FormattableString.Invariant($"{text.ToString()!.Length} characters");
}

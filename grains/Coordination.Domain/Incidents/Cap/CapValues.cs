using System.Globalization;
using System.Text.RegularExpressions;
using Coordination.Domain.Brigade;

namespace Coordination.Domain.Incidents.Cap;

/// <summary>Reads the values of CAP 1.2. Each check answers what is wrong in words, or null.</summary>
internal static partial class CapValues
{
    private const int MaxTokenLength = 300;
    private const int QuotedLength = 60;

    private static readonly char[] s_xmlSpaces = [' ', '\t', '\r', '\n'];

    /// <summary>Text without the white space around it that XML does not count.</summary>
    public static string Trim(string text) => text.Trim(s_xmlSpaces);

    /// <summary>The words of a space-delimited list.</summary>
    public static string[] Words(string text) => text.Split(s_xmlSpaces, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Any text.</summary>
    public static string? CheckAny(string text) => null;

    /// <summary>Text that says something.</summary>
    public static string? CheckText(string text) => string.IsNullOrWhiteSpace(text) ? "is empty" : null;

    /// <summary><c>identifier</c> and <c>sender</c>: no spaces, commas, &lt; or &amp; (section 3.2.1).</summary>
    public static string? CheckToken(string text)
    {
        if (text.Length is 0 or > MaxTokenLength)
        {
            return text.Length == 0 ? "is empty" : $"is longer than {MaxTokenLength} characters";
        }

        return text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or '<' or '&')
            ? $"{Quote(text)} has a space, a comma, < or &; those are not allowed here"
            : null;
    }

    /// <summary>One of the words of an enumeration, spelt exactly so.</summary>
    public static string? CheckWord<T>(string text)
        where T : struct, Enum =>
        Enum.GetNames<T>().Contains(text, StringComparer.Ordinal)
            ? null
            : $"{Quote(text)} is not one of {string.Join(", ", Enum.GetNames<T>())}";

    /// <summary>A date and time with an explicit offset (section 3.3.2): never <c>Z</c>, never a fraction of a second.</summary>
    public static string? CheckTime(string text) => TryTime(text, out _)
        ? null
        : $"{Quote(text)} is no CAP date and time; write it with seconds and an offset and never with Z, such as 2026-03-01T14:05:00+00:00";

    /// <summary>Reads a date and time.</summary>
    public static bool TryTime(string text, out DateTimeOffset time)
    {
        var trimmed = Trim(text);
        time = default;
        return TimePattern().IsMatch(trimmed)
            && DateTimeOffset.TryParseExact(
                trimmed, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    /// <summary>A language tag (RFC 3066).</summary>
    public static string? CheckLanguage(string text) => LanguagePattern().IsMatch(Trim(text))
        ? null
        : $"{Quote(text)} is no language tag such as en-GB";

    /// <summary>A full address.</summary>
    public static string? CheckAbsoluteUri(string text) => IsUri(text, UriKind.Absolute)
        ? null
        : $"{Quote(text)} is no full web address";

    /// <summary>An address, perhaps relative.</summary>
    public static string? CheckUri(string text) => IsUri(text, UriKind.RelativeOrAbsolute) ? null : $"{Quote(text)} is no address";

    /// <summary>A size in bytes.</summary>
    public static string? CheckSize(string text) => SizePattern().IsMatch(Trim(text))
        ? null
        : $"{Quote(text)} is no size in bytes";

    /// <summary>Feet above sea level.</summary>
    public static string? CheckHeight(string text) => TryHeight(text, out _) ? null : $"{Quote(text)} is no height in feet";

    /// <summary>Reads feet above sea level.</summary>
    public static bool TryHeight(string text, out decimal feet) => decimal.TryParse(
        Trim(text), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out feet);

    /// <summary>A media type (RFC 2046).</summary>
    public static string? CheckMimeType(string text) => MimePattern().IsMatch(Trim(text))
        ? null
        : $"{Quote(text)} is no media type such as image/png";

    /// <summary>Earlier messages, each <c>sender,identifier,sent</c>.</summary>
    public static string? CheckReferences(string text) =>
        Words(text).FirstOrDefault(w => !TryReference(w, out _)) is { } bad
            ? $"{Quote(bad)} names no message; write sender,identifier,sent for each, with a space between"
            : null;

    /// <summary>Reads <c>sender,identifier,sent</c>.</summary>
    public static bool TryReference(string word, out CapReference? reference)
    {
        reference = null;
        var parts = word.Split(',');
        if (parts.Length != 3 || CheckToken(parts[0]) is not null || CheckToken(parts[1]) is not null || !TryTime(parts[2], out var sent))
        {
            return false;
        }

        reference = new CapReference(parts[0], parts[1], sent);
        return true;
    }

    /// <summary>A polygon: pairs <c>latitude,longitude</c>, closed.</summary>
    public static string? CheckPolygon(string text) => TryPolygon(text, out _, out var fault) ? null : fault;

    /// <summary>Reads a polygon.</summary>
    public static bool TryPolygon(string text, out GeoPolygon? polygon, out string? fault)
    {
        polygon = null;
        var words = Words(text);
        if (words.Length > GeoPolygon.MaxPoints)
        {
            fault = $"has {words.Length} points; the most is {GeoPolygon.MaxPoints}";
            return false;
        }

        var points = new List<GeoPoint>(words.Length);
        foreach (var word in words)
        {
            if (!GeoPoint.TryParse(word, out var point))
            {
                fault = $"{Quote(word)} is no point; write latitude,longitude in degrees, latitude -90 to 90, longitude -180 to 180";
                return false;
            }

            points.Add(point);
        }

        return GeoPolygon.TryCreate(points, out polygon, out fault);
    }

    /// <summary>A circle: <c>latitude,longitude radius</c>, in kilometres.</summary>
    public static string? CheckCircle(string text) => TryCircle(text, out _)
        ? null
        : $"{Quote(text)} is no circle; write latitude,longitude, a space, and the radius in kilometres from 0 to {GeoCircle.MaxRadiusKm}";

    /// <summary>Reads a circle.</summary>
    public static bool TryCircle(string text, out GeoCircle? circle)
    {
        circle = null;
        var words = Words(text);
        if (words.Length != 2
            || !GeoPoint.TryParse(words[0], out var center)
            || !double.TryParse(words[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var radius)
            || radius > GeoCircle.MaxRadiusKm)
        {
            return false;
        }

        circle = new GeoCircle(center, radius);
        return true;
    }

    /// <summary>A value as it is shown in a fault: short, in quotation marks, without control characters.</summary>
    public static string Quote(string text)
    {
        var shown = text.Length > QuotedLength ? $"{text[..QuotedLength]}..." : text;
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) ? ' ' : c))}'";
    }

    private static bool IsUri(string text, UriKind kind)
    {
        var trimmed = Trim(text);

        // On Unix a bare path counts as an absolute file address.
        return trimmed.Length > 0
            && !trimmed.Contains("##", StringComparison.Ordinal)
            && Uri.TryCreate(trimmed, kind, out _)
            && (kind is not UriKind.Absolute || SchemePattern().IsMatch(trimmed));
    }

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[-+][0-9]{2}:[0-9]{2}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TimePattern();

    [GeneratedRegex(@"\A[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LanguagePattern();

    [GeneratedRegex(@"\A[0-9]{1,18}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SizePattern();

    [GeneratedRegex(@"\A[a-zA-Z0-9!#$&^_.+-]+/[a-zA-Z0-9!#$&^_.+-]+(?:\s*;.*)?\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MimePattern();

    [GeneratedRegex(@"\A[a-zA-Z][a-zA-Z0-9+.-]*:", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SchemePattern();
}

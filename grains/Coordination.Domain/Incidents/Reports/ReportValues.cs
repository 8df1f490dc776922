using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Incidents.Reports;

/// <summary>Reads one value; answers what is wrong in words, or null.</summary>
internal delegate string? ReportValueReader<T>(JsonElement value, out T result);

/// <summary>Reads the values of a report.</summary>
internal static partial class ReportValues
{
    private const int QuotedLength = 60;

    /// <summary>Text that says something, on one line, without the spaces around it.</summary>
    public static string? ReadText(JsonElement value, int longest, out string text)
    {
        if (RawText(value, out text) is { } fault)
        {
            return fault;
        }

        if (text.Any(char.IsControl))
        {
            return "holds a control character, such as a line break; write it on one line";
        }

        // Counted as the schema counts, before the spaces around go: who checks by the schema first is never refused here.
        if (text.EnumerateRunes().Count() > longest)
        {
            return $"is longer than {longest} characters";
        }

        text = text.Trim();
        return text.Length == 0 ? "is empty; leave the field out when it is not known" : null;
    }

    /// <summary>An incident's number.</summary>
    public static string? ReadNumber(JsonElement value, out string number) => RawText(value, out number) is { } fault
        ? fault
        : NumberPattern().IsMatch(number)
            ? null
            : $"{Quote(number)} is no incident number; write 1 to {IncidentReportLimits.Number} letters, digits, dots, hyphens, underscores or slashes, a letter or digit first";

    /// <summary>Whether a text is an incident's number.</summary>
    public static bool IsNumber(string text) => NumberPattern().IsMatch(text);

    /// <summary>A whole number; <c>3.0</c> and <c>3e0</c> are whole too, as the schema has it.</summary>
    public static string? ReadWhole(JsonElement value, long least, long most, out long whole)
    {
        whole = 0;
        if (value.ValueKind is not JsonValueKind.Number)
        {
            return $"is {Kind(value)} and has to be a whole number";
        }

        if (!value.TryGetDecimal(out var exact) || exact < least || exact > most)
        {
            return string.Create(CultureInfo.InvariantCulture, $"is not from {least} to {most}");
        }

        whole = (long)exact;
        return whole == exact ? null : "is no whole number";
    }

    /// <summary>Degrees of latitude or longitude.</summary>
    public static string? ReadDegrees(JsonElement value, int most, out double degrees)
    {
        degrees = 0;
        if (value.ValueKind is not JsonValueKind.Number)
        {
            return $"is {Kind(value)} and has to be a number of degrees";
        }

        return value.TryGetDouble(out degrees) && Math.Abs(degrees) <= most ? null : $"is not from -{most} to {most} degrees";
    }

    /// <summary>True or false.</summary>
    public static string? ReadFlag(JsonElement value, out bool flag)
    {
        flag = value.ValueKind is JsonValueKind.True;
        return flag || value.ValueKind is JsonValueKind.False ? null : $"is {Kind(value)} and has to be true or false";
    }

    /// <summary>A status.</summary>
    public static string? ReadStatus(JsonElement value, out IncidentStatus status)
    {
        status = default;
        if (RawText(value, out var text) is { } fault)
        {
            return fault;
        }

        foreach (var known in Enum.GetValues<IncidentStatus>())
        {
            if (string.Equals(IncidentReportJson.Word(known), text, StringComparison.Ordinal))
            {
                status = known;
                return null;
            }
        }

        return $"{Quote(text)} is not one of {string.Join(", ", Enum.GetValues<IncidentStatus>().Select(IncidentReportJson.Word))}";
    }

    /// <summary>One of CAP's words for how bad, how near or how sure, in lower case.</summary>
    public static string? ReadLevel<T>(JsonElement value, out T level)
        where T : struct, Enum
    {
        level = default;
        if (RawText(value, out var text) is { } fault)
        {
            return fault;
        }

        foreach (var known in Enum.GetValues<T>())
        {
            if (string.Equals(IncidentReportJson.Word(known), text, StringComparison.Ordinal))
            {
                level = known;
                return null;
            }
        }

        return $"{Quote(text)} is not one of {string.Join(", ", Enum.GetValues<T>().Select(IncidentReportJson.Word))}";
    }

    /// <summary>A date and time with its offset (RFC 3339), as UTC and cut to the microsecond, which is what is kept.</summary>
    public static string? ReadTime(JsonElement value, out DateTimeOffset time)
    {
        time = default;
        if (RawText(value, out var text) is { } fault)
        {
            return fault;
        }

        var match = TimePattern().Match(text);
        var offset = match.Groups["offset"].Value;
        if (!match.Success
            || !DateTimeOffset.TryParseExact(
                match.Groups["second"].Value + (offset is "Z" ? "+00:00" : offset), "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var second))
        {
            return $"{Quote(text)} is no date and time with an offset; write it like 2026-03-01T14:05:00+00:00 or 2026-03-01T14:05:00Z";
        }

        time = second.ToUniversalTime().AddTicks(Microseconds(match.Groups["fraction"].Value) * TimeSpan.TicksPerMicrosecond);

        // The schema can only look at the year as it is written; the instant has to lie within the years too.
        return second.Year < IncidentReportLimits.Earliest.Year || second.Year >= IncidentReportLimits.Latest.Year
            || time < IncidentReportLimits.Earliest || time >= IncidentReportLimits.Latest
            ? $"{Quote(text)} is not in the years {IncidentReportLimits.Earliest.Year} to {IncidentReportLimits.Latest.Year - 1}"
            : null;
    }

    /// <summary>The name of a kind of value, as the rest of a sentence that begins "is".</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    /// <summary>A text as it is shown in a fault: short, and without what cannot be shown or kept.</summary>
    public static string Shown(string text)
    {
        var shown = StorableText.Clean(text, QuotedLength);
        return string.Concat(shown.Select(c => char.IsControl(c) ? ' ' : c)) + (shown.Length < text.Length ? "..." : string.Empty);
    }

    private static string Quote(string text) => $"'{Shown(text)}'";

    private static string? RawText(JsonElement value, out string text)
    {
        text = string.Empty;
        if (value.ValueKind is not JsonValueKind.String)
        {
            return $"is {Kind(value)} and has to be a text";
        }

        try
        {
            text = value.GetString()!;
            return null;
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud83d without its other half is JSON and is no text.
            return "holds half of a pair that makes one sign";
        }
    }

    private static int Microseconds(string fraction) =>
        fraction.Length == 0 ? 0 : int.Parse(fraction.PadRight(6, '0').AsSpan(0, 6), NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._/-]{0,63}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(
        @"\A(?<second>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<fraction>[0-9]{1,9}))?(?<offset>Z|[-+][0-9]{2}:[0-9]{2})\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex TimePattern();
}

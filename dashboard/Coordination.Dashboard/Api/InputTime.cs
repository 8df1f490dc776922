using System.Globalization;
using Coordination.Domain;

namespace Coordination.Dashboard.Api;

/// <summary>Reads the times that clients send: ISO 8601 with an offset, because a time without one means another hour in summer.</summary>
public static class InputTime
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
    ];

    /// <summary>Reads a time.</summary>
    /// <returns>False when it is none, or has no offset.</returns>
    public static bool TryParse(string? text, out DateTimeOffset utc)
    {
        utc = default;
        if (text is null || text.Length > 40)
        {
            return false;
        }

        var withOffset = text.EndsWith('Z') || text.EndsWith('z') ? text[..^1] + "+00:00" : text;
        if (!DateTimeOffset.TryParseExact(withOffset, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return false;
        }

        utc = time.ToUniversalTime();
        return true;
    }

    /// <summary>Reads a time that may be left out.</summary>
    /// <returns>Null when it could be read, or is not there.</returns>
    public static Refusal? Read(string? text, string field, out DateTimeOffset? utc)
    {
        utc = null;
        if (text is null)
        {
            return null;
        }

        if (!TryParse(text, out var time))
        {
            return new Refusal("time-not-understood", $"'{field}' is no time with an offset. Nothing was changed. Write it like 2026-03-01T14:30:00Z or 2026-07-01T15:30:00+01:00.");
        }

        utc = time;
        return null;
    }
}

using System.Globalization;
using System.Text;

namespace Coordination.Storage.ReadModel;

/// <summary>An opaque place in a list: the list's name and the sort key of the last row, never a row number.</summary>
internal static class Cursor
{
    private const char AfterName = '\n';

    /// <summary>The cursor of a row sorted by time and id.</summary>
    public static string Of(string list, DateTimeOffset at, Guid id) => Of(list, string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}|{id:D}"));

    /// <summary>The cursor of a row sorted by one number.</summary>
    public static string Of(string list, long number) => Of(list, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The cursor of a row sorted by a key, as of a time.</summary>
    public static string Of(string list, DateTimeOffset asOf, string key) => Of(list, string.Create(CultureInfo.InvariantCulture, $"{asOf.UtcTicks}|{key}"));

    /// <summary>Reads a cursor of time and id.</summary>
    /// <exception cref="BadCursorException">It is none of this list's.</exception>
    public static (DateTimeOffset At, Guid Id)? ReadTimeAndId(string list, string? cursor) => ReadTimeAndKey(list, cursor) is not { } place
        ? null
        : Guid.TryParseExact(place.Key, "D", out var id) ? (place.At, id) : throw new BadCursorException();

    /// <summary>Reads a cursor of one number.</summary>
    /// <exception cref="BadCursorException">It is none of this list's.</exception>
    public static long? ReadNumber(string list, string? cursor) => cursor is null
        ? null
        : long.TryParse(Decode(list, cursor), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new BadCursorException();

    /// <summary>Reads a cursor of time and key. The key is as the client sent it: check it before the database sees it.</summary>
    /// <exception cref="BadCursorException">It is none of this list's.</exception>
    public static (DateTimeOffset At, string Key)? ReadTimeAndKey(string list, string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        var parts = Decode(list, cursor).Split('|');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTime.MaxValue.Ticks
                ? (new DateTimeOffset(ticks, TimeSpan.Zero), parts[1])
                : throw new BadCursorException();
    }

    private static string Of(string list, string place) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(list + AfterName + place)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    // Another list's cursor would be read as a place in this one, and rows silently left out.
    private static string Decode(string list, string cursor)
    {
        try
        {
            var base64 = cursor.Replace('-', '+').Replace('_', '/');
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '=')));
            return text.StartsWith(list + AfterName, StringComparison.Ordinal) ? text[(list.Length + 1)..] : throw new BadCursorException();
        }
        catch (FormatException)
        {
            throw new BadCursorException();
        }
    }
}

/// <summary>The cursor was not made by this service.</summary>
public sealed class BadCursorException : Exception
{
    /// <summary>Makes one with the usual words.</summary>
    public BadCursorException()
        : base("That is no cursor of this list. Start again without one.")
    {
    }

    /// <summary>Makes one.</summary>
    public BadCursorException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    public BadCursorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

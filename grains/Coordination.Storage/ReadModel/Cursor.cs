using System.Globalization;
using System.Text;

namespace Coordination.Storage.ReadModel;

/// <summary>An opaque place in a list: the sort key of the last row, never a row number.</summary>
internal static class Cursor
{
    /// <summary>The cursor of a row sorted by time and id.</summary>
    public static string Of(DateTimeOffset at, Guid id) => Encode(string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}|{id:D}"));

    /// <summary>The cursor of a row sorted by one key.</summary>
    public static string Of(string key) => Encode(key);

    /// <summary>Reads a cursor of time and id.</summary>
    /// <exception cref="BadCursorException">It is none of ours.</exception>
    public static (DateTimeOffset At, Guid Id)? ReadTimeAndId(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        var parts = Decode(cursor).Split('|');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTime.MaxValue.Ticks
            && Guid.TryParseExact(parts[1], "D", out var id)
                ? (new DateTimeOffset(ticks, TimeSpan.Zero), id)
                : throw new BadCursorException();
    }

    /// <summary>Reads a cursor of one number.</summary>
    /// <exception cref="BadCursorException">It is none of ours.</exception>
    public static long? ReadNumber(string? cursor) => cursor is null
        ? null
        : long.TryParse(Decode(cursor), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new BadCursorException();

    /// <summary>Reads a cursor of one key.</summary>
    /// <exception cref="BadCursorException">It is none of ours.</exception>
    public static string? ReadKey(string? cursor) => cursor is null ? null : Decode(cursor);

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Decode(string cursor)
    {
        try
        {
            var base64 = cursor.Replace('-', '+').Replace('_', '/');
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '=')));
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

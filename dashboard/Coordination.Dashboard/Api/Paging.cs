using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Coordination.Domain;
using Coordination.Domain.Accounts;

namespace Coordination.Dashboard.Api;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">Cursor of the next page; left out at the end.</param>
public sealed record ListDto<T>(
    IReadOnlyList<T> Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next);

/// <summary>Reads <c>limit</c> and <c>cursor</c>.</summary>
public static class Paging
{
    /// <summary>Reads a limit.</summary>
    /// <returns>Null when it is right.</returns>
    public static Refusal? Limit(string? text, out int limit)
    {
        limit = ApiLimits.DefaultPage;
        return text is null
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= ApiLimits.LargestPage)
            ? null
            : new Refusal("limit-out-of-range", $"'limit' can be 1 to {ApiLimits.LargestPage}.");
    }

    /// <summary>What to answer to a cursor that this service did not make.</summary>
    public static Refusal BadCursor { get; } = new("cursor-unknown", "The cursor is not one that this list gave. Begin again without it.");

    /// <summary>Makes a cursor of a key.</summary>
    public static string Cursor(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    /// <summary>Reads a cursor of an account's key back; another list's cursor is none.</summary>
    public static bool TryKey(string cursor, out string key)
    {
        key = "";
        if (cursor.Length > 400 || !Base64Url.IsValid(cursor))
        {
            return false;
        }

        key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return AccountKey.TryParse(key, out _);
    }
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Coordination.Connectors.Http;

/// <summary>Reads bodies that may be anything.</summary>
internal static partial class JsonBody
{
    /// <summary>The value in the body; null when it holds none of that shape.</summary>
    public static T? Parse<T>(byte[]? body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return body is null ? null : JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A platform's words for people: one line, at most 200 characters; null when there are none.</summary>
    public static string? Words(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        // Marks of direction would turn the words beside them round.
        var line = Blanks().Replace(Marks().Replace(text, ""), " ").Trim();
        return line.Length <= 200 ? line : line[..(char.IsHighSurrogate(line[198]) ? 198 : 199)] + "…";
    }

    [GeneratedRegex(@"[\p{Cf}\uFFF9-\uFFFB]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Marks();

    [GeneratedRegex(@"[\s\p{Cc}]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Blanks();
}

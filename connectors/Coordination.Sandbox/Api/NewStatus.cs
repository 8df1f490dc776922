using System.Globalization;
using System.Text;
using System.Text.Json;
using Coordination.Sandbox.Network;

namespace Coordination.Sandbox.Api;

/// <summary>What a client wants to post.</summary>
/// <param name="Text">The text.</param>
/// <param name="Visibility">public or unlisted: there is nobody here to keep a post from.</param>
/// <param name="Language">Its language; null when not said.</param>
/// <param name="MediaIds">Its images, uploaded before.</param>
/// <param name="ReplyTo">The status that it answers; null when it answers none.</param>
internal sealed record NewStatus(string Text, string Visibility, string? Language, IReadOnlyList<long> MediaIds, string? ReplyTo)
{
    private static readonly string[] Visibilities = ["public", "unlisted"];

    /// <summary>What the real one can and this one cannot: refused, never ignored.</summary>
    private static readonly string[] NotHere = ["poll", "scheduled_at", "quoted_status_id"];

    /// <summary>Reads JSON or a form; a fault is in Mastodon's words.</summary>
    public static async Task<(NewStatus? Status, string? Fault)> ReadAsync(HttpRequest request, SandboxOptions options)
    {
        Dictionary<string, string?>? fields;
        try
        {
            fields = request.HasFormContentType
                ? (await request.ReadFormAsync()).ToDictionary(f => f.Key.TrimEnd(']', '['), f => (string?)f.Value.ToString(), StringComparer.Ordinal)
                : await ReadJsonAsync(request);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or ArgumentException)
        {
            fields = null;
        }

        if (fields is null)
        {
            return (null, "Error occurred while parsing request parameters");
        }

        if (NotHere.FirstOrDefault(f => fields.GetValueOrDefault(f) is not null) is { } missing)
        {
            return (null, $"Validation failed: the sandbox does not take {missing}");
        }

        var text = fields.GetValueOrDefault("status");
        var visibility = fields.GetValueOrDefault("visibility") ?? "public";
        return text switch
        {
            null => (null, "Validation failed: Text can't be blank"),
            _ when string.IsNullOrWhiteSpace(text) => (null, "Validation failed: Text can't be blank"),
            _ when TextRules.Count(text) > options.MaxCharacters => (null, string.Create(
                CultureInfo.InvariantCulture, $"Validation failed: Text character limit of {options.MaxCharacters} exceeded")),
            _ when !Visibilities.Contains(visibility, StringComparer.Ordinal) => (null, $"Validation failed: the sandbox takes no visibility but {string.Join(" and ", Visibilities)}"),
            _ => Ids(fields.GetValueOrDefault("media_ids")) is { } ids
                ? (new NewStatus(text, visibility, fields.GetValueOrDefault("language"), ids, fields.GetValueOrDefault("in_reply_to_id")), null)
                : (null, "Validation failed: Media could not be found"),
        };
    }

    // A form has them with commas between, JSON as a list of texts.
    private static List<long>? Ids(string? field)
    {
        var ids = new List<long>();
        foreach (var part in (field ?? "").Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(part.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                return null;
            }

            ids.Add(id);
        }

        return ids;
    }

    private static async Task<Dictionary<string, string?>> ReadJsonAsync(HttpRequest request)
    {
        // Read as strict UTF-8: half a character would otherwise be kept as a question mark.
        using var reader = new StreamReader(request.Body, new UTF8Encoding(false, throwOnInvalidBytes: true));
        using var document = JsonDocument.Parse(await reader.ReadToEndAsync());
        return document.RootElement.ValueKind != JsonValueKind.Object
            ? throw new JsonException("Not an object.")
            : document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => p.Value.GetString(),
                _ => p.Value.GetRawText(),
            }, StringComparer.Ordinal);
    }
}

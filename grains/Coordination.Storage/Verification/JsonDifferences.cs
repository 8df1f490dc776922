using System.Text.Json;

namespace Coordination.Storage.Verification;

/// <summary>Where two documents differ, field by field.</summary>
internal static class JsonDifferences
{
    // What people wrote, and whom one can reach, are counted in a report and never shown.
    private static readonly HashSet<string> Hidden = new(["text", "note", "attention", "name", "email", "phone"], StringComparer.Ordinal);

    /// <summary>Each difference in words.</summary>
    public static IEnumerable<string> Between(JsonElement expected, JsonElement found) => Between("", "", expected, found);

    private static IEnumerable<string> Between(string path, string field, JsonElement? expected, JsonElement? found)
    {
        if (expected is { ValueKind: JsonValueKind.Object } e && found is { ValueKind: JsonValueKind.Object } f)
        {
            var names = e.EnumerateObject().Concat(f.EnumerateObject()).Select(p => p.Name).Distinct(StringComparer.Ordinal);
            return names.SelectMany(n => Between(path.Length == 0 ? n : $"{path}.{n}", n, Field(e, n), Field(f, n)));
        }

        if (expected is { ValueKind: JsonValueKind.Array } es && found is { ValueKind: JsonValueKind.Array } fs)
        {
            var (left, right) = (Items(es), Items(fs));
            return left.Keys.Union(right.Keys, StringComparer.Ordinal)
                .SelectMany(k => Between($"{path}[{k}]", field, Find(left, k), Find(right, k)));
        }

        return expected is { } one && found is { } other && JsonElement.DeepEquals(one, other)
            ? []
            : [Same.Words(path, Value(expected), Value(found), Hidden.Contains(field))];
    }

    private static JsonElement? Field(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement? Find(Dictionary<string, JsonElement> items, string key) => items.TryGetValue(key, out var item) ? item : null;

    // A post is known by its id wherever it stands in the list.
    private static Dictionary<string, JsonElement> Items(JsonElement array)
    {
        var items = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var item in array.EnumerateArray())
        {
            var id = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var value) ? value.ToString() : FormattableString.Invariant($"{items.Count}");
            items[id] = item;
        }

        return items;
    }

    private static string? Value(JsonElement? element) => element switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object or JsonValueKind.Array } => "there",
        { } value => value.ToString(),
    };
}

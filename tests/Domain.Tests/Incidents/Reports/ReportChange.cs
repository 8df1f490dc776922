using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace Coordination.Domain.Tests.Incidents.Reports;

/// <summary>Single changes to a report: some leave it valid, most do not.</summary>
internal static class ReportChange
{
    private static readonly string[] s_numbers =
    [
        "-1", "-0.0", "0", "0.5", "1.0", "3e2", "500", "500.5", "501", "100000", "100001", "9007199254740991", "9007199254740992", "-90", "90.0001", "-180", "180.1", "1e25", "-1e25",
    ];

    private static readonly string[] s_times =
    [
        "2026-03-01T14:05:00Z", "2026-03-01T14:05:00.123456789+01:00", "2026-03-01T14:05:00.1234567890Z", "2026-03-01T14:05:00-14:00", "2026-03-01T14:05:00+14:01", "2026-03-01T14:05:00",
        "2026-03-01T14:05:00z", "2026-03-01t14:05:00Z", "2026-03-01 14:05:00Z", "2026-03-01T14:05Z", "2026-03-01T24:00:00Z", "2026-03-01T23:59:60Z", "2026-02-29T14:05:00Z", "2028-02-29T14:05:00Z",
        "2026-04-31T14:05:00Z", "2026-13-01T14:05:00Z", "1999-12-31T23:59:59Z", "2000-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "2100-01-01T00:00:00Z", "2026-03-01T14:05:00.Z",
        "2026-03-01T14:05:00+0100", "2026-03-01T14:05:00+01", " 2026-03-01T14:05:00Z", "2026-03-01T14:05:00Z\n", "2026-3-1T14:05:00Z", "1772373900", "\u06622026-03-01T14:05:00Z",
    ];

    private static readonly string[] s_texts =
    [
        string.Empty, " ", "\u00a0\u3000\u2028", " a ", "a\tb", "a\n", "\n", "a\0", "\u0085", "a\u007f", "-1", "/1", "1/", "1 2", "open", "Open", "stop", "closed", "cancelled", "\u00e91", "1\u0661", "\ufeff",
    ];

    private static readonly int[] s_lengths = [59, 60, 61, 63, 64, 65, 99, 100, 101, 199, 200, 201, 999, 1000, 1001];

    private static readonly string[] s_others = ["null", "true", "1", "\"1\"", "[]", "{}", "[null]", "[1]", "[\"a\"]", "[[\"a\"]]", "{\"number\":\"1\"}"];

    /// <summary>A change by name, with which of the things it could strike it strikes, and which of its values it takes.</summary>
    public static Gen<(string Name, int At, int Value)> Any { get; } =
        from name in Gen.OneOf("drop", "rename", "unknown", "other", "number", "time", "text", "length", "wide", "list")
        from at in Gen.Int[0, 10_000]
        from value in Gen.Int[0, 10_000]
        select (name, at, value);

    /// <summary>Makes a change; null when the report has nothing it could strike.</summary>
    public static string? Apply(string json, (string Name, int At, int Value) change)
    {
        var report = JsonNode.Parse(json)!;
        var fit = Places(report).Where(p => Fits(p, change.Name)).ToList();
        if (fit.Count == 0)
        {
            return null;
        }

        var place = fit[change.At % fit.Count];
        switch (change.Name)
        {
            case "drop":
                place.Parent.AsObject().Remove(place.Name!);
                break;
            case "rename":
                var renamed = place.Parent.AsObject();
                var moved = renamed[place.Name!]?.DeepClone();
                renamed.Remove(place.Name!);
                renamed[Pick([place.Name + "s", place.Name!.ToUpperInvariant(), " " + place.Name], change.Value)] = moved;
                break;
            case "unknown":
                place.Parent.AsObject()[Pick(["excercise", "", "$schema", "injured", "\u0130"], change.Value)] = true;
                break;
            default:
                place.Set(JsonNode.Parse(New(change)));
                break;
        }

        return report.ToJsonString();
    }

    private static string New((string Name, int At, int Value) change) => change.Name switch
    {
        "other" => Pick(s_others, change.Value),
        "number" => Pick(s_numbers, change.Value),
        "time" => JsonSerializer.Serialize(Pick(s_times, change.Value)),
        "text" => JsonSerializer.Serialize(Pick(s_texts, change.Value)),
        "length" => JsonSerializer.Serialize(new string('a', s_lengths[change.Value % s_lengths.Length])),
        "wide" => JsonSerializer.Serialize(string.Concat(Enumerable.Repeat("\U0001F525", s_lengths[change.Value % s_lengths.Length]))),
        "list" => JsonSerializer.Serialize(Enumerable.Range(0, (change.Value % 4) switch { 0 => 20, 1 => 21, 2 => 50, _ => 51 }).Select(i => i.ToString(CultureInfo.InvariantCulture))),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change.Name, "No change is called so."),
    };

    private static bool Fits(Place place, string change) => change switch
    {
        "drop" or "rename" or "unknown" => place.Name is not null,
        "number" => place.Kind is JsonValueKind.Number,
        "time" => place.Name?.EndsWith("At", StringComparison.Ordinal) is true,
        "text" or "length" or "wide" => place.Kind is JsonValueKind.String,
        "list" => place.Kind is JsonValueKind.Array,
        _ => true,
    };

    private static string Pick(string[] values, int which) => values[which % values.Length];

    private static IEnumerable<Place> Places(JsonNode node) => node switch
    {
        JsonObject fields => fields.SelectMany(f => More(new Place(node, f.Key, 0, f.Value))),
        JsonArray items => items.SelectMany((item, i) => More(new Place(node, null, i, item))),
        _ => [],
    };

    private static IEnumerable<Place> More(Place place) => place.Value is null ? [place] : Places(place.Value).Prepend(place);

    private sealed record Place(JsonNode Parent, string? Name, int Index, JsonNode? Value)
    {
        public JsonValueKind Kind => Value?.GetValueKind() ?? JsonValueKind.Null;

        public void Set(JsonNode? value)
        {
            if (Name is null)
            {
                Parent.AsArray()[Index] = value;
            }
            else
            {
                Parent.AsObject()[Name] = value;
            }
        }
    }
}

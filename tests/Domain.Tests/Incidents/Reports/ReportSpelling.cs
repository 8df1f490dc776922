using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Coordination.Domain.Tests.Incidents.Reports;

/// <summary>Writes what a report says in another way: fields in another order, other offsets, spaces, nulls for what is not known.</summary>
internal static class ReportSpelling
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    private static readonly string[] s_optional =
    [
        "typeAtStop", "category", "priority", "headline", "openedAt", "pumps", "casualties", "major", "alert", "position", "place", "areas", "stationGround", "overTheBorder", "leadAgency",
        "duplicateOf", "linkedTo",
    ];

    public static string Other(string json, int seed)
    {
        var random = new PlainRandom(seed);
        var report = Object(JsonNode.Parse(json)!.AsObject(), random);
        foreach (var name in s_optional.Where(n => !report.ContainsKey(n) && random.Next(2) == 0))
        {
            report[name] = null;
        }

        return random.Next(2) == 0 ? $"\uFEFF \r\n{report.ToJsonString(s_indented)}\t\n" : report.ToJsonString();
    }

    private static JsonObject Object(JsonObject from, PlainRandom random)
    {
        var fields = from.OrderBy(_ => random.Next(int.MaxValue)).ToList();
        return new JsonObject(fields.Select(f => KeyValuePair.Create(f.Key, Value(f.Key, f.Value, random))));
    }

    private static JsonNode? Value(string name, JsonNode? value, PlainRandom random) => value switch
    {
        JsonObject inner => Object(inner, random),
        JsonValue text when name.EndsWith("At", StringComparison.Ordinal) => OtherOffset(text.GetValue<string>(), random),
        JsonValue text when value.GetValueKind() is JsonValueKind.String && name is not ("number" or "duplicateOf" or "status" or "severity" or "urgency" or "certainty") => $" {text.GetValue<string>()}\u00a0",
        _ => value?.DeepClone(),
    };

    private static string OtherOffset(string time, PlainRandom random) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture)
        .ToOffset(TimeSpan.FromMinutes(30 * (random.Next(57) - 28))).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture)
        .Replace("+00:00", random.Next(2) == 0 ? "-00:00" : "Z", StringComparison.Ordinal);

    // The same numbers for the same seed, on every version of .NET.
    private sealed class PlainRandom(int seed)
    {
        private uint _state = (uint)seed | 1;

        public int Next(int below)
        {
            _state = (_state * 1_664_525) + 1_013_904_223;
            return (int)((_state >> 8) % (uint)below);
        }
    }
}

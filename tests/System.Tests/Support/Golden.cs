using System.Globalization;
using System.Text.RegularExpressions;

namespace Coordination.SystemTests.Support;

/// <summary>
/// The contract with clients, in files: the names and kinds of values of each answer. A name that changes, goes or comes
/// makes a test fail. Run the tests with <c>UPDATE_GOLDEN=1</c> to write the files anew, and read the difference.
/// </summary>
public static partial class Golden
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Compares the shape of an answer with <c>Golden/NAME.json</c>.</summary>
    public static void Match(string name, JsonNode answer)
    {
        var shape = Shape(answer)!.ToJsonString(Indented) + "\n";
        var path = Repository.In("tests", "System.Tests", "Golden", name + ".json");
        if (string.Equals(Environment.GetEnvironmentVariable("UPDATE_GOLDEN"), "1", StringComparison.Ordinal))
        {
            File.WriteAllText(path, shape);
        }

        Assert.True(File.Exists(path), $"There is no {path}; UPDATE_GOLDEN=1 writes it.");
        Assert.Equal(File.ReadAllText(path), shape);
    }

    private static JsonNode? Shape(JsonNode? node) => node switch
    {
        null => JsonValue.Create("null"),
        JsonObject fields => new JsonObject(fields.Select(f => KeyValuePair.Create(f.Key, Shape(f.Value)))),
        JsonArray items => new JsonArray([.. items.Take(1).Select(Shape)]),
        _ => JsonValue.Create(Kind(node.AsValue())),
    };

    private static string Kind(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ when Guid.TryParseExact(value.GetValue<string>(), "D", out _) => "uuid",
        _ when IsTime(value.GetValue<string>()) => "time",
        _ when HoldId().IsMatch(value.GetValue<string>()) => "hold id",
        _ => "text",
    };

    // Exactly the one form that the API promises.
    private static bool IsTime(string text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    [GeneratedRegex(@"\AH-\d{6,}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HoldId();
}

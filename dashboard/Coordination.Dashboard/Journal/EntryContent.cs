using System.Globalization;
using System.Text.Json;
using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Holds;
using Coordination.Storage;

namespace Coordination.Dashboard.Journal;

/// <summary>What an entry's content says, by field; empty where it was erased or is no JSON.</summary>
internal readonly struct EntryContent
{
    private readonly JsonElement _root;

    private EntryContent(JsonElement root) => _root = root;

    /// <summary>Reads it. A content that is no JSON is a broken record, which <c>verify</c> names: here it says nothing.</summary>
    public static EntryContent Read(string? payload)
    {
        try
        {
            return payload is null ? default : new EntryContent(JsonDocument.Parse(payload).RootElement.Clone());
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>A text; null where there is none.</summary>
    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    /// <summary>A number; null where there is none.</summary>
    public long? Number(string name) => Find(name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out var number) ? number : null;

    /// <summary>Yes or no; null where there is neither.</summary>
    public bool? Flag(string name) => Find(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } found ? found.GetBoolean() : null;

    /// <summary>Texts; none where there are none.</summary>
    public IReadOnlyList<string> Texts(string name) => Find(name) is { ValueKind: JsonValueKind.Array } found
        ? [.. found.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)]
        : [];

    /// <summary>What is inside a field.</summary>
    public EntryContent In(string name) => Find(name) is { ValueKind: JsonValueKind.Object } found ? new EntryContent(found) : default;

    /// <summary>How many there are of something.</summary>
    public int Count(string name) => Find(name) is { ValueKind: JsonValueKind.Array } found ? found.GetArrayLength() : 0;

    /// <summary>A time in words, after some of its own: <c> for Fri 27 Nov 2026 09:00 GMT</c>; empty where there is none.</summary>
    public string Time(string name, string before) =>
        Text(name) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? before + UkTime.Exact(at) : "";

    /// <summary>A scope in words; empty where there is none.</summary>
    public string Scope(string name, string before)
    {
        try
        {
            return Find(name) is { ValueKind: JsonValueKind.Object } found && found.Deserialize<Scope>(StorageJson.Options) is { } scope ? before + Names.Contents(scope) : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private JsonElement? Find(string name) => _root.ValueKind == JsonValueKind.Object && _root.TryGetProperty(name, out var found) ? found : null;
}

using System.Text.Json;

namespace Coordination.Domain.Incidents.Reports;

/// <summary>The fields of one object of a report. Each is taken by its name; what nobody took is a fault: a misspelt name never passes for one that was left out.</summary>
internal sealed class ReportFields
{
    private readonly Dictionary<string, JsonElement> _left = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];
    private readonly string _prefix;
    private readonly List<ReportFault> _faults;

    public ReportFields(JsonElement value, string prefix, List<ReportFault> faults)
    {
        _prefix = prefix;
        _faults = faults;
        foreach (var property in value.EnumerateObject())
        {
            if (!TryName(property, out var name))
            {
                _faults.Add(new ReportFault(prefix.Length == 0 ? "document" : prefix.TrimEnd('.'), "has a field whose name holds half of a pair that makes one sign"));
            }
            else if (!_left.TryAdd(name, property.Value))
            {
                Fault(name, "is given twice");
            }
        }
    }

    public void Fault(string name, string what) => _faults.Add(new ReportFault(Path(name), what));

    public string? Text(string name, int longest, bool required = false) =>
        TryTake(name, required, (JsonElement value, out string text) => ReportValues.ReadText(value, longest, out text), out var text) ? text : null;

    public string? Number(string name, bool required = false) => TryTake(name, required, ReportValues.ReadNumber, out string number) ? number : null;

    public long? Whole(string name, long least, long most, bool required = false) =>
        TryTake(name, required, (JsonElement value, out long whole) => ReportValues.ReadWhole(value, least, most, out whole), out var whole) ? whole : null;

    public int? Count(string name, int most) => (int?)Whole(name, 0, most);

    public double? Degrees(string name, int most) =>
        TryTake(name, required: true, (JsonElement value, out double degrees) => ReportValues.ReadDegrees(value, most, out degrees), out var degrees) ? degrees : null;

    public bool? Flag(string name, bool required = false) => TryTake(name, required, ReportValues.ReadFlag, out bool flag) ? flag : null;

    public DateTimeOffset? Time(string name, bool required = false) => TryTake(name, required, ReportValues.ReadTime, out DateTimeOffset time) ? time : null;

    public T? Level<T>(string name)
        where T : struct, Enum => TryTake(name, required: true, ReportValues.ReadLevel, out T level) ? level : null;

    public IncidentStatus? Status(string name) => TryTake(name, required: true, ReportValues.ReadStatus, out IncidentStatus status) ? status : null;

    public IReadOnlyList<string>? Texts(string name, int most, int longest) =>
        List(name, most, (JsonElement value, out string text) => ReportValues.ReadText(value, longest, out text));

    public IReadOnlyList<string>? Numbers(string name, int most) => List<string>(name, most, ReportValues.ReadNumber);

    public ReportFields? Object(string name)
    {
        if (Take(name, required: false) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.Object)
        {
            return new ReportFields(value, $"{Path(name)}.", _faults);
        }

        Fault(name, $"is {ReportValues.Kind(value)} and has to be an object");
        return null;
    }

    /// <summary>Refuses what was not taken.</summary>
    public void End()
    {
        var what = $"is no field here; the fields are {string.Join(", ", _known)}";
        foreach (var name in _left.Keys)
        {
            Fault(name, what);
        }
    }

    private static bool TryName(JsonProperty property, out string name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = string.Empty;
            return false;
        }
    }

    private List<T>? List<T>(string name, int most, ReportValueReader<T> read)
    {
        if (Take(name, required: false) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.Array)
        {
            Fault(name, $"is {ReportValues.Kind(value)} and has to be a list");
            return null;
        }

        if (value.GetArrayLength() > most)
        {
            Fault(name, $"has more than {most} entries");
            return null;
        }

        var items = new List<T>();
        foreach (var item in value.EnumerateArray())
        {
            if (read(item, out var one) is { } fault)
            {
                Fault($"{name}[{items.Count}]", fault);
            }

            items.Add(one);
        }

        return items;
    }

    private bool TryTake<T>(string name, bool required, ReportValueReader<T> read, out T result)
    {
        result = default!;
        if (Take(name, required) is not { } value)
        {
            return false;
        }

        if (read(value, out result) is not { } fault)
        {
            return true;
        }

        Fault(name, fault);
        return false;
    }

    // Null says that it is not known, which is what leaving it out says.
    private JsonElement? Take(string name, bool required)
    {
        _known.Add(name);
        if (_left.Remove(name, out var value) && value.ValueKind is not JsonValueKind.Null)
        {
            return value;
        }

        if (required)
        {
            Fault(name, "is missing; it always has to be said");
        }

        return null;
    }

    private string Path(string name) => _prefix + ReportValues.Shown(name);
}

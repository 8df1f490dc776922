using System.Diagnostics.CodeAnalysis;
using Coordination.Domain.Accounts;

namespace Coordination.Dashboard.Incidents.Trials;

/// <summary>Something that a recording may tell of an incident.</summary>
/// <param name="Id">Its id, as the API names it.</param>
/// <param name="Words">What it is called on screen.</param>
/// <param name="Required">Whether no incident can be made without it.</param>
/// <param name="Usual">Names that its column usually has: the first is that of London Fire Brigade's record.</param>
public sealed record MappedField(string Id, string Words, bool Required, IReadOnlyList<string> Usual);

/// <summary>Which column of a recording holds what. A field without a column is not known of any of its incidents.</summary>
public sealed record ColumnMap
{
    /// <summary>Ids of fields.</summary>
    public const string Number = "number", Date = "date", Time = "time", Group = "group", Category = "category", Type = "type", Place = "place", Borough = "borough", Station = "station", Pumps = "pumps";

    /// <summary>Every field, in the order in which people are asked for them.</summary>
    public static IReadOnlyList<MappedField> Fields { get; } =
    [
        new(Number, "Number", Required: true, ["incident_number"]),
        new(Date, "Date of the call", Required: true, ["date_of_call", "date"]),
        new(Time, "Hour or time of the call", Required: false, ["hour_of_call", "time_of_call", "hour", "time"]),
        new(Group, "Group (fire, special service, false alarm)", Required: true, ["incident_group"]),
        new(Category, "Property category", Required: false, ["property_category"]),
        new(Type, "Property type", Required: false, ["property_type"]),
        new(Place, "Place in words", Required: false, ["ward_name", "inc_geo_ward_name", "place"]),
        new(Borough, "Borough", Required: false, ["borough_name", "inc_geo_borough_name", "borough", "area"]),
        new(Station, "Station’s ground", Required: false, ["incident_station_ground", "station_ground"]),
        new(Pumps, "Pumps", Required: false, ["num_pumps_attending", "pumps"]),
    ];

    /// <summary>The columns by the fields' ids.</summary>
    public required IReadOnlyDictionary<string, string> Columns { get; init; }

    /// <summary>A map without any column.</summary>
    public static ColumnMap None { get; } = new() { Columns = new Dictionary<string, string>(StringComparer.Ordinal) };

    /// <summary>The map that the names of a file's columns suggest; case, spaces and underscores do not count.</summary>
    public static ColumnMap Guess(IReadOnlyList<string> header) => new()
    {
        Columns = Fields.Select(f => (f.Id, Column: f.Usual.Select(u => header.FirstOrDefault(h => Bare(h).Equals(Bare(u), StringComparison.Ordinal))).FirstOrDefault(c => c is not null)))
            .Where(f => f.Column is not null).ToDictionary(f => f.Id, f => f.Column!, StringComparer.Ordinal),
    };

    /// <summary>Reads what a caller says of single fields: <c>number:Ref</c>, or <c>pumps:</c> for none.</summary>
    /// <returns>False, with what is wrong, when one is not understood.</returns>
    public static bool TryParse(IEnumerable<string?> pairs, out IReadOnlyDictionary<string, string> said, [NotNullWhen(false)] out string? wrong)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        (said, wrong) = (columns, null);
        foreach (var pair in pairs)
        {
            var at = pair?.IndexOf(':', StringComparison.Ordinal) ?? -1;
            if (at < 0 || !Fields.Any(f => f.Id.Equals(pair![..at], StringComparison.Ordinal)) || !columns.TryAdd(pair![..at], pair[(at + 1)..].Trim()))
            {
                wrong = $"'column' is {FieldRules.Quote(pair ?? "")}; it names a field once and its column, such as number:incident_number. The fields: {string.Join(", ", Fields.Select(f => f.Id))}.";
                return false;
            }
        }

        return true;
    }

    /// <summary>The column of a field; null for none.</summary>
    public string? Of(string field) => Columns.GetValueOrDefault(field);

    /// <summary>The map with other columns for some fields; an empty name is none.</summary>
    public ColumnMap With(IReadOnlyDictionary<string, string> said)
    {
        var columns = new Dictionary<string, string>(Columns, StringComparer.Ordinal);
        foreach (var (field, column) in said)
        {
            columns.Remove(field);
            if (column.Length > 0)
            {
                columns.Add(field, column);
            }
        }

        return new ColumnMap { Columns = columns };
    }

    /// <summary>Why it does not fit a file; null when it does.</summary>
    public string? Unfit(IReadOnlyList<string> header)
    {
        var missing = Fields.Where(f => f.Required && Of(f.Id) is null).Select(f => $"no column is named for the {f.Words.ToLowerInvariant()}{Usual(f)}");
        var strange = Columns.Where(c => !header.Contains(c.Value, StringComparer.Ordinal)).Select(c => $"there is no column {FieldRules.Quote(c.Value)}");
        var twice = Columns.Values.Distinct(StringComparer.Ordinal).Where(c => header.Count(h => h.Equals(c, StringComparison.Ordinal)) > 1).Select(c => $"column {FieldRules.Quote(c)} stands twice");
        string[] faults = [.. missing, .. strange, .. twice];
        return faults.Length == 0
            ? null
            : $"The columns do not fit: {string.Join("; ", faults)}. The file has {string.Join(", ", header.Take(MostNamed).Select(h => FieldRules.Quote(h)))}{(header.Count > MostNamed ? " and more" : "")}. Nothing was tried. Say which column holds what.";
    }

    private const int MostNamed = 30;

    private static string Usual(MappedField field) => $", usually {field.Usual[0]}";

    private static string Bare(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Coordination.Domain.Brigade;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>An incident of a recording.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When it was reported (UTC).</param>
/// <param name="Incident">What was told.</param>
public sealed record RecordedIncident(string Number, DateTimeOffset At, Incident Incident);

/// <summary>A row of a record of incidents such as London Fire Brigade's, as far as rules look at it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="At">When it was called in (UTC); the record is exact to the hour.</param>
/// <param name="Group"><c>Fire</c>, <c>Special Service</c>, <c>False Alarm</c>.</param>
/// <param name="PropertyCategory"><c>Dwelling</c>, <c>Road Vehicle</c>, ...</param>
/// <param name="PropertyType"><c>Large supermarket</c>, <c>Lorry/HGV</c>, ...</param>
/// <param name="PlaceWords">The ward or postcode district.</param>
/// <param name="BoroughName">The London borough, or an area of the map; another name is no known place.</param>
/// <param name="StationGround">The station's ground, London's or the map's own; may be empty.</param>
/// <param name="Pumps">Pumping appliances that attended; null when not recorded.</param>
public sealed record RecordedRow(
    string Number, DateTimeOffset At, string Group, string PropertyCategory, string PropertyType, string PlaceWords, string BoroughName, string StationGround, int? Pumps);

/// <summary>Puts a recording of London's incidents on the brigade's map, so that rules can be tried on real days.</summary>
/// <remarks>
/// London's 33 boroughs in the order of the alphabet are dealt over the map's areas in the order of their ids, like cards; a London station's ground
/// becomes one of the stations of that area, always the same one. The deal looks at nothing but the names, so any part of a recording lands where the
/// whole does. It says nothing of the West Midlands' own incidents: show <see cref="Label"/> with whatever comes of it. A row that names an area of
/// the map stays there, and nothing of it is dealt.
/// </remarks>
public static class RecordedIncidents
{
    /// <summary>What such incidents are, to be said wherever they are shown.</summary>
    public const string Label = "LFB incidents replayed on West Midlands geography";

    /// <summary>The id of the source that they come from.</summary>
    public const string Source = "lfb-recording";

    private static readonly string[] Boroughs =
    [
        "barking and dagenham", "barnet", "bexley", "brent", "bromley", "camden", "city of london", "croydon", "ealing", "enfield", "greenwich", "hackney",
        "hammersmith and fulham", "haringey", "harrow", "havering", "hillingdon", "hounslow", "islington", "kensington and chelsea", "kingston upon thames", "lambeth",
        "lewisham", "merton", "newham", "redbridge", "richmond upon thames", "southwark", "sutton", "tower hamlets", "waltham forest", "wandsworth", "westminster",
    ];

    /// <summary>Whether rows of this borough are dealt to an area that they have nothing to do with.</summary>
    public static bool IsDealt(string boroughName, BrigadeMap map) => map.Areas.Count > 0 && Borough(boroughName) >= 0 && !map.TryMatchArea(boroughName, out _);

    /// <summary>Makes incidents of rows, in the rows' order.</summary>
    public static IReadOnlyList<RecordedIncident> FromRows(IEnumerable<RecordedRow> rows, BrigadeMap map)
    {
        Area[] areas = [.. map.Areas.OrderBy(a => a.Id, StringComparer.Ordinal)];
        return [.. rows.Select(r => new RecordedIncident(r.Number, r.At, Incident.Of([Filed(r, areas, map)])))];
    }

    private static FiledReport Filed(RecordedRow row, Area[] areas, BrigadeMap map)
    {
        var borough = Borough(row.BoroughName);
        var area = map.TryMatchArea(row.BoroughName, out var named) ? named : borough < 0 || areas.Length == 0 ? null : areas[borough % areas.Length];
        var report = new IncidentReport
        {
            Number = row.Number,
            Revision = 1,
            ReportedAt = row.At,
            OpenedAt = row.At,
            Exercise = false,

            // The record has no stop: each is taken as it was while it went on.
            Status = IncidentStatus.Open,
            TypeAtCall = string.Join(" - ", Told(row.Group, string.Join(", ", Told(row.PropertyCategory, row.PropertyType)))),
            Category = Given(row.Group),
            Place = Given(row.PlaceWords),
            Areas = area is null ? null : [area.Id],
            StationGround = area is null ? null : StationOf(row.StationGround, area, map),
            Pumps = row.Pumps,
        };
        return new FiledReport(Source, report, Digest(row.ToString()), row.At);
    }

    private static string? StationOf(string ground, Area area, BrigadeMap map)
    {
        if (map.Stations.FirstOrDefault(s => string.Equals(s.AreaId, area.Id, StringComparison.Ordinal) && (Same(s.Id, ground) || Same(s.Name, ground))) is { } own)
        {
            return own.Id;
        }

        string[] stations = [.. map.Stations.Where(s => string.Equals(s.AreaId, area.Id, StringComparison.Ordinal)).Select(s => s.Id).Order(StringComparer.Ordinal)];
        return stations.Length == 0 || string.IsNullOrWhiteSpace(ground)
            ? null
            : stations[int.Parse(Digest(ground.Trim().ToUpperInvariant())[..4], NumberStyles.HexNumber, CultureInfo.InvariantCulture) % stations.Length];
    }

    private static int Borough(string name) => Array.FindIndex(Boroughs, b => Same(b, name));

    private static bool Same(string one, string other) => string.Equals(one, other.Trim(), StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Told(params IEnumerable<string> texts) => texts.Where(t => !string.IsNullOrWhiteSpace(t));

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string? Given(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

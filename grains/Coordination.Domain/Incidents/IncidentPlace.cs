using Coordination.Domain.Brigade;

namespace Coordination.Domain.Incidents;

/// <summary>Where an incident is, on the brigade's map.</summary>
/// <param name="Areas">Ids of the areas that it concerns, sorted; empty when that is not known.</param>
/// <param name="Station">Id of the station on whose ground it is; null when not known.</param>
/// <param name="Position">The point; the station's own when only that is known; null when neither is.</param>
/// <param name="OverTheBorder">Whether it is in another service's area.</param>
/// <param name="Unclear">What was named and is on no map, in words; may be empty.</param>
public sealed record IncidentPlace(IReadOnlyList<string> Areas, string? Station, GeoPoint? Position, bool OverTheBorder, IReadOnlyList<string> Unclear)
{
    /// <summary>How far from the nearest station a point may be and still be within the brigade's area, in kilometres.</summary>
    public const double Reach = 8;

    /// <summary>Finds it. Areas that are named count first, then the station's, then that of the station next to the point.</summary>
    public static IncidentPlace Of(IncidentReport report, BrigadeMap map)
    {
        var unclear = new List<string>();
        var areas = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in report.Areas ?? [])
        {
            if (map.TryMatchArea(name, out var area))
            {
                areas.Add(area.Id);
            }
            else
            {
                unclear.Add($"area '{name}' is not known");
            }
        }

        Station? station = null;
        if (report.StationGround is { } ground)
        {
            station = map.Stations.FirstOrDefault(s => Same(s.Id, ground) || Same(s.Name, ground));
            if (station is null)
            {
                unclear.Add($"station '{ground}' is not known");
            }
        }

        var near = report.Position is { } point ? map.Stations.MinBy(s => s.Location.DistanceKm(point)) : null;
        var outside = near is not null && near.Location.DistanceKm(report.Position!.Value) > Reach;
        var over = report.OverTheBorder ?? (outside && areas.Count == 0 && station is null);
        station ??= over || outside ? null : near;
        if (areas.Count == 0 && station is not null && !over)
        {
            areas.Add(station.AreaId);
        }

        return new IncidentPlace([.. areas], station?.Id, report.Position ?? station?.Location, over, unclear);
    }

    private static bool Same(string one, string other) => string.Equals(one, other.Trim(), StringComparison.OrdinalIgnoreCase);
}

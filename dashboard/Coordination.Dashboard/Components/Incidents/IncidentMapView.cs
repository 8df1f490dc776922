using Coordination.Domain.Brigade;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents;

namespace Coordination.Dashboard.Components.Incidents;

/// <summary>A station on the map.</summary>
/// <param name="X">Across, from the west.</param>
/// <param name="Y">Down, from the north.</param>
/// <param name="Name">Its name.</param>
/// <param name="Covered">Whether a takeover covers its local accounts.</param>
/// <param name="Named">Whether its name is written beside it.</param>
public sealed record MapDot(double X, double Y, string Name, bool Covered, bool Named);

/// <summary>The stations and an incident on a flat map: degrees are lengths, shortened to the east by the latitude's cosine, which is exact enough for 60 km.</summary>
public sealed record IncidentMapView
{
    /// <summary>How wide the map is drawn.</summary>
    public const double Width = 520;

    private const double Edge = 26;
    private const int Names = 3;

    /// <summary>How high it is.</summary>
    public required double Height { get; init; }

    /// <summary>The stations.</summary>
    public required IReadOnlyList<MapDot> Dots { get; init; }

    /// <summary>The incident; null when it lies far outside.</summary>
    public required (double X, double Y)? At { get; init; }

    /// <summary>Whether the position was reported, not taken from its station.</summary>
    public required bool Exact { get; init; }

    /// <summary>The same in words.</summary>
    public required string Words { get; init; }

    /// <summary>Draws it; null when nothing is known of the place, or there is no map.</summary>
    public static IncidentMapView? Of(BrigadeMap map, IncidentPlace place, IReadOnlyList<Scope> scopes)
    {
        if (map.Stations.Count == 0 || place.Position is not { } at)
        {
            return null;
        }

        // An incident just over the border is on the map; one far away would make everything else a point.
        GeoPoint[] all = [.. map.Stations.Select(s => s.Location), .. map.Stations.Min(s => s.Location.DistanceKm(at)) < 40 ? [at] : Array.Empty<GeoPoint>()];
        var (south, north, west, east) = (all.Min(p => p.Latitude), all.Max(p => p.Latitude), all.Min(p => p.Longitude), all.Max(p => p.Longitude));
        var shrink = Math.Cos((south + north) / 2 * Math.PI / 180);
        var scale = (Width - (2 * Edge)) / Math.Max((east - west) * shrink, 0.01);
        (double X, double Y) Put(GeoPoint p) => (Edge + ((p.Longitude - west) * shrink * scale), Edge + ((north - p.Latitude) * scale));
        var near = map.Stations.OrderBy(s => s.Location.DistanceKm(at)).Take(Names).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var next = map.Stations.MinBy(s => s.Location.DistanceKm(at))!;
        return new IncidentMapView
        {
            Height = (2 * Edge) + ((north - south) * scale),
            Dots = [.. map.Stations.Select(s => (s, Put(s.Location))).Select(d => new MapDot(d.Item2.X, d.Item2.Y, d.s.Name, scopes.Any(scope => Covers(scope, d.s)), near.Contains(d.s.Id)))],
            At = all.Contains(at) ? Put(at) : null,
            Exact = map.Stations.All(s => s.Location != at),
            Words = FormattableString.Invariant($"Map of the stations. The incident is {next.Location.DistanceKm(at):0.0} km from {next.Name}."),
        };
    }

    private static bool Covers(Scope scope, Station station) =>
        Includes(scope, station) && !(scope.Except is { } except && (except.Stations?.Contains(station.Id, StringComparer.Ordinal) == true || except.Areas?.Contains(station.AreaId, StringComparer.Ordinal) == true));

    private static bool Includes(Scope scope, Station station) =>
        (scope.Areas is not { Count: > 0 } areas || areas.Contains(station.AreaId, StringComparer.Ordinal)) && (scope.Stations is not { Count: > 0 } stations || stations.Contains(station.Id, StringComparer.Ordinal));
}

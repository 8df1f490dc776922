using Coordination.Domain.Brigade;

namespace Coordination.Domain.Incidents.Cap;

/// <summary>The areas that a message is about.</summary>
/// <param name="AreaIds">Ids, sorted, without repeats.</param>
/// <param name="WholeBrigade">Whether it names the whole brigade or covers every area.</param>
/// <param name="Unclear">Places that could not be told, in words.</param>
internal sealed record CapPlaces(IReadOnlyList<string> AreaIds, bool WholeBrigade, IReadOnlyList<string> Unclear)
{
    /// <summary>
    /// Finds the areas: by the brigade's own geocode, else by the stations inside polygons and circles. A geocode outranks the shapes
    /// of the same CAP area; the words of <c>areaDesc</c> are never guessed from.
    /// </summary>
    public static CapPlaces Find(IEnumerable<CapInfo> infos, CapIntakePolicy policy, BrigadeMap map)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var unclear = new List<string>();
        var everywhere = false;
        foreach (var area in infos.SelectMany(i => i.Areas))
        {
            var codes = area.Geocodes.Where(g => string.Equals(g.Name, policy.AreaGeocode, StringComparison.OrdinalIgnoreCase)).ToList();
            if (codes.Count == 0)
            {
                FindByShape(area, map, found, unclear);
                continue;
            }

            foreach (var code in codes)
            {
                if (string.Equals(code.Value, policy.WholeBrigadeValue, StringComparison.OrdinalIgnoreCase))
                {
                    everywhere = true;
                }
                else if (map.TryMatchArea(code.Value, out var match))
                {
                    found.Add(match.Id);
                }
                else
                {
                    unclear.Add(
                        $"{policy.AreaGeocode} {CapValues.Quote(code.Value)} is no area; the service knows "
                        + $"{string.Join(", ", map.Areas.Select(a => a.Id))} and {policy.WholeBrigadeValue}");
                }
            }
        }

        everywhere |= map.Areas.Count > 0 && found.Count == map.Areas.Count;
        return new CapPlaces(
            everywhere ? [.. map.Areas.Select(a => a.Id).Order(StringComparer.Ordinal)] : [.. found],
            everywhere,
            [.. unclear.Distinct(StringComparer.Ordinal)]);
    }

    private static void FindByShape(CapArea area, BrigadeMap map, SortedSet<string> found, List<string> unclear)
    {
        if (area.Polygons.Count + area.Circles.Count == 0)
        {
            unclear.Add($"area {CapValues.Quote(area.Description)} has no geocode, polygon or circle that the service can use");
            return;
        }

        var before = found.Count;
        var stations = area.Polygons.SelectMany(map.StationsWithin).Concat(area.Circles.SelectMany(map.StationsWithin)).ToList();
        found.UnionWith(stations.Select(s => s.AreaId));
        if (stations.Count == 0 && found.Count == before)
        {
            unclear.Add($"no station lies inside the polygon or circle of area {CapValues.Quote(area.Description)}");
        }
    }
}

using Coordination.Domain.Brigade;

namespace Coordination.Dashboard.Team;

/// <summary>The brigade's places by their names.</summary>
internal static class PlaceWords
{
    /// <summary>Names of areas, stations and departments.</summary>
    public static IEnumerable<string> PlaceNames(this BrigadeMap map) =>
        [.. map.Areas.Select(a => a.Name), .. map.Stations.Select(s => s.Name), .. map.Departments.Select(d => d.Name)];
}

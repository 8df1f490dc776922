using System.Diagnostics.CodeAnalysis;

namespace Coordination.Domain.Brigade;

/// <summary>The areas, stations and departments of the service, with the look-ups that labels and incidents need.</summary>
/// <remarks>Ids are slugs and unique, names are unique among areas, every station lies in a known area.</remarks>
public sealed class BrigadeMap
{
    private readonly Dictionary<string, Area> _areas;
    private readonly Dictionary<string, Area> _areasByName;
    private readonly Dictionary<string, Station> _stations;
    private readonly Dictionary<string, Department> _departments;

    /// <summary>Makes a map.</summary>
    /// <exception cref="ArgumentException">An id is no slug or not unique, an area's name is not unique, or a station's area is not known.</exception>
    public BrigadeMap(IEnumerable<Area> areas, IEnumerable<Station> stations, IEnumerable<Department> departments)
    {
        Areas = [.. areas];
        Stations = [.. stations];
        Departments = [.. departments];
        _areas = Index(Areas, a => a.Id, "area", nameof(areas));
        _stations = Index(Stations, s => s.Id, "station", nameof(stations));
        _departments = Index(Departments, d => d.Id, "department", nameof(departments));
        _areasByName = new Dictionary<string, Area>(StringComparer.OrdinalIgnoreCase);
        foreach (var area in Areas)
        {
            if (!_areasByName.TryAdd(area.Name, area))
            {
                throw new ArgumentException($"Two areas are named '{area.Name}'.", nameof(areas));
            }
        }

        if (Stations.FirstOrDefault(s => !_areas.ContainsKey(s.AreaId)) is { } stray)
        {
            throw new ArgumentException($"Station '{stray.Id}' lies in area '{stray.AreaId}', which is not known.", nameof(stations));
        }
    }

    /// <summary>The areas.</summary>
    public IReadOnlyList<Area> Areas { get; }

    /// <summary>The stations.</summary>
    public IReadOnlyList<Station> Stations { get; }

    /// <summary>The departments.</summary>
    public IReadOnlyList<Department> Departments { get; }

    /// <summary>Finds an area by its id.</summary>
    public bool TryFindArea(string id, [NotNullWhen(true)] out Area? area) => _areas.TryGetValue(id, out area);

    /// <summary>Finds a station by its id.</summary>
    public bool TryFindStation(string id, [NotNullWhen(true)] out Station? station) => _stations.TryGetValue(id, out station);

    /// <summary>Finds a department by its id.</summary>
    public bool TryFindDepartment(string id, [NotNullWhen(true)] out Department? department) =>
        _departments.TryGetValue(id, out department);

    /// <summary>Finds an area by what a person or another system calls it: its id or its name, in any case, with spaces around.</summary>
    public bool TryMatchArea(string text, [NotNullWhen(true)] out Area? area)
    {
        var wanted = text.Trim();
        area = Areas.FirstOrDefault(a => string.Equals(a.Id, wanted, StringComparison.OrdinalIgnoreCase));
        return area is not null || _areasByName.TryGetValue(wanted, out area);
    }

    /// <summary>The stations in the circle, its edge included.</summary>
    public IReadOnlyList<Station> StationsWithin(GeoCircle circle) => [.. Stations.Where(s => circle.Contains(s.Location))];

    /// <summary>The stations in the polygon, its edge included.</summary>
    public IReadOnlyList<Station> StationsWithin(GeoPolygon polygon) => [.. Stations.Where(s => polygon.Contains(s.Location))];

    private static Dictionary<string, T> Index<T>(IReadOnlyList<T> items, Func<T, string> idOf, string what, string parameter)
    {
        var index = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var id = idOf(item);
            if (!Slug.IsValid(id))
            {
                throw new ArgumentException($"'{id}' is no {what} id: lower-case letters, digits and inner hyphens.", parameter);
            }

            if (!index.TryAdd(id, item))
            {
                throw new ArgumentException($"The {what} id '{id}' is used twice.", parameter);
            }
        }

        return index;
    }
}

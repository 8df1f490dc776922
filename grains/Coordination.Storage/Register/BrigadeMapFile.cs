using System.Globalization;
using Coordination.Domain.Accounts;
using Coordination.Domain.Brigade;

namespace Coordination.Storage.Register;

/// <summary>
/// Reads the brigade's map from two CSV files: stations (<c>station,name,area,area_name,latitude,longitude</c> and, where wanted,
/// <c>code</c>) and departments (<c>department,name</c>). Both are right as a whole, or refused with every fault.
/// </summary>
public static class BrigadeMapFile
{
    private static readonly string[] s_stationColumns = ["station", "name", "area", "area_name", "latitude", "longitude"];
    private static readonly string[] s_departmentColumns = ["department", "name"];

    /// <summary>Reads the map.</summary>
    /// <param name="stations">The stations file.</param>
    /// <param name="departments">The departments file.</param>
    public static RegisterReading<BrigadeMap> Read(ReadOnlyMemory<byte> stations, ReadOnlyMemory<byte> departments)
    {
        var stationFaults = new FaultList();
        var areas = new Dictionary<string, Area>(StringComparer.Ordinal);
        var known = new Dictionary<string, Station>(StringComparer.Ordinal);
        foreach (var line in new CsvTable(stationFaults).Read(stations, s_stationColumns, "code"))
        {
            ReadStation(line, areas, known, stationFaults);
        }

        if (stationFaults.Count > 0)
        {
            return stationFaults.Conclude<BrigadeMap>(() => throw new InvalidOperationException("A refused file has no content."));
        }

        var departmentFaults = new FaultList();
        var named = new Dictionary<string, Department>(StringComparer.Ordinal);
        foreach (var line in new CsvTable(departmentFaults).Read(departments, s_departmentColumns))
        {
            var id = line["department"];
            if (CheckPlace(line, "department", departmentFaults) && !named.TryAdd(id, new Department(id, line["name"])))
            {
                departmentFaults.Add(line.Number, "department", $"department '{id}' stands twice");
            }
        }

        return departmentFaults.Conclude(() => new BrigadeMap(areas.Values, known.Values, named.Values));
    }

    private static void ReadStation(CsvLine line, Dictionary<string, Area> areas, Dictionary<string, Station> known, FaultList faults)
    {
        var right = CheckPlace(line, "station", faults);
        var area = new Area(line["area"], line["area_name"]);
        if (!Slug.IsValid(area.Id) || area.Name.Length == 0)
        {
            faults.Add(line.Number, "area", $"area {FieldRules.Quote(area.Id)} needs an id of lower-case letters, digits and inner hyphens, and a name");
            right = false;
        }
        else if (!areas.TryAdd(area.Id, area) && areas[area.Id] != area)
        {
            faults.Add(line.Number, "area_name", $"area '{area.Id}' is named {FieldRules.Quote(area.Name)} here and '{areas[area.Id].Name}' before");
            right = false;
        }
        else if (areas.Values.FirstOrDefault(a => a != area && string.Equals(a.Name, area.Name, StringComparison.OrdinalIgnoreCase)) is { } namesake)
        {
            faults.Add(line.Number, "area_name", $"areas '{area.Id}' and '{namesake.Id}' bear the same name");
            right = false;
        }

        if (!TryDegrees(line["latitude"], out var latitude) || !TryDegrees(line["longitude"], out var longitude)
            || !GeoPoint.TryCreate(latitude, longitude, out var location))
        {
            faults.Add(
                line.Number,
                "latitude",
                $"latitude {FieldRules.Quote(line["latitude"])} and longitude {FieldRules.Quote(line["longitude"])} are no place; write WGS84 degrees such as 52.4123 and -1.5159");
            return;
        }

        var id = line["station"];
        var code = line["code"].Length == 0 ? null : line["code"];
        if (right && !known.TryAdd(id, new Station(id, code, line["name"], area.Id, location)))
        {
            faults.Add(line.Number, "station", $"station '{id}' stands twice");
        }
    }

    private static bool CheckPlace(CsvLine line, string idColumn, FaultList faults)
    {
        var right = true;
        if (!Slug.IsValid(line[idColumn]))
        {
            faults.Add(line.Number, idColumn, $"{idColumn} {FieldRules.Quote(line[idColumn])} is no id; write lower-case letters, digits and inner hyphens, such as sutton-coldfield");
            right = false;
        }

        if (line["name"].Length == 0 || FieldRules.CheckName(line["name"]) is not null)
        {
            faults.Add(line.Number, "name", $"name {FieldRules.CheckName(line["name"]) ?? "is missing"}");
            right = false;
        }

        return right;
    }

    private static bool TryDegrees(string text, out double degrees) => double.TryParse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out degrees);
}

using System.Globalization;
using Coordination.Domain.Brigade;
using Coordination.Domain.Tests.Incidents;

namespace Coordination.Domain.Tests.Brigade;

/// <summary>The map of the demo register: 38 stations in seven boroughs.</summary>
internal static class DemoMap
{
    public static BrigadeMap Map { get; } = Read();

    public static GeoPoint Point(double latitude, double longitude) =>
        GeoPoint.TryCreate(latitude, longitude, out var point) ? point : throw new ArgumentOutOfRangeException(nameof(latitude));

    private static BrigadeMap Read()
    {
        // The file is the project's own and has no quoted fields.
        var rows = File.ReadAllLines(Repository.Path("dashboard", "Coordination.Dashboard", "Demo", "stations.csv")).Skip(1).Select(l => l.Split(',')).ToList();
        return new BrigadeMap(
            rows.Select(r => new Area(r[2], r[3])).Distinct(),
            rows.Select(r => new Station(r[0], r[6], r[1], r[2], Point(Number(r[4]), Number(r[5])))),
            [new Department("prevention", "Prevention")]);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

using Coordination.Domain.Accounts;
using Coordination.Domain.Brigade;
using Coordination.Storage.Register;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Register;

/// <summary>The register that the service shows when nobody has given it one.</summary>
public sealed class DemoRegisterTests
{
    private static readonly BrigadeMap s_map = ReadMap();
    private static readonly IReadOnlyList<RegisterRow> s_rows = ReadRows();

    [Fact]
    public void DemoMap_Has38StationsSevenAreasAndDepartments()
    {
        Assert.Equal((38, 7), (s_map.Stations.Count, s_map.Areas.Count));
        Assert.True(s_map.TryFindDepartment("prevention", out _));
        Assert.All(s_map.Stations, s => Assert.Equal(3, s.Code!.Length));

        // All of them lie in the West Midlands.
        Assert.All(s_map.Stations, s => Assert.True(s.Location is { Latitude: > 52.3 and < 52.7, Longitude: > -2.3 and < -1.4 }, s.Id));
    }

    [Fact]
    public void DemoRegister_Has121Accounts_ThreeForEachStation()
    {
        Assert.Equal(121, s_rows.Count);
        var stations = s_rows.Where(r => r.Labels.Station is not null).GroupBy(r => r.Labels.Station!, StringComparer.Ordinal).ToList();
        Assert.Equal(s_map.Stations.Select(s => s.Id).Order(StringComparer.Ordinal), stations.Select(g => g.Key).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(stations, g => Assert.Equal(3, g.Select(r => r.Key.PlatformId).Distinct(StringComparer.Ordinal).Count()));
        Assert.All(stations, g => Assert.All(g, r => Assert.Equal(AccountKind.Local, r.Labels.Kind)));
        Assert.Equal(7, s_rows.Select(r => r.Labels.Area).OfType<string>().Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(4, s_rows.Count(r => r.Labels.Kind is AccountKind.Corporate));
        Assert.Equal(3, s_rows.Count(r => r.Labels is { Kind: AccountKind.Local, Department: not null }));
        Assert.Equal(
            [("bluesky", 21), ("facebook", 40), ("mastodon", 20), ("x", 40)],
            s_rows.GroupBy(r => r.Key.PlatformId, StringComparer.Ordinal).Select(g => (g.Key, g.Count())).OrderBy(p => p.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void DemoRegister_IsPlainlyFictional()
    {
        Assert.All(s_rows, r => Assert.StartsWith("demo_", r.Key.Handle, StringComparison.Ordinal));
        Assert.All(s_rows, r => Assert.StartsWith("Demo ", r.DisplayName, StringComparison.Ordinal));
        Assert.All(s_rows, r => Assert.EndsWith("@example.org", r.Contact.Email!, StringComparison.Ordinal));

        // 0121 496 0000 to 0999 are reserved for drama by Ofcom.
        Assert.All(s_rows, r => Assert.Matches(@"\A0121 496 0\d{3}\z", r.Contact.Phone!));
    }

    [Fact]
    public void DemoMap_AgreesWithTheStationData_WhereItIsAtHand()
    {
        var lines = File.ReadAllLines(SharedFolder.SkipIfMissing("data", "stations", "wmfs_stations.csv")).Skip(1).ToList();
        Assert.Equal(38, lines.Count);
        foreach (var line in lines)
        {
            // Only the address, the third field, is quoted; what follows it has no commas.
            var (head, tail) = (line.Split(','), line.Split(',')[^5..]);
            var station = Assert.Single(s_map.Stations, s => string.Equals(s.Code, head[0], StringComparison.Ordinal));
            Assert.Equal(head[1], station.Name);
            Assert.True(s_map.TryFindArea(station.AreaId, out var area));
            Assert.Equal(tail[3], area.Name);
            Assert.Equal(double.Parse(tail[1], System.Globalization.CultureInfo.InvariantCulture), station.Location.Latitude, 0.0001);
            Assert.Equal(double.Parse(tail[2], System.Globalization.CultureInfo.InvariantCulture), station.Location.Longitude, 0.0001);
        }
    }

    private static BrigadeMap ReadMap() => Assert.IsType<RegisterReading<BrigadeMap>.Accepted>(BrigadeMapFile.Read(Demo("stations.csv"), Demo("departments.csv"))).Content;

    private static IReadOnlyList<RegisterRow> ReadRows() =>
        Assert.IsType<RegisterReading<IReadOnlyList<RegisterRow>>.Accepted>(RegisterFile.Read(Demo("accounts.csv"), s_map)).Content;

    private static byte[] Demo(string file) => File.ReadAllBytes(Repository.In("dashboard", "Coordination.Dashboard", "Demo", file));
}

using Coordination.Domain.Brigade;
using Coordination.Domain.Incidents;
using Coordination.Domain.Tests.Brigade;
using Xunit;

namespace Coordination.Domain.Tests.Incidents;

public sealed class IncidentPlaceTests
{
    private static readonly GeoPoint s_foleshill = DemoMap.Point(52.4386, -1.4931);
    private static readonly GeoPoint s_nearFoleshill = DemoMap.Point(52.4480, -1.4900);
    private static readonly GeoPoint s_london = DemoMap.Point(51.5074, -0.1278);

    public static TheoryData<string, IncidentReport, string, string?, bool, string> Cases => new()
    {
        { "nothing is said", Report(), "", null, false, "" },
        { "area by id", Report(areas: ["coventry"]), "coventry", null, false, "" },
        { "area by name", Report(areas: [" COVENTRY "]), "coventry", null, false, "" },
        { "areas sorted, once each", Report(areas: ["Walsall", "dudley", "Dudley"]), "dudley,walsall", null, false, "" },
        { "station by id", Report(ground: "foleshill"), "coventry", "foleshill", false, "" },
        { "station by name", Report(ground: " Sutton COLDFIELD "), "birmingham", "sutton-coldfield", false, "" },
        { "nearest station", Report(position: s_nearFoleshill), "coventry", "foleshill", false, "" },
        { "named area before the station's", Report(areas: ["solihull"], ground: "foleshill"), "solihull", "foleshill", false, "" },
        { "named area before the point's", Report(areas: ["solihull"], position: s_nearFoleshill), "solihull", "foleshill", false, "" },
        { "named station before the nearest", Report(ground: "binley", position: s_nearFoleshill), "coventry", "binley", false, "" },
        { "far point", Report(position: s_london), "", null, true, "" },
        { "far point in a named area", Report(areas: ["coventry"], position: s_london), "coventry", null, false, "" },
        { "far point on a named ground", Report(ground: "binley", position: s_london), "coventry", "binley", false, "" },
        { "far point, said to be ours", Report(position: s_london, over: false), "", null, false, "" },
        { "near point, said to be over the border", Report(position: s_nearFoleshill, over: true), "", null, true, "" },
        { "over the border from a named ground", Report(ground: "foleshill", over: true), "", "foleshill", true, "" },
        { "over the border and in a named area", Report(areas: ["coventry"], over: true), "coventry", null, true, "" },
        { "unknown area", Report(areas: ["Rutland"]), "", null, false, "area 'Rutland' is not known" },
        { "unknown and known area", Report(areas: ["Rutland", "dudley"]), "dudley", null, false, "area 'Rutland' is not known" },
        { "unknown area, known point", Report(areas: ["Rutland"], position: s_foleshill), "coventry", "foleshill", false, "area 'Rutland' is not known" },
        { "unknown station", Report(ground: "Oakham"), "", null, false, "station 'Oakham' is not known" },
        { "unknown station, known point", Report(ground: "Oakham", position: s_foleshill), "coventry", "foleshill", false, "station 'Oakham' is not known" },
        { "unknown names, far point", Report(areas: ["Rutland"], ground: "Oakham", position: s_london), "", null, true, "area 'Rutland' is not known; station 'Oakham' is not known" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_FindsThePlace(string name, IncidentReport report, string areas, string? station, bool over, string unclear)
    {
        var place = IncidentPlace.Of(report, DemoMap.Map);
        Assert.Equal((name, areas, station, over, unclear), (name, string.Join(',', place.Areas), place.Station, place.OverTheBorder, string.Join("; ", place.Unclear)));
    }

    [Fact]
    public void Of_KeepsThePoint_OrTakesTheStations()
    {
        Assert.Equal(s_nearFoleshill, IncidentPlace.Of(Report(ground: "foleshill", position: s_nearFoleshill), DemoMap.Map).Position);
        Assert.Equal(s_foleshill, IncidentPlace.Of(Report(ground: "foleshill"), DemoMap.Map).Position);
        Assert.Equal(s_london, IncidentPlace.Of(Report(position: s_london), DemoMap.Map).Position);
        Assert.Null(IncidentPlace.Of(Report(areas: ["coventry"]), DemoMap.Map).Position);
    }

    [Theory]
    [InlineData(0.06, false)]
    [InlineData(0.08, true)]
    public void Of_TakesAPoint_UpToTheReach(double degreesNorth, bool over)
    {
        // North of Bloxwich, the northernmost station of its side; a degree is 111.2 km.
        var place = IncidentPlace.Of(Report(position: DemoMap.Point(52.6135 + degreesNorth, -2.0029)), DemoMap.Map);
        Assert.Equal(over, place.OverTheBorder);
        Assert.Equal(over ? null : "bloxwich", place.Station);
    }

    private static IncidentReport Report(IReadOnlyList<string>? areas = null, string? ground = null, GeoPoint? position = null, bool? over = null) => new()
    {
        Number = "N",
        Revision = 1,
        ReportedAt = FiledReportGen.Start,
        Exercise = false,
        Status = IncidentStatus.Open,
        TypeAtCall = "Fire",
        Areas = areas,
        StationGround = ground,
        Position = position,
        OverTheBorder = over,
    };
}

using Coordination.Domain.Brigade;
using Xunit;
using static Coordination.Domain.Tests.Brigade.DemoMap;

namespace Coordination.Domain.Tests.Brigade;

public sealed class BrigadeMapTests
{
    [Fact]
    public void DemoMap_Has38StationsInSevenBoroughs()
    {
        Assert.Equal(38, Map.Stations.Count);
        Assert.Equal(
            ["birmingham", "coventry", "dudley", "sandwell", "solihull", "walsall", "wolverhampton"],
            Map.Areas.Select(a => a.Id).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.True(Map.TryFindStation("sutton-coldfield", out var station));
        Assert.Equal(("Sutton Coldfield", "birmingham"), (station.Name, station.AreaId));
        Assert.True(Map.TryFindDepartment("prevention", out _));
        Assert.False(Map.TryFindStation("Sutton Coldfield", out _));
    }

    [Theory]
    [InlineData("coventry", "coventry")]
    [InlineData("COVENTRY", "coventry")]
    [InlineData(" Coventry ", "coventry")]
    [InlineData("Covntry", null)]
    [InlineData("Coventry West", null)]
    [InlineData("", null)]
    public void TryMatchArea_FindsIdsAndNames_InAnyCase(string text, string? id)
    {
        Assert.Equal(id is not null, Map.TryMatchArea(text, out var area));
        Assert.Equal(id, area?.Id);
    }

    [Fact]
    public void TryMatchArea_FindsNamesOfSeveralWords()
    {
        var map = new BrigadeMap([new Area("black-country", "The Black Country")], [], []);
        Assert.True(map.TryMatchArea("the black country", out var area));
        Assert.True(map.TryMatchArea("Black-Country", out var same));
        Assert.Same(area, same);
    }

    [Fact]
    public void StationsWithin_FindsTheCoventryStations()
    {
        var circle = new GeoCircle(Point(52.41, -1.51), 6);
        Assert.Equal(["binley", "canley", "coventry", "foleshill"], Map.StationsWithin(circle).Select(s => s.Id).Order(StringComparer.Ordinal), StringComparer.Ordinal);

        Assert.True(GeoPolygon.TryCreate([Point(52.45, -1.52), Point(52.45, -1.47), Point(52.425, -1.47), Point(52.425, -1.52), Point(52.45, -1.52)], out var polygon, out _));
        Assert.Equal("foleshill", Assert.Single(Map.StationsWithin(polygon)).Id);
    }

    [Fact]
    public void Constructor_Refuses_AMapThatContradictsItself()
    {
        var area = new Area("coventry", "Coventry");
        Assert.Throws<ArgumentException>(() => new BrigadeMap([area, area], [], []));
        Assert.Throws<ArgumentException>(() => new BrigadeMap([area, new Area("coventry-2", "COVENTRY")], [], []));
        Assert.Throws<ArgumentException>(() => new BrigadeMap([new Area("Coventry", "Coventry")], [], []));
        Assert.Throws<ArgumentException>(() => new BrigadeMap([area], [new Station("aston", null, "Aston", "birmingham", Point(52.5, -1.9))], []));
        Assert.Throws<ArgumentException>(() => new BrigadeMap([area], [], [new Department("a b", "A")]));
    }

    [Theory]
    [InlineData("sutton-coldfield", true)]
    [InlineData("a", true)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a--b", false)]
    [InlineData("A", false)]
    [InlineData("a_b", false)]
    [InlineData("a\n", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Slug_TakesLowerCaseWords_AndNothingElse(string? text, bool valid) => Assert.Equal(valid, Slug.IsValid(text));
}

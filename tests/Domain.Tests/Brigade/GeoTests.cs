using Coordination.Domain.Brigade;
using CsCheck;
using Xunit;
using static Coordination.Domain.Tests.Brigade.DemoMap;

namespace Coordination.Domain.Tests.Brigade;

public sealed class GeoTests
{
    [Theory]
    [InlineData(52.5050, -1.8928, 52.4123, -1.5159, 27.5)] // Aston to Coventry
    [InlineData(51.5, 0, 51.5, 0, 0)]
    [InlineData(0, 0, 0, 1, 111.195)]
    [InlineData(0, 0, 1, 0, 111.195)]
    [InlineData(0, 179.5, 0, -179.5, 111.195)]
    [InlineData(90, 0, -90, 0, 20015.115)]
    public void DistanceKm_IsTheGreatCircle_BetweenKnownPoints(double latitude1, double longitude1, double latitude2, double longitude2, double km)
    {
        var (a, b) = (Point(latitude1, longitude1), Point(latitude2, longitude2));
        Assert.Equal(km, a.DistanceKm(b), km > 1000 ? 1 : 0.1);
        Assert.Equal(a.DistanceKm(b), b.DistanceKm(a), 1e-9);
    }

    [Theory]
    [InlineData(90.01, 0)]
    [InlineData(-90.01, 0)]
    [InlineData(0, 180.01)]
    [InlineData(0, -180.01)]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.PositiveInfinity)]
    public void TryCreate_Refuses_APointThatIsNotOnEarth(double latitude, double longitude) =>
        Assert.False(GeoPoint.TryCreate(latitude, longitude, out _));

    [Theory]
    [InlineData("52.5,-1.9", true)]
    [InlineData("+52.5,1", true)]
    [InlineData("52.5", false)]
    [InlineData("52.5,", false)]
    [InlineData(",1", false)]
    [InlineData("52.5,-1.9,3", false)]
    [InlineData("52.5, -1.9", false)]
    [InlineData("1e1,1", false)]
    [InlineData("NaN,1", false)]
    public void TryParse_ReadsPairs_AndNothingElse(string text, bool expected) => Assert.Equal(expected, GeoPoint.TryParse(text, out _));

    [Fact]
    public void Circle_HoldsItsEdge_AndNothingBeyond()
    {
        var circle = new GeoCircle(Point(52.4, -1.5), Point(52.4, -1.5).DistanceKm(Point(52.5, -1.5)));
        Assert.True(circle.Contains(Point(52.5, -1.5)));
        Assert.False(circle.Contains(Point(52.5001, -1.5)));
        Assert.True(new GeoCircle(Point(52.4, -1.5), 0).Contains(Point(52.4, -1.5)));
    }

    [Theory]
    [InlineData(5, 5, true)]
    [InlineData(0, 0, true)] // a corner
    [InlineData(0, 5, true)] // an edge
    [InlineData(10, 5, true)]
    [InlineData(5, 10, true)]
    [InlineData(5, 10.0001, false)]
    [InlineData(-0.0001, 5, false)]
    [InlineData(15, 5, false)]
    [InlineData(10, -5, false)] // level with a corner, outside
    public void Polygon_HoldsItsInsideAndEdge_AndNothingElse(double latitude, double longitude, bool inside) =>
        Assert.Equal(inside, Polygon((0, 0), (0, 10), (10, 10), (10, 0), (0, 0)).Contains(Point(latitude, longitude)));

    [Fact]
    public void Polygon_LeavesOutItsNotch_WhenItIsConcave()
    {
        var polygon = Polygon((0, 0), (0, 10), (10, 10), (5, 5), (10, 0), (0, 0));
        Assert.True(polygon.Contains(Point(2, 5)));
        Assert.True(polygon.Contains(Point(7, 9)));
        Assert.False(polygon.Contains(Point(8, 5)));
    }

    [Fact]
    public void Polygon_IsAccepted_WhenSidesOnlyTouch()
    {
        Assert.NotNull(Polygon((0, 0), (0, 10), (5, 5), (10, 10), (10, 0), (5, 5), (0, 0)));
        Assert.NotNull(Polygon((0, 0), (0, 10), (0, 10), (10, 10), (0, 0)));
    }

    [Fact]
    public void Contains_AgreesWithTheCircle_ForRegularPolygonsOnTheEquator() =>
        Gen.Select(Gen.Int[8, 40], Gen.Double[0, 2 * Math.PI], Gen.Double[0, 2]).SampleSeeded((corners, angle, distance) =>
        {
            // A regular polygon lies between its inscribed and its circumscribed circle.
            var polygon = Polygon([.. Enumerable.Range(0, corners + 1).Select(i => (i % corners) * 2 * Math.PI / corners).Select(a => (Math.Sin(a), Math.Cos(a)))]);
            var inside = polygon.Contains(Point(distance * Math.Sin(angle), distance * Math.Cos(angle)));
            return distance < Math.Cos(Math.PI / corners) - 1e-9 ? inside : distance <= 1 + 1e-9 || !inside;
        });

    private static GeoPolygon Polygon(params (double Latitude, double Longitude)[] corners) =>
        GeoPolygon.TryCreate([.. corners.Select(c => Point(c.Latitude, c.Longitude))], out var polygon, out var fault)
            ? polygon
            : throw new ArgumentException(fault, nameof(corners));
}

using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.Tests.Brigade;
using Xunit;

namespace Coordination.Domain.Tests.Incidents.Rules;

public sealed class RecordedIncidentsTests
{
    private static readonly RecordedRow Row = new("1", GivenIncident.Now, "Fire", "Road Vehicle", "Lorry/HGV", "WARD", "Barnet", "Finchley", 5);

    [Fact]
    public void FromRows_TellsWhatTheRowTells_AndNoMore()
    {
        var report = One(Row).Now;

        Assert.Equal("Fire - Road Vehicle, Lorry/HGV", report.TypeAtCall);
        Assert.Equal(("Fire", "WARD", 5, IncidentStatus.Open), (report.Category, report.Place, report.Pumps, report.Status));
        Assert.Null(report.TypeAtStop);
        Assert.Null(report.Headline);
        Assert.Null(One(Row with { Pumps = null }).Now.Pumps);
    }

    [Fact]
    public void FromRows_DealsBoroughs_OverAllAreas_AlwaysTheSame()
    {
        // The second borough of the alphabet goes to the second area, however it is written.
        Assert.Equal(["coventry"], One(Row).Now.Areas);
        Assert.Equal(One(Row).Now.Areas, One(Row with { BoroughName = " BARNET", Number = "2" }).Now.Areas);
        Assert.Equal(["birmingham"], One(Row with { BoroughName = "Barking And dagenham" }).Now.Areas);
    }

    [Fact]
    public void FromRows_KnowsNoPlace_OfARowWithoutOne()
    {
        var nowhere = One(Row with { BoroughName = "Not geo-coded" }).Now;

        Assert.Null(nowhere.Areas);
        Assert.Null(nowhere.StationGround);
        Assert.Null(One(Row with { StationGround = "" }).Now.StationGround);
    }

    [Fact]
    public void FromRows_LeavesARowOfTheMap_WhereItIs()
    {
        var own = One(Row with { BoroughName = "Sandwell", StationGround = "Tipton" }).Now;

        Assert.Equal(("sandwell", "tipton"), (Assert.Single(own.Areas!), own.StationGround));
        Assert.Equal((false, true, false), (RecordedIncidents.IsDealt("sandwell", DemoMap.Map), RecordedIncidents.IsDealt(" barnet", DemoMap.Map), RecordedIncidents.IsDealt("Nowhere", DemoMap.Map)));
    }

    [Fact]
    public void FromRows_SaysNothing_OfWhatARowLeavesOut()
    {
        Assert.Equal("Fire", One(Row with { PropertyCategory = "", PropertyType = "" }).Now.TypeAtCall);
        Assert.Equal("Fire - Lorry/HGV", One(Row with { PropertyCategory = " " }).Now.TypeAtCall);
    }

    [Fact]
    public void FromRows_PutsAGround_OnAStationOfTheArea()
    {
        var week = LondonRecording.Week();

        Assert.All(week.Where(i => i.Incident.Now.StationGround is not null), i => Assert.Equal(
            DemoMap.Map.Stations.Single(s => s.Id == i.Incident.Now.StationGround).AreaId, Assert.Single(i.Incident.Now.Areas!)));
        Assert.Equal(7, week.SelectMany(i => i.Incident.Now.Areas ?? []).Distinct(StringComparer.Ordinal).Count());
        Assert.True(week.Select(i => i.Incident.Now.StationGround).Distinct(StringComparer.Ordinal).Count() > 30);
    }

    [Theory]
    [InlineData("a,b,", "a|b|")]
    [InlineData("a,\"b, \"\"c\"\"\",d", "a|b, \"c\"|d")]
    public void Split_HandlesQuotes(string line, string fields) => Assert.Equal(fields, string.Join('|', LondonRecording.Split(line)));

    private static Incident One(RecordedRow row) => Assert.Single(RecordedIncidents.FromRows([row], DemoMap.Map)).Incident;
}

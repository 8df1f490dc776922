using System.Text;
using Coordination.Domain.Brigade;
using Coordination.Storage.Register;
using Xunit;

namespace Coordination.Storage.Tests.Register;

public sealed class BrigadeMapFileTests
{
    private const string StationHeader = "station,name,area,area_name,latitude,longitude,code";
    private const string Departments = "department,name\nprevention,Prevention";

    [Fact]
    public void Read_ReadsStationsAreasAndDepartments()
    {
        var map = Assert.IsType<RegisterReading<BrigadeMap>.Accepted>(Read([StationHeader, "binley,Binley,coventry,Coventry,52.4051,-1.4597,Bin", "canley,Canley,coventry,Coventry,52.3928,-1.5526,"], Departments)).Content;
        Assert.Equal("Coventry", Assert.Single(map.Areas).Name);
        Assert.Equal(["Bin", null], map.Stations.Select(s => s.Code), StringComparer.Ordinal);
        Assert.Equal("prevention", Assert.Single(map.Departments).Id);
    }

    [Theory]
    [InlineData("Binley,Binley,coventry,Coventry,52.4,-1.5,", "line 3: station 'Binley' is no id")]
    [InlineData("binley,,coventry,Coventry,52.4,-1.5,", "line 3: name is missing")]
    [InlineData("binley,Binley,Coventry,Coventry,52.4,-1.5,", "line 3: area 'Coventry' needs an id")]
    [InlineData("binley,Binley,coventry,Coventree,52.4,-1.5,", "line 3: area 'coventry' is named 'Coventree' here and 'Coventry' before")]
    [InlineData("binley,Binley,coventry-2,coventry,52.4,-1.5,", "line 3: areas 'coventry-2' and 'coventry' bear the same name")]
    [InlineData("binley,Binley,coventry,Coventry,152.4,-1.5,", "line 3: latitude '152.4' and longitude '-1.5' are no place")]
    [InlineData("binley,Binley,coventry,Coventry,north,-1.5,", "line 3: latitude 'north'")]
    [InlineData("canley,Canley,coventry,Coventry,52.4,-1.5,", "line 3: station 'canley' stands twice")]
    public void Read_NamesTheLine_OfABadStation(string line, string words)
    {
        var refused = Assert.IsType<RegisterReading<BrigadeMap>.Refused>(Read([StationHeader, "canley,Canley,coventry,Coventry,52.3928,-1.5526,Can", line], Departments));
        Assert.StartsWith(words, Assert.Single(refused.Faults).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("department,name\nprevention,Prevention\nprevention,Again", "line 3: department 'prevention' stands twice")]
    [InlineData("department,name\nFire Cadets,Fire Cadets", "line 2: department 'Fire Cadets' is no id")]
    [InlineData("department\nprevention", "line 1: column 'name' is missing")]
    public void Read_NamesTheLine_OfABadDepartment(string departments, string words)
    {
        var refused = Assert.IsType<RegisterReading<BrigadeMap>.Refused>(Read([StationHeader], departments));
        Assert.StartsWith(words, Assert.Single(refused.Faults).Words, StringComparison.Ordinal);
    }

    private static RegisterReading<BrigadeMap> Read(string[] stations, string departments) =>
        BrigadeMapFile.Read(Encoding.UTF8.GetBytes(string.Join('\n', stations)), Encoding.UTF8.GetBytes(departments));
}

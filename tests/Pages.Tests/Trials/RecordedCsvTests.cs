using System.Text;
using Coordination.Dashboard.Incidents.Trials;
using Coordination.Domain.Incidents.Rules;
using static Coordination.Pages.Tests.Trials.Recorded;

namespace Coordination.Pages.Tests.Trials;

/// <summary>Recordings as files: what fits, what does not, and what the clocks do to them.</summary>
public sealed class RecordedCsvTests
{
    [Fact]
    public void Read_TakesEveryColumn_OfAGoodRow()
    {
        var reading = Accepted(Row("022915-23022017", pumps: "8"), Row("2", pumps: ""), Row("3", pumps: "NULL"));

        Assert.Equal(
            new RecordedRow("022915-23022017", new DateTimeOffset(2017, 2, 23, 18, 0, 0, TimeSpan.Zero), "Fire", "Dwelling", "House, single", "WARD", "Barnet", "Finchley", 8), reading.Rows[0]);
        Assert.Equal([8, null, null], reading.Rows.Select(r => r.Pumps));
        Assert.Equal((0, 0, 0), (reading.BadRows, reading.Skipped, reading.Twice));
    }

    [Theory]
    [InlineData("IncidentNumber,DateOfCall,TimeOfCall,IncidentGroup,NumPumpsAttending", "1,23 Feb 2017,18:05:45,Fire,4")]
    [InlineData("Incident Number,Date of call,Hour of call,INCIDENT_GROUP,pumps", "1,23/02/2017,18,Fire,4")]
    public void Read_FindsColumns_HoweverTheirNamesAreWritten(string header, string row)
    {
        var reading = Assert.IsType<RecordedReading.Accepted>(RecordedCsv.Read(Encoding.UTF8.GetBytes($"{header}\n{row}\n"), Nothing));

        var only = Assert.Single(reading.Rows);
        Assert.Equal((4, 18, "", ""), (only.Pumps, only.At.Hour, only.BoroughName, only.PropertyType));
        Assert.Null(reading.Map.Of(ColumnMap.Borough));
    }

    [Fact]
    public void Read_RunsNothing_OfAFileThatTheMapDoesNotFit_UntilSomebodySaysWhichColumnIsWhat()
    {
        var file = Encoding.UTF8.GetBytes("Ref,When,What,Size\nA/1,2026-11-01 10:30,Fire,12\n");
        var refused = Assert.IsType<RecordedReading.Refused>(RecordedCsv.Read(file, Nothing));
        Assert.Equal(["Ref", "When", "What", "Size"], refused.Header);
        Assert.Contains("no column is named for the number, usually incident_number", refused.Why, StringComparison.Ordinal);
        Assert.Contains("The file has 'Ref', 'When', 'What', 'Size'", refused.Why, StringComparison.Ordinal);

        var said = new Dictionary<string, string>(StringComparer.Ordinal) { ["number"] = "Ref", ["date"] = "When", ["group"] = "What", ["pumps"] = "Size" };
        var row = Assert.Single(Assert.IsType<RecordedReading.Accepted>(RecordedCsv.Read(file, said)).Rows);
        Assert.Equal(("A/1", 12, new DateTimeOffset(2026, 11, 1, 10, 30, 0, TimeSpan.Zero)), (row.Number, row.Pumps, row.At));

        said["pumps"] = "Pumps";
        Assert.Contains("there is no column 'Pumps'", Assert.IsType<RecordedReading.Refused>(RecordedCsv.Read(file, said)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NamesEachBadRow_ByItsLine_AndTakesTheOthers()
    {
        string[] good = [.. Enumerable.Range(1, 8).Select(i => Row($"g-{i}"))];
        var reading = Accepted([.. good, Row("no number"), Row("b-2", date: "2017-02-30"), Row("b-3", hour: "24"), Row("b-4", pumps: "a few"), Row("g-1"), "too,few", Row("b-7", group: "")]);

        Assert.Equal((8, 7), (reading.Rows.Count, reading.BadRows));
        Assert.Equal([10, 11, 12, 13, 14, 15, 16], reading.Faults.Select(f => f.Line));
        Assert.Equal("line 14: incident 'g-1' is on line 2 already", reading.Faults[4].Words);
        Assert.Equal(["incident_number", "date_of_call", "date_of_call", "num_pumps_attending", "incident_number", null, "incident_group"], reading.Faults.Select(f => f.Column));
    }

    [Fact]
    public void Read_TellsTheFirstTwenty_AndCountsTheRest()
    {
        var reading = Accepted([.. Enumerable.Range(1, 50).Select(i => Row($"g-{i}")), .. Enumerable.Range(1, 30).Select(i => Row($"b-{i}", hour: "25"))]);

        Assert.Equal((20, 30), (reading.Faults.Count, reading.BadRows));
    }

    [Fact]
    public void Read_RefusesAFile_OfWhichMostCannotBeRead()
    {
        var refused = Assert.IsType<RecordedReading.Refused>(Read(Row("1"), Row("2", hour: "99"), Row("3", hour: "99")));

        Assert.StartsWith("2 of 3 rows cannot be read", refused.Why, StringComparison.Ordinal);
        Assert.Equal([3, 4], refused.Faults.Select(f => f.Line));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n\n", "empty")]
    [InlineData(Header, "no rows")]
    [InlineData("a\0b", "no text file")]
    public void Read_RefusesWhatIsNoRecording(string text, string why) =>
        Assert.Contains(why, Assert.IsType<RecordedReading.Refused>(RecordedCsv.Read(Encoding.UTF8.GetBytes(text), Nothing)).Why, StringComparison.Ordinal);

    [Fact]
    public void Read_KeepsItsLimits()
    {
        Assert.Contains("10 MB", Assert.IsType<RecordedReading.Refused>(RecordedCsv.Read(new byte[RecordedCsv.MaxBytes + 1], Nothing)).Why, StringComparison.Ordinal);
        Assert.Contains("not UTF-8", Assert.IsType<RecordedReading.Refused>(RecordedCsv.Read(new byte[] { 0x61, 0xff, 0xfe }, Nothing)).Why, StringComparison.Ordinal);
        Assert.Contains("100,000 rows", Assert.IsType<RecordedReading.Refused>(RecordedCsv.Read(Lines(RecordedCsv.MaxRows + 1), Nothing)).Why, StringComparison.Ordinal);
        Assert.Equal(RecordedCsv.MaxRows, Assert.IsType<RecordedReading.Accepted>(RecordedCsv.Read(Lines(RecordedCsv.MaxRows), Nothing)).Rows.Count);
        using var over = new CancellationTokenSource();
        over.Cancel();
        Assert.Throws<OperationCanceledException>(() => RecordedCsv.Read(Lines(3), Nothing, over.Token));

        static byte[] Lines(int count) => Encoding.UTF8.GetBytes("incident_number,date,hour,incident_group\n" + string.Concat(Enumerable.Range(1, count).Select(i => FormattableString.Invariant($"{i},2017-02-23,1,Fire\n"))));
    }

    [Fact]
    public void Read_TellsOfABadQuotationMark_AndLosesNoOtherLine()
    {
        var reading = Accepted(Row("1"), "2,2017-02-23,\"18,Fire,a,b,c,d,e,2", Row("3"), Row("4"));

        Assert.Equal(["1", "3", "4"], reading.Rows.Select(r => r.Number));
        Assert.Equal([3], reading.Faults.Select(f => f.Line));
    }

    [Theory]
    [InlineData("2017-07-01", "18", "2017-07-01T17:00:00Z", 0, 0)]
    [InlineData("2017-03-26", "1", "2017-03-26T01:00:00Z", 1, 0)]
    [InlineData("2017-03-26", "01:30", "2017-03-26T01:00:00Z", 1, 0)]
    [InlineData("2017-03-26", "2", "2017-03-26T01:00:00Z", 0, 0)]
    [InlineData("2017-10-29", "1", "2017-10-29T00:00:00Z", 0, 1)]
    [InlineData("2017-10-29", "2", "2017-10-29T02:00:00Z", 0, 0)]
    public void Read_TakesTimesOffAWallInLondon_WhateverTheClocksDo(string date, string hour, string at, int skipped, int twice)
    {
        var reading = Accepted(Row("1", date, hour));

        Assert.Equal(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), Assert.Single(reading.Rows).At);
        Assert.Equal((skipped, twice), (reading.Skipped, reading.Twice));
    }

    [Theory]
    [InlineData("number:Ref", true)]
    [InlineData("pumps:", true)]
    [InlineData("number", false)]
    [InlineData("ref:number", false)]
    [InlineData(null, false)]
    public void ColumnMap_UnderstandsWhatACallerSays(string? pair, bool good)
    {
        Assert.Equal(good, ColumnMap.TryParse([pair], out _, out var wrong));
        Assert.Equal(good, wrong is null);
        Assert.False(ColumnMap.TryParse(["number:A", "number:B"], out _, out _));
    }
}

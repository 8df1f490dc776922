using System.Text;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.Tests.Brigade;
using Xunit;

namespace Coordination.Domain.Tests.Incidents.Reports;

public sealed class IncidentReportReaderTests
{
    [Fact]
    public void Read_TakesEveryField_OfTheSample()
    {
        var report = ReportText.Accepted(File.ReadAllText(Repository.Path("docs", "samples", "incident-report.json"))).Report;
        Assert.Equal("DEMO-2026-000123", report.Number);
        Assert.Equal(3, report.Revision);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 14, 9, 30, TimeSpan.Zero), report.ReportedAt);
        Assert.False(report.Exercise);
        Assert.Equal(IncidentStatus.Open, report.Status);
        Assert.Equal(("Fire - industrial premises", null, "Fire", "P1"), (report.TypeAtCall, report.TypeAtStop, report.Category, report.Priority));
        Assert.StartsWith("Major incident declared", report.Headline, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 13, 41, 12, TimeSpan.Zero), report.OpenedAt);
        Assert.Equal(15, report.Pumps);
        Assert.Equal(new Casualties(2, 0, 0), report.Casualties);
        Assert.Equal(DemoMap.Point(52.4352, -1.4975), report.Position);
        Assert.Equal(["coventry"], report.Areas!);
        Assert.Equal(("Example Road, Foleshill, Coventry", "foleshill", false, "fire"), (report.Place, report.StationGround, report.OverTheBorder, report.LeadAgency));
        Assert.Null(report.DuplicateOf);
        Assert.Equal(["DEMO-2026-000124"], report.LinkedTo!);
        var major = report.Major!;
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 14, 5, 0, TimeSpan.Zero), major.DeclaredAt);
        Assert.Equal("Incident commander, fire service", major.DeclaredBy);
        Assert.Null(major.StoodDownAt);
        Assert.StartsWith("Sample Works", major.ExactLocation, StringComparison.Ordinal);
        Assert.StartsWith("Fire in a", major.TypeOfIncident, StringComparison.Ordinal);
        Assert.StartsWith("Present: smoke", major.Hazards, StringComparison.Ordinal);
        Assert.StartsWith("From the south", major.Access, StringComparison.Ordinal);
        Assert.StartsWith("2 with", major.NumberOfCasualties, StringComparison.Ordinal);
        Assert.StartsWith("Present: 15 pumps", major.EmergencyServices, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"number\":\"1\",}")]
    [InlineData("{/* why */}")]
    [InlineData("{'number':1}")]
    [InlineData("<alert/>")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"1\"")]
    [InlineData("{\"a\":[[[[[[[[1]]]]]]]]}")]
    public void Read_Refuses_WhatIsNoJsonObject(string json) => Assert.Equal("document", Assert.Single(ReportText.FaultsOf(json)).Path);

    [Fact]
    public void Read_Refuses_WhatIsNotUtf8() =>
        Assert.Contains("UTF-8", Assert.Single(ReportText.FaultsOf(Encoding.Latin1.GetBytes(ReportText.Smallest.Replace("Fire", "Früh", StringComparison.Ordinal)))).What, StringComparison.Ordinal);

    [Fact]
    public void Read_Refuses_WhatIsTooLarge_AndTakesWhatJustFits()
    {
        Assert.IsType<IncidentReportReading.Accepted>(ReportText.Read(ReportText.Smallest.PadRight(IncidentReportLimits.MaxBytes)));
        Assert.Contains("larger than 64 KB", Assert.Single(ReportText.FaultsOf(ReportText.Smallest.PadRight(IncidentReportLimits.MaxBytes + 1))).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TakesAByteOrderMark() => Assert.Equal("1", ReportText.Accepted("\uFEFF" + ReportText.Smallest).Report.Number);

    [Fact]
    public void Read_TellsEverything_ThatIsWrong()
    {
        var faults = ReportText.FaultsOf(
            """
            {"number":"-","revision":0,"reportedAt":"2026-03-01T14:05:00","excercise":false,"status":"over","pumps":501,"areas":["a"," ",1],
             "casualties":{"fatal":1,"staffFatal":2,"missing":1},"major":{"stoodDownAt":5},"position":{"latitude":91}}
            """);
        Assert.Equal(
            [
                "number", "revision", "reportedAt", "exercise", "status", "typeAtCall", "pumps", "casualties.missing", "casualties.staffFatal", "major.declaredAt", "major.stoodDownAt",
                "position.latitude", "position.longitude", "areas[1]", "areas[2]", "excercise",
            ],
            faults.Select(f => f.Path));
    }

    [Fact]
    public void Read_TellsNoMoreFaults_ThanTheLimit() => Assert.Equal(
        IncidentReportLimits.MaxFaults,
        ReportText.FaultsOf($"{{{string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"f{i}\":1"))}}}").Count);

    [Theory]
    [InlineData("number")]
    [InlineData("revision")]
    [InlineData("reportedAt")]
    [InlineData("exercise")]
    [InlineData("status")]
    [InlineData("typeAtCall")]
    public void Read_Refuses_WhenARequiredFieldIsNull(string name) => AssertFault(ReportText.With(name, "null"), name, "always has to be said");

    [Fact]
    public void Read_Refuses_AFieldThatIsGivenTwice_HoweverItIsWritten()
    {
        AssertFault(ReportText.Smallest.Replace("{", """{"exercise":true,""", StringComparison.Ordinal), "exercise", "given twice");
        AssertFault(ReportText.Smallest.Replace("{", """{"\u0065xercise":true,""", StringComparison.Ordinal), "exercise", "given twice");
        AssertFault(ReportText.With("casualties", """{"fatal":1,"staffFatal":0}""").Replace("\"fatal\":1", "\"fatal\":1,\"fatal\":2", StringComparison.Ordinal), "casualties.fatal", "given twice");
    }

    [Theory]
    [InlineData("excercise", "excercise")]
    [InlineData("Exercise", "Exercise")]
    [InlineData("links", "links")]
    [InlineData("a\\u0000b", "a\uFFFDb")]
    public void Read_Refuses_AFieldThatIsNotKnown(string name, string path) =>
        AssertFault(ReportText.Smallest.Replace("{", $"{{\"{name}\":true,", StringComparison.Ordinal), path, "is no field here; the fields are number, revision");

    [Fact]
    public void Read_Refuses_HalfOfAPair()
    {
        AssertFault(ReportText.Smallest.Replace("\"Fire\"", "\"\\ud83d\"", StringComparison.Ordinal), "typeAtCall", "half of a pair");
        AssertFault(ReportText.Smallest.Replace("{", "{\"\\udd25\":1,", StringComparison.Ordinal), "document", "half of a pair");
        AssertFault(ReportText.Smallest.Replace("}", ",\"casualties\":{\"\\udd25\":1}}", StringComparison.Ordinal), "casualties", "half of a pair");
    }

    [Theory]
    [InlineData("number", "\"\"", "no incident number")]
    [InlineData("number", "\"a b\"", "no incident number")]
    [InlineData("number", "\".a\"", "no incident number")]
    [InlineData("number", "\"a\\n\"", "no incident number")]
    [InlineData("number", "123", "has to be a text")]
    [InlineData("revision", "\"1\"", "has to be a whole number")]
    [InlineData("revision", "1.5", "no whole number")]
    [InlineData("revision", "0", "is not from 1 to 9007199254740991")]
    [InlineData("revision", "9007199254740992", "is not from 1")]
    [InlineData("revision", "1e999", "is not from 1")]
    [InlineData("exercise", "\"false\"", "has to be true or false")]
    [InlineData("exercise", "0", "has to be true or false")]
    [InlineData("status", "\"Open\"", "is not one of open, stop, closed")]
    [InlineData("typeAtCall", "\"  \"", "is empty")]
    [InlineData("headline", "\"one\\ntwo\"", "control character")]
    [InlineData("headline", "\"a\\u0000\"", "control character")]
    [InlineData("pumps", "-1", "is not from 0 to 500")]
    [InlineData("casualties", "[]", "has to be an object")]
    [InlineData("areas", "\"coventry\"", "has to be a list")]
    [InlineData("overTheBorder", "\"no\"", "has to be true or false")]
    [InlineData("openedAt", "1772373900", "has to be a text")]
    [InlineData("openedAt", "\"2026-02-29T00:00:00Z\"", "no date and time")]
    [InlineData("openedAt", "\"2026-03-01T14:05:00\"", "with an offset")]
    [InlineData("openedAt", "\"1999-12-31T23:30:00-01:00\"", "not in the years 2000 to 2099")]
    [InlineData("openedAt", "\"2000-01-01T00:30:00+01:00\"", "not in the years 2000 to 2099")]
    [InlineData("openedAt", "\"2100-01-01T00:00:00Z\"", "not in the years 2000 to 2099")]
    [InlineData("openedAt", "\"2026-03-02T14:05:00.000001Z\"", "more than a day after reportedAt")]
    [InlineData("duplicateOf", "\"1\"", "own number")]
    public void Read_Refuses_AValueThatIsWrong(string name, string value, string what) => AssertFault(ReportText.With(name, value), name, what);

    [Theory]
    [InlineData("typeAtCall", IncidentReportLimits.Name)]
    [InlineData("typeAtStop", IncidentReportLimits.Name)]
    [InlineData("category", IncidentReportLimits.Name)]
    [InlineData("priority", IncidentReportLimits.Name)]
    [InlineData("headline", IncidentReportLimits.Headline)]
    [InlineData("place", IncidentReportLimits.Place)]
    [InlineData("stationGround", IncidentReportLimits.Name)]
    [InlineData("leadAgency", IncidentReportLimits.Name)]
    [InlineData("duplicateOf", IncidentReportLimits.Number)]
    public void Read_TakesText_UpToItsLimit(string name, int longest)
    {
        ReportText.Accepted(ReportText.With(name, $"\"{new string('a', longest)}\""));
        Assert.Equal(name, Assert.Single(ReportText.FaultsOf(ReportText.With(name, $"\"{new string('a', longest + 1)}\""))).Path);
    }

    [Theory]
    [InlineData("2026-03-01T14:05:00Z")]
    [InlineData("2026-03-01T15:05:00+01:00")]
    [InlineData("2026-03-01T14:05:00-00:00")]
    [InlineData("2026-03-01T00:05:00.0000009-14:00")]
    [InlineData("2026-03-02T04:05:00.000000+14:00")]
    public void Read_TakesATime_AsUtcToTheMicrosecond(string time)
    {
        var report = ReportText.ReportWith("openedAt", $"\"{time}\"");
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 14, 5, 0, TimeSpan.Zero), report.OpenedAt);
        Assert.Equal(TimeSpan.Zero, report.OpenedAt!.Value.Offset);
    }

    [Fact]
    public void Read_KeepsTheMicrosecond() =>
        Assert.Contains("\"openedAt\":\"2026-03-01T14:05:00.123456Z\"", IncidentReportJson.Write(ReportText.ReportWith("openedAt", "\"2026-03-01T14:05:00.1234569Z\"")), StringComparison.Ordinal);

    [Fact]
    public void Read_TrimsTexts() => Assert.Equal("Fire", ReportText.ReportWith("headline", "\" \\u00a0Fire \"").Headline);

    [Fact]
    public void Read_TellsAnEmptyList_FromNone()
    {
        Assert.Empty(ReportText.ReportWith("areas", "[]").Areas!);
        Assert.Null(ReportText.ReportWith("areas", "null").Areas);
        Assert.NotEqual(ReportText.Accepted(ReportText.With("areas", "[]")).Digest, ReportText.Accepted(ReportText.Smallest).Digest);
    }

    [Fact]
    public void Read_TakesCasualtiesOfWhomNothingIsKnown_AsNone() =>
        Assert.Equal(ReportText.Accepted(ReportText.Smallest).Digest, ReportText.Accepted(ReportText.With("casualties", """{"injured":null}""")).Digest);

    [Fact]
    public void Write_AndDigest_AreKept()
    {
        // Digests are in the database: another text for the same report would make every repeat a contradiction.
        var report = ReportText.ReportWith("headline", "\"Früh & <\U0001F525>\"") with { Position = DemoMap.Point(52.4, -0.0), Casualties = new Casualties(Fatal: 0) };
        Assert.Equal(
            """{"number":"1","revision":1,"reportedAt":"2026-03-01T14:05:00Z","exercise":false,"status":"open","typeAtCall":"Fire","headline":"Fr\u00FCh \u0026 \u003C\uD83D\uDD25\u003E","casualties":{"fatal":0},"position":{"latitude":52.4,"longitude":0}}""",
            IncidentReportJson.Write(report));
        Assert.Equal("e164781ed5ea78d687fc431cf7bfe21ea8545ecabba930f37f32818e232223e8", IncidentReportJson.Digest(report));
    }

    private static void AssertFault(string json, string path, string what)
    {
        var fault = Assert.Single(ReportText.FaultsOf(json), f => f.Path == path);
        Assert.Contains(what, fault.What, StringComparison.Ordinal);
    }
}

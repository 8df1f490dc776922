using System.Text;
using Coordination.Domain.Incidents.Replays;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.People;
using Coordination.Domain.Tests.Brigade;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Incidents.Replays;

/// <summary>Whatever a row says, its report is an exercise's, of a number of its own.</summary>
public sealed class ReplayReportsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 3, 0, 0, TimeSpan.Zero);
    private static readonly Guid Run = new("0198a0a0-0000-7000-8000-00001f2e3d4c");

    [Fact]
    public void AnyRow_MakesAnExercise_ThatTheFormTakes() =>
        (from texts in Gen.String[0, 200].Array[6]
         from number in Gen.OneOf("1", "REPLAY-00000000-1", new string('9', 64), "A/1", "exercise.false")
         from pumps in Gen.Int[-1, 500]
         select (texts, number, pumps)).Sample(row =>
        {
            var (texts, number, pumps) = row;
            var recorded = new RecordedRow(number, Now.AddYears(-9), "Fire" + texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], pumps < 0 ? null : pumps);
            var ((incident, _), tag) = (Assert.Single(ReplayReports.InOrder([recorded], [2], DemoMap.Map)), ReplayReports.TagOf(Run));
            var text = IncidentReportJson.Write(ReplayReports.Of(tag, incident, Now));
            var read = Assert.IsType<IncidentReportReading.Accepted>(IncidentReportReader.Read(Encoding.UTF8.GetBytes(text)));
            Assert.True(read.Report.Exercise);
            Assert.StartsWith("REPLAY-1F2E3D4C-", read.Report.Number, StringComparison.Ordinal);
            Assert.Empty(read.Report.Links);
            Assert.Equal(text, IncidentReportJson.Write(ReplayReports.Of(tag, incident, Now)));
        });

    [Fact]
    public void Number_IsItsRunsOwn_AndTellsLongOnesApart()
    {
        Assert.Equal("REPLAY-1F2E3D4C-022915-23022017", ReplayReports.NumberOf(ReplayReports.TagOf(Run), "022915-23022017"));
        Assert.NotEqual(ReplayReports.TagOf(Run), ReplayReports.TagOf(Guid.NewGuid()));
        var (one, other) = (ReplayReports.NumberOf("T", new string('1', 60) + "A"), ReplayReports.NumberOf("T", new string('1', 60) + "B"));
        Assert.NotEqual(one, other);
        Assert.True(IncidentReportReader.IsNumber(one));
        Assert.True(IncidentReportReader.IsNumber(ReplayReports.NumberOf(ReplayReports.TagOf(Run), new string('1', 64))));
    }

    [Fact]
    public void Report_TellsWhatTheRowTells_AsIfItWereNow()
    {
        var row = new RecordedRow("7", Now.AddYears(-9), "Fire", "Dwelling", "House", "WARD", "Sandwell", "Tipton", 12);
        var report = ReplayReports.Of("T", ReplayReports.InOrder([row], [2], DemoMap.Map)[0].Incident, Now);

        Assert.Equal(("Fire - Dwelling, House", "Fire", "WARD", 12, "tipton"), (report.TypeAtCall, report.Category, report.Place, report.Pumps, report.StationGround));
        Assert.Equal((Now, Now, 1L, true), (report.ReportedAt, report.OpenedAt, report.Revision, report.Exercise));
        Assert.Equal(["sandwell"], report.Areas);
        Assert.Null(report.Headline);
    }

    [Fact]
    public void Rows_ComeByTheirCalls_AndKeepTheirLines()
    {
        RecordedRow Row(string number, int hour) => new(number, Now.AddHours(hour), "Fire", "", "", "", "", "", null);

        Assert.Equal([("b", 3), ("a", 2), ("c", 4)], ReplayReports.InOrder([Row("a", 5), Row("b", 1), Row("c", 5)], [2, 3, 4], DemoMap.Map).Select(r => (r.Incident.Number, r.Line)));
    }

    [Theory]
    [InlineData(Role.CommsManager, true, true, true)]
    [InlineData(Role.CommsOfficer, false, false, true)]
    [InlineData(Role.FireControl, true, false, true)]
    [InlineData(Role.FdsOfficer, false, false, false)]
    [InlineData(Role.AccountHolder, false, false, false)]
    [InlineData(Role.Auditor, false, false, false)]
    [InlineData(Role.System, false, false, false)]
    public void Rights_AreThose(Role role, bool starts, bool startsBig, bool stops)
    {
        var actor = new Actor("a", "A", role);

        Assert.Equal(
            (starts, startsBig, stops),
            (ReplayRules.Start(actor, ReplayRules.MostReports) is null, ReplayRules.Start(actor, ReplayRules.MostReports + 1) is null, ReplayRules.Stop(actor) is null));
        Assert.Equal(stops, ReplayRules.MayStop(actor));
    }
}

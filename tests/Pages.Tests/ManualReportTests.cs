using Coordination.Dashboard.Components.Incidents;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Reports;

namespace Coordination.Pages.Tests;

/// <summary>What Fire Control types, and the report that comes of it.</summary>
public sealed class ManualReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Report_SaysWhatWasFilledIn_AndNothingElse()
    {
        Assert.NotNull(new ManualReport { Type = " " }.Missing());
        Assert.NotNull(new ManualReport { Type = "Fire", Number = "no number!" }.Missing());
        var form = new ManualReport { Type = " House fire ", Area = "coventry" };
        Assert.Null(form.Missing());
        var report = form.ToReport(Now);
        Assert.StartsWith("H-20261127-100000-", report.Number, StringComparison.Ordinal);
        Assert.Equal(("House fire", 1L, false, IncidentStatus.Open), (report.TypeAtCall, report.Revision, report.Exercise, report.Status));
        Assert.Equal((null, null, null, null), (report.Pumps, report.Casualties, report.Major, report.Headline));
        Assert.IsType<IncidentReportReading.Accepted>(IncidentReportReader.Read(ManualReport.ToBytes(report)));
    }

    [Fact]
    public void Change_KeepsWhatIsKnown_AndCountsItsOwnRevisions()
    {
        var known = Incident.Of(
        [
            new FiledReport("vision", Report(5) with { Major = new MajorIncident { DeclaredAt = Now }, Priority = "1", Casualties = new Casualties(Injured: 4) }, "a", Now),
            new FiledReport(ManualReport.Source, Report(2), "b", Now),
        ]);
        var form = new ManualReport();
        form.Take(known);
        Assert.True(form.Changes && form.Major);
        form.Type = "Industrial fire";
        form.Fatal = 1;
        form.Major = false;
        var report = form.ToReport(Now.AddHours(1));
        Assert.Equal(("WM-1", 3L, "House fire", "Industrial fire"), (report.Number, report.Revision, report.TypeAtCall, report.TypeAtStop));
        Assert.Equal(new Casualties(4, 1), report.Casualties);
        Assert.Equal("1", report.Priority);
        Assert.Equal(Now.AddHours(1), report.Major!.StoodDownAt);
        Assert.Equal(report, form.Preview(Now.AddHours(1)).Reports[^1].Report);
    }

    private static IncidentReport Report(long revision) => new()
    {
        Number = "WM-1", Revision = revision, ReportedAt = Now, Exercise = false, Status = IncidentStatus.Open, TypeAtCall = "House fire",
    };
}

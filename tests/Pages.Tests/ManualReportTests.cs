using Coordination.Dashboard.Components.Holds;
using Coordination.Dashboard.Components.Incidents;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Reports;
using Coordination.Storage.Journal;

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

    [Fact]
    public void Drill_IsAnExercise_InAnotherAreaEachMonth()
    {
        string[] areas = ["walsall", "dudley", "coventry"];
        string Area(int month)
        {
            var form = new ManualReport();
            form.TakeDrill(areas, new DateTime(2026, month, 3, 0, 0, 0, DateTimeKind.Unspecified));
            Assert.True(form.ToReport(Now) is { Exercise: true, Major: not null, TypeAtCall: "Monthly drill" });
            return form.Area;
        }

        Assert.Equal(areas.Order(StringComparer.Ordinal), new[] { Area(1), Area(2), Area(3) }.Order(StringComparer.Ordinal));
        Assert.Equal(Area(1), Area(4));
    }

    [Fact]
    public void Steps_SayHowLongEachTook_AndWhoDidIt()
    {
        JournalEntry Entry(long number, string name, double seconds, string role, string? reason = null) => new()
        {
            Stream = IncidentSteps.Stream("WM-1", exercise: true), Number = number, At = Now.AddSeconds(seconds), Event = name, ActorId = "a", ActorName = "Ada", ActorRole = role, Reason = reason, Hash = [],
        };
        var steps = IncidentSteps.Of([Entry(3, "shadow-ended", 90, "comms-manager", "Enough"), Entry(1, "incident-reported", 0, "fire-control"), Entry(2, "shadow-placed", 0.25, "system")]);
        Assert.Equal(["Report came", "The exercise’s shadow hold stands", "The shadow hold was ended"], steps.Select(s => s.Words));
        Assert.Equal([0, 0.25, 90], steps.Select(s => s.After.TotalSeconds));
        Assert.Equal(["Ada", null, "Ada"], steps.Select(s => s.By));
        Assert.Equal("Enough", steps[2].Why);
    }

    [Fact]
    public void Checklist_SaysWhatWasChecked_AndWhatWasNot()
    {
        var list = new LiftChecklist();
        Assert.Equal("Safe.\nNot checked: the lead agency is informed; the agreed line is superseded; the held posts are reviewed, or will be.", list.With("Safe."));
        list.Ticked[1] = true;
        Assert.Equal("Safe.\nChecked: the agreed line is superseded. Not checked: the lead agency is informed; the held posts are reviewed, or will be.", list.With("Safe. "));
        Array.Fill(list.Ticked, true);
        Assert.Equal("Safe.\nChecked: the lead agency is informed; the agreed line is superseded; the held posts are reviewed, or will be.", list.With("Safe."));
        Assert.True(new LiftChecklist().With("").Length <= LiftChecklist.Longest);
    }

    private static IncidentReport Report(long revision) => new()
    {
        Number = "WM-1", Revision = revision, ReportedAt = Now, Exercise = false, Status = IncidentStatus.Open, TypeAtCall = "House fire",
    };
}

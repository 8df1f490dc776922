using Coordination.Dashboard.Components.Incidents;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.Incidents.Reports;

namespace Coordination.Pages.Tests;

/// <summary>How an incident grew, as its page tells it.</summary>
public sealed class IncidentGrowthTests
{
    private static readonly DateTimeOffset s_call = new(2026, 3, 2, 14, 0, 0, TimeSpan.Zero);

    private static readonly IncidentReport s_first = new()
    {
        Number = "1234", Revision = 1, ReportedAt = s_call, Exercise = false, Status = IncidentStatus.Open, TypeAtCall = "Bin fire", Pumps = 1,
    };

    [Fact]
    public void Of_TellsWhatChangedBetweenCallAndStop()
    {
        var second = Later(s_first, 10) with { Pumps = 6, Casualties = new(Injured: 2) };
        var third = Later(second, 10) with { Major = new MajorIncident { DeclaredAt = s_call }, Casualties = new(2, 1) };
        var same = Later(third, 1) with { Headline = "Doors closed" };
        var fourth = Later(same, 30) with { Pumps = 2, Major = third.Major! with { StoodDownAt = s_call.AddMinutes(40) }, Status = IncidentStatus.Stop, TypeAtStop = "Fire - warehouse" };
        Assert.Equal(
            [
                ("Bin fire, 1 pump", false),
                ("6 pumps, 2 injured", true),
                ("2 injured, 1 died, major incident declared", true),
                ("Fire - warehouse, 2 pumps, major incident stood down, stop sent", false),
            ],
            Steps(s_first, second, third, same, fourth));
    }

    [Fact]
    public void Of_TellsAnAlertsLevel_AsItRisesAndFalls()
    {
        AlertLevel Level(CapSeverity severity) => new(severity, CapUrgency.Immediate, CapCertainty.Observed);
        var alert = s_first with { Pumps = null, Alert = Level(CapSeverity.Moderate) };
        var worse = Later(alert, 5) with { Alert = Level(CapSeverity.Extreme) };
        var over = Later(worse, 5) with { Alert = null, Status = IncidentStatus.Closed };
        Assert.Equal([("Bin fire, moderate alert", false), ("extreme alert", true), ("alert no longer said, closed", false)], Steps(alert, worse, over));
    }

    private static IncidentReport Later(IncidentReport report, int minutes) => report with { Revision = report.Revision + 1, ReportedAt = report.ReportedAt.AddMinutes(minutes) };

    private static IEnumerable<(string Words, bool Worse)> Steps(params IReadOnlyList<IncidentReport> reports) =>
        IncidentGrowth.Of(Incident.Of(reports.Select(r => new FiledReport("vision", r, IncidentReportJson.Digest(r), r.ReportedAt)))).Select(s => (s.Words, s.Worse));
}

using System.Globalization;
using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Incidents;

namespace Coordination.Dashboard.Components.Incidents;

/// <summary>What each report changed of what its source had said before, for people to read from top to bottom.</summary>
public static class IncidentTimeline
{
    /// <summary>The reports by when they were written, each with what is new in it.</summary>
    public static IReadOnlyList<(FiledReport Report, IReadOnlyList<string> Changes)> Of(Incident incident) =>
    [
        .. incident.Reports.Select(report =>
        {
            var before = incident.Reports.Where(r => string.Equals(r.Source, report.Source, StringComparison.Ordinal) && r.Report.Revision < report.Report.Revision)
                .MaxBy(r => r.Report.Revision);
            return (report, (IReadOnlyList<string>)Changes(before?.Report, report.Report));
        }),
    ];

    /// <summary>What is known, by name.</summary>
    public static IReadOnlyList<(string Name, string Value)> Facts(IncidentReport report) =>
        [.. All(report).Where(f => f.Value is not null).Select(f => (f.Name, f.Value!))];

    private static string[] Changes(IncidentReport? before, IncidentReport report)
    {
        var former = before is null ? [] : All(before).ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
        string[] changes =
        [
            .. All(report).Where(f => !string.Equals(f.Value, former.GetValueOrDefault(f.Name), StringComparison.Ordinal))
                .Select(f => f.Value is null ? $"{f.Name}: no longer said" : former.GetValueOrDefault(f.Name) is { } was ? $"{f.Name}: {f.Value} (was {was})" : $"{f.Name}: {f.Value}"),
        ];
        return changes.Length == 0 ? ["Nothing new."] : changes;
    }

    private static IEnumerable<(string Name, string? Value)> All(IncidentReport report) =>
    [
        ("Status", report.Status.ToString()),
        ("Type at call", report.TypeAtCall),
        ("Type at stop", report.TypeAtStop),
        ("Category", report.Category),
        ("Priority", report.Priority),
        ("Headline", report.Headline),
        ("Called", report.OpenedAt is { } opened ? UkTime.Exact(opened) : null),
        ("Pumps", report.Pumps?.ToString(CultureInfo.InvariantCulture)),
        ("Injured", report.Casualties?.Injured?.ToString(CultureInfo.InvariantCulture)),
        ("Died", report.Casualties?.Fatal?.ToString(CultureInfo.InvariantCulture)),
        ("Staff who died", report.Casualties?.StaffFatal?.ToString(CultureInfo.InvariantCulture)),
        ("Major incident declared", report.Major is { } major ? UkTime.Exact(major.DeclaredAt) + (major.DeclaredBy is { } by ? " by " + by : "") : null),
        ("Major incident stood down", report.Major?.StoodDownAt is { } down ? UkTime.Exact(down) : null),
        ("Alert", report.Alert is { } alert ? $"severity {alert.Severity}, urgency {alert.Urgency}, certainty {alert.Certainty}{(alert.ExpiresAt is { } until ? ", until " + UkTime.Exact(until) : "")}" : null),
        ("Exact location", report.Major?.ExactLocation),
        ("Type of incident", report.Major?.TypeOfIncident),
        ("Hazards", report.Major?.Hazards),
        ("Access", report.Major?.Access),
        ("Number of casualties", report.Major?.NumberOfCasualties),
        ("Emergency services", report.Major?.EmergencyServices),
        ("Place", report.Place),
        ("Areas", report.Areas is { Count: > 0 } areas ? string.Join(", ", areas) : null),
        ("Station ground", report.StationGround),
        ("Position", report.Position?.ToString()),
        ("Over the border", report.OverTheBorder is { } over ? (over ? "yes" : "no") : null),
        ("Lead agency", report.LeadAgency),
        ("Duplicate of", report.DuplicateOf),
        ("Linked to", report.LinkedTo is { Count: > 0 } linked ? string.Join(", ", linked) : null),
    ];
}

using System.Globalization;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Cap;

namespace Coordination.Dashboard.Components.Incidents;

/// <summary>How an incident grew and shrank: what all sources together told, from the call to now.</summary>
public static class IncidentGrowth
{
    /// <summary>What changed of how bad it is, and when; the first is how it began.</summary>
    public static IReadOnlyList<GrowthStep> Of(Incident incident)
    {
        var steps = new List<GrowthStep>();
        IncidentReport? former = null;
        for (var i = 1; i <= incident.Reports.Count; i++)
        {
            var now = Incident.Of(incident.Reports.Take(i)).Now;
            var words = Words(former, now);
            if (words.Length > 0)
            {
                steps.Add(new GrowthStep(incident.Reports[i - 1].Report.ReportedAt, string.Join(", ", words), former is not null && IsWorse(former, now)));
            }

            former = now;
        }

        return steps;
    }

    private static string[] Words(IncidentReport? former, IncidentReport now) =>
    [
        .. new[]
        {
            Changed(former?.Type, now.Type),
            Changed(Pumps(former), Pumps(now)),
            former?.Casualties == now.Casualties ? null : Casualties(now.Casualties),
            former?.Alert?.Severity == now.Alert?.Severity ? null : Alert(now.Alert),
            Major(former?.Major, now.Major),
            former is null || former.Status == now.Status ? null : IncidentWords.OfStatus(now.Status).Word.ToLowerInvariant(),
        }.OfType<string>(),
    ];

    private static string? Changed(string? former, string? now) => string.Equals(former, now, StringComparison.Ordinal) ? null : now ?? "pumps no longer said";

    private static string? Pumps(IncidentReport? report) => report?.Pumps is { } pumps ? string.Create(CultureInfo.InvariantCulture, $"{pumps} {(pumps == 1 ? "pump" : "pumps")}") : null;

    private static string? Casualties(Casualties? casualties)
    {
        string[] words =
        [
            .. casualties?.Injured is { } injured ? new[] { FormattableString.Invariant($"{injured} injured") } : [],
            .. casualties?.Fatal is { } fatal ? new[] { FormattableString.Invariant($"{fatal} died") } : [],
            .. casualties?.StaffFatal is { } staff and > 0 ? new[] { FormattableString.Invariant($"{staff} of them staff") } : [],
        ];
        return words.Length == 0 ? null : string.Join(", ", words);
    }

    private static string Alert(AlertLevel? alert) => alert is null ? "alert no longer said" : $"{alert.Severity.ToString().ToLowerInvariant()} alert";

    private static string? Major(MajorIncident? former, MajorIncident? now) => (former, now) switch
    {
        (null, { StoodDownAt: null }) => "major incident declared",
        (null or { StoodDownAt: null }, { StoodDownAt: not null }) => "major incident stood down",
        ({ StoodDownAt: null }, null) => "declaration no longer said",
        _ => null,
    };

    private static bool IsWorse(IncidentReport former, IncidentReport now) =>
        now.Pumps > (former.Pumps ?? 0)
        || (now.Major is { StoodDownAt: null } && former.Major is null)
        || now.Casualties?.Fatal > (former.Casualties?.Fatal ?? 0)
        || now.Casualties?.Injured > (former.Casualties?.Injured ?? 0)
        || (now.Alert is { Severity: not CapSeverity.Unknown } alert && alert.Severity < (former.Alert?.Severity ?? CapSeverity.Unknown));
}

/// <summary>A change of how bad an incident is.</summary>
/// <param name="At">When it was written (UTC).</param>
/// <param name="Words">What it is now.</param>
/// <param name="Worse">Whether it got worse by it.</param>
public sealed record GrowthStep(DateTimeOffset At, string Words, bool Worse);

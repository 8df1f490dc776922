using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.Tests.Brigade;

namespace Coordination.Domain.Tests.Incidents.Rules;

/// <summary>An incident of which little is known, and what is said of it more.</summary>
internal static class GivenIncident
{
    public const string Control = "fire-control";

    public static readonly DateTimeOffset Now = new(2026, 3, 2, 14, 5, 0, TimeSpan.Zero);

    public static readonly IReadOnlySet<string> Sources = new HashSet<string>(StringComparer.Ordinal) { Control };

    public static readonly IncidentReport Bare = new()
    {
        Number = "1234", Revision = 1, ReportedAt = Now, Exercise = false, Status = IncidentStatus.Open, TypeAtCall = "Fire - industrial unit",
    };

    public static readonly IncidentReport InCoventry = Bare with { Areas = ["coventry"] };

    public static readonly MajorIncident Declared = new() { DeclaredAt = Now };

    public static FiledReport Filed(IncidentReport report, string source = Control, int minutes = 0) =>
        new(source, report, Digest(report), Now.AddMinutes(minutes));

    public static Incident Of(params IReadOnlyList<IncidentReport> reports) => Incident.Of(reports.Select((r, i) => Filed(r, minutes: i)));

    public static IncidentFacts Facts(IncidentReport report, AlertLevel? alert = null, IReadOnlySet<string>? sources = null)
    {
        var incident = Of(report with { Alert = alert });
        return new IncidentFacts(incident, IncidentPlace.Of(incident.Now, DemoMap.Map), sources ?? Sources, Now);
    }

    // Good enough to tell reports apart, which is all that it is for.
    private static string Digest(IncidentReport report) => Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(report)));
}

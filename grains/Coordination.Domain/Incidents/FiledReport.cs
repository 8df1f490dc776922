using System.Globalization;
using Coordination.Domain.Incidents.Cap;

namespace Coordination.Domain.Incidents;

/// <summary>A report on file.</summary>
/// <param name="Source">Id of the system or desk that it came from.</param>
/// <param name="Report">What it says.</param>
/// <param name="Digest">Of what it says, in hexadecimal: two with one digest say the same.</param>
/// <param name="FiledAt">When it came (UTC).</param>
public sealed record FiledReport(string Source, IncidentReport Report, string Digest, DateTimeOffset FiledAt)
{
    /// <summary>The report as people call it. What orders alerts is their time, and no number that anybody knows.</summary>
    public string Name => Source.StartsWith(CapReports.SourcePrefix, StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"the alert that {Source[CapReports.SourcePrefix.Length..]} sent at {Report.ReportedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
        : string.Create(CultureInfo.InvariantCulture, $"revision {Report.Revision} of {Source}");
}

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
    /// <summary>How far before its time a report may come, by this service's clock: no sender's clock is right to the second. Five minutes, as for signed messages.</summary>
    public static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(5);

    /// <summary>Whether its sender's clock is ahead: it says that it was written after it came.</summary>
    public bool IsAhead => Report.ReportedAt > FiledAt + MostAhead;

    /// <summary>When it was written, as far as that counts among several sources: one whose clock is ahead must not be the last for as long as it is.</summary>
    public DateTimeOffset CountsAt => IsAhead ? FiledAt + MostAhead : Report.ReportedAt;

    /// <summary>The report as people call it. What orders alerts is their time, and no number that anybody knows.</summary>
    public string Name => Source.StartsWith(CapReports.SourcePrefix, StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"the alert that {Source[CapReports.SourcePrefix.Length..]} sent at {Report.ReportedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")
        : string.Create(CultureInfo.InvariantCulture, $"revision {Report.Revision} of {Source}");
}

namespace Coordination.Domain.Incidents;

/// <summary>A report on file.</summary>
/// <param name="Source">Id of the system or desk that it came from.</param>
/// <param name="Report">What it says.</param>
/// <param name="Digest">Of what it says, in hexadecimal: two with one digest say the same.</param>
/// <param name="FiledAt">When it came (UTC).</param>
public sealed record FiledReport(string Source, IncidentReport Report, string Digest, DateTimeOffset FiledAt);

namespace Coordination.Domain.Incidents.Reports;

/// <summary>One thing that is wrong with a report.</summary>
/// <param name="Path">Where: <c>major.declaredAt</c>, <c>areas[0]</c>; <c>document</c> for what is no JSON object at all.</param>
/// <param name="What">What is wrong and what is wanted, in words.</param>
public sealed record ReportFault(string Path, string What)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {What}";
}

/// <summary>What came of reading a report: it is whole and valid, or it is refused with everything that is wrong with it.</summary>
public abstract record IncidentReportReading
{
    private IncidentReportReading()
    {
    }

    /// <summary>The report is valid.</summary>
    /// <param name="Report">What it says.</param>
    /// <param name="Digest">Of what it says, in hexadecimal (<see cref="IncidentReportJson.Digest"/>): spacing, the order of fields and the notation of times change nothing.</param>
    public sealed record Accepted(IncidentReport Report, string Digest) : IncidentReportReading;

    /// <summary>The report is refused; nothing of it is used.</summary>
    /// <param name="Faults">What is wrong, at least one and at most <see cref="IncidentReportLimits.MaxFaults"/>.</param>
    public sealed record Refused(IReadOnlyList<ReportFault> Faults) : IncidentReportReading;
}

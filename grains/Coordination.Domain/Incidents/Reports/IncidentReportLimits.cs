namespace Coordination.Domain.Incidents.Reports;

/// <summary>How much a report may hold. The same limits stand in <c>/schemas/incident-report-1.json</c>. Characters are Unicode code points, spaces around included.</summary>
public static class IncidentReportLimits
{
    /// <summary>Bytes of a report: 64 KiB.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Objects and lists in one another.</summary>
    public const int MaxDepth = 8;

    /// <summary>Faults that are told.</summary>
    public const int MaxFaults = 100;

    /// <summary>Characters of an incident's number.</summary>
    public const int Number = 64;

    /// <summary>The highest revision: the highest whole number that every JSON reader keeps exactly (RFC 8259 section 6).</summary>
    public const long Revision = (1L << 53) - 1;

    /// <summary>Characters of a type, a category, a priority, a station, an agency, or who declared.</summary>
    public const int Name = 100;

    /// <summary>Characters of the headline.</summary>
    public const int Headline = 200;

    /// <summary>Characters of the place.</summary>
    public const int Place = 200;

    /// <summary>Characters of a field of M/ETHANE.</summary>
    public const int Methane = 1000;

    /// <summary>Areas.</summary>
    public const int Areas = 20;

    /// <summary>Characters of an area's id or name.</summary>
    public const int Area = 60;

    /// <summary>Numbers of incidents that belong to it.</summary>
    public const int Links = 50;

    /// <summary>Pumps.</summary>
    public const int Pumps = 500;

    /// <summary>Casualties of one sort.</summary>
    public const int Casualties = 100_000;

    /// <summary>The first instant that a report may name.</summary>
    public static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The first instant that is too late for a report to name.</summary>
    public static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How long after the report the call may have come by the sender's clocks.</summary>
    public static readonly TimeSpan OpenedAfterReport = TimeSpan.FromDays(1);
}

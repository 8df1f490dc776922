using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.Tests.Incidents.Reports;
using CsCheck;

namespace Coordination.Domain.Tests.Incidents;

/// <summary>Reports on file of one incident: few sources, revisions and times, so that they meet, contradict each other and tie; and some clocks are ahead.</summary>
internal static class FiledReportGen
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);

    private static readonly Gen<FiledReport> s_one =
        from source in Gen.OneOf("control", "desk", "neighbour")
        from revision in Gen.Int[1, 4]
        from report in ReportGen.Report
        from reported in Gen.OneOf(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[3, 30], Gen.Const(1_000_000))
        from filed in Gen.Int[0, 1_000]
        select Filed(source, report with { Number = "N", Exercise = false, Revision = revision, ReportedAt = Start.AddMinutes(reported) }, filed);

    /// <summary>One to eight reports, and some of them again, filed at another time.</summary>
    public static Gen<FiledReport[]> Reports { get; } =
        from reports in s_one.Array[1, 8]
        from repeats in Gen.Select(Gen.Int[0, 7], Gen.Int[0, 1_000]).Array[0, 4]
        select (FiledReport[])[.. reports, .. repeats.Select(r => reports[r.Item1 % reports.Length] with { FiledAt = Start.AddSeconds(r.Item2) })];

    public static FiledReport Filed(string source, IncidentReport report, int seconds = 0) =>
        new(source, report, IncidentReportJson.Digest(report), Start.AddSeconds(seconds));
}

namespace Coordination.Domain.Incidents.Rules;

/// <summary>What an incident may be, where its reports do not agree with themselves.</summary>
internal static class Readings
{
    /// <summary>
    /// The incident as it stands, and once more for each other thing that a source said under the revision that is its present word. One at a
    /// time: two sources that contradict themselves at once are rare, and a rule that any of these changes is for a person.
    /// </summary>
    public static IReadOnlyList<Incident> Present(Incident incident) =>
    [
        incident,
        .. from conflict in Contradictions(incident)
           from version in incident.Reports
           where Is(version, conflict.Source, conflict.Revision) && !incident.IsPresent(version)
           select Incident.Of(incident.Reports.Where(r => !Is(r, conflict.Source, conflict.Revision) || r == version)),
    ];

    /// <summary>The revisions of which a source told two things, where they are its present word.</summary>
    public static IEnumerable<RevisionConflict> Contradictions(Incident incident) =>
        incident.Conflicts.Where(c => incident.Reports.Any(r => Is(r, c.Source, c.Revision) && incident.IsPresent(r)));

    /// <summary>The incident as each report made it that came when a newer one of its source was on file: nobody has judged it. The newest first.</summary>
    public static IEnumerable<(FiledReport Report, Incident Then)> Late(Incident incident) =>
        from report in incident.Reports.Reverse()
        where incident.Reports.Any(r => SameSource(r, report) && r.Report.Revision > report.Report.Revision && r.FiledAt <= report.FiledAt)
        select (report, Incident.Of(incident.Reports.Where(r => !SameSource(r, report) || r.Report.Revision < report.Report.Revision || r == report)));

    private static bool Is(FiledReport report, string source, long revision) =>
        report.Report.Revision == revision && string.Equals(report.Source, source, StringComparison.Ordinal);

    private static bool SameSource(FiledReport one, FiledReport other) => string.Equals(one.Source, other.Source, StringComparison.Ordinal);
}

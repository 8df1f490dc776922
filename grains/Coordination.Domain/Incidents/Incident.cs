using Coordination.Domain.Incidents.Cap;

namespace Coordination.Domain.Incidents;

/// <summary>One incident as all its reports together tell it. A function of the set of reports: their order and their repeats change nothing.</summary>
/// <remarks>
/// A source's highest revision is its present word. Several sources are taken together: the one that wrote last counts, and what it does not say is
/// taken from the one before. When it was written is its own word, up to a few minutes after it came: <see cref="FiledReport.CountsAt"/>. An exercise is an incident of its own, whatever its number: no report of it is ever among a real one's.
/// </remarks>
public sealed record Incident
{
    /// <summary>Its number.</summary>
    public required string Number { get; init; }

    /// <summary>Whether it is an exercise.</summary>
    public required bool Exercise { get; init; }

    /// <summary>What is known now.</summary>
    public required IncidentReport Now { get; init; }

    /// <summary>All its reports, by when they were written as far as that counts, then source and revision.</summary>
    public required IReadOnlyList<FiledReport> Reports { get; init; }

    /// <summary>Revisions of which a source told two different things; people have to ask it. The greater digest counts, so that all hosts see the same.</summary>
    public required IReadOnlyList<RevisionConflict> Conflicts { get; init; }

    /// <summary>Whether any report ever declared a major incident.</summary>
    public bool EverMajor => Reports.Any(r => r.Report.Major is not null);

    /// <summary>Numbers of incidents that belong together with it, by any of its reports.</summary>
    public IReadOnlyList<string> Links => [.. Reports.SelectMany(r => r.Report.Links).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Makes it of its reports.</summary>
    /// <param name="reports">At least one; all of one number, and all exercises or none.</param>
    /// <exception cref="ArgumentException">There are none, or they are not of one incident.</exception>
    public static Incident Of(IEnumerable<FiledReport> reports)
    {
        // Of repeats the first filing counts, whichever of them is handed over first.
        FiledReport[] all = [.. reports.GroupBy(r => (r.Source, r.Report.Revision, r.Digest)).Select(g => g.MinBy(r => r.FiledAt)!)];
        if (all.Length == 0)
        {
            throw new ArgumentException("An incident has at least one report.", nameof(reports));
        }

        var (number, exercise) = (all[0].Report.Number, all[0].Report.Exercise);
        if (all.Any(r => !string.Equals(r.Report.Number, number, StringComparison.Ordinal) || r.Report.Exercise != exercise))
        {
            throw new ArgumentException("The reports are not of one incident.", nameof(reports));
        }

        var words = all.GroupBy(r => r.Source, StringComparer.Ordinal).Select(PresentWord).OrderByDescending(r => r.CountsAt).ThenBy(r => r.Source, StringComparer.Ordinal);
        return new Incident
        {
            Number = number,
            Exercise = exercise,
            Now = words.Select(r => r.Report).Aggregate(FilledFrom),
            Reports = [.. all.OrderBy(r => r.CountsAt).ThenBy(r => r.Source, StringComparer.Ordinal).ThenBy(r => r.Report.Revision).ThenBy(r => r.Digest, StringComparer.Ordinal)],
            Conflicts =
            [
                .. all.GroupBy(r => (r.Source, r.Report.Revision)).Where(g => g.Count() > 1).Select(g => new RevisionConflict(g.Key.Source, g.Key.Revision))
                    .OrderBy(c => c.Source, StringComparer.Ordinal).ThenBy(c => c.Revision),
            ],
        };
    }

    /// <summary>The incident without one of its reports; null when it has no other.</summary>
    public Incident? Without(string source, string digest)
    {
        FiledReport[] others = [.. Reports.Where(r => !(string.Equals(r.Source, source, StringComparison.Ordinal) && string.Equals(r.Digest, digest, StringComparison.Ordinal)))];
        return others.Length == 0 ? null : Of(others);
    }

    /// <summary>Whether a report is its source's present word: one that came late is on record and changes nothing.</summary>
    public bool IsPresent(FiledReport report) =>
        PresentWord(Reports.Where(r => string.Equals(r.Source, report.Source, StringComparison.Ordinal))) is var word
        && word.Report.Revision == report.Report.Revision && string.Equals(word.Digest, report.Digest, StringComparison.Ordinal);

    private static FiledReport PresentWord(IEnumerable<FiledReport> ofOneSource) =>
        ofOneSource.OrderByDescending(r => r.Report.Revision).ThenByDescending(r => r.Digest, StringComparer.Ordinal).First();

    // The number, the revision and the times stay the newer one's own.
    private static IncidentReport FilledFrom(IncidentReport newer, IncidentReport older) => newer with
    {
        TypeAtStop = newer.TypeAtStop ?? older.TypeAtStop,
        Category = newer.Category ?? older.Category,
        Priority = newer.Priority ?? older.Priority,
        Headline = newer.Headline ?? older.Headline,
        OpenedAt = newer.OpenedAt ?? older.OpenedAt,
        Pumps = newer.Pumps ?? older.Pumps,
        Casualties = Filled(newer.Casualties, older.Casualties),
        Major = newer.Major ?? older.Major,
        Alert = newer.Alert ?? older.Alert,
        Position = newer.Position ?? older.Position,
        Place = newer.Place ?? older.Place,
        Areas = newer.Areas ?? older.Areas,
        StationGround = newer.StationGround ?? older.StationGround,
        OverTheBorder = newer.OverTheBorder ?? older.OverTheBorder,
        LeadAgency = newer.LeadAgency ?? older.LeadAgency,
        DuplicateOf = newer.DuplicateOf ?? older.DuplicateOf,
        LinkedTo = newer.LinkedTo ?? older.LinkedTo,
    };

    private static Casualties? Filled(Casualties? newer, Casualties? older) => newer is null || older is null
        ? newer ?? older
        : new Casualties(newer.Injured ?? older.Injured, newer.Fatal ?? older.Fatal, newer.StaffFatal ?? older.StaffFatal);
}

/// <summary>A revision of which a source told two different things.</summary>
/// <param name="Source">The source.</param>
/// <param name="Revision">The revision.</param>
public sealed record RevisionConflict(string Source, long Revision)
{
    /// <summary>The same for people, as a sentence without its end.</summary>
    public string Words => Source.StartsWith(CapReports.SourcePrefix, StringComparison.Ordinal)
        ? $"{Source[CapReports.SourcePrefix.Length..]} told two different things at one time"
        : FormattableString.Invariant($"{Source} told two different things as revision {Revision}");
}

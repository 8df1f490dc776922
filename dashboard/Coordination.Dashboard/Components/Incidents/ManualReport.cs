using System.Globalization;
using System.Text;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Reports;

namespace Coordination.Dashboard.Components.Incidents;

/// <summary>What a person types of an incident, and the report that comes of it.</summary>
public sealed class ManualReport
{
    /// <summary>The source of reports that are made by hand.</summary>
    public const string Source = "by-hand";

    private Incident? _known;

    /// <summary>The incident's number; empty for one of the service's own.</summary>
    public string Number { get; set; } = "";

    /// <summary>What it is.</summary>
    public string Type { get; set; } = "";

    /// <summary>The area's id; empty for not known.</summary>
    public string Area { get; set; } = "";

    /// <summary>The station's id; empty for not known.</summary>
    public string Station { get; set; } = "";

    /// <summary>Street and district.</summary>
    public string Place { get; set; } = "";

    /// <summary>Pumping appliances.</summary>
    public int? Pumps { get; set; }

    /// <summary>People who died.</summary>
    public int? Fatal { get; set; }

    /// <summary>Members of staff who died.</summary>
    public int? StaffFatal { get; set; }

    /// <summary>Whether a major incident is declared.</summary>
    public bool Major { get; set; }

    /// <summary>One line that may be read out.</summary>
    public string Headline { get; set; } = "";

    /// <summary>Who leads.</summary>
    public string LeadAgency { get; set; } = "";

    /// <summary>How far it is: <c>Open</c>, <c>Stop</c>, <c>Closed</c>.</summary>
    public string Status { get; set; } = nameof(IncidentStatus.Open);

    /// <summary>Whether it is an exercise.</summary>
    public bool Exercise { get; set; }

    /// <summary>Whether a change of an incident on file is reported.</summary>
    public bool Changes => _known is not null;

    /// <summary>Begins with what is known.</summary>
    public void Take(Incident known)
    {
        _known = known;
        var now = known.Now;
        (Number, Exercise, Type, Status) = (known.Number, known.Exercise, now.Type, now.Status.ToString());
        (Area, Station, Place) = (now.Areas is [var only] ? only : "", now.StationGround ?? "", now.Place ?? "");
        (Pumps, Fatal, StaffFatal) = (now.Pumps, now.Casualties?.Fatal, now.Casualties?.StaffFatal);
        (Major, Headline, LeadAgency) = (now.Major is { StoodDownAt: null }, now.Headline ?? "", now.LeadAgency ?? "");
    }

    /// <summary>Begins as the monthly drill: a declared major incident in one of the areas, another one each month.</summary>
    /// <param name="areas">The areas' ids.</param>
    /// <param name="today">The date on a wall in London.</param>
    public void TakeDrill(IReadOnlyList<string> areas, DateTime today)
    {
        var month = (today.Year * 12) + today.Month;
        (Exercise, Major, Type, Headline) = (true, true, "Monthly drill", string.Create(CultureInfo.InvariantCulture, $"Drill of {today:MMMM yyyy}"));
        Area = areas.Count == 0 ? "" : areas.Order(StringComparer.Ordinal).ElementAt(month % areas.Count);
    }

    /// <summary>What is missing, as a sentence; null when it can be sent.</summary>
    public string? Missing() => string.IsNullOrWhiteSpace(Type)
        ? "Say what it is, such as “House fire”."
        : Number.Length > 0 && !IncidentReportReader.IsNumber(Number.Trim())
            ? "The number has characters that none has: letters, digits, dots, hyphens and underscores, at most 64."
            : null;

    /// <summary>The report, by a time. Only what is filled in is said; of an incident on file the rest stays as it was.</summary>
    /// <param name="now">When it is sent (UTC).</param>
    public IncidentReport ToReport(DateTimeOffset now)
    {
        var former = _known?.Now;
        var own = _known?.Reports.Where(r => string.Equals(r.Source, Source, StringComparison.Ordinal)).Select(r => r.Report.Revision).DefaultIfEmpty(0).Max() ?? 0;
        var casualties = new Casualties(former?.Casualties?.Injured, Fatal, StaffFatal);
        return new IncidentReport
        {
            Number = Number.Trim() is { Length: > 0 } given ? given : OwnNumber(now),
            Revision = own + 1,
            ReportedAt = now,
            Exercise = Exercise,
            Status = Enum.TryParse<IncidentStatus>(Status, out var status) ? status : IncidentStatus.Open,
            TypeAtCall = former?.TypeAtCall ?? Type.Trim(),
            TypeAtStop = former is null || string.Equals(former.TypeAtCall, Type.Trim(), StringComparison.Ordinal) ? former?.TypeAtStop : Type.Trim(),
            Category = former?.Category,
            Priority = former?.Priority,
            Headline = Text(Headline),
            OpenedAt = former?.OpenedAt ?? now,
            Pumps = Pumps,
            Casualties = casualties == new Casualties() ? null : casualties,
            Major = MajorAt(former?.Major, now),
            Position = former?.Position,
            Place = Text(Place),
            Areas = Area.Length > 0 ? [Area] : former?.Areas,
            StationGround = Text(Station),
            OverTheBorder = former?.OverTheBorder,
            LeadAgency = Text(LeadAgency),
            DuplicateOf = former?.DuplicateOf,
            LinkedTo = former?.LinkedTo,
        };
    }

    /// <summary>The incident as it would be on file.</summary>
    public Incident Preview(DateTimeOffset now)
    {
        var report = ToReport(now);
        var filed = new FiledReport(Source, report, "preview", now);
        return Incident.Of(_known is null || !string.Equals(_known.Number, report.Number, StringComparison.Ordinal) || _known.Exercise != report.Exercise ? [filed] : [.. _known.Reports, filed]);
    }

    /// <summary>The report as it is sent.</summary>
    public static ReadOnlyMemory<byte> ToBytes(IncidentReport report) => Encoding.UTF8.GetBytes(IncidentReportJson.Write(report));

    private MajorIncident? MajorAt(MajorIncident? former, DateTimeOffset now) => (Major, former) switch
    {
        (true, { StoodDownAt: null }) => former,
        (true, _) => new MajorIncident { DeclaredAt = now },
        (false, { StoodDownAt: null }) => former with { StoodDownAt = now < former.DeclaredAt ? former.DeclaredAt : now },
        _ => former,
    };

    // To the second, and unlike another of that second: the desk that reports by hand has no counter of its own.
    private static string OwnNumber(DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"H-{now.UtcDateTime:yyyyMMdd-HHmmss}-{Random.Shared.Next(100, 1000)}");

    private static string? Text(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

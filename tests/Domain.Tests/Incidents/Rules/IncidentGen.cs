using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.Tests.Brigade;
using CsCheck;

namespace Coordination.Domain.Tests.Incidents.Rules;

/// <summary>Incidents of one to four reports, in which anything may be missing and sources may contradict themselves.</summary>
internal static class IncidentGen
{
    private static readonly Gen<IncidentReport> s_report =
        from revision in Gen.Long[1, 3]
        from minute in Gen.Int[0, 90]
        from status in Gen.OneOf(IncidentStatus.Open, IncidentStatus.Open, IncidentStatus.Stop, IncidentStatus.Closed)
        from type in Gen.OneOf("Fire - house", "False Alarm", "RTC persons trapped")
        from stop in Gen.OneOf<string?>(null, "Fire - industrial unit", "False Alarm - good intent")
        from category in Gen.OneOf<string?>(null, "Fire", "False Alarm")
        from headline in Gen.OneOf<string?>(null, "Terrorism, police lead", "Fire at a warehouse")
        from pumps in Gen.OneOf<int?>(null, 1, 5, 10, 12)
        from casualties in Gen.OneOf<Casualties?>(null, new Casualties(1), new Casualties(Fatal: 1), new Casualties(StaffFatal: 1))
        from major in Gen.OneOf<MajorIncident?>(null, GivenIncident.Declared, GivenIncident.Declared with { StoodDownAt = GivenIncident.Now })
        from areas in Gen.OneOf<string[]?>(null, ["coventry"], ["coventry", "Dudley"], ["Atlantis"])
        from ground in Gen.OneOf<string?>(null, "aston")
        from position in Gen.OneOf<Domain.Brigade.GeoPoint?>(null, DemoMap.Point(52.41, -1.5), DemoMap.Point(51.5, -0.1))
        from alert in Gen.OneOf<AlertLevel?>(null, new AlertLevel(CapSeverity.Extreme, CapUrgency.Immediate, CapCertainty.Observed), new AlertLevel(CapSeverity.Extreme, CapUrgency.Unknown, CapCertainty.Likely), new AlertLevel(CapSeverity.Severe, CapUrgency.Expected, CapCertainty.Observed, GivenIncident.Now))
        from border in Gen.OneOf<bool?>(null, true, false)
        select GivenIncident.Bare with
        {
            Revision = revision, ReportedAt = GivenIncident.Now.AddMinutes(-minute), Status = status, TypeAtCall = type, TypeAtStop = stop, Category = category, Headline = headline,
            Pumps = pumps, Casualties = casualties, Major = major, Alert = alert, Areas = areas, StationGround = ground, Position = position, OverTheBorder = border,
        };

    public static readonly Gen<FiledReport[]> Reports = Gen.Select(
        s_report, Gen.OneOf(GivenIncident.Control, "mobilising"), Gen.Int[0, 60], (report, source, minute) => GivenIncident.Filed(report, source, minute)).Array[1, 4]
        .Select(reports => reports.DistinctBy(r => (r.Source, r.Digest)).ToArray());

    public static readonly Gen<Incident> Any = Reports.Select(Incident.Of);

    public static IncidentFacts Facts(Incident incident) => new(incident, IncidentPlace.Of(incident.Now, DemoMap.Map), GivenIncident.Sources, GivenIncident.Now);
}

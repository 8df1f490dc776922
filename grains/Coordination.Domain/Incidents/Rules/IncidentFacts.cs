namespace Coordination.Domain.Incidents.Rules;

/// <summary>What conditions are asked about.</summary>
/// <param name="Incident">The incident as it is now.</param>
/// <param name="Place">Where it is on the map.</param>
/// <param name="Sources">Ids of the systems and desks that reported it; none when that is not known.</param>
/// <param name="Now">The time: an alert that has run out says nothing any more.</param>
public sealed record IncidentFacts(Incident Incident, IncidentPlace Place, IReadOnlySet<string> Sources, DateTimeOffset Now)
{
    /// <summary>What is known of it.</summary>
    public IncidentReport Report => Incident.Now;

    /// <summary>The level of the alert that it came with, while that counts; null for none.</summary>
    public AlertLevel? Alert => Report.Alert is { } alert && alert.CountsAt(Now) ? alert : null;

    /// <summary>When it began, as far as known (UTC).</summary>
    public DateTimeOffset At => Report.OpenedAt ?? Report.ReportedAt;

    /// <summary>Whether a fact is known.</summary>
    public bool Knows(IncidentFact fact) => fact switch
    {
        IncidentFact.Declaration => Report.Major is not null,
        IncidentFact.TypeAtCall => !string.IsNullOrWhiteSpace(Report.TypeAtCall),
        IncidentFact.TypeAtStop => Report.TypeAtStop is not null,
        IncidentFact.Category => Report.Category is not null,
        IncidentFact.Priority => Report.Priority is not null,
        IncidentFact.Headline => Report.Headline is not null,
        IncidentFact.Place => Report.Place is not null,
        IncidentFact.Time => true,
        IncidentFact.Pumps => Report.Pumps is not null,
        IncidentFact.Casualties => Report.Casualties is { } c && (c.Injured ?? c.Fatal ?? c.StaffFatal) is not null,
        IncidentFact.Position => Place.Position is not null,
        IncidentFact.Areas => Place.Areas.Count > 0,
        IncidentFact.StationGround => Place.Station is not null,

        // Where nothing is known of the place, that it is not over the border is only a guess.
        IncidentFact.Border => Report.OverTheBorder is not null || Place.OverTheBorder || Place.Areas.Count > 0 || Place.Station is not null || Place.Position is not null,
        IncidentFact.Source => Sources.Count > 0,
        IncidentFact.Alert => Alert is not null,
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact, "No such fact."),
    };
}

using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Incidents;
using Coordination.Domain.Incidents;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Components.Incidents;

/// <summary>What people read of an incident message.</summary>
public static class IncidentWords
{
    /// <summary>How what was decided looks.</summary>
    public static Look OfDecision(string? decision) => decision switch
    {
        IncidentDecisions.Hold => new Look("Placed a hold", "lock", "coord"),
        IncidentDecisions.Proposed => new Look("Proposed a hold", "clock", "attention"),
        IncidentDecisions.Shadow => new Look("An exercise", "ask", "exercise"),
        IncidentDecisions.Ask => new Look("Asks a person", "ask", "attention"),
        IncidentDecisions.Ignored => new Look("Nothing to do", "ok", "open"),
        IncidentDecisions.Refused => new Look("Not understood, or not let in", "warn", "attention"),
        _ => new Look("Not decided yet", "warn", "attention"),
    };

    /// <summary>How far an incident is.</summary>
    public static Look OfStatus(IncidentStatus status) => status switch
    {
        IncidentStatus.Open => new Look("Open", "fire", "incident"),
        IncidentStatus.Stop => new Look("Stop sent", "ok", "open"),
        _ => new Look("Closed", "dash", "open"),
    };

    /// <summary>Where it is, as a sentence.</summary>
    public static string Where(IncidentReport report, IncidentPlace place)
    {
        var at = report.Place is { } words ? words + ". " : "";
        var areas = place.Areas.Count > 0 ? $"In {Names.And([.. place.Areas.Select(Names.Place)])}{(place.Station is { } station ? $", {Names.Place(station)} station’s ground" : "")}." : "No area is known.";
        return at + areas + (place.OverTheBorder ? " It is over the border, in another service’s area." : "");
    }

    /// <summary>Why it stands as it does, as a sentence.</summary>
    public static string Why(InboxMessage message) => message.Reason is { Length: > 0 } reason
        ? char.ToUpperInvariant(reason[0]) + reason[1..] + (reason.EndsWith('.') ? "" : ".")
        : "It was received, and nothing was decided about it: the host stopped in between, or the database did. The same message again is decided about.";
}

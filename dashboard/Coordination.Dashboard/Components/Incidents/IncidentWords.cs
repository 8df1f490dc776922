using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Incidents;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Components.Incidents;

/// <summary>What people read of an incident message.</summary>
public static class IncidentWords
{
    /// <summary>How what was decided looks.</summary>
    public static Look OfDecision(string? decision) => decision switch
    {
        IncidentDecisions.Hold => new Look("Placed a hold", "lock", "coord"),
        IncidentDecisions.Ask => new Look("Asks a person", "ask", "attention"),
        IncidentDecisions.Ignored => new Look("Nothing to do", "ok", "open"),
        IncidentDecisions.Refused => new Look("Not understood, or not let in", "warn", "attention"),
        _ => new Look("Not decided yet", "warn", "attention"),
    };

    /// <summary>Why it stands as it does, as a sentence.</summary>
    public static string Why(InboxMessage message) => message.Reason is { Length: > 0 } reason
        ? char.ToUpperInvariant(reason[0]) + reason[1..] + (reason.EndsWith('.') ? "" : ".")
        : "It was received, and nothing was decided about it: the host stopped in between, or the database did. The same message again is decided about.";
}

using Coordination.Domain.Incidents.Cap;

namespace Coordination.Domain.Incidents;

/// <summary>How bad, how near and how sure an alert says that something is (CAP 1.2). <c>Unknown</c> is not known.</summary>
/// <param name="Severity">How bad.</param>
/// <param name="Urgency">How soon to act.</param>
/// <param name="Certainty">How sure.</param>
/// <param name="ExpiresAt">Until when it counts (UTC); null when it names no end. What it held stays held after it.</param>
public sealed record AlertLevel(CapSeverity Severity, CapUrgency Urgency, CapCertainty Certainty, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>Whether nothing of it is known.</summary>
    public bool IsUnknown => this is { Severity: CapSeverity.Unknown, Urgency: CapUrgency.Unknown, Certainty: CapCertainty.Unknown };

    /// <summary>Whether it counts at a time.</summary>
    public bool CountsAt(DateTimeOffset now) => !(ExpiresAt <= now);
}

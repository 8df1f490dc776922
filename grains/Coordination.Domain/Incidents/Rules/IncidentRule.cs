namespace Coordination.Domain.Incidents.Rules;

/// <summary>When an incident causes a takeover, and which. Data: Comms writes it.</summary>
public sealed record IncidentRule
{
    /// <summary>Its id, a slug, for records: it never changes, and no two rules share it.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>When it applies.</summary>
    public required Condition When { get; init; }

    /// <summary>What it then does.</summary>
    public required RuleEffect Then { get; init; }

    /// <summary>How long it leaves an incident alone after a takeover of its own was vetoed or lifted, in minutes, 0 to 10080 (a week).</summary>
    public int CoolDownMinutes { get; init; }

    /// <summary>Its place in the order, and its number: 1 is asked first, no two are the same.</summary>
    public required int Priority { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string Owner { get; init; }

    /// <summary>Why there is such a rule.</summary>
    public required string Reason { get; init; }

    /// <summary>When somebody should ask whether it is still right. Nothing happens by itself.</summary>
    public required DateOnly ReviewBy { get; init; }

    /// <summary>Whether it is asked at all. True unless somebody said otherwise.</summary>
    public bool Enabled { get; init; } = true;
}

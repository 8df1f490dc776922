namespace Coordination.Domain.Rota;

/// <summary>What stood open when a turn was handed over, as the service saw it.</summary>
public sealed record HandoverFacts
{
    /// <summary>Ids of the holds that stand.</summary>
    public IReadOnlyList<string> Holds { get; init; } = [];

    /// <summary>Proposals of rules that wait for a veto.</summary>
    public int Proposals { get; init; }

    /// <summary>Posts that wait in hand-back.</summary>
    public int HandBack { get; init; }

    /// <summary>Posts that wait for approval.</summary>
    public int Approvals { get; init; }

    /// <summary>Messages about incidents that wait for a person.</summary>
    public int Messages { get; init; }

    /// <summary>Open tasks.</summary>
    public int Tasks { get; init; }
}

/// <summary>The hand-over of one turn of the duty rota (order 01/25, 3.1: out of hours one contacts Comms, whoever is on).</summary>
public sealed record Handover
{
    /// <summary>What the turn was for.</summary>
    public required DutyRole Role { get; init; }

    /// <summary>Whose turn it was.</summary>
    public required string Of { get; init; }

    /// <summary>When the turn ends, or ended (UTC).</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Staff id of who handed it over.</summary>
    public required string GivenBy { get; init; }

    /// <summary>Their name at the time.</summary>
    public required string GivenByName { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset GivenAt { get; init; }

    /// <summary>What the next one has to know, in their words.</summary>
    public required string Notes { get; init; }

    /// <summary>What stood open.</summary>
    public required HandoverFacts Facts { get; init; }

    /// <summary>Staff id of who took it over; null until somebody has.</summary>
    public string? TakenBy { get; init; }

    /// <summary>Their name at the time.</summary>
    public string? TakenByName { get; init; }

    /// <summary>When it was taken over (UTC).</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Whether it waits for somebody to take it over.</summary>
    public bool Open => TakenAt is null;
}

namespace Coordination.Domain.Incidents.Lines;

/// <summary>A message that says the agreed line of a hold, or brings it to accounts that had not taken it.</summary>
public sealed record LineMessage
{
    /// <summary>The message.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>The hold under which it is said.</summary>
    public required string HoldId { get; init; }

    /// <summary>The takeover whose hold that is; null where people placed it.</summary>
    public Guid? TakeoverId { get; init; }

    /// <summary>The incident's number.</summary>
    public required string Incident { get; init; }

    /// <summary>Which line of the hold it says, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>The accounts that it was meant for, whether they took it or not.</summary>
    public required IReadOnlyList<string> Accounts { get; init; }

    /// <summary>Staff id of who said it.</summary>
    public required string SaidBy { get; init; }

    /// <summary>Their name at the time.</summary>
    public required string SaidByName { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset SaidAt { get; init; }

    /// <summary>How many of its posts are in each state, by the state's id; accounts that took none are in no state.</summary>
    public IReadOnlyDictionary<string, int> States { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);
}

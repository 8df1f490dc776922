using Coordination.Domain.Accounts;
using Coordination.Domain.People;

namespace Coordination.Domain.Holds;

/// <summary>A standing order that stops publishing on the accounts in its scope, as the database keeps it.</summary>
/// <remarks>
/// What it covers and lets through is never changed but by its lift and by the loss of a named poster. These, a request to lift it and
/// another time of review happen under the fence's exclusive lock.
/// </remarks>
public sealed record Hold
{
    /// <summary>The id, such as <c>H-000231</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it lets through.</summary>
    public required HoldKind Kind { get; init; }

    /// <summary>The accounts it covers, now and later.</summary>
    public required Scope Scope { get; init; }

    /// <summary>Why, in the placer's words.</summary>
    public required string Reason { get; init; }

    /// <summary>Staff id of the placer, or <c>system</c> for a rule.</summary>
    public required string PlacedBy { get; init; }

    /// <summary>The placer's name at the time.</summary>
    public required string PlacedByName { get; init; }

    /// <summary>The placer's role at the time.</summary>
    public required Role PlacedByRole { get; init; }

    /// <summary>When it came into force, by the database's clock.</summary>
    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>Its place in the fence's order.</summary>
    public required long Sequence { get; init; }

    /// <summary>Staff ids that a central coordination lets through: Comms at the time it was placed, and whom it named.</summary>
    public IReadOnlyList<string> NamedPosters { get; init; } = [];

    /// <summary>The incident's reference, when it was placed for one.</summary>
    public string? Incident { get; init; }

    /// <summary>When somebody should look at it again. Nothing happens by itself.</summary>
    public DateTimeOffset? ReviewAt { get; init; }

    /// <summary>The rule that placed it, in words; null when a person did.</summary>
    public string? Rule { get; init; }

    /// <summary>When it ends by itself, because its placer chose so; null for never.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Whether its lift needs a second, different member of Comms; settled when it was placed.</summary>
    public bool LiftNeedsSecond { get; init; }

    /// <summary>The request to lift it: one that waits for a second person while it stands, the one that was confirmed afterwards. Null for none.</summary>
    public LiftAsk? LiftAsk { get; init; }

    /// <summary>When it was lifted; null while it stands.</summary>
    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>The lift's place in the fence's order; null while it stands.</summary>
    public long? LiftedSequence { get; init; }

    /// <summary>Staff id of the person who lifted it, of the second one where two did; <c>system</c> when it ended by itself.</summary>
    public string? LiftedBy { get; init; }

    /// <summary>Name of the person who lifted it, of the second one where two did.</summary>
    public string? LiftedByName { get; init; }

    /// <summary>Why it was lifted.</summary>
    public string? LiftReason { get; init; }

    /// <summary>Whether it stands.</summary>
    public bool Stands => LiftedSequence is null;

    /// <summary>Whether it ended at the time that its placer had chosen. The service lifts no hold for any other reason.</summary>
    public bool EndedByItself => !Stands && string.Equals(LiftedBy, Actor.System.Id, StringComparison.Ordinal);

    /// <summary>Whether somebody should have looked at it again by now.</summary>
    public bool ReviewIsDue(DateTimeOffset now) => Stands && ReviewAt <= now;

    /// <summary>Whether the hold covers the account and does not let this poster, confirming after it, through.</summary>
    /// <remarks>
    /// For a confirmation that is being made now. What was confirmed before the hold is never let through; the fence
    /// decides by sequence numbers (FENCE.md rule 4) and is the authority, this is the forecast.
    /// </remarks>
    public bool RefusesNewPost(AccountKey key, AccountLabels labels, string posterId) =>
        Stands && Scope.Covers(key, labels)
        && !(Kind == HoldKind.CentralCoordination && NamedPosters.Contains(posterId, StringComparer.Ordinal));
}

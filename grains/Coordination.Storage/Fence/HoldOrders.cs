using Coordination.Domain.Holds;
using Coordination.Domain.People;

namespace Coordination.Storage.Fence;

/// <summary>The order to place a hold, already decided by <c>HoldDecider</c>.</summary>
/// <param name="OperationId">The same id again answers what the first one did.</param>
/// <param name="Kind">What it lets through.</param>
/// <param name="Scope">What it covers.</param>
/// <param name="Reason">Why.</param>
/// <param name="Actor">Who places it.</param>
/// <param name="NamedPosters">Staff ids that it lets through, Comms included, expanded to people.</param>
/// <param name="Incident">The incident's reference; null for none.</param>
/// <param name="ReviewAt">When somebody should look again (UTC); null for never.</param>
/// <param name="Rule">The rule that places it, in words; null when a person does.</param>
/// <param name="EndsAt">When it ends by itself (UTC); null for never.</param>
/// <param name="LiftNeedsSecond">Whether its lift needs a second person.</param>
public sealed record PlaceHoldOrder(
    Guid OperationId,
    HoldKind Kind,
    Scope Scope,
    string Reason,
    Actor Actor,
    IReadOnlyList<string> NamedPosters,
    string? Incident = null,
    DateTimeOffset? ReviewAt = null,
    string? Rule = null,
    DateTimeOffset? EndsAt = null,
    bool LiftNeedsSecond = false);

/// <summary>The order to lift a hold: to ask for it, or to confirm, where it needs two.</summary>
/// <param name="OperationId">The same id again tells what became of the first one.</param>
/// <param name="HoldId">The hold.</param>
/// <param name="Reason">Why it is safe; null only when <paramref name="Confirms"/> names a request.</param>
/// <param name="Actor">Who gives it.</param>
/// <param name="Confirms">The request that it confirms, by its sequence; then nothing else is done. Null for whatever is to be done.</param>
public sealed record LiftHoldOrder(Guid OperationId, string HoldId, string? Reason, Actor Actor, long? Confirms = null);

/// <summary>The order to take a request to lift off a hold: the asker withdraws it, another one declines it.</summary>
public sealed record DeclineLiftOrder(Guid OperationId, string HoldId, string Reason, Actor Actor);

/// <summary>The order to look at a hold again at another time.</summary>
public sealed record MoveReviewOrder(Guid OperationId, string HoldId, DateTimeOffset ReviewAt, string? Reason, Actor Actor);

/// <summary>A hold that took.</summary>
/// <param name="Hold">The hold as the database keeps it.</param>
/// <param name="InFlight">Permits in its scope without a known outcome at that moment.</param>
/// <param name="Elapsed">Time from the call to its commit, as this host measured it.</param>
/// <param name="Repeated">True when this operation id had placed it before.</param>
public sealed record PlacedHold(Hold Hold, IReadOnlyList<InFlightPost> InFlight, TimeSpan Elapsed, bool Repeated);

/// <summary>What became of an order to lift a hold.</summary>
public enum LiftOutcome
{
    /// <summary>It lifted the hold.</summary>
    Lifted,

    /// <summary>The hold had been lifted before; nothing changed.</summary>
    AlreadyLifted,

    /// <summary>The hold stands, and the request waits for a second, different member of Comms.</summary>
    Awaiting,
}

/// <summary>An order to lift a hold that took.</summary>
/// <param name="Hold">The hold as it is now; it stands while a second person is awaited.</param>
/// <param name="Outcome">What became of the order.</param>
public sealed record LiftAnswer(Hold Hold, LiftOutcome Outcome);

/// <summary>A post whose permit was issued before a hold, and what is known of it.</summary>
/// <param name="PostId">The post.</param>
/// <param name="Account">Its account key.</param>
/// <param name="PermitSequence">The permit's place in the fence's order.</param>
/// <param name="IssuedAt">When the permit was issued (UTC).</param>
/// <param name="Outcome"><c>open</c>, <c>sent</c>, <c>not-sent</c> or <c>unknown</c>.</param>
/// <param name="Url">Where it can be seen, when it was sent.</param>
/// <param name="SentAt">When the platform took it (UTC), when it was sent.</param>
/// <param name="RemovalAskedAt">When somebody asked for it to be taken off again (UTC).</param>
/// <param name="RemovalAskedBy">Name of who asked.</param>
/// <param name="RemovedAt">When it was known to be off the platform (UTC).</param>
/// <param name="Note">Why it stands where it stands, such as why the platform did not remove it.</param>
public sealed record InFlightPost(
    Guid PostId,
    string Account,
    long PermitSequence,
    DateTimeOffset IssuedAt,
    string Outcome,
    string? Url = null,
    DateTimeOffset? SentAt = null,
    DateTimeOffset? RemovalAskedAt = null,
    string? RemovalAskedBy = null,
    DateTimeOffset? RemovedAt = null,
    string? Note = null);

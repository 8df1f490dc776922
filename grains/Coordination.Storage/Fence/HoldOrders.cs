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
public sealed record PlaceHoldOrder(
    Guid OperationId,
    HoldKind Kind,
    Scope Scope,
    string Reason,
    Actor Actor,
    IReadOnlyList<string> NamedPosters,
    string? Incident = null,
    DateTimeOffset? ReviewAt = null,
    string? Rule = null);

/// <summary>The order to lift a hold.</summary>
public sealed record LiftHoldOrder(Guid OperationId, string HoldId, string Reason, Actor Actor);

/// <summary>A hold that took.</summary>
/// <param name="Hold">The hold as the database keeps it.</param>
/// <param name="InFlight">Permits in its scope without a known outcome at that moment.</param>
/// <param name="Elapsed">Time from the call to its commit, as this host measured it.</param>
/// <param name="Repeated">True when this operation id had placed it before.</param>
public sealed record PlacedHold(Hold Hold, IReadOnlyList<InFlightPost> InFlight, TimeSpan Elapsed, bool Repeated);

/// <summary>A lift that took.</summary>
/// <param name="Hold">The hold, lifted.</param>
/// <param name="AlreadyLifted">True when it had been lifted before; nothing changed.</param>
public sealed record LiftedHold(Hold Hold, bool AlreadyLifted);

/// <summary>A post whose permit was issued before a hold, and what is known of it.</summary>
/// <param name="PostId">The post.</param>
/// <param name="Account">Its account key.</param>
/// <param name="PermitSequence">The permit's place in the fence's order.</param>
/// <param name="IssuedAt">When the permit was issued (UTC).</param>
/// <param name="Outcome"><c>open</c>, <c>sent</c>, <c>not-sent</c> or <c>unknown</c>.</param>
/// <param name="Url">Where it can be seen, when it was sent.</param>
public sealed record InFlightPost(Guid PostId, string Account, long PermitSequence, DateTimeOffset IssuedAt, string Outcome, string? Url = null);

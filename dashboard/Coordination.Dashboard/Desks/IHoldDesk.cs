using Coordination.Domain;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Fence;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Desks;

/// <summary>What a hold would do, before it is placed.</summary>
/// <param name="Covered">Accounts it would cover now.</param>
/// <param name="PostsHeld">Posts due in the next 24 hours that it would hold.</param>
/// <param name="FirstPosts">The first of them.</param>
/// <param name="InFlight">Posts on the wire now in its scope.</param>
public sealed record HoldPreview(int Covered, int PostsHeld, IReadOnlyList<PostRow> FirstPosts, IReadOnlyList<InFlightPost> InFlight);

/// <summary>A hold that took, and how many accounts it covers (counted after the acknowledgement).</summary>
public sealed record HoldPlaced(PlacedHold Placed, int Covered);

/// <summary>Where holds are placed and lifted, by whatever host the wish arrived at: pages, API and incident rules all come here.</summary>
public interface IHoldDesk
{
    /// <summary>Says what a hold with this scope would do.</summary>
    Task<HoldPreview> PreviewAsync(Scope scope, CancellationToken cancellationToken);

    /// <summary>Checks a scope as placing would. Null when it may stand.</summary>
    Task<Refusal?> CheckScopeAsync(Scope scope, CancellationToken cancellationToken);

    /// <summary>Places a hold. Repeat with the same <paramref name="operationId"/> when the answer is not known yet.</summary>
    Task<FenceAnswer<HoldPlaced>> PlaceAsync(HoldWish wish, Actor actor, Guid operationId, string? rule, CancellationToken cancellationToken);

    /// <summary>Lifts a hold, or asks for its lift, or confirms it, where that needs two. Nothing goes out by itself afterwards.</summary>
    /// <param name="holdId">The hold.</param>
    /// <param name="reason">Why it is safe; may be left out by who confirms a request that they name.</param>
    /// <param name="confirms">The request that is confirmed, by its sequence, and then nothing else; null for whatever is to be done.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="operationId">The same one for a repeat.</param>
    /// <param name="cancellationToken">Gives up waiting; what was sent to the fence stays sent.</param>
    Task<FenceAnswer<LiftAnswer>> LiftAsync(string holdId, string? reason, long? confirms, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Declines another's request to lift, or withdraws one's own. The hold stands.</summary>
    Task<FenceAnswer<Hold>> DeclineLiftAsync(string holdId, string? reason, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Moves the time at which a hold is looked at again. It lifts nothing.</summary>
    Task<FenceAnswer<Hold>> MoveReviewAsync(string holdId, DateTimeOffset reviewAt, string? reason, Actor actor, Guid operationId, CancellationToken cancellationToken);
}

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

    /// <summary>Lifts a hold. Nothing goes out by itself afterwards.</summary>
    Task<FenceAnswer<LiftedHold>> LiftAsync(string holdId, string? reason, Actor actor, Guid operationId, CancellationToken cancellationToken);
}

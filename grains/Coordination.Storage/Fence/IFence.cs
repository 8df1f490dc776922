using Coordination.Domain.Holds;

namespace Coordination.Storage.Fence;

/// <summary>The authority over what goes out: PostgreSQL functions under one advisory lock, each one round trip.</summary>
public interface IFence
{
    /// <summary>Asks for a permit. Never throws for a database that does not answer: no answer is no permit (G5).</summary>
    Task<PermitAnswer> TakePermitAsync(PermitWish wish, CancellationToken cancellationToken);

    /// <summary>Places a hold. Repeats by itself, under the same operation id, until it is known or <paramref name="patience"/> is over.</summary>
    Task<FenceAnswer<PlacedHold>> PlaceHoldAsync(PlaceHoldOrder order, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Lifts a hold, or asks for its lift where that needs two, in the same manner.</summary>
    Task<FenceAnswer<LiftAnswer>> LiftHoldAsync(LiftHoldOrder order, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Takes a request to lift off a hold, in the same manner. The hold stands.</summary>
    Task<FenceAnswer<Hold>> DeclineLiftAsync(DeclineLiftOrder order, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Moves the time at which a hold is looked at again, in the same manner.</summary>
    Task<FenceAnswer<Hold>> MoveReviewAsync(MoveReviewOrder order, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Ends the holds whose placer chose an end that has come, by the database's clock. Safe to call at any time, from any host.</summary>
    /// <returns>The ids of those that this call ended.</returns>
    Task<IReadOnlyList<string>> EndDueHoldsAsync(CancellationToken cancellationToken);
}

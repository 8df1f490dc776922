namespace Coordination.Storage.Fence;

/// <summary>The authority over what goes out: PostgreSQL functions under one advisory lock, each one round trip.</summary>
public interface IFence
{
    /// <summary>Asks for a permit. Never throws for a database that does not answer: no answer is no permit (G5).</summary>
    Task<PermitAnswer> TakePermitAsync(PermitWish wish, CancellationToken cancellationToken);

    /// <summary>Places a hold. Repeats by itself, under the same operation id, until it is known or <paramref name="patience"/> is over.</summary>
    Task<FenceAnswer<PlacedHold>> PlaceHoldAsync(PlaceHoldOrder order, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Lifts a hold, in the same manner.</summary>
    Task<FenceAnswer<LiftedHold>> LiftHoldAsync(LiftHoldOrder order, TimeSpan patience, CancellationToken cancellationToken);
}

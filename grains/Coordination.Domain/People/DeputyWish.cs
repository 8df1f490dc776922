namespace Coordination.Domain.People;

/// <summary>A wish that one account holder stands in for another, for a time.</summary>
/// <param name="HolderId">Whose accounts; staff id.</param>
/// <param name="DeputyId">Who publishes on them meanwhile; staff id.</param>
/// <param name="FirstDay">The first day of it; null for from now on.</param>
/// <param name="LastDay">The last day of it.</param>
/// <param name="Reason">Why.</param>
public sealed record DeputyWish(string HolderId, string DeputyId, DateOnly? FirstDay, DateOnly? LastDay, string? Reason);

/// <summary>Whether a deputy stands in now.</summary>
public enum DeputyState
{
    /// <summary>They do.</summary>
    Current,

    /// <summary>The first day is still to come.</summary>
    Coming,

    /// <summary>One of the two is not let in now, or is no account holder any more: it counts for nothing until that is otherwise.</summary>
    Resting,

    /// <summary>The last day is over.</summary>
    Over,

    /// <summary>Somebody ended it before.</summary>
    Ended,
}

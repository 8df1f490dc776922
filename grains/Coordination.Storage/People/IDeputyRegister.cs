using Coordination.Domain.People;

namespace Coordination.Storage.People;

/// <summary>One account holder who stands in for another.</summary>
/// <param name="Id">Its id.</param>
/// <param name="HolderId">Whose accounts; staff id.</param>
/// <param name="HolderName">Their name.</param>
/// <param name="DeputyId">Who publishes on them; staff id.</param>
/// <param name="DeputyName">Their name.</param>
/// <param name="StartsAt">From when (UTC).</param>
/// <param name="EndsAt">The first moment at which it counts no more (UTC).</param>
/// <param name="State">Whether it counts now, by the database's clock.</param>
/// <param name="Reason">Why.</param>
/// <param name="MadeBy">Name of who said so.</param>
/// <param name="EndedAt">When somebody ended it before its time (UTC).</param>
/// <param name="EndedBy">Name of who did.</param>
public sealed record Deputising(
    Guid Id, string HolderId, string HolderName, string DeputyId, string DeputyName, DateTimeOffset StartsAt, DateTimeOffset EndsAt,
    DeputyState State, string Reason, string MadeBy, DateTimeOffset? EndedAt, string? EndedBy);

/// <summary>What the database answers to a wish about a deputy.</summary>
public enum DeputyAnswer
{
    /// <summary>It is so now.</summary>
    Saved,

    /// <summary>It was so already.</summary>
    Same,

    /// <summary>The id is another's.</summary>
    Another,

    /// <summary>There is none with that id.</summary>
    Unknown,

    /// <summary>Nobody raises their own rights.</summary>
    Own,

    /// <summary>Whoever wishes it is not what their sign-in says any more.</summary>
    ActorGone,

    /// <summary>One of the two is no account holder who is let in.</summary>
    Gone,

    /// <summary>Its last day is over.</summary>
    Over,

    /// <summary>They stand in for this person in that time already.</summary>
    Twice,

    /// <summary>They stand in for ten already.</summary>
    TooMany,
}

/// <summary>Who stands in for whom.</summary>
public interface IDeputyRegister
{
    /// <summary>All of one person, as the holder or as the deputy, the latest first; at most 100.</summary>
    Task<IReadOnlyList<Deputising>> ListAsync(string staffId, CancellationToken cancellationToken);

    /// <summary>One; null when there is none.</summary>
    Task<Deputising?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Has somebody stand in, with the entry in their stream of the journal. Repeating it with the same id is safe.</summary>
    Task<DeputyAnswer> NameAsync(Guid id, DeputyWish wish, Actor actor, CancellationToken cancellationToken);

    /// <summary>Ends it before its time. Repeating it is safe.</summary>
    Task<DeputyAnswer> EndAsync(Guid id, string reason, Actor actor, CancellationToken cancellationToken);
}

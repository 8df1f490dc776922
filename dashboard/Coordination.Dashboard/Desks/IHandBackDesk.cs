using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Desks;

/// <summary>What is decided about a post that waits for a person.</summary>
public enum HandBackAct
{
    /// <summary>It goes out after all.</summary>
    Release,

    /// <summary>It never goes out.</summary>
    Discard,
}

/// <summary>One decision about one post.</summary>
/// <param name="Post">The post.</param>
/// <param name="OperationId">Under which it may be repeated.</param>
/// <param name="DueAt">Its new time when it is released; null means now.</param>
/// <param name="Text">Its text when it is released with other words; null leaves it.</param>
public sealed record HandBackItem(PostId Post, Guid OperationId, DateTimeOffset? DueAt = null, string? Text = null);

/// <summary>What a decision about one post came to.</summary>
public enum HandBackResult
{
    /// <summary>It is scheduled again.</summary>
    Released,

    /// <summary>The decision is recorded, and a hold still stands: the post waits on.</summary>
    StillHeld,

    /// <summary>It never goes out.</summary>
    Discarded,

    /// <summary>Nothing was changed.</summary>
    Refused,

    /// <summary>Nobody knows whether it took; repeating it with the same operation id is safe.</summary>
    NotKnownYet,
}

/// <summary>The answer for one post.</summary>
/// <param name="Item">What was decided.</param>
/// <param name="Result">What it came to.</param>
/// <param name="Post">The post as it is now; null when nothing was changed, or nothing is known.</param>
/// <param name="Refusal">Why nothing was changed, or what to do about what is not known; null otherwise.</param>
public sealed record HandBackPart(HandBackItem Item, HandBackResult Result, PostRow? Post, Refusal? Refusal);

/// <summary>Where a person decides about many posts at once. Each post answers for itself.</summary>
public interface IHandBackDesk
{
    /// <summary>Decides.</summary>
    /// <param name="act">What.</param>
    /// <param name="items">About which posts, each once; at most <see cref="HandBackDesk.MostPosts"/>.</param>
    /// <param name="reason">Why; it stands in the journal of each of them.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Ends the asking; what was asked may still take.</param>
    /// <returns>An answer for each item, in their order. Nothing is thrown for an account that does not answer.</returns>
    Task<IReadOnlyList<HandBackPart>> DecideAsync(
        HandBackAct act, IReadOnlyList<HandBackItem> items, string reason, Actor actor, CancellationToken cancellationToken);
}

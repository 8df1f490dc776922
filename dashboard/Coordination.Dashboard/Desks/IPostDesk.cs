using Coordination.Contracts;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;

namespace Coordination.Dashboard.Desks;

/// <summary>What became of a wish about a post.</summary>
/// <param name="Post">The post as it is now; null when it was refused and there is none.</param>
/// <param name="Refusal">Why it was refused; null when it was not.</param>
public sealed record PostAnswer(PostRow? Post, Refusal? Refusal);

/// <summary>What became of a message on one of its accounts.</summary>
public sealed record MessagePart(string Account, PostRow? Post, Refusal? Refusal);

/// <summary>What became of a message: each account answers for itself.</summary>
public sealed record MessageAnswer(Guid MessageId, IReadOnlyList<MessagePart> Parts)
{
    /// <summary>Whether each account was asked for its own next free slot.</summary>
    public bool InSlots { get; init; }

    /// <summary>Id of the hold whose agreed line it is; null for an ordinary message.</summary>
    public string? LineOf { get; init; }
}

/// <summary>Where posts are written, moved, approved, taken back and released.</summary>
/// <remarks>Each method may throw <c>StoreUnavailableException</c>: then nothing is known to have changed; repeat with the same operation id.</remarks>
public interface IPostDesk
{
    /// <summary>Confirms a post, or submits it where a rule asks for another person. Its id is derived from the operation id, so a repeat finds it.</summary>
    Task<PostAnswer> ScheduleAsync(AccountKey account, PostWords words, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Confirms one text on many accounts, with other words where its platform has some. Where it is the agreed line of a hold, that is written first: when it cannot be, no account is asked.</summary>
    Task<MessageAnswer> SendMessageAsync(PostWords words, IReadOnlyList<AccountKey> accounts, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Other words, another time or other details for a post that has not gone out. An approval that it had counts no more.</summary>
    Task<PostAnswer> EditAsync(PostEdit edit, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Takes a post back.</summary>
    Task<PostAnswer> CancelAsync(PostId post, string reason, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Takes a published post off its platform: the wish is recorded, and carried out right after. No hold stands in the way.</summary>
    Task<PostAnswer> RemoveAsync(PostId post, string reason, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Another time for a post that has not gone out.</summary>
    Task<PostAnswer> RescheduleAsync(PostId post, DateTimeOffset dueAt, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Approves a submitted post, or a scheduled one where a hold asks for it, as it stands in this revision; a submitted one at another time when <paramref name="dueAt"/> is given.</summary>
    Task<PostAnswer> ApproveAsync(PostId post, int revision, DateTimeOffset? dueAt, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Sends a submitted post, as it stands in this revision, back to its writer.</summary>
    Task<PostAnswer> ReturnAsync(PostId post, int revision, string comment, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Confirms a scheduled post once more: somebody has read it again, and it keeps its time.</summary>
    Task<PostAnswer> ConfirmAsync(PostId post, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Sends a failed post again, now and as it stands. Its text, its revision and its approval stay.</summary>
    Task<PostAnswer> RetryAsync(PostId post, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Sends again what failed of a message, and nothing else of it. Each account answers for itself.</summary>
    /// <returns>What became of each failed post; null when there is no such message.</returns>
    Task<MessageAnswer?> RetryMessageAsync(Guid message, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Lets a held or missed post go out after all. Where a hold asks for an approval, this is one.</summary>
    Task<PostAnswer> ReleaseAsync(PostRelease release, Actor actor, Guid operationId, CancellationToken cancellationToken);
}

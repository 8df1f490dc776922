namespace Coordination.Connectors;

/// <summary>Speaks one platform's protocol on behalf of one account at a time. Stateless towards the caller, safe for concurrent use.</summary>
/// <remarks>
/// No method throws for what a platform or a network does: every outcome is a value, so that a caller cannot mistake
/// "nothing went out" for "nobody knows" (guarantee G3). Only a programming error throws.
/// Nothing is retried inside <see cref="PublishAsync"/>, <see cref="EditAsync"/> and <see cref="RemoveAsync"/>; reads may be repeated a few times.
/// </remarks>
public interface IPlatformConnector
{
    /// <summary>What this platform can do through its interface, and in words what it cannot.</summary>
    ConnectorCapabilities Capabilities { get; }

    /// <summary>Gives the platform a post's images ahead of the post, makes the container of one that publishes in two steps, and reads what a part of a thread has to
    /// name of those before it, so that publishing is one short call. Nothing public comes of it, and it may be repeated: what was kept is used again.</summary>
    /// <param name="account">Where to, and as whom.</param>
    /// <param name="request">What.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<PrepareResult> PrepareAsync(ConnectorAccount account, PrepareRequest request, CancellationToken cancellationToken);

    /// <summary>Publishes one text once. The request's guard and deadline are checked when the bytes are about to be written, after any connecting.</summary>
    /// <param name="account">Where to, and as whom.</param>
    /// <param name="request">What, under which key, until when.</param>
    /// <param name="cancellationToken">Stops it. Never makes it throw: before the request is written the answer is
    /// <see cref="PublishResult.NotSent"/>, afterwards <see cref="PublishResult.Unknown"/>.</param>
    /// <returns>One of the closed set of outcomes.</returns>
    Task<PublishResult> PublishAsync(ConnectorAccount account, PublishRequest request, CancellationToken cancellationToken);

    /// <summary>Changes the words of a post that is out, once, so that its readers see that it was changed; its images stay. Guard and deadline count as for a publish.</summary>
    /// <param name="account">Where, and as whom.</param>
    /// <param name="request">The new words, until when.</param>
    /// <param name="remoteId">The platform's own id of the post, as <see cref="PublishResult.Published"/> gave it.</param>
    /// <param name="cancellationToken">Stops it, as for a publish.</param>
    /// <returns>One of the closed set of outcomes; <see cref="PublishResult.Rejected"/> where the platform has no such thing.</returns>
    Task<PublishResult> EditAsync(ConnectorAccount account, PublishRequest request, string remoteId, CancellationToken cancellationToken);

    /// <summary>Asks the platform whether the post with this key is there, or whether the change arrived: the step before anybody decides about an unknown outcome.</summary>
    Task<FindResult> FindByKeyAsync(ConnectorAccount account, FindRequest request, CancellationToken cancellationToken);

    /// <summary>Takes a post off the platform. Safe to repeat.</summary>
    /// <param name="account">Whose post it is.</param>
    /// <param name="remoteId">The platform's own id, as <see cref="PublishResult.Published"/> gave it.</param>
    /// <param name="cancellationToken">Stops waiting; the outcome is then <see cref="RemoveResult.NotConfirmed"/>.</param>
    Task<RemoveResult> RemoveAsync(ConnectorAccount account, string remoteId, CancellationToken cancellationToken);

    /// <summary>Asks the platform whether the account's sign-in works, and until when where it tells.</summary>
    Task<SignInResult> CheckSignInAsync(ConnectorAccount account, CancellationToken cancellationToken);

    /// <summary>Reads the account's public figures.</summary>
    Task<ReadResult<AccountCounters>> ReadAccountCountersAsync(ConnectorAccount account, CancellationToken cancellationToken);

    /// <summary>Reads one post's public figures.</summary>
    Task<ReadResult<PostCounters>> ReadPostCountersAsync(ConnectorAccount account, string remoteId, CancellationToken cancellationToken);

    /// <summary>Reads what the account shows since an instant, newest first: the off-system check's source.</summary>
    /// <remarks>Reposts of others and private messages are left out. Stops after 1,000 posts; <see cref="RecentPosts.Complete"/> is then false.</remarks>
    Task<ReadResult<RecentPosts>> ReadRecentPostsAsync(ConnectorAccount account, DateTimeOffset since, CancellationToken cancellationToken);
}

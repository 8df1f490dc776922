using Coordination.Domain.Accounts;

namespace Coordination.Storage.Fence;

/// <summary>The wish to make one outbound call.</summary>
/// <param name="Account">The account it goes out on.</param>
/// <param name="PostId">The post.</param>
/// <param name="Part">Part of a thread, from 0.</param>
/// <param name="Action"><c>publish</c>, or <c>edit</c>: it goes out over the post that it changes; later <c>reply</c>, <c>profile</c>.</param>
/// <param name="Attempt">From 1; a new one needs the former closed as not sent.</param>
/// <param name="PosterId">Staff id of the poster, as the worker knows it.</param>
/// <param name="Revision">The post's revision, as the worker knows it.</param>
/// <param name="StateVersion">The account's version the wish is based on.</param>
/// <param name="KeyLifetime">How long the platform honours an idempotency key; null when it does not.</param>
public sealed record PermitWish(
    AccountKey Account,
    Guid PostId,
    int Part,
    string Action,
    int Attempt,
    string PosterId,
    int Revision,
    long StateVersion,
    TimeSpan? KeyLifetime = null);

/// <summary>The permission to make one call, or why not.</summary>
public abstract record PermitAnswer
{
    private PermitAnswer()
    {
    }

    /// <summary>Make the call before <paramref name="Lifetime"/> is over, counted from before the permit was asked for.</summary>
    public sealed record Issued(Guid PermitId, Guid Token, long Sequence, TimeSpan Lifetime) : PermitAnswer;

    /// <summary>These holds refuse it.</summary>
    public sealed record Held(IReadOnlyList<string> HoldIds) : PermitAnswer;

    /// <summary>Its tolerance is over, by the database's clock.</summary>
    public sealed record Missed : PermitAnswer;

    /// <summary>The post that it would change is not out any more, or is being removed.</summary>
    public sealed record Gone : PermitAnswer;

    /// <summary>It is not due yet, by the database's clock.</summary>
    public sealed record TooEarly(TimeSpan Wait) : PermitAnswer;

    /// <summary>The caller's picture of the account or post is old: reload and try again.</summary>
    public sealed record Stale : PermitAnswer;

    /// <summary>A permit of this key, or of a former attempt, stands in the way: a call was or is being made.</summary>
    public sealed record Taken : PermitAnswer;

    /// <summary>The database did not answer. No call may be made; a permit that was issued all the same is never used.</summary>
    public sealed record Unavailable(string Why) : PermitAnswer;
}

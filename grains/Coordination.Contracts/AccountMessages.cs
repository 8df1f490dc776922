using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;

namespace Coordination.Contracts;

/// <summary>An account's state and its version.</summary>
[GenerateSerializer, Alias("Coordination.AccountView"), Immutable]
public sealed record AccountView([property: Id(0)] AccountState State, [property: Id(1)] long Version);

/// <summary>A post to confirm.</summary>
/// <param name="Id">Chosen by the caller.</param>
/// <param name="Text">The text.</param>
/// <param name="DueAt">When it should go out; null means now.</param>
/// <param name="Tolerance">How late it may still go out; null means the default.</param>
/// <param name="MessageId">The message it is part of; null for one of its own.</param>
/// <param name="About">What is said of it besides; null when nothing is.</param>
/// <param name="Slots">The account's free queue slots as the caller saw them, the earliest first and at most 60: the post gets the first that is still free. Null for a post with a time of its own.</param>
[GenerateSerializer, Alias("Coordination.NewPost"), Immutable]
public sealed record NewPost(
    [property: Id(0)] PostId Id,
    [property: Id(1)] string Text,
    [property: Id(2)] DateTimeOffset? DueAt,
    [property: Id(3)] TimeSpan? Tolerance = null,
    [property: Id(4)] Guid? MessageId = null,
    [property: Id(5)] PostAbout? About = null,
    [property: Id(6)] IReadOnlyList<DateTimeOffset>? Slots = null);

/// <summary>Other words, another time or other details for a post that has not gone out.</summary>
/// <param name="PostId">The post.</param>
/// <param name="Revision">The revision that was read.</param>
/// <param name="Text">Its text from now on.</param>
/// <param name="DueAt">Its time from now on.</param>
/// <param name="About">What is said of it besides; null when nothing is.</param>
[GenerateSerializer, Alias("Coordination.PostEdit"), Immutable]
public sealed record PostEdit(
    [property: Id(0)] PostId PostId,
    [property: Id(1)] int Revision,
    [property: Id(2)] string Text,
    [property: Id(3)] DateTimeOffset DueAt,
    [property: Id(4)] PostAbout? About = null);

/// <summary>A held or missed post that goes out after all.</summary>
/// <param name="PostId">The post.</param>
/// <param name="DueAt">Its new time; null means now, also when it is repeated later.</param>
/// <param name="Reason">Why it may still go out.</param>
/// <param name="Text">Its text when it is changed; null leaves it as it was written.</param>
[GenerateSerializer, Alias("Coordination.PostRelease"), Immutable]
public sealed record PostRelease(
    [property: Id(0)] PostId PostId,
    [property: Id(1)] DateTimeOffset? DueAt,
    [property: Id(2)] string Reason,
    [property: Id(3)] string? Text = null);

/// <summary>What the publishing worker or recovery found out about a post.</summary>
/// <param name="PostId">The post.</param>
/// <param name="Kind">What it found.</param>
/// <param name="PermitId">The permit that this closes; null when none was taken.</param>
/// <param name="PermitToken">Proof that the caller holds the permit; only the holder may close it as not sent (FENCE.md rule 10).</param>
/// <param name="Why">For a person; null when there is nothing to explain.</param>
/// <param name="RemoteId">The platform's own id, when it is out.</param>
/// <param name="Url">Where it can be seen, when it is out.</param>
/// <param name="At">When the platform took it, when it is out (UTC).</param>
/// <param name="HoldIds">The holds that stopped it, when it was held.</param>
/// <param name="Attention">Set when the account itself needs somebody, such as a refused sign-in.</param>
/// <param name="Revision">The post's revision that it is about; a report about an older one changes nothing.</param>
/// <param name="Attempt">The attempt that it is about, where a permit was taken: told twice, it counts once.</param>
/// <param name="Try">What is known of a try by which nothing was sent.</param>
/// <param name="Part">The part of a thread that it is about, from 0.</param>
[GenerateSerializer, Alias("Coordination.PostOutcome"), Immutable]
public sealed record PostOutcome(
    [property: Id(0)] PostId PostId,
    [property: Id(1)] PostOutcomeKind Kind,
    [property: Id(2)] Guid? PermitId = null,
    [property: Id(3)] Guid? PermitToken = null,
    [property: Id(4)] string? Why = null,
    [property: Id(5)] string? RemoteId = null,
    [property: Id(6)] string? Url = null,
    [property: Id(7)] DateTimeOffset? At = null,
    [property: Id(8)] IReadOnlyList<string>? HoldIds = null,
    [property: Id(9)] string? Attention = null,
    [property: Id(10)] int? Revision = null,
    [property: Id(11)] int? Attempt = null,
    [property: Id(12)] FailedTry? Try = null,
    [property: Id(13)] int Part = 0);

/// <summary>The kinds of outcome.</summary>
public enum PostOutcomeKind
{
    /// <summary>The fence refused it: holds stand.</summary>
    Held,

    /// <summary>Too late.</summary>
    Missed,

    /// <summary>It is out.</summary>
    Published,

    /// <summary>Certain: nothing went out; it may be tried again.</summary>
    NotSent,

    /// <summary>The platform refuses the content for good.</summary>
    Rejected,

    /// <summary>Certain: nothing went out, and it will not be tried again.</summary>
    Failed,

    /// <summary>Nobody knows.</summary>
    Unknown,
}

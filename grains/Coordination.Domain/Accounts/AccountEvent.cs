using System.Text.Json.Serialization;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;

namespace Coordination.Domain.Accounts;

/// <summary>Something that happened to an account. Each is one journal entry; the names are stored and never change.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(AccountRequested), "account-requested")]
[JsonDerivedType(typeof(AccountApproved), "account-approved")]
[JsonDerivedType(typeof(AccountConnected), "account-connected")]
[JsonDerivedType(typeof(AccountNeedsAttention), "account-needs-attention")]
[JsonDerivedType(typeof(AccountRetired), "account-retired")]
[JsonDerivedType(typeof(AccountRelabelled), "account-relabelled")]
[JsonDerivedType(typeof(AccountRenamed), "account-renamed")]
[JsonDerivedType(typeof(ContactChanged), "contact-changed")]
[JsonDerivedType(typeof(CountersRead), "counters-read")]
[JsonDerivedType(typeof(HoldAcknowledged), "hold-acknowledged")]
[JsonDerivedType(typeof(PostScheduled), "post-scheduled")]
[JsonDerivedType(typeof(PostRescheduled), "post-rescheduled")]
[JsonDerivedType(typeof(PostSubmitted), "post-submitted")]
[JsonDerivedType(typeof(PostReturned), "post-returned")]
[JsonDerivedType(typeof(PostApproved), "post-approved")]
[JsonDerivedType(typeof(PostRetried), "post-retried")]
[JsonDerivedType(typeof(PostCancelled), "post-cancelled")]
[JsonDerivedType(typeof(PostHeld), "post-held")]
[JsonDerivedType(typeof(PostMissed), "post-missed")]
[JsonDerivedType(typeof(PostPublished), "post-published")]
[JsonDerivedType(typeof(PostPartPublished), "post-part-published")]
[JsonDerivedType(typeof(PostNotSent), "post-not-sent")]
[JsonDerivedType(typeof(PostRejected), "post-rejected")]
[JsonDerivedType(typeof(PostFailed), "post-failed")]
[JsonDerivedType(typeof(PostUnknown), "post-unknown")]
[JsonDerivedType(typeof(PostRemovalAsked), "post-removal-asked")]
[JsonDerivedType(typeof(PostNotRemoved), "post-not-removed")]
[JsonDerivedType(typeof(PostRemoved), "post-removed")]
[JsonDerivedType(typeof(PostRedacted), "post-redacted")]
public abstract record AccountEvent;

/// <summary>Somebody asked for the account.</summary>
public sealed record AccountRequested(AccountKey Key, AccountLabels Labels, string DisplayName, NamedContact Contact) : AccountEvent;

/// <summary>Comms agreed to it.</summary>
public sealed record AccountApproved : AccountEvent;

/// <summary>The service can publish on it; what needed somebody is settled.</summary>
public sealed record AccountConnected : AccountEvent;

/// <summary>The account needs somebody: the platform refused its sign-in, say.</summary>
public sealed record AccountNeedsAttention(string Why) : AccountEvent;

/// <summary>The account was closed for good.</summary>
public sealed record AccountRetired(string Reason) : AccountEvent;

/// <summary>The account moved: other labels from here on.</summary>
public sealed record AccountRelabelled(AccountLabels Labels) : AccountEvent;

/// <summary>The account has another name on screen.</summary>
public sealed record AccountRenamed(string DisplayName) : AccountEvent;

/// <summary>Another person is the named contact.</summary>
public sealed record ContactChanged(NamedContact Contact) : AccountEvent;

/// <summary>The platform's counters were read.</summary>
public sealed record CountersRead(long? Followers, long? RemotePosts, DateTimeOffset At) : AccountEvent;

/// <summary>The account itself acknowledged a hold: its receipt.</summary>
public sealed record HoldAcknowledged(string HoldId, int PostsHeld) : AccountEvent;

/// <summary>An event about one post.</summary>
public abstract record PostEvent(PostId PostId) : AccountEvent;

/// <summary>A person confirmed a new post for its time.</summary>
public sealed record PostScheduled(
    PostId PostId, string Text, DateTimeOffset DueAt, TimeSpan Tolerance, string PosterId, string PosterName, Guid? MessageId, DateTimeOffset At,
    PostAbout? About = null) : PostEvent(PostId);

/// <summary>A person wants the post out, and a rule asks for another person first. New, or changed since it was scheduled, submitted or returned: then its next revision.</summary>
public sealed record PostSubmitted(
    PostId PostId, string Text, DateTimeOffset DueAt, TimeSpan Tolerance, string PosterId, string PosterName, Guid? MessageId, DateTimeOffset At,
    PostReview Review, PostAbout? About = null) : PostEvent(PostId);

/// <summary>The post was sent back to its writer.</summary>
public sealed record PostReturned(PostId PostId, int Revision, string Comment, string By, string ByName, DateTimeOffset At) : PostEvent(PostId);

/// <summary>A person confirmed a post once more, with another time, text or details; from the hand-back list this is its release, with its reason. What is null stays as it was.</summary>
public sealed record PostRescheduled(
    PostId PostId, DateTimeOffset DueAt, string PosterId, string PosterName, string? Reason = null, string? Text = null, PostAbout? About = null) : PostEvent(PostId);

/// <summary>Somebody approved this revision of the post: it was submitted, or these holds ask for Comms' approval. From the hand-back list it goes with its release. What is null stays as it was.</summary>
public sealed record PostApproved(
    PostId PostId, int Revision, IReadOnlyList<string> HoldIds, string By, string ByName, DateTimeOffset At, DateTimeOffset? DueAt = null, PostAbout? About = null)
    : PostEvent(PostId);

/// <summary>A person confirmed a failed post once more, as it stood: same revision, same approval, due now. What is null stays as it was.</summary>
public sealed record PostRetried(PostId PostId, DateTimeOffset DueAt, string PosterId, string PosterName, PostAbout? About = null) : PostEvent(PostId);

/// <summary>A person took the post back.</summary>
public sealed record PostCancelled(PostId PostId, string Reason) : PostEvent(PostId);

/// <summary>Holds stopped the post.</summary>
public sealed record PostHeld(PostId PostId, IReadOnlyList<string> HoldIds) : PostEvent(PostId);

/// <summary>The post's time passed while it could not go.</summary>
public sealed record PostMissed(PostId PostId, string Why) : PostEvent(PostId);

/// <summary>The platform took a part of a thread, from 0. With the last one the post is published.</summary>
public sealed record PostPartPublished(PostId PostId, int Part, string RemoteId, string? Url, DateTimeOffset At) : PostEvent(PostId);

/// <summary>The platform took the post; of a thread, all of it: the id and the address are the first part's, the time is the last one's.</summary>
public sealed record PostPublished(PostId PostId, string RemoteId, string? Url, DateTimeOffset At) : PostEvent(PostId);

/// <summary>A call was made, or thrown away, and it is certain that nothing went out; the post stays scheduled.</summary>
public sealed record PostNotSent(PostId PostId, string Why, PostFailure? Failure = null) : PostEvent(PostId);

/// <summary>The platform refused the content for good.</summary>
public sealed record PostRejected(PostId PostId, string Why, PostFailure? Failure = null) : PostEvent(PostId);

/// <summary>The post could not be sent, and it is certain that it did not go out. With <paramref name="Attempt"/> a permit was used up: the next try is the next attempt.</summary>
public sealed record PostFailed(PostId PostId, string Why, PostFailure? Failure = null, int? Attempt = null) : PostEvent(PostId);

/// <summary>Nobody knows whether the post went out.</summary>
public sealed record PostUnknown(PostId PostId, string Why) : PostEvent(PostId);

/// <summary>Comms wants the published post off the platform; the platform is being asked.</summary>
public sealed record PostRemovalAsked(PostId PostId, string Reason, string By, string ByName, DateTimeOffset At) : PostEvent(PostId);

/// <summary>The platform refused to remove the post: it is still out.</summary>
public sealed record PostNotRemoved(PostId PostId, string Why) : PostEvent(PostId);

/// <summary>The published post was removed from the platform.</summary>
public sealed record PostRemoved(PostId PostId, string Reason, DateTimeOffset? At = null) : PostEvent(PostId);

/// <summary>What the post said was erased; the redaction says on which ground, and by whom.</summary>
public sealed record PostRedacted(PostId PostId, string Redaction, DateTimeOffset At) : PostEvent(PostId);

using Coordination.Domain.Posts;
using Coordination.Domain.Review;

namespace Coordination.Domain.Accounts;

/// <summary>Something an actor asks of an account.</summary>
public abstract record AccountCommand;

/// <summary>Ask for a new account.</summary>
public sealed record RequestAccount(AccountKey Key, AccountLabels Labels, string DisplayName, NamedContact Contact) : AccountCommand;

/// <summary>Register an account that Comms runs: request and approval in one. Its sign-in is another matter: see <see cref="ConnectAccount"/>.</summary>
public sealed record RegisterAccount(AccountKey Key, AccountLabels Labels, string DisplayName, NamedContact Contact) : AccountCommand;

/// <summary>Comms agrees to a requested account.</summary>
public sealed record ApproveAccount : AccountCommand;

/// <summary>The account's sign-in works.</summary>
public sealed record ConnectAccount : AccountCommand;

/// <summary>The account's sign-in does not work any more.</summary>
public sealed record ReportAttention(string Why) : AccountCommand;

/// <summary>Close the account for good.</summary>
public sealed record RetireAccount(string Reason) : AccountCommand;

/// <summary>Give the account other labels.</summary>
public sealed record RelabelAccount(AccountLabels Labels) : AccountCommand;

/// <summary>Give the account another name on screen.</summary>
public sealed record RenameAccount(string DisplayName) : AccountCommand;

/// <summary>Name another contact.</summary>
public sealed record ChangeContact(NamedContact Contact) : AccountCommand;

/// <summary>Record the platform's counters.</summary>
public sealed record RecordCounters(long? Followers, long? RemotePosts) : AccountCommand;

/// <summary>Acknowledge a hold: mark what fell due under it and is not on the wire, write the receipt.</summary>
public sealed record AcknowledgeHold(string HoldId, IReadOnlyList<PostId> FellDue) : AccountCommand;

/// <summary>A command about one post.</summary>
public abstract record PostCommand(PostId PostId) : AccountCommand;

/// <summary>What the standing holds make of a confirmation by this person, as the caller read them.</summary>
/// <param name="RefusedBy">Holds that stop it, whatever its time.</param>
/// <param name="ApprovalFor">Holds that let it through once Comms has approved it.</param>
public sealed record HoldsMet(IReadOnlyList<string> RefusedBy, IReadOnlyList<string> ApprovalFor)
{
    /// <summary>No hold covers the account, or each lets the person through.</summary>
    public static HoldsMet None { get; } = new([], []);
}

/// <summary>A command by which a person wants a post to go out. What the rules make of its text is given, as what the holds make of it is.</summary>
/// <param name="PostId">The post.</param>
/// <param name="Holds">What the standing holds make of it.</param>
public abstract record ConfirmingCommand(PostId PostId, HoldsMet Holds) : PostCommand(PostId)
{
    /// <summary>What the text was looked through by, and what was found.</summary>
    public ContentLook Look { get; init; } = ContentLook.Nothing;
}

/// <summary>Confirm a new post; it is submitted instead where a rule asks for another person.</summary>
public sealed record SchedulePost(
    PostId PostId, string Text, DateTimeOffset DueAt, TimeSpan Tolerance, Guid? MessageId, HoldsMet Holds, PostAbout? About = null) : ConfirmingCommand(PostId, Holds)
{
    /// <summary>The queue slots that were free when it was written: it gets the first that still is, and <see cref="DueAt"/> does not count. Null when it has a time of its own.</summary>
    public IReadOnlyList<DateTimeOffset>? Slots { get; init; }
}

/// <summary>Other words, another time or other details for a post that has not gone out, as it stands in this <paramref name="Revision"/>.</summary>
public sealed record EditPost(PostId PostId, int Revision, string Text, DateTimeOffset DueAt, HoldsMet Holds, PostAbout? About = null) : ConfirmingCommand(PostId, Holds);

/// <summary>Another time for a post that is still scheduled, submitted or returned.</summary>
public sealed record ReschedulePost(PostId PostId, DateTimeOffset DueAt, HoldsMet Holds) : ConfirmingCommand(PostId, Holds);

/// <summary>Approve a submitted post, or a scheduled one where a hold asks for it, as it stands in this <paramref name="Revision"/>. A submitted one may get another time with it.</summary>
public sealed record ApprovePost(PostId PostId, int Revision, HoldsMet Holds, DateTimeOffset? DueAt = null) : ConfirmingCommand(PostId, Holds);

/// <summary>Send a submitted post back to its writer, as it stands in this <paramref name="Revision"/>.</summary>
public sealed record ReturnPost(PostId PostId, int Revision, string Comment, PublishingRules Rules) : PostCommand(PostId);

/// <summary>Confirm a scheduled post once more: somebody has read it again, and it keeps its time.</summary>
public sealed record ConfirmPost(PostId PostId, HoldsMet Holds) : ConfirmingCommand(PostId, Holds);

/// <summary>Let a held or missed post go out after all, at a new time (hand-back); with other words when <paramref name="Text"/> is given. Where a hold or a rule asks for an approval, this is one.</summary>
public sealed record ReleasePost(PostId PostId, DateTimeOffset DueAt, string Reason, HoldsMet Holds, string? Text = null) : ConfirmingCommand(PostId, Holds);

/// <summary>Send a failed post again, now and as it stands: its text, its revision and its approval stay.</summary>
public sealed record RetryPost(PostId PostId, HoldsMet Holds) : ConfirmingCommand(PostId, Holds);

/// <summary>Take a post back, before it went out. One that waits for a person needs a reason; its writer reads it. With a <paramref name="Revision"/>, only as it stands in that one.</summary>
public sealed record CancelPost(PostId PostId, string Reason, int? Revision = null) : PostCommand(PostId);

/// <summary>The fence refused the post because of these holds. A report about an older <paramref name="Revision"/> changes nothing.</summary>
public sealed record HoldPost(PostId PostId, IReadOnlyList<string> HoldIds, int? Revision = null) : PostCommand(PostId);

/// <summary>The post's tolerance is over. A report about an older <paramref name="Revision"/> changes nothing.</summary>
public sealed record MissPost(PostId PostId, string Why, int? Revision = null) : PostCommand(PostId);

/// <summary>The platform took the post, or this <paramref name="Part"/> of a thread.</summary>
public sealed record RecordPublished(PostId PostId, string RemoteId, string? Url, DateTimeOffset At, int Part = 0) : PostCommand(PostId);

/// <summary>Certain: nothing went out. The post may be tried again inside its tolerance. The same <paramref name="Attempt"/> at the same <paramref name="Part"/> counts once.</summary>
public sealed record RecordNotSent(PostId PostId, string Why, int? Attempt = null, FailedTry? Try = null, int Part = 0) : PostCommand(PostId);

/// <summary>The platform refused the content for good.</summary>
public sealed record RecordRejected(PostId PostId, string Why, FailedTry? Try = null, int Part = 0) : PostCommand(PostId);

/// <summary>The post could not be sent and is not tried again by itself. A report about an older <paramref name="Revision"/> or <paramref name="Attempt"/> changes nothing.</summary>
/// <param name="PostId">The post.</param>
/// <param name="Why">Why, for a person.</param>
/// <param name="Revision">The revision that it is about.</param>
/// <param name="Attempt">The attempt that used a permit up; null when none was taken.</param>
/// <param name="Try">What is known of the try.</param>
/// <param name="Part">The part of a thread that it is about, where a permit was taken.</param>
public sealed record RecordFailed(PostId PostId, string Why, int? Revision = null, int? Attempt = null, FailedTry? Try = null, int Part = 0) : PostCommand(PostId);

/// <summary>Nobody knows whether it went out.</summary>
public sealed record RecordUnknown(PostId PostId, string Why, int Part = 0) : PostCommand(PostId);

/// <summary>Take a published post off the platform. No hold stands in the way of it.</summary>
public sealed record RemovePost(PostId PostId, string Reason) : PostCommand(PostId);

/// <summary>The published post has been removed from the platform.</summary>
public sealed record RecordRemoved(PostId PostId, string Reason) : PostCommand(PostId);

/// <summary>The platform refuses to remove the post; a person has to see to it.</summary>
public sealed record RecordNotRemoved(PostId PostId, string Why) : PostCommand(PostId);

/// <summary>Erase what a post said, as this redaction asks: another person asked, and this one confirms. Also one that the state keeps no more.</summary>
public sealed record RedactPost(PostId PostId, string Redaction) : PostCommand(PostId);

using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Orleans.Concurrency;

namespace Coordination.Contracts;

/// <summary>One brigade account. Grain key: <c>account/</c> and the account key.</summary>
/// <remarks>Each command decides, commits, tells; a failure of the commit throws <see cref="StoreUnavailableException"/> and changes nothing in memory.</remarks>
[Alias("Coordination.IAccountGrain")]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Reads the account; <see cref="AccountLifecycle.None"/> when it does not exist.</summary>
    [Alias("Read"), ReadOnly, InternalCall]
    Task<AccountView> Read();

    /// <summary>Registers an account that Comms runs; it ends as approved. Connecting it is a command of its own.</summary>
    [Alias("Register"), Requires(Permission.ManageAccounts)]
    Task<CommandAnswer> Register(RegisterAccount command, CommandContext context);

    /// <summary>Changes the account itself: approve, connect, retire, relabel, rename, contact.</summary>
    [Alias("Manage"), Requires(Permission.ManageAccounts)]
    Task<CommandAnswer> Manage(AccountCommand command, CommandContext context);

    /// <summary>Confirms a new post, or submits it where a rule asks for another person. <see cref="NewPost.Id"/> makes a repeat harmless.</summary>
    [Alias("Schedule"), Requires(Permission.PublishLocal, Permission.PublishCorporate)]
    Task<CommandAnswer> Schedule(NewPost post, CommandContext context);

    /// <summary>Other words, another time or other details for a post that has not gone out. An approval that it had counts no more.</summary>
    [Alias("Edit"), Requires(Permission.PublishLocal, Permission.PublishCorporate)]
    Task<CommandAnswer> Edit(PostEdit edit, CommandContext context);

    /// <summary>Another time for a post that has not gone out.</summary>
    [Alias("Reschedule"), Requires(Permission.PublishLocal, Permission.PublishCorporate)]
    Task<CommandAnswer> Reschedule(PostId post, DateTimeOffset dueAt, CommandContext context);

    /// <summary>Confirms a scheduled post once more, at the time it has.</summary>
    [Alias("Confirm"), Requires(Permission.PublishLocal, Permission.PublishCorporate)]
    Task<CommandAnswer> Confirm(PostId post, CommandContext context);

    /// <summary>Lets a held or missed post go out after all. Where a hold asks for an approval, this is one.</summary>
    [Alias("Release"), Requires(Permission.HandBack)]
    Task<CommandAnswer> Release(PostRelease release, CommandContext context);

    /// <summary>Approves a submitted post, or a scheduled one where a hold asks for it, as it stands in this revision; refused with <c>post-changed</c> when it is another one by now.</summary>
    /// <param name="post">The post.</param>
    /// <param name="revision">The revision that was read.</param>
    /// <param name="dueAt">Another time for a submitted one; null leaves it as it is.</param>
    /// <param name="context">Who, and the operation's id.</param>
    [Alias("Approve"), Requires(Permission.ApprovePost, Permission.PublishLocal, Permission.PublishCorporate)]
    Task<CommandAnswer> Approve(PostId post, int revision, DateTimeOffset? dueAt, CommandContext context);

    /// <summary>Sends a submitted post back to its writer with a comment; refused with <c>post-changed</c> when it is another revision by now.</summary>
    [Alias("Return"), Requires(Permission.ApprovePost, Permission.PublishLocal, Permission.PublishCorporate)]
    Task<CommandAnswer> Return(PostId post, int revision, string comment, CommandContext context);

    /// <summary>Sends a failed post again, now and as it stands; its approval stays.</summary>
    [Alias("Retry"), Requires(Permission.PublishLocal, Permission.PublishCorporate)]
    Task<CommandAnswer> Retry(PostId post, CommandContext context);

    /// <summary>Takes a post back; refused with <c>already-being-sent</c> while a permit is open.</summary>
    [Alias("Cancel"), Requires(Permission.PublishLocal, Permission.PublishCorporate, Permission.HandBack)]
    Task<CommandAnswer> Cancel(PostId post, string reason, CommandContext context);

    /// <summary>Takes a post back as it stands in this revision; refused with <c>post-changed</c> when it is another one by now.</summary>
    [Alias("Withdraw"), Requires(Permission.PublishLocal, Permission.PublishCorporate, Permission.HandBack)]
    Task<CommandAnswer> Withdraw(PostId post, int revision, string reason, CommandContext context);

    /// <summary>Takes a published post off its platform. The grain records the wish; the silos see to it, and no hold stands in the way.</summary>
    [Alias("Remove"), Requires(Permission.RemovePost)]
    Task<CommandAnswer> Remove(PostId post, string reason, CommandContext context);

    /// <summary>Erases what a post said, as a redaction that another person asked for; also of a post that the state keeps no more.</summary>
    [Alias("Redact"), Requires(Permission.ConfirmRedaction)]
    Task<CommandAnswer> Redact(PostId post, string redaction, CommandContext context);

    /// <summary>The due scanner's knock: the posts are due soon; the grain sets its timers. Answers at once.</summary>
    [Alias("Wake"), InternalCall]
    Task Wake();

    /// <summary>Acknowledges a hold that covers the account: cancels timers, marks what fell due, writes the receipt.</summary>
    [Alias("AcknowledgeHold"), InternalCall]
    Task AcknowledgeHold(string holdId);

    /// <summary>The publishing worker's report about a post.</summary>
    [Alias("RecordOutcome"), InternalCall]
    Task<CommandAnswer> RecordOutcome(PostOutcome outcome);

    /// <summary>What became of a removal: null when the post is off the platform, else why the platform refuses.</summary>
    [Alias("RecordRemoval"), InternalCall]
    Task<CommandAnswer> RecordRemoval(PostId post, string? refusedBecause);

    /// <summary>A person took the post off its platform by hand and confirmed the task about it; who, stands in the task's record.</summary>
    [Alias("RecordRemovedByHand"), InternalCall]
    Task<CommandAnswer> RecordRemovedByHand(PostId post, string words);

    /// <summary>The worker gives a post back without an outcome: the grain looks at it again after a pause.</summary>
    [Alias("PutBack"), InternalCall]
    Task PutBack(PostId post);

    /// <summary>The worker gives a post back without an outcome: its platform takes nothing more before that time.</summary>
    [Alias("Defer"), InternalCall]
    Task Defer(PostId post, DateTimeOffset until);

    /// <summary>Records the counters a connector read.</summary>
    [Alias("RecordCounters"), InternalCall]
    Task<CommandAnswer> RecordCounters(long? followers, long? remotePosts);
}

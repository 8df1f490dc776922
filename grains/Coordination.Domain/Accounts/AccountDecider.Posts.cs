using Coordination.Domain.Media;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Schedule;
using static Coordination.Domain.Posts.PostState;

namespace Coordination.Domain.Accounts;

/// <content>The rules of the posts on an account.</content>
public static partial class AccountDecider
{
    private static Decision<AccountEvent> DecidePost(AccountState state, PostCommand command, Actor actor, DateTimeOffset now)
    {
        if (command is SchedulePost schedule)
        {
            return Schedule(state, schedule, actor, now);
        }

        if (command is RedactPost redact)
        {
            return Redact(state, redact, actor, now);
        }

        if (state.Find(command.PostId) is not { } post)
        {
            return Refuse("post-unknown", $"The account {state.Key} has no post {command.PostId} that can still be changed. Nothing was changed.", RefusalKind.NotFound);
        }

        return command switch
        {
            EditPost c => Edit(state, post, c, actor, now),
            ReschedulePost c => Reschedule(state, post, c, actor, now),
            ConfirmPost c => Confirm(state, post, c, actor, now),
            ReleasePost c => Release(state, post, c, actor, now),
            ApprovePost c => Approve(state, post, c, actor, now),
            ReturnPost c => Return(state, post, c, actor, now),
            RetryPost c => Retry(state, post, c, actor, now),
            CancelPost c => Cancel(state, post, c, actor),
            RemovePost c => Remove(state, post, c, actor, now),
            _ => Operate(state, actor) ?? (IsOfThePast(post, command) ? Already("The report is about an earlier edition of the post.") : WithChanges(state, post, Record(post, command, now), now)),
        };
    }

    private static Decision<AccountEvent> Schedule(AccountState state, SchedulePost c, Actor actor, DateTimeOffset now)
    {
        if (state.Find(c.PostId) is { } same)
        {
            return string.Equals(same.Text, c.Text, StringComparison.Ordinal)
                ? Already("The post is scheduled.")
                : Refuse("post-exists", $"Another post has the id {c.PostId}. Nothing was changed.", RefusalKind.Conflict);
        }

        var refusal = AccountAuthority.ToPublish(state, actor)
            ?? CanPublish(state)
            ?? PostText.Check(state.Key, c.Text)
            ?? c.About?.Check()
            ?? ImageRules.CheckPlatform(state.Key, c.About?.Images ?? [])
            ?? PostThread.Check(state.Key, c.Text, c.About?.Thread ?? [])
            ?? PostRules.CheckTime(c.DueAt, c.Tolerance, now);
        if (refusal is not null)
        {
            return new Decision<AccountEvent>.Refused(refusal);
        }

        var (about, missed) = PostEditing.Aim(state, c.Text, c.About?.AsWritten());
        if (missed is not null)
        {
            return new Decision<AccountEvent>.Refused(missed);
        }

        // The account alone knows what else is due on it: of two who want the same slot, the second gets the next one.
        if (c.Slots is { } offered)
        {
            return SlotPlan.FirstFree(offered, state.Posts, now) is { } at
                ? Schedule(state, c with { DueAt = at, Slots = null }, actor, now)
                : Refuse(
                    "no-free-slot",
                    $"No queue slot of {state.Key} is free in the next {SlotPlan.Furthest.Days} days. Nothing was scheduled. Give the post a time of its own, or add a slot on the account's page.",
                    RefusalKind.Conflict);
        }

        return state.Posts.Count(p => !p.State.IsTerminal() && p.State is not (Published or Failed)) >= PostRules.MostUnfinished
            ? Refuse("too-many-posts", $"The account {state.Key} has {PostRules.MostUnfinished} unfinished posts. Nothing was scheduled. Cancel some first.", RefusalKind.Conflict)
            : Put(
                state,
                Wish(c.PostId, c.Text, c.DueAt, c.Tolerance, c.MessageId, about, actor, now),
                c,
                actor,
                now,
                settled => new PostScheduled(c.PostId, c.Text, c.DueAt, c.Tolerance, actor.Id, actor.Name, c.MessageId, now, Said(settled)));
    }

    private static Decision<AccountEvent> Reschedule(AccountState state, Post post, ReschedulePost c, Actor actor, DateTimeOffset now)
    {
        if ((AccountAuthority.ToPublish(state, actor) ?? CanPublish(state) ?? PostRules.CheckTime(c.DueAt, post.Tolerance, now)) is { } refusal)
        {
            return new Decision<AccountEvent>.Refused(refusal);
        }

        return post.State switch
        {
            Scheduled or Submitted when post.DueAt == c.DueAt => Already("The post has that time."),
            Scheduled when post.NextPart > 0 => PartlyOut(post, "moved"),
            Scheduled or Submitted or Returned => Put(state, Again(post, c.DueAt, actor, now), c, actor, now, settled => new PostRescheduled(post.Id, c.DueAt, actor.Id, actor.Name, About: SaidNow(post, settled))),
            Held or Missed => Waits(post),
            _ => Finished(post, "moved"),
        };
    }

    private static Decision<AccountEvent> Confirm(AccountState state, Post post, ConfirmPost c, Actor actor, DateTimeOffset now)
    {
        if ((AccountAuthority.ToPublish(state, actor) ?? CanPublish(state) ?? PostRules.CheckTime(post.DueAt, post.Tolerance, now)) is { } refusal)
        {
            return new Decision<AccountEvent>.Refused(refusal);
        }

        return post.State switch
        {
            Scheduled => Put(state, Again(post, post.DueAt, actor, now), c, actor, now, settled => new PostRescheduled(post.Id, post.DueAt, actor.Id, actor.Name, "Read again; it keeps its time.", About: SaidNow(post, settled))),
            Submitted or Returned => Refuse("post-not-scheduled", $"The post {post.State.Words()}, so there is nothing to confirm. Nothing was changed.", RefusalKind.Conflict),
            Held or Missed => Waits(post),
            _ => Finished(post, "confirmed"),
        };
    }

    private static Decision<AccountEvent> Waits(Post post) => Refuse(
        "post-waits", $"The post {post.State.Words()}; it waits in the hand-back list, where Comms decides. Nothing was changed.", RefusalKind.Conflict);

    private static Decision<AccountEvent> Release(AccountState state, Post post, ReleasePost c, Actor actor, DateTimeOffset now)
    {
        if ((AccountAuthority.To(Permission.HandBack, state, actor, "release posts of")
            ?? CanPublish(state)
            ?? PostRules.CheckReason(c.Reason, "Releasing a post needs a reason. Nothing was released. Say in a few words why it may still go out.")
            ?? (c.Text is null ? null : PostText.Check(state.Key, c.Text))
            ?? PostRules.CheckTime(c.DueAt, post.Tolerance, now)) is { } refusal)
        {
            return new Decision<AccountEvent>.Refused(refusal);
        }

        return post.State switch
        {
            Held or Missed when post.NextPart > 0 && Changed(post, c.Text) is not null => PartlyOut(post, "released"),
            Held or Missed when PostEditing.MayStill(state, post) is { } unfit => new Decision<AccountEvent>.Refused(unfit),
            Held or Missed => Released(state, post, c, actor, now),
            Submitted => Refuse("post-submitted", "The post waits for approval, and was not released. Approve it, at its time or another.", RefusalKind.Conflict),
            Scheduled when Changed(post, c.Text) is not null => Refuse("post-scheduled", $"The post is released already, for {post.DueAt:u} and with the words it had. Nothing was changed. Take it back and write it anew.", RefusalKind.Conflict),
            Scheduled when c.DueAt != post.DueAt => Refuse("post-scheduled", $"The post is released already, for {post.DueAt:u}. Nothing was changed. If that time is wrong, reschedule it.", RefusalKind.Conflict),
            Scheduled => Already("The post is released for that time."),
            Unknown => Refuse("post-unknown-outcome", "Nobody knows whether this post went out, so it is never sent again by itself. Look at the platform; if it is not there, discard this one and write it anew.", RefusalKind.Conflict),
            _ => Finished(post, "released"),
        };
    }

    private static Decision<AccountEvent> Cancel(AccountState state, Post post, CancelPost c, Actor actor)
    {
        if (!actor.May(Permission.HandBack) && AccountAuthority.ToPublish(state, actor) is { } refusal)
        {
            return new Decision<AccountEvent>.Refused(refusal);
        }

        // Whoever takes back what only waits for its time owes nobody an explanation; what a hold or its lateness stopped is decided upon.
        var reason = post.State is Scheduled or Submitted or Returned && string.IsNullOrWhiteSpace(c.Reason) ? "Taken back." : c.Reason;
        if (post.State is Scheduled or Submitted or Returned or Held or Missed or Unknown
            && PostRules.CheckReason(reason, "Discarding a post that waits for a person needs a reason. Nothing was discarded. Say why in a few words; its writer reads it.") is { } unfit)
        {
            return new Decision<AccountEvent>.Refused(unfit);
        }

        return post.State switch
        {
            Scheduled or Submitted or Returned or Held or Missed or Unknown when c.Revision is { } read && read != post.Revision => ChangedSince(post, read, "taken back"),
            Scheduled or Submitted or Returned or Held or Missed or Unknown => Accept(new PostCancelled(post.Id, reason)),
            Cancelled => Already("The post is cancelled."),
            _ => Finished(post, "cancelled"),
        };
    }

    private static Decision<AccountEvent> Remove(AccountState state, Post post, RemovePost c, Actor actor, DateTimeOffset now)
    {
        if (AccountAuthority.To(Permission.RemovePost, state, actor, "remove posts of") is { } forbidden)
        {
            return new Decision<AccountEvent>.Refused(forbidden);
        }

        if (PostRules.CheckReason(c.Reason, "Removing a post needs a reason. Nothing was removed. Say why in a few words; its writer reads it.") is { } unfit)
        {
            return new Decision<AccountEvent>.Refused(unfit);
        }

        return post switch
        {
            { State: Removed } => Already("The post is removed."),
            { State: Published, Removal: not null } => Already("The platform is being asked to remove it."),

            // What has gone out over another post is that post, at the platform.
            { State: Published, About: { InPlace: true, Corrects: { } first } } when state.Find(first) is { } changed => Remove(state, changed, c, actor, now),
            { State: Published } => Accept(new PostRemovalAsked(post.Id, c.Reason, actor.Id, actor.Name, now)),
            { NextPart: > 0, Removal: not null } => Already("The platform is being asked to remove what is out of it."),

            // What has not gone out of it does not go out then.
            { NextPart: > 0, State: Held or Missed } => Accept(new PostCancelled(post.Id, c.Reason), new PostRemovalAsked(post.Id, c.Reason, actor.Id, actor.Name, now)),
            { NextPart: > 0, State: Cancelled or Rejected or Failed } => Accept(new PostRemovalAsked(post.Id, c.Reason, actor.Id, actor.Name, now)),
            _ => Refuse("post-not-out", $"The post {post.State.Words()}, so there is nothing to remove. Nothing was changed. A post that is being sent can be removed once it is out.", RefusalKind.Conflict),
        };
    }

    // A report that comes twice or late must not hit the post that a person has changed since, or count one attempt twice:
    // the fence issues attempt n + 1 after attempt n alone.
    private static bool IsOfThePast(Post post, PostCommand command) => command switch
    {
        HoldPost c when post.Approval?.Covers(post.Revision, c.HoldIds) == true => true,
        HoldPost { Revision: { } revision } => revision < post.Revision,
        MissPost { Revision: { } revision } => revision < post.Revision,
        RecordFailed { Attempt: not null } c when c.Part < post.NextPart => true,
        RecordNotSent { Attempt: not null } c when c.Part < post.NextPart => true,
        RecordRejected c => c.Part < post.NextPart,
        RecordUnknown c => c.Part < post.NextPart,
        RecordFailed c => c.Revision < post.Revision || c.Attempt < post.Attempt,
        RecordNotSent { Attempt: { } attempt } => attempt < post.Attempt,
        _ => false,
    };

    // What the platform did is a fact: it is recorded whatever the service believed meanwhile, and only once.
    private static Decision<AccountEvent> Record(Post post, PostCommand command, DateTimeOffset now) => (command, post.State) switch
    {
        (RecordPublished c, _) when post.Parts > 1 => ThreadPart(post, c),
        (RecordPublished, Published or Removed) => Already("The post is out."),
        (RecordPublished c, _) => Accept(new PostPublished(c.PostId, c.RemoteId, c.Url, c.At)),
        (RecordRemoved c, Published) => Accept(new PostRemoved(c.PostId, post.Removal?.Reason ?? c.Reason, now)),
        (RecordRemoved c, Cancelled or Rejected or Failed) when post.NextPart > 0 => Accept(new PostRemoved(c.PostId, post.Removal?.Reason ?? c.Reason, now)),
        (RecordRemoved, Removed) => Already("The post is removed."),
        (RecordNotRemoved c, Published or Cancelled or Rejected or Failed) when post.Removal is not null => Accept(new PostNotRemoved(c.PostId, c.Why)),
        (RecordNotRemoved, Published) => Already("Nobody wants it removed."),
        (HoldPost c, Scheduled) => Accept(new PostHeld(c.PostId, c.HoldIds)),
        (HoldPost, Held) => Already("The post is held."),
        (MissPost c, Scheduled or Submitted) => Accept(new PostMissed(c.PostId, c.Why)),
        (MissPost, Missed) => Already("The post is missed."),
        (RecordNotSent c, Scheduled or Held or Missed) => NotSent(post, c, now),
        (RecordRejected c, Scheduled or Held or Missed) => Accept(new PostRejected(c.PostId, c.Why, FailureOf(c.Try, FailureClass.Never, now))),
        (RecordRejected, Rejected) => Already("The post is rejected."),
        (RecordFailed c, Scheduled or Held or Missed) => Accept(new PostFailed(c.PostId, c.Why, FailureOf(c.Try, FailureClass.NeedsYou, now), c.Attempt)),
        (RecordFailed, Failed) => Already("The post has failed."),
        (RecordUnknown c, Scheduled or Held or Missed) => Accept(new PostUnknown(c.PostId, c.Why)),
        (RecordUnknown, Unknown) => Already("The outcome is unknown."),
        _ => Finished(post, "changed so"),
    };

    // With a post goes what has gone out over it, also what is learnt of only then.
    private static Decision<AccountEvent> WithChanges(AccountState state, Post post, Decision<AccountEvent> decision, DateTimeOffset now) => decision switch
    {
        Decision<AccountEvent>.Accepted { Events: [PostRemoved removed] } =>
            Accept([removed, .. PostEditing.OutOver(state, post.Id).Select(p => removed with { PostId = p.Id })]),
        Decision<AccountEvent>.Accepted { Events: [PostPublished published] } when post.About is { InPlace: true, Corrects: { } first } && state.Find(first) is { State: Removed } gone =>
            Accept(published, new PostRemoved(post.Id, gone.Note ?? "What it changed was removed.", now)),
        _ => decision,
    };

    // In order: the fence lets no part go before the one that it answers is out. Whoever gave the post up, or did not know, decides about the rest.
    private static Decision<AccountEvent> ThreadPart(Post post, RecordPublished c)
    {
        if (c.Part != post.NextPart || post.NextPart == post.Parts)
        {
            return c.Part < post.NextPart || post.NextPart == post.Parts
                ? Already("That part is out.")
                : Refuse("thread-order", $"Part {c.Part + 1} of the thread is reported before part {post.NextPart + 1}. Nothing was changed.", RefusalKind.Conflict);
        }

        var part = new PostPartPublished(c.PostId, c.Part, c.RemoteId, c.Url, c.At);
        if (c.Part < post.Parts - 1 || post.State == Removed)
        {
            return post.State == Unknown
                ? Accept(part, new PostMissed(c.PostId, $"Part {c.Part + 1} of {post.Parts} turned out to be on the platform; the rest has not gone out."))
                : Accept(part);
        }

        var head = post.About!.PartsOut[0];
        return Accept(part, new PostPublished(c.PostId, head.RemoteId, head.Url, c.At));
    }

    private static Decision<AccountEvent> PartlyOut(Post post, string what) => Refuse(
        "post-partly-out",
        $"{post.NextPart} of the {post.Parts} parts of this thread are out. It was not {what}, and nothing was changed: what is out stays as it reads. Let the rest go out, or take it back.",
        RefusalKind.Conflict);

    // What is due now has no time left to be approved in; what is due later waits for it, scheduled.
    private static Decision<AccountEvent> Confirmed(PostId id, HoldsMet holds, DateTimeOffset dueAt, DateTimeOffset now, params PostEvent[] confirmed)
    {
        string[] stoppedBy = [.. holds.RefusedBy, .. dueAt <= now ? holds.ApprovalFor : []];
        return stoppedBy.Length == 0 ? Accept([.. confirmed]) : Accept([.. confirmed, new PostHeld(id, stoppedBy)]);
    }

    private static string? Changed(Post post, string? text) => string.Equals(text, post.Text, StringComparison.Ordinal) ? null : text;

    private static Refusal? CanPublish(AccountState state) => state.Lifecycle switch
    {
        AccountLifecycle.Connected => null,
        AccountLifecycle.Requested => new Refusal("account-not-approved", $"Comms has not approved the account {state.Key} yet. Nothing was scheduled.", RefusalKind.Conflict),
        AccountLifecycle.Retired => new Refusal("account-retired", $"The account {state.Key} is retired. Nothing was scheduled.", RefusalKind.Conflict),
        _ => new Refusal("account-not-connected", $"The account {state.Key} is not connected to its platform yet. Nothing was scheduled. Comms can connect it.", RefusalKind.Conflict),
    };

    private static Decision<AccountEvent> Finished(Post post, string what) => Refuse(
        "post-finished", $"The post {post.State.Words()} and cannot be {what}. Nothing was changed.", RefusalKind.Conflict);
}

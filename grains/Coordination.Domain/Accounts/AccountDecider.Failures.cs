using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using static Coordination.Domain.Posts.PostState;

namespace Coordination.Domain.Accounts;

/// <content>What becomes of a post by which surely nothing was sent.</content>
public static partial class AccountDecider
{
    // It is tried again only while it may still go out: who waits for longer than that had better know at once.
    private static Decision<AccountEvent> NotSent(Post post, RecordNotSent c, DateTimeOffset now)
    {
        var retryAt = RetryRules.Next(post.Attempt, c.Try?.RetryAfter, now);
        if (post.State != Scheduled)
        {
            return Accept(new PostNotSent(c.PostId, c.Why, FailureOf(c.Try, FailureClass.NeedsYou, now)));
        }

        var failure = FailureOf(c.Try, FailureClass.WillRetry, now);
        var notSent = new PostNotSent(c.PostId, c.Why, failure is null ? null : failure with { RetryAt = retryAt });
        return retryAt <= post.DueAt + post.Tolerance
            ? Accept(notSent)
            : Accept(notSent, new PostMissed(c.PostId, $"{c.Why} It could be tried again only {Late(retryAt - post.DueAt)} after its time, and it may be {Late(post.Tolerance)} late."));
    }

    private static Decision<AccountEvent> Retry(AccountState state, Post post, RetryPost c, Actor actor, DateTimeOffset now)
    {
        if ((AccountAuthority.ToPublish(state, actor) ?? CanPublish(state)) is { } refusal)
        {
            return new Decision<AccountEvent>.Refused(refusal);
        }

        return post.State switch
        {
            Failed when (MayNotRetry(state, post, c, actor) ?? PostEditing.MayStill(state, post)) is { } unfit => new Decision<AccountEvent>.Refused(unfit),
            Failed => Confirmed(post.Id, HoldsLeft(post, c.Holds), now, now, new PostRetried(post.Id, now, actor.Id, actor.Name, SentNow(post, c.Look, now, actor))),
            Scheduled or Published => Already($"The post {post.State.Words()}."),
            Submitted or Returned => Refuse("post-not-failed", $"The post {post.State.Words()}, so there is nothing to send again. Nothing was changed.", RefusalKind.Conflict),
            Rejected => Refuse("post-rejected", "The platform refuses this text, so it is not sent again. Nothing was changed. Change the text and send it as a new post.", RefusalKind.Conflict),
            Unknown => Refuse("post-unknown-outcome", "Nobody knows whether this post went out, so it is never sent again. Look at the platform; if it is not there, discard this one and write it anew.", RefusalKind.Conflict),
            Held or Missed => Waits(post),
            _ => Finished(post, "sent again"),
        };
    }

    // What was approved, or confirmed by this very person, was looked at for it. Another person's post goes out for them from now
    // on, so it must be one that they could have sent by themselves.
    private static Refusal? MayNotRetry(AccountState state, Post post, RetryPost c, Actor actor)
    {
        // It would not go out: the look at its time finds the same.
        if (SecondLook.Unsettled(post.About, c.Look) is { Count: > 0 } found)
        {
            return new Refusal(
                "comms-asked",
                $"The rules have changed since this post for {state.Key} was confirmed: {string.Join("; ", found.Select(f => f.Title))}. Nothing was sent. Write it as a new post, which is read first.",
                RefusalKind.Conflict);
        }

        if (post.Approval?.Revision == post.Revision || string.Equals(post.PosterId, actor.Id, StringComparison.Ordinal))
        {
            return null;
        }

        var verdict = ReviewRules.Look(state.Key, state.Labels, post.About ?? PostAbout.Nothing, c.Look, actor);
        return verdict.Review is null && verdict.Unanswered.Count == 0
            ? null
            : new Refusal("retry-not-yours", $"{post.PosterName} sent this post for {state.Key} without another reader, which {actor.Name} may not. Nothing was changed. {post.PosterName} or Comms can send it again.", RefusalKind.Forbidden);
    }

    // It goes out at once: in the quiet hours that settles them, where the rules ask for more than a warning.
    private static PostAbout? SentNow(Post post, ContentLook look, DateTimeOffset now, Actor actor)
    {
        var about = Written(post.About, post.Writer, actor);
        return look.At(now, post.About, now).Found.FirstOrDefault(f => f.Deliberate) is { } quiet && look.Rules.ActOf(quiet) > ContentAct.Warn
            ? (about ?? PostAbout.Nothing) with
            {
                Failure = null,
                Settled = new Dictionary<string, ContentAct>(post.About?.Settled ?? PostAbout.Nothing.Settled, StringComparer.Ordinal) { [quiet.Rule] = ContentAct.Comms },
            }
            : Equals(about?.Writer, post.About?.Writer) ? null : (about ?? PostAbout.Nothing) with { Failure = null };
    }

    // What Comms approved under a hold is approved under it still.
    private static HoldsMet HoldsLeft(Post post, HoldsMet holds) => post.Approval is { } approval && approval.Revision == post.Revision
        ? holds with { ApprovalFor = [.. holds.ApprovalFor.Except(approval.HoldIds, StringComparer.Ordinal)] }
        : holds;

    private static PostFailure? FailureOf(FailedTry? tried, FailureClass kind, DateTimeOffset now) =>
        tried is null ? null : new PostFailure(kind, tried.Cause, now, tried.Says);

    private static string Late(TimeSpan time) => time < TimeSpan.FromMinutes(2) ? $"{time.TotalSeconds:0} seconds" : $"{time.TotalMinutes:0} minutes";
}

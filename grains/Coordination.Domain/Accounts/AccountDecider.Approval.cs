using Coordination.Domain.People;
using Coordination.Domain.Posts;
using static Coordination.Domain.Posts.PostState;

namespace Coordination.Domain.Accounts;

/// <content>Comms' approval of a post, where a hold asks for it.</content>
public static partial class AccountDecider
{
    // Who decides about the hand-back list is who approves: one press, not two.
    private static Decision<AccountEvent> Released(Post post, ReleasePost c, Actor actor, DateTimeOffset now)
    {
        var released = new PostRescheduled(post.Id, c.DueAt, actor.Id, actor.Name, c.Reason, Changed(post, c.Text));
        return c.Holds.ApprovalFor.Count == 0 || !actor.May(Permission.ApprovePost)
            ? Confirmed(post.Id, c.Holds, c.DueAt, now, released)
            : Confirmed(post.Id, c.Holds with { ApprovalFor = [] }, c.DueAt, now, released, Approval(post.Id, post.Revision + 1, c.Holds, actor, now));
    }

    private static Decision<AccountEvent> Approve(AccountState state, Post post, ApprovePost c, Actor actor, DateTimeOffset now)
    {
        if ((AccountAuthority.To(Permission.ApprovePost, state, actor, "approve posts of") ?? CanPublish(state)) is { } refusal)
        {
            return new Decision<AccountEvent>.Refused(refusal);
        }

        return post.State switch
        {
            Scheduled when c.Revision != post.Revision => Refuse("post-changed", $"The post was changed since you read it: it is revision {post.Revision} now, and you approved {c.Revision}. Nothing was approved. Read it again.", RefusalKind.Conflict),
            Scheduled when c.Holds.ApprovalFor.Count == 0 => Refuse("approval-not-needed", $"No hold asks for an approval on the account {state.Key} now. Nothing was changed; the post goes out at its time unless a hold stops it.", RefusalKind.Conflict),
            Scheduled when post.Approval?.Covers(post.Revision, c.Holds.ApprovalFor) == true => Already("The post is approved."),
            Scheduled => Accept(Approval(post.Id, post.Revision, c.Holds, actor, now)),
            Held or Missed => Refuse("post-waits", $"The post {post.State.Words()}; it waits in the hand-back list. Nothing was approved. Release it there at a new time: that approves it too.", RefusalKind.Conflict),
            _ => Finished(post, "approved"),
        };
    }

    private static PostApproved Approval(PostId id, int revision, HoldsMet holds, Actor actor, DateTimeOffset now) =>
        new(id, revision, holds.ApprovalFor, actor.Id, actor.Name, now);
}

using Coordination.Domain.Media;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using static Coordination.Domain.Posts.PostState;

namespace Coordination.Domain.Accounts;

/// <content>Who else reads a post before it goes out.</content>
public static partial class AccountDecider
{
    // What a person wants out goes out at its time, or waits for whoever the rules ask.
    private static Decision<AccountEvent> Put(
        AccountState state, PostSubmitted asIs, ConfirmingCommand c, Actor actor, DateTimeOffset now, Func<PostAbout, PostEvent> confirmed)
    {
        var about = asIs.About ?? PostAbout.Nothing;
        var verdict = ReviewRules.Look(state.Key, state.Labels, about, c.Look.At(asIs.DueAt, about, now), actor);
        if (verdict.Unanswered.Count > 0)
        {
            return ReasonNeeded(state, verdict.Unanswered);
        }

        about = about with { Settled = verdict.Settled };
        if (verdict.Review is not { } review)
        {
            return Confirmed(asIs.PostId, c.Holds, asIs.DueAt, now, confirmed(about));
        }

        return asIs.DueAt <= now
            ? Refuse("review-needs-time", $"The post for {state.Key} is read by somebody else before it goes out: {string.Join(" ", review.Why.Select(w => w.Words))} Nothing was scheduled. Give it a time that leaves them time to read it.")
            : Accept(asIs with { Review = review, About = Said(about) });
    }

    private static PostSubmitted Wish(PostId id, string text, DateTimeOffset dueAt, TimeSpan tolerance, Guid? messageId, PostAbout? about, Actor actor, DateTimeOffset now) =>
        new(id, text, dueAt, tolerance, actor.Id, actor.Name, messageId, now, new PostReview([], false), about);

    private static PostSubmitted Again(Post post, DateTimeOffset dueAt, Actor actor, DateTimeOffset now) =>
        Wish(post.Id, post.Text, dueAt, post.Tolerance, post.MessageId, Written(post.About, post.Writer, actor), actor, now);

    private static Decision<AccountEvent> Edit(AccountState state, Post post, EditPost c, Actor actor, DateTimeOffset now)
    {
        // Words that are changed are looked at afresh: what was settled about the former ones says nothing of them.
        // What it corrects stays with it, whatever its words become.
        var about = (c.About ?? PostAbout.Nothing) with
        {
            Settled = SameWords(post, c) ? post.About?.Settled ?? PostAbout.Nothing.Settled : PostAbout.Nothing.Settled,
            Corrects = post.About?.Corrects,
            InPlace = post.About?.InPlace ?? false,
            Target = post.About?.Target,
            Failure = null,
            PartsOut = [],
            Writer = SameContent(post, c) ? WriterBeside(post.Writer, actor) : null,
        };
        if ((AccountAuthority.ToPublish(state, actor) ?? CanPublish(state) ?? PostText.Check(state.Key, c.Text) ?? about.Check() ?? ImageRules.CheckPlatform(state.Key, about.Images) ?? PostThread.Check(state.Key, c.Text, about.Thread) ?? PostRules.CheckTime(c.DueAt, post.Tolerance, now)) is { } refusal)
        {
            return new Decision<AccountEvent>.Refused(refusal);
        }

        return post.State switch
        {
            Scheduled or Submitted or Returned when c.Revision != post.Revision => ChangedSince(post, c.Revision, "changed"),
            Scheduled or Submitted or Returned when post.NextPart > 0 => PartlyOut(post, "changed"),
            Scheduled or Submitted or Returned when about.InPlace && (about.Images.Count > 0 || about.Thread.Count > 0) => new Decision<AccountEvent>.Refused(PostEditing.WordsOnly(state.Key, about)),
            Scheduled or Submitted or Returned => Put(
                state,
                Wish(post.Id, c.Text, c.DueAt, post.Tolerance, post.MessageId, about, actor, now),
                c,
                actor,
                now,
                settled => new PostRescheduled(post.Id, c.DueAt, actor.Id, actor.Name, null, Changed(post, c.Text), SaidNow(post, settled))),
            Held or Missed => Waits(post),
            _ => Finished(post, "changed"),
        };
    }

    private static Decision<AccountEvent> Approve(AccountState state, Post post, ApprovePost c, Actor actor, DateTimeOffset now)
    {
        if ((MayNotApprove(state, post, c.Look.Rules, actor) ?? CanPublish(state)) is { } refusal)
        {
            return new Decision<AccountEvent>.Refused(refusal);
        }

        return post.State switch
        {
            Scheduled or Submitted when c.Revision != post.Revision => ChangedSince(post, c.Revision, "approved"),
            Submitted => ApproveSubmitted(state, post, c, actor, now),
            Scheduled when c.Holds.ApprovalFor.Count == 0 => post.Approval?.Revision == post.Revision
                ? Already("The post is approved.")
                : Refuse("approval-not-needed", $"No hold asks for an approval on the account {state.Key} now. Nothing was changed; the post goes out at its time unless a hold stops it.", RefusalKind.Conflict),
            Scheduled when post.Approval?.Covers(post.Revision, c.Holds.ApprovalFor) == true => Already("The post is approved."),
            Scheduled => Accept(Approval(post.Id, post.Revision, c.Holds, actor, now)),
            Held or Missed => Refuse("post-waits", $"The post {post.State.Words()}; it waits in the hand-back list. Nothing was approved. Release it there at a new time: that approves it too.", RefusalKind.Conflict),
            Returned => Refuse("post-returned", "The post was sent back to its writer. Nothing was approved. It comes back here when it is submitted again.", RefusalKind.Conflict),
            _ => Finished(post, "approved"),
        };
    }

    private static Decision<AccountEvent> ApproveSubmitted(AccountState state, Post post, ApprovePost c, Actor actor, DateTimeOffset now)
    {
        var dueAt = c.DueAt ?? post.DueAt;
        if (c.DueAt is { } other && PostRules.CheckTime(other, post.Tolerance, now) is { } unfit)
        {
            return new Decision<AccountEvent>.Refused(unfit);
        }

        // Whoever is late decides anew, with the time before them: it is never sent at once.
        if (c.DueAt is null && dueAt <= now)
        {
            return Accept(new PostMissed(post.Id, $"{actor.Name} approved it after its time had passed."));
        }

        var comms = actor.May(Permission.ApprovePost);
        var look = c.Look.At(dueAt, post.About, now);
        if (!comms && SecondLook.Unsettled(post.About, look) is { Count: > 0 } found)
        {
            return Refuse("comms-asked", $"{(c.DueAt is null ? "The rules" : "The rules, or its time,")} have changed since it was submitted: Comms reads it now. {string.Join("; ", found.Select(f => f.Title))}. Nothing was approved.", RefusalKind.Conflict);
        }

        var holds = comms ? c.Holds with { ApprovalFor = [] } : c.Holds;
        var about = comms ? Said((post.About ?? PostAbout.Nothing) with { Settled = ByComms(look) }) : null;
        return Confirmed(post.Id, holds, dueAt, now, Approval(post.Id, post.Revision, comms ? c.Holds : HoldsMet.None, actor, now) with { DueAt = c.DueAt, About = about });
    }

    private static Decision<AccountEvent> Return(AccountState state, Post post, ReturnPost c, Actor actor, DateTimeOffset now)
    {
        if ((MayNotApprove(state, post, c.Rules, actor)
            ?? PostRules.CheckReason(c.Comment, "Sending a post back needs a comment. Nothing was changed. Say in a few words what its writer should change.")) is { } refusal)
        {
            return new Decision<AccountEvent>.Refused(refusal);
        }

        return post.State switch
        {
            Submitted when c.Revision != post.Revision => ChangedSince(post, c.Revision, "sent back"),
            Submitted => Accept(new PostReturned(post.Id, post.Revision, c.Comment, actor.Id, actor.Name, now)),
            Returned => Already("The post was sent back."),
            Scheduled => Refuse("post-scheduled", "The post is scheduled and asks nobody. Nothing was changed. Take it back if it should not go out.", RefusalKind.Conflict),
            Held or Missed => Waits(post),
            _ => Finished(post, "sent back"),
        };
    }

    private static Refusal? MayNotApprove(AccountState state, Post post, PublishingRules rules, Actor actor)
    {
        if (post.State != Submitted || post.Review is not { } review)
        {
            return AccountAuthority.To(Permission.ApprovePost, state, actor, "approve posts of");
        }

        if (Wrote(actor, post))
        {
            return new Refusal("approve-own", $"{actor.Name} wrote this post for {state.Key}; somebody else decides about it. Nothing was changed.", RefusalKind.Forbidden);
        }

        return review.CommsOnly || !ReviewRules.MayApprove(rules.ApprovalOf(state.Key, state.Labels.Kind), actor)
            ? AccountAuthority.To(Permission.ApprovePost, state, actor, "approve posts of")
            : null;
    }

    // Who decides about the hand-back list is who approves: one press, not two.
    private static Decision<AccountEvent> Released(AccountState state, Post post, ReleasePost c, Actor actor, DateTimeOffset now)
    {
        var changed = Changed(post, c.Text);
        if (c.Look.Rules.ApprovalOf(state.Key, state.Labels.Kind)?.Need == ApprovalNeed.Two)
        {
            if (Wrote(actor, post))
            {
                return Refuse("approve-own", $"{actor.Name} wrote this post for {state.Key}, where two people are asked for; somebody else decides about it. Nothing was released.", RefusalKind.Forbidden);
            }

            if (changed is not null)
            {
                return Refuse("approve-own", $"Two people are asked for on {state.Key}, and these words would be {actor.Name}'s alone. Nothing was released. Release it as it stands, or discard it and write it anew: then somebody else reads it.", RefusalKind.Forbidden);
            }
        }

        var settled = ByComms(c.Look.At(c.DueAt, post.About, now));
        var writer = changed is null ? WriterBeside(post.Writer, actor) : null;
        var about = c.Look.Found.Count == 0 && settled.Count == 0 && post.About is null && writer is null ? null : (post.About ?? PostAbout.Nothing) with { Settled = settled, Writer = writer };
        var released = new PostRescheduled(post.Id, c.DueAt, actor.Id, actor.Name, c.Reason, changed, about);
        return c.Holds.ApprovalFor.Count == 0 || !actor.May(Permission.ApprovePost)
            ? Confirmed(post.Id, c.Holds, c.DueAt, now, released)
            : Confirmed(post.Id, c.Holds with { ApprovalFor = [] }, c.DueAt, now, released, Approval(post.Id, post.Revision + 1, c.Holds, actor, now));
    }

    private static PostApproved Approval(PostId id, int revision, HoldsMet holds, Actor actor, DateTimeOffset now) =>
        new(id, revision, holds.ApprovalFor, actor.Id, actor.Name, now);

    // Whoever is of Comms and lets a post go has read what was found in it.
    private static Dictionary<string, ContentAct> ByComms(ContentLook look) => look.Found
        .Where(f => look.Rules.ActOf(f) > ContentAct.Warn)
        .ToDictionary(f => f.Rule, _ => ContentAct.Comms, StringComparer.Ordinal);

    private static PostAbout? Said(PostAbout about) =>
        about.SaysNothing ? null : about;

    // Null would leave what was said before.
    private static PostAbout? SaidNow(Post post, PostAbout about) => post.About is null ? Said(about) : about;

    // Whoever moves or confirms what another wrote has not written it: its writer does not approve it for that.
    private static PostWriter? WriterBeside(PostWriter writer, Actor poster) => string.Equals(writer.Id, poster.Id, StringComparison.Ordinal) ? null : writer;

    private static PostAbout? Written(PostAbout? about, PostWriter writer, Actor poster) => (about, WriterBeside(writer, poster)) switch
    {
        (null, null) => null,
        var (said, beside) => (said ?? PostAbout.Nothing) with { Writer = beside },
    };

    private static bool Wrote(Actor actor, Post post) => string.Equals(post.Writer.Id, actor.Id, StringComparison.Ordinal);

    private static bool SameContent(Post post, EditPost c) => SameWords(post, c)
        && (post.About?.Images ?? []).Select(i => i.Hash).SequenceEqual((c.About?.Images ?? []).Select(i => i.Hash), StringComparer.Ordinal);

    private static bool SameWords(Post post, EditPost c) => string.Equals(
        PostAbout.Words(post.Text, post.About), PostAbout.Words(c.Text, c.About), StringComparison.Ordinal);

    private static Decision<AccountEvent> ReasonNeeded(AccountState state, IReadOnlyList<ContentFound> unanswered) => Refuse(
        "reason-needed",
        $"The post for {state.Key} asks for a reason. {string.Join(" ", unanswered.Select(f => $"{f.Title} ({f.Rule}): {f.Asks}"))} Nothing was scheduled. Change the {Changeable(unanswered)}, or say why it may go out all the same.");

    private static string Changeable(IReadOnlyList<ContentFound> found) => found.Count(f => string.Equals(f.Rule, QuietHours.Rule, StringComparison.Ordinal)) switch
    {
        0 => "text",
        var timed when timed == found.Count => "time",
        _ => "text and the time",
    };

    private static Decision<AccountEvent> ChangedSince(Post post, int read, string what) => Refuse(
        "post-changed", $"The post was changed since you read it: it is revision {post.Revision} now, and you read {read}. Nothing was {what}. Read it again.", RefusalKind.Conflict);
}

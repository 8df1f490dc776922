using Coordination.Domain.Accounts;
using Coordination.Domain.People;

namespace Coordination.Domain.Review;

/// <summary>What the rules make of a post that somebody wants to go out.</summary>
/// <param name="Unanswered">Findings that ask the writer for a reason and have none: then nothing is scheduled.</param>
/// <param name="Review">Why somebody else reads it first; null when nobody has to.</param>
/// <param name="Settled">How far each finding is settled by whoever confirms it now.</param>
public sealed record ReviewVerdict(IReadOnlyList<ContentFound> Unanswered, PostReview? Review, IReadOnlyDictionary<string, ContentAct> Settled);

/// <summary>The rules about who has to read a post before it goes out: each small, each with its paragraph of order 01/25. Pure.</summary>
public static class ReviewRules
{
    /// <summary>Looks at a post.</summary>
    /// <param name="key">Its account.</param>
    /// <param name="labels">The account's labels.</param>
    /// <param name="about">What is said of it. What is settled in it counts for Comms alone: another's change voids it.</param>
    /// <param name="look">The rules in force, and what they found in its text and its time.</param>
    /// <param name="actor">Who confirms it.</param>
    public static ReviewVerdict Look(AccountKey key, AccountLabels labels, PostAbout about, ContentLook look, Actor actor)
    {
        var comms = actor.May(Permission.ApprovePost);
        var settled = new Dictionary<string, ContentAct>(StringComparer.Ordinal);
        var unanswered = new List<ContentFound>();
        var why = new List<ReviewCause>();
        foreach (var found in look.Found)
        {
            var act = look.Rules.ActOf(found);
            if (act == ContentAct.Warn)
            {
                continue;
            }

            if (found.Deliberate)
            {
                settled[found.Rule] = ContentAct.Comms;
                continue;
            }

            if (about.Answered(found.Rule) || (comms && about.Settled.GetValueOrDefault(found.Rule) >= act))
            {
                settled[found.Rule] = comms ? ContentAct.Comms : ContentAct.Reason;
            }
            else if (comms || act == ContentAct.Reason)
            {
                unanswered.Add(found);
            }

            if (act == ContentAct.Comms && !comms)
            {
                why.Add(new ReviewCause(found.Cause, $"{found.Title}: Comms reads it first ({found.Paragraph})."));
            }
        }

        why.AddRange(new[] { CorporateIncident(labels, about, actor), CorporateExercise(labels, about, actor) }.OfType<ReviewCause>());
        var commsOnly = why.Count > 0;
        if (Approval(look.Rules.ApprovalOf(key, labels.Kind), actor) is { } asked)
        {
            why.Add(asked);
        }

        return new ReviewVerdict(unanswered, why.Count == 0 ? null : new PostReview(why, commsOnly), settled);
    }

    /// <summary>Order 01/25, 3.1: FDS officers and Fire Control update corporate accounts in line with their duties at incidents; all else there is Comms'.</summary>
    private static ReviewCause? CorporateIncident(AccountLabels labels, PostAbout about, Actor actor) =>
        labels.Kind == AccountKind.Corporate && !actor.Role.IsComms() && about.Topic is PostTopic.General
            ? new ReviewCause("corporate-incident", "It names no incident: on a corporate account all else is for Comms (order 01/25, 3.1).")
            : null;

    /// <summary>Order 01/25, 3.1: training exercises and events go onto a corporate account when Comms has agreed.</summary>
    private static ReviewCause? CorporateExercise(AccountLabels labels, PostAbout about, Actor actor) =>
        labels.Kind == AccountKind.Corporate && !actor.Role.IsComms() && about.Topic is PostTopic.Exercise or PostTopic.Event
            ? new ReviewCause("corporate-exercise", "A training exercise or event goes onto a corporate account when Comms has agreed (order 01/25, 3.1).")
            : null;

    private static ReviewCause? Approval(ApprovalRule? rule, Actor actor) => rule switch
    {
        { Need: ApprovalNeed.Two } => new ReviewCause("second-person", "Two people are asked for on this account: somebody who did not write it approves it."),
        { Need: ApprovalNeed.One } when !MayApprove(rule, actor) => new ReviewCause("approval", "Posts of this account are approved before they go out."),
        _ => null,
    };

    /// <summary>Whether the person may approve posts of an account of this rule, where Comms alone is not asked for.</summary>
    public static bool MayApprove(ApprovalRule? rule, Actor actor) =>
        actor.May(Permission.ApprovePost) || (rule?.Approvers.Contains(actor.Id, StringComparer.Ordinal) ?? false);
}

using Coordination.Domain.People;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Holds;

/// <content>How holds end: by one, by two, or at the time their placer chose; and when somebody looks at them again.</content>
public static partial class HoldDecider
{
    /// <summary>Whether the lift of a hold needs a second, different member of Comms: when it comes from a declared major incident.</summary>
    /// <param name="actor">Who places it.</param>
    /// <param name="incident">The incident's reference; null for none.</param>
    /// <param name="rule">The incident rule that places it; null when a person does.</param>
    /// <remarks>
    /// It comes from one when a rule placed it, or somebody who may place holds at incidents alone (Fire Control, FDS). What Comms
    /// place of their own accord they lift as they placed it, also with an incident's reference.
    /// </remarks>
    public static bool LiftNeedsSecond(Actor actor, string? incident, string? rule) =>
        rule is not null || (!string.IsNullOrWhiteSpace(incident) && !actor.May(Permission.PlaceHoldWithoutIncident));

    /// <summary>What an order to lift the hold would come to. A forecast for screens: the fence settles it, under its lock.</summary>
    public static LiftStep NextLift(Hold hold, Actor actor) => hold switch
    {
        { Stands: false } => LiftStep.None,
        { LiftNeedsSecond: false } => actor.MayOnceFresh(Permission.LiftHold) ? LiftStep.Lift : LiftStep.None,
        { LiftAsk: { } ask } when !string.Equals(ask.By, actor.Id, StringComparison.Ordinal) =>
            actor.MayOnceFresh(Permission.LiftHold) || actor.MayOnceFresh(Permission.ConfirmLift) ? LiftStep.Confirm : LiftStep.None,
        _ when !actor.MayOnceFresh(Permission.LiftHold) => LiftStep.None,
        { LiftAsk: not null } => LiftStep.Await,
        _ => LiftStep.Ask,
    };

    /// <summary>Decides whether the order to lift a hold may go to the fence.</summary>
    /// <param name="reason">Why it is safe. Whoever confirms a request that they name need not say it again.</param>
    /// <param name="confirms">The request that it confirms, by its sequence; null for whatever is to be done.</param>
    /// <param name="actor">Who gives it.</param>
    /// <returns>Null when it may.</returns>
    public static Refusal? Lift(string? reason, long? confirms, Actor actor)
    {
        if ((FreshSignIn.Check(actor, Permission.LiftHold) ?? FreshSignIn.Check(actor, Permission.ConfirmLift)) is { } old)
        {
            return old;
        }

        if (!actor.May(Permission.LiftHold) && !actor.May(Permission.ConfirmLift))
        {
            return Forbidden(actor, "lift a hold", Permission.LiftHold);
        }

        return confirms is not null && string.IsNullOrWhiteSpace(reason)
            ? null
            : CheckReason(reason, new Refusal("reason-missing", "Lifting a hold needs a reason. The hold stands. Say why it is safe now."));
    }

    /// <summary>Decides whether the order to decline a request to lift, or to withdraw one's own, may go to the fence.</summary>
    /// <returns>Null when it may.</returns>
    public static Refusal? DeclineLift(string? reason, Actor actor) => actor.MayOnceFresh(Permission.ConfirmLift)
        ? CheckReason(reason, new Refusal("reason-missing", "Declining a lift needs a reason. The request still waits, and the hold stands. Say why in a few words; the asker reads it."))
        : Forbidden(actor, "decline the lift of a hold", Permission.ConfirmLift);

    /// <summary>Decides whether the order to move the time of review may go to the fence.</summary>
    /// <returns>Null when it may.</returns>
    public static Refusal? MoveReview(DateTimeOffset reviewAt, string? reason, Actor actor, DateTimeOffset now)
    {
        if (!actor.May(Permission.ReviewHold))
        {
            return Forbidden(actor, "move the review of a hold", Permission.ReviewHold);
        }

        return reviewAt <= now
            ? new Refusal("review-in-past", "The time to review the hold has passed. Nothing was changed; the hold stands. Choose a later one.")
            : string.IsNullOrWhiteSpace(reason) ? null : CheckReason(reason, null);
    }

    private static Refusal? CheckEnd(HoldWish wish, Actor actor, DateTimeOffset now) => wish switch
    {
        { EndsAt: null } => null,
        { Kind: not HoldKind.ApprovalRequired } => new Refusal(
            "end-not-allowed", $"A hold of the kind '{wish.Kind.Name()}' never ends by itself. Nothing was held. Leave 'endsAt' out; give a time of review to be reminded."),
        _ when !actor.May(Permission.PlaceHoldWithoutIncident) => new Refusal(
            "end-not-allowed", "A hold from an incident never ends by itself: two members of Comms lift it. Nothing was held. Leave 'endsAt' out; give a time of review to be reminded."),
        { EndsAt: { } end } when end <= now => new Refusal("end-in-past", "The time at which the hold should end has passed. Nothing was held. Choose a later one, or none."),
        _ => null,
    };

    private static Refusal? CheckReason(string? reason, Refusal? missing) => string.IsNullOrWhiteSpace(reason)
        ? missing
        : reason.Length > LongestReason
            ? new Refusal("reason-too-long", $"The reason has {reason.Length} characters; {LongestReason} fit. The hold stands.")
            : StorableText.Check("reason", reason);
}

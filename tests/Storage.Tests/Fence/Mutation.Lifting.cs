using Coordination.Storage.Tests.Fence.Checks;

namespace Coordination.Storage.Tests.Fence;

/// <content>The rules of lifting, ending and reviewing.</content>
internal sealed partial record Mutation
{
    private const string Lift = "lift_hold";
    private const string LiftsOne = "where id = p_hold\n    returning";

    // Afterwards the row is written once more, so that the statement around it stays whole.
    private const string LiftsAll =
        "where lifted_seq is null and id = p_hold; update hold set lifted_seq = -placed_seq, lifted_at = clock_timestamp() where lifted_seq is null; "
        + "select * into lifted from hold where id = p_hold; update hold set lifted_seq = lifted_seq where id = p_hold\n    returning";

    private static IEnumerable<Mutation> Lifting =>
    [
        Patch("5 one lifts what needs two", LiftChecks.LiftNeedsTwo, Lift, "if lifted.lift_needs_second and (lifted.lift_asked_seq is null", "if false and (lifted.lift_asked_seq is null"),
        Patch("5 one person is two", LiftChecks.SamePersonIsNoSecond, Lift, "or lifted.lift_asked_by = p_actor_id or not v_first", "or not v_first"),
        Patch("5 who confirms may ask", LiftChecks.WhoConfirmsDoesNotAsk, Lift, "if not p_may_lift then", "if false then"),
        Patch("5 who confirms may lift alone", LiftChecks.WhoConfirmsDoesNotAsk, Lift, "if not (p_may_lift or (lifted.lift_needs_second and p_may_confirm)) then", "if false then"),
        Patch("5 nobody but who lifts confirms", LiftChecks.WhoConfirmsDoesNotAsk, Lift, "if not (p_may_lift or (lifted.lift_needs_second and p_may_confirm)) then", "if not p_may_lift and true then"),
        Patch("5 a repeat asks again", LiftChecks.RepeatTakesNoNextStep, Lift, "if not v_first and (v_asked is null or v_asked is distinct from lifted.lift_asked_seq)", "if false"),
        Patch("5 a repeat confirms another", LiftChecks.RepeatTakesNoNextStep, Lift, "if not v_first and (v_asked is null or v_asked is distinct from lifted.lift_asked_seq)", "if not v_first and lifted.lift_asked_seq is null"),
        Patch("5 a confirmation of anything", LiftChecks.ConfirmationIsOfOneRequest, Lift, "or p_confirms is not null and p_confirms is distinct from lifted.lift_asked_seq then", "then"),
        Patch("5 a declined request waits on", LiftChecks.DeclinedRequestIsGone, "end_lift_ask", "set lift_asked_seq = null, lift_asked_at = null, lift_asked_by = null, lift_asked_by_name = null,\n                    lift_asked_by_role = null, lift_asked_reason = null", "set lift_asked_at = lift_asked_at"),
        Patch("5 declining unjournaled", LiftChecks.DeclinedRequestIsGone, "end_lift_ask", "perform journal_append(", "perform concat("),
        Patch("5 asking unjournaled", LiftChecks.DeclinedRequestIsGone, Lift, "perform journal_append('hold/' || p_hold, 'lift-asked'", "perform concat('hold/' || p_hold, 'lift-asked'"),
        Patch("5 both names are not kept", LiftChecks.DeclinedRequestIsGone, Lift, "json_build_object('id', p_hold, 'askedBy', lifted.lift_asked_by,", "json_build_object('id', p_hold, 'askedBy', null,"),
        Patch("5 a lifted hold takes orders", LiftChecks.DeclinedRequestIsGone, "standing_hold", "if v_hold.lifted_seq is not null then", "if false then"),
        Patch("5 an id for any order", LiftChecks.OperationIsOneOrder, "claim_hold_operation", "where o.id = p_operation and", "where o.id = p_operation or"),
        Patch("5 the request outlives the role", LiftChecks.AskLapsesWithTheRole, "save_staff", "and (not x.active or h.lift_asked_by_role <> x.role)", "and not x.active"),
        Patch("5 the request outlives the asker's leaving", LiftChecks.AskLapsesWithTheRole, "save_staff", "and (not x.active or h.lift_asked_by_role <> x.role)", "and h.lift_asked_by_role <> x.role"),
        Patch("5 a late request is confirmed", LiftChecks.LateAskLapsesAtTheConfirmation, Lift, "and (not staff_stands(s) or s.role <> lifted.lift_asked_by_role)", "and false"),
        Patch("5 a repeat asks after a lapse", LiftChecks.LateAskLapsesAtTheConfirmation, Lift, "if not v_first and (v_asked is null or v_asked", "if not v_first and (v_asked"),
        Patch("5 two ask side by side", LiftRaceChecks.SecondOfTwoAskersConfirms, Lift, "perform fence_exclusive();", ""),
        Patch("5 one asks side by side", LiftRaceChecks.OnePersonInTwoWindowsAsksOnce, Lift, "perform fence_exclusive();", ""),
        Patch("5 a lift opens the new hold, too", LiftRaceChecks.LiftLeavesTheNewHold, Lift, LiftsOne, LiftsAll),
        Patch("5 a new hold beside the lift", LiftRaceChecks.NewHoldOutlivesTheLift, "place_hold", "perform fence_exclusive();", ""),
        Patch("5 one lift for two incidents", LiftRaceChecks.TwoIncidentsAreLiftedEach, Lift, LiftsOne, LiftsAll),
        Patch("5 one request for two incidents", LiftRaceChecks.TwoIncidentsAreLiftedEach, Lift, "lift_asked_reason = p_reason\n            where id = p_hold", "lift_asked_reason = p_reason\n            where lift_needs_second and id = p_hold; update hold set (lift_asked_seq, lift_asked_at, lift_asked_by, lift_asked_by_name, lift_asked_by_role, lift_asked_reason) = (select -h.lift_asked_seq, h.lift_asked_at, h.lift_asked_by, h.lift_asked_by_name, h.lift_asked_by_role, h.lift_asked_reason from hold h where h.id = p_hold) where id <> p_hold; update hold set lift_asked_reason = p_reason where id = p_hold"),
        Patch("a chosen end comes early", EndChecks.HoldEndsAtItsTime, "end_due_holds", "where lifted_seq is null and ends_at <= clock_timestamp()\n        returning", "where lifted_seq is null and ends_at is not null\n        returning"),
        Patch("a chosen end never comes", EndChecks.HoldEndsAtItsTime, "end_due_holds", "from hold where lifted_seq is null and ends_at <= clock_timestamp()", "from hold where false"),
        Patch("a chosen end unjournaled", EndChecks.HoldEndsAtItsTime, "end_due_holds", "perform journal_append(", "perform concat("),
        Patch("4b the end frees what fell due before it came about", EndChecks.EndFreesNothingThatFellDue, "end_due_holds", "set lifted_at = clock_timestamp()", "set lifted_at = ends_at"),
        Patch("5 ending without the lock", EndChecks.EndIsExclusive, "end_due_holds", "perform fence_exclusive();", ""),
        new("an end for anything", EndChecks.NothingElseEndsByItself, g => g.ExecuteAsync("alter table hold drop constraint hold_end")),
        Patch("a review unjournaled", EndChecks.ReviewIsMoved, "review_hold", "perform journal_append(", "perform concat("),
        Patch("a review moved twice", EndChecks.ReviewIsMoved, "claim_hold_operation", "return false;", "return true;"),
        Patch("a lifted hold is reviewed", EndChecks.ReviewIsMoved, "standing_hold", "if v_hold.lifted_seq is not null then", "if false then"),
    ];
}

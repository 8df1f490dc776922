using Coordination.Storage.Tests.Fence.Checks;

namespace Coordination.Storage.Tests.Fence;

/// <summary>One rule taken out of the database's functions, and the check that must notice.</summary>
internal sealed partial record Mutation(string Rule, Func<Ground, Task> Check, Func<Ground, Task> TakeOut)
{
    private const string Take = "take_permit";
    private const string Refusing = "holds_refusing";
    private const string Commit = "commit_account";

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Mutation> All { get; } = new Mutation[]
    {
        Patch("1 a hold stops a removal", PermitChecks.RemovalNeedsNoPermit, Commit, "if v_relabel then", "if exists (select from hold where lifted_seq is null) then raise exception 'held' using errcode = 'WM001'; end if; if v_relabel then"),
        Patch("2a no look at the version", PermitChecks.AnotherVersionIsStale, Take, "if v_version is distinct from p_version then", "if false then"),
        Patch("2a no lock on the row", PermitChecks.CommitUnderWayIsWaitedFor, Take, "for no key update", ""),
        Patch("2b no lock of the fence", PermitChecks.HoldUnderWayIsWaitedForAndSeen, Take, "perform fence_shared();", ""),
        new("2c look in the statement that locks", PermitChecks.HoldUnderWayIsWaitedForAndSeen, async ground =>
        {
            await ground.PatchAsync(Take, "perform fence_shared();", "");
            await ground.PatchAsync(
                Take,
                "hold_ids := holds_refusing(v_account, v_post);",
                "with fence as materialized (select fence_shared()) select holds_refusing(v_account, v_post) into hold_ids from fence;");
            await ground.ExecuteAsync("alter function holds_refusing stable");
        }),
        Patch("2 fence before the row", PermitChecks.HoldPassesPermitThatWaitsForARow, Take, "select s.version into v_version", "perform fence_shared(); select s.version into v_version"),
        Patch("2 any isolation level", PermitChecks.OtherIsolationIsRefused, "fence_check_isolation", "<> 'read committed'", "= 'none'"),
        Patch("2c no look at the due time", PermitChecks.EarlyAndLateGetNoPermit, Take, "if v_now < v_post.due_at then", "if false then"),
        Patch("2c no look at the tolerance", PermitChecks.EarlyAndLateGetNoPermit, Take, "if v_now > v_post.due_at + v_post.tolerance then", "if false then"),
        Patch("2c the caller's poster", PermitChecks.OtherBeliefsAreStale, Take, "or v_post.poster_id is distinct from p_poster then", "then"),
        Patch("2c the caller's revision", PermitChecks.OtherBeliefsAreStale, Take, "or v_post.revision is distinct from p_revision", ""),
        Patch("2c the caller's account", PermitChecks.OtherBeliefsAreStale, Take, "where id = p_post and account = p_account;", "where id = p_post;"),
        Patch("2c any state of the post", PermitChecks.OtherBeliefsAreStale, Take, "or v_post.state is distinct from 'scheduled'", ""),
        Patch("2d no journal entry", PermitChecks.PermitIsOnRecord, Take, "perform journal_append(", "perform concat("),
        Patch("9 a permit that lives long", PermitChecks.PermitIsOnRecord, Take, "v_now + p_lifetime)", "v_now + interval '1 hour')"),
        Patch("3 the former attempt may be anything", PermitChecks.AttemptsFollowEachOther, Take, "v_former.outcome is not distinct from 'not-sent'", "true"),
        Patch("3 attempts may be left out", PermitChecks.AttemptsFollowEachOther, Take, "if p_attempt <> v_former.attempt + 1", "if p_attempt <= v_former.attempt"),
        Patch("3 a first attempt of any number", PermitChecks.AttemptsFollowEachOther, Take, "elsif p_attempt <> 1 then", "elsif false then"),
        Patch("3 parts in any order", PermitChecks.PartWaitsForTheOneItAnswers, Take, "if p_part > 0 and not exists (", "if false and not exists ("),
        Patch("3 a part after whatever became of the one before", PermitChecks.PartWaitsForTheOneItAnswers, Take, "p.part = p_part - 1 and p.action = p_action and p.outcome = 'sent'", "p.part = p_part - 1 and p.action = p_action"),
        Patch("1 an edit under a permit to publish", PermitChecks.EditGoesOverWhatStands, Take, "or (p_action = 'edit') is distinct from v_edits", ""),
        Patch("1 an edit over what is gone", PermitChecks.EditGoesOverWhatStands, Take, "and p.state = 'published'", ""),
        Patch("1 an edit over what is being removed", PermitChecks.EditGoesOverWhatStands, Take, "and p.removal_asked_at is null", ""),
        Patch("1 an edit over another account's post", PermitChecks.EditGoesOverWhatStands, Take, "and p.account = p_account and p.state", "and p.state"),
        Patch("1 an edit over whatever it says", PermitChecks.EditGoesOverWhatStands, Take, "and p.remote_id = v_post.about ->> 'target'", ""),
        new("3 a foreign key", PermitChecks.PermitHasNoForeignKey, g => g.ExecuteAsync("alter table permit add foreign key (account) references account")),
        Patch("4a a standing hold lets through", HoldChecks.StandingHoldRefusesWhatItCovers, Refusing, "where (h.lifted_seq is null or", "where (false or"),
        Patch("5 a receipt for whatever is asked", HoldChecks.ReceiptIsForAHoldThatCovers, "hold_receipt_guard", "if not exists (", "if false and not exists ("),
        Patch("4a a hold covers everything", HoldChecks.StandingHoldRefusesWhatItCovers, "scope_covers", "select scope_includes(", "select true or scope_includes("),
        Patch("4a one lift opens all", HoldChecks.LastHoldOpensTheAccount, "lift_hold", "where id = p_hold\n    returning", LiftsAll),
        Patch("4b the lift frees what fell due", HoldChecks.FellDueUnderAHoldStaysHeld, Refusing, "h.lifted_at > p_post.due_at", "false"),
        Patch("4b no look at the confirmation", HoldChecks.ConfirmedAfterTheLiftGoes, Refusing, "and h.lifted_seq > p_post.confirmed_seq", ""),
        Patch("4b a confirmation under the hold frees", HoldChecks.ConfirmedAndDueUnderAHoldStaysHeld, Refusing, "and h.lifted_seq > p_post.confirmed_seq", "and h.placed_seq > p_post.confirmed_seq"),
        Patch("4b no look at the due time", HoldChecks.DueAfterTheLiftGoes, Refusing, "h.lifted_at > p_post.due_at", "true"),
        Patch("4b today's labels free what fell due", HoldChecks.MovingAfterTheLiftFreesNothing, Refusing, "and l.seq < h.lifted_seq", ""),
        Patch("4b today's labels hold what was free", HoldChecks.MovingInAfterTheLiftHoldsNothing, Refusing, "and l.seq < h.lifted_seq", ""),
        Patch("4 anybody under central coordination", HoldChecks.NamedPosterConfirmsAfterTheHold, Refusing, "and p_post.poster_id = any (h.named_posters)", ""),
        Patch("4 confirmed before the hold", HoldChecks.NamedPosterConfirmsAfterTheHold, Refusing, "and p_post.confirmed_seq > h.placed_seq", ""),
        Patch("4 a freeze that names people", HoldChecks.EachHoldMustLetItThrough, Refusing, "h.kind = 'centralCoordination' and", ""),
        Patch("4 an approval of another revision", HoldChecks.ApprovalIsForThisRevisionAndAfterTheHold, Refusing, "and p_post.approved_revision is not distinct from p_post.revision", ""),
        Patch("4 an approval before the hold", HoldChecks.ApprovalIsForThisRevisionAndAfterTheHold, Refusing, "and p_post.approved_seq > h.placed_seq", "and p_post.approved_seq is not null"),
        Patch("4 an approval for another hold", HoldChecks.ApprovalIsForThisRevisionAndAfterTheHold, Refusing, "and h.id = any (p_post.approved_for)", ""),
        Patch("4 an approval without a number", HoldChecks.ApprovalIsKeptUntilTheNextRevision, Commit, "if (v_event ->> 'approves')::boolean then", "if false then"),
        Patch("4 an approval that outlives its revision", HoldChecks.ApprovalIsKeptUntilTheNextRevision, Commit, "approved_seq = case when excluded.approved_revision is not null then coalesce(excluded.approved_seq, p.approved_seq) end,", "approved_seq = coalesce(excluded.approved_seq, p.approved_seq),"),
        Patch("4 an approval lost with the next report", HoldChecks.ApprovalIsKeptUntilTheNextRevision, Commit, "coalesce(excluded.approved_seq, p.approved_seq)", "excluded.approved_seq"),
        Patch("4 the person stays named", HoldChecks.RemovedPosterIsHeld, "remove_named_poster", "array_remove(named_posters, p_staff)", "named_posters"),
        Patch("5 placing without the lock", HoldChecks.PermitUnderWayIsInFlight, "place_hold", "perform fence_exclusive();", ""),
        Patch("5 lifting without the lock", HoldChecks.LiftIsExclusive, "lift_hold", "perform fence_exclusive();", ""),
        Patch("5 expired is forgotten", HoldChecks.InFlightIsWhatHasNoOutcome, "open_permits", "where p.outcome is null", "where p.outcome is null and p.expires_at > clock_timestamp()"),
        Patch("5 unknown is forgotten", HoldChecks.InFlightIsWhatIsUnknown, "open_permits", "where p.outcome = 'unknown' and", "where false and"),
        Patch("5 decided is in flight", HoldChecks.InFlightIsWhatIsUnknown, "open_permits", "and q.state = 'unknown'", ""),
        Patch("5 closed is in flight", HoldChecks.InFlightIsWhatHasNoOutcome, "open_permits", "where p.outcome is null", "where true"),
        Patch("5 a repeat places again", HoldChecks.RepeatPlacesNothing, "place_hold", "where operation_id = p_operation;", "where false;"),
        Patch("5 an id for anything", HoldChecks.RepeatPlacesNothing, "place_hold", "placed.fingerprint <> p_fingerprint", "false"),
        Patch("5 placing unjournaled", HoldChecks.HoldIsJournaled, "place_hold", "perform journal_append(", "perform concat("),
        Patch("5 lifting unjournaled", HoldChecks.HoldIsJournaled, "lift_hold", "perform journal_append('hold/' || p_hold, 'hold-lifted'", "perform concat('hold/' || p_hold, 'hold-lifted'"),
        Patch("7 a relabel leaves a hold", LabelChecks.RelabelThatLeavesAHoldIsRefused, Commit, "if v_broken is not null then", "if false then"),
        Patch("7 a relabel without the lock", LabelChecks.RelabelWaitsForAHoldUnderWay, Commit, "perform fence_shared();", "null;"),
        Patch("7 new accounts are free", LabelChecks.NewAccountIsCovered, Refusing, "where (h.lifted_seq is null or", "where ((h.lifted_seq is null and h.placed_seq > (select min(l.seq) from label_history l where l.account = p_account.key)) or"),
        Patch("7 no label history", LabelChecks.LabelHistoryIsKept, Commit, "insert into label_history (account, seq, platform, kind, area, station, department)\n        values", "perform"),
        Patch("7 no end for a stalled commit", LabelChecks.StalledCommitIsEnded, Commit, "'500ms'", "'0'"),
        Patch("8 no look at permits", LabelChecks.OpenPermitStopsACancel, Commit, "where p.outcome is null\n", "where false\n"),
        Patch("8 no look at permits that come", LabelChecks.PermitUnderWayStopsACancel, Commit, "where p.outcome is null\n", "where false\n"),
        Patch("10 anybody closes as not sent", LabelChecks.OnlyTheTokenClosesAsNotSent, Commit, "v_close ->> 'outcome' <> 'not-sent' or", "true or"),
        Patch("10 what is known is taken back", LabelChecks.KnownOutcomeStays, Commit, "(outcome is null or (outcome = 'unknown' and v_close ->> 'outcome' = 'sent'))", "true"),
        Patch("10 without the platform's promise", LabelChecks.SameKeyWithinItsLife, Take, "p_key_lifetime is not null and", ""),
        Patch("10 before the permit is over", LabelChecks.SameKeyWithinItsLife, Take, "v_former.expires_at < v_now", "true"),
        Patch("10 the key's life begins again", LabelChecks.KeyLivesFromItsFirstUse, Take, "select min(p.issued_at)", "select max(p.issued_at)"),
        Patch("G2 a post may be overwritten", LabelChecks.PostOfAnotherAccountIsLeftAlone, Commit, "where p.account = excluded.account;", ";"),
        Patch("10 one outcome for all parts", LabelChecks.OutcomeIsOfOnePart, Commit, "where (post_id, part, action) = (select p.post_id, p.part, p.action from permit p", "where post_id = (select p.post_id from permit p"),
    }.Concat(Lifting).Concat(Staffing).ToDictionary(m => m.Rule, StringComparer.Ordinal);

    private static Mutation Patch(string rule, Func<Ground, Task> check, string function, string from, string to) =>
        new(rule, check, ground => ground.PatchAsync(function, from, to));
}

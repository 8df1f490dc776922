using Coordination.Storage.Tests.Fence.Checks;

namespace Coordination.Storage.Tests.Fence;

/// <summary>The rules of the staff directory, taken out one by one.</summary>
internal sealed partial record Mutation
{
    private const string Change = "change_staff";

    private static IEnumerable<Mutation> Staffing =>
    [
        Patch("4 a last day lets through", StaffChecks.LastDayLetsNobodyThrough, Refusing, "and not exists (select from staff s where s.id = p_post.poster_id and s.ends_at <= clock_timestamp())", ""),
        Patch("4 the sweep leaves them named", StaffChecks.SweptIsOffTheHolds, "end_staff_terms", "perform save_staff_of(v_staff.id, v_staff.name, v_staff.role, v_staff.publishes_on, false);", "update staff set active = false where id = v_staff.id;"),
        Patch("the sweep unjournaled", StaffChecks.SweptIsOffTheHolds, "end_staff_terms", "perform journal_append(", "perform concat("),
        Patch("4 a first day ahead leaves them named", StaffChecks.FirstDayAheadIsLeaving, Change, "perform remove_named_poster(p_id, 'system', 'The service', 'system');", "null;"),
        Patch("4 ending somebody leaves them named", StaffChecks.EndedIsOffTheHolds, Change, "perform save_staff_of(p_id, p_name, p_role, p_publishes_on, p_active);", "update staff s set active = p_active where s.id = p_id;"),
        Patch("5 a request outlives the last day", StaffChecks.AskLapsesWithTheLastDay, Lift, "not staff_stands(s) or", ""),
        Patch("anybody changes themselves", StaffChecks.ChangeIsAnothersWhoStillMay, Change, "if p_id = p_actor_id then", "if false then"),
        Patch("a former manager changes others", StaffChecks.ChangeIsAnothersWhoStillMay, Change, "and s.role = p_actor_role and staff_stands(s)", ""),
        Patch("a change unjournaled", StaffChecks.ChangeIsAnothersWhoStillMay, Change, "perform journal_append(", "perform concat("),
        Patch("a change of what was not read", StaffChecks.ChangeIsOfWhatWasRead, Change, "coalesce(v_old.version, 0) <> p_version", "false"),
        Patch("the last manager goes", StaffChecks.LastManagerStays, Change, "and not exists (select from staff s where s.id <> p_id and staff_lasts(s))", "and false"),
        Patch("a manager who leaves soon is enough", StaffChecks.LastManagerStays, "staff_lasts", "and p.ends_at is null", ""),
        Patch("a last day waits for somebody", StaffChecks.DaysCountWhereStaffAreRead, "staff_stands", "and coalesce(p.ends_at > clock_timestamp(), true)", ""),
        Patch("a first day waits for nobody", StaffChecks.DaysCountWhereStaffAreRead, "staff_stands", "and coalesce(p.starts_at <= clock_timestamp(), true)", ""),
        Patch("a group lets in after the last day", StaffChecks.DaysCountWhereStaffAreRead, "admit_mapped", "or v_staff.ends_at <= clock_timestamp()", ""),
        Patch("a group lets in before the first day", StaffChecks.DaysCountWhereStaffAreRead, "admit_mapped", "or v_staff.starts_at > clock_timestamp()", ""),
        Patch("a contact outlives the last day", StaffChecks.ContactEndsWithTheLastDay, "contact_standings", "case when staff_stands(s) then 'confirmed' else 'ended' end", "'confirmed'"),
    ];
}

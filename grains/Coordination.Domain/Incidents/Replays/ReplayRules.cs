using System.Globalization;
using Coordination.Domain.People;

namespace Coordination.Domain.Incidents.Replays;

/// <summary>Who may do what with a replay.</summary>
/// <remarks>
/// It is a report of many incidents, so whoever may report one may start it; a big one has the exercise on everybody's screen for long, and is for those who answer for the rules.
/// Ending it needs no more than the right to end what it makes: whoever has the night must be able to.
/// </remarks>
public static class ReplayRules
{
    /// <summary>Most reports of a replay that everybody may start who may report incidents.</summary>
    public const int MostReports = 1_000;

    /// <summary>Shadow holds and proposals of a replay that stand together before it pauses.</summary>
    public const int MostShadows = 10;

    /// <summary>Messages of a replay that wait for a person before it pauses.</summary>
    public const int MostWaiting = 20;

    /// <summary>Why somebody may not start a replay, or let one go on; null when they may.</summary>
    public static Refusal? Start(Actor actor, int reports)
    {
        if (!actor.May(Permission.ReportIncident))
        {
            return new Refusal(
                "forbidden", $"{actor.Name} ({actor.Role.Name()}) may not replay incidents. Nothing was started. Who may: {PermissionMatrix.WhoMayInWords(Permission.ReportIncident)}.", RefusalKind.Forbidden);
        }

        return reports > MostReports && !actor.May(Permission.ManageRules)
            ? new Refusal(
                "forbidden",
                string.Create(CultureInfo.InvariantCulture, $"{actor.Name} ({actor.Role.Name()}) may replay at most {MostReports:#,0} incidents, and these are {reports:#,0}. Nothing was started. Who may: {PermissionMatrix.WhoMayInWords(Permission.ManageRules)}; or take a part of the file."),
                RefusalKind.Forbidden)
            : null;
    }

    /// <summary>Whether somebody may stop a replay or have it pause.</summary>
    public static bool MayStop(Actor actor) => actor.May(Permission.ReportIncident) || actor.May(Permission.DecideTakeover);

    /// <summary>Why somebody may not stop one; null when they may.</summary>
    public static Refusal? Stop(Actor actor) => MayStop(actor)
        ? null
        : new Refusal(
            "forbidden",
            $"{actor.Name} ({actor.Role.Name()}) may not stop a replay. It goes on. Who may: {PermissionMatrix.WhoMayInWords(Permission.DecideTakeover)}, or {PermissionMatrix.WhoMayInWords(Permission.ReportIncident)}.",
            RefusalKind.Forbidden);

    /// <summary>Why a speed does not fit; null when it does.</summary>
    public static Refusal? Speed(int? speed) => speed is >= ReplayPlan.LeastSpeed and <= ReplayPlan.MostSpeed
        ? null
        : new Refusal("speed-out-of-range", string.Create(CultureInfo.InvariantCulture, $"'speed' can be {ReplayPlan.LeastSpeed} to {ReplayPlan.MostSpeed}: seconds of the recording in one second. Nothing was started."));
}

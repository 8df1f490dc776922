using Coordination.Domain.Brigade;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>Decides which takeovers an incident causes. Pure: the same incident, book, map, takeovers and time give the same planning.</summary>
/// <remarks>
/// It holds what is true and clear, and asks a person where either is in doubt, and where the incident is closed. It never lifts: a lower number of pumps, a stop or a stand-down
/// leave every hold where it is, for Comms to lift. An exercise is planned like a real incident; who carries it out keeps it off real accounts.
/// </remarks>
public static class RuleBookPlanner
{
    /// <summary>Decides.</summary>
    /// <param name="incident">The incident, of all its reports.</param>
    /// <param name="book">The rules, checked by <see cref="RuleBookCheck"/>.</param>
    /// <param name="map">Areas and stations.</param>
    /// <param name="ofTheGroup">The takeovers of this incident and of those that belong together with it.</param>
    /// <param name="now">The time.</param>
    /// <param name="sources">Ids of the systems and desks that reported it.</param>
    public static TakeoverPlanning Plan(
        Incident incident,
        RuleBook book,
        BrigadeMap map,
        IReadOnlyList<StandingTakeover> ofTheGroup,
        DateTimeOffset now,
        IReadOnlySet<string> sources)
    {
        IncidentFacts Known(Incident reading) => new(reading, IncidentPlace.Of(reading.Now, map), sources, now);

        IncidentFacts[] present = [.. Readings.Present(incident).Select(Known)];
        (FiledReport, IncidentFacts)[] late = [.. Readings.Late(incident).Select(l => (l.Report, Known(l.Then)))];
        var modes = book.Rules.DistinctBy(r => r.Id, StringComparer.Ordinal).ToDictionary(r => r.Id, r => r.Then.Mode, StringComparer.Ordinal);
        var takeovers = ofTheGroup.ToList();
        var plans = new List<TakeoverPlan>();
        var notes = new List<PlanNote>();
        foreach (var rule in book.InOrder)
        {
            var (plan, note) = new RuleJudgement(rule, map, takeovers, modes, now).Of(present, late);
            if (note is not null)
            {
                notes.Add(note);
            }

            if (plan is not null)
            {
                plans.Add(plan);

                // The rules after it see what this one is about to hold.
                takeovers.Add(new StandingTakeover(rule.Id, rule.Then.Kind, plan.Scope, TakeoverState.Pending, now, EndedAt: null));
            }
        }

        return new TakeoverPlanning(plans, notes);
    }
}

using Coordination.Domain.Brigade;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>What the news of an incident means for the holds that stand for it. They stay, whatever it is; a person is asked.</summary>
public static class HoldReview
{
    /// <summary>The questions that this news brings up, and the news before did not.</summary>
    /// <param name="now">The incident.</param>
    /// <param name="before">The incident without the news; null when there was none.</param>
    /// <param name="book">The rules.</param>
    /// <param name="map">Areas and stations.</param>
    /// <param name="ofTheGroup">The takeovers of this incident and of those that belong together with it.</param>
    /// <param name="time">The time.</param>
    public static IReadOnlyList<PlanNote> Of(
        Incident now, Incident? before, RuleBook book, BrigadeMap map, IReadOnlyList<StandingTakeover> ofTheGroup, DateTimeOffset time)
    {
        StandingTakeover[] held = [.. ofTheGroup.Where(t => t is { State: TakeoverState.Placed, EndedAt: null })];
        if (held.Length == 0 || before is null)
        {
            return [];
        }

        const string stays = "what is held for it stays held until Comms lifts it. Decide by hand";
        if (now.Now.Status is not IncidentStatus.Open && before.Now.Status is IncidentStatus.Open)
        {
            return [new PlanNote(held[0].RuleId, PlanNoteKind.AsksPerson, $"the incident is {(now.Now.Status is IncidentStatus.Stop ? "stopped" : "closed")}, and {stays}")];
        }

        IncidentFacts Facts(Incident incident) =>
            new(incident, IncidentPlace.Of(incident.Now, map), incident.Reports.Select(r => r.Source).ToHashSet(StringComparer.Ordinal), time);

        var (present, former) = (Facts(now), Facts(before));
        return
        [
            .. from rule in book.InOrder
               where held.Any(t => string.Equals(t.RuleId, rule.Id, StringComparison.Ordinal)) && rule.When.IsTrueOf(former) is true && rule.When.IsTrueOf(present) is not true
               select new PlanNote(rule.Id, PlanNoteKind.AsksPerson, FormattableString.Invariant($"it is no longer so that {rule.When.Words()} (rule {rule.Priority}: {rule.Name}), and {stays}")),
        ];
    }
}

using Coordination.Domain.Brigade;
using Coordination.Domain.Holds;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>What one rule makes of an incident, beside the takeovers there are.</summary>
internal sealed class RuleJudgement(
    IncidentRule rule, BrigadeMap map, IReadOnlyList<StandingTakeover> takeovers, IReadOnlyDictionary<string, RuleMode> modes, DateTimeOffset now)
{
    private readonly Scope[] _covering = [.. takeovers.Where(t => CountsAsHeld(t, rule, modes)).Select(t => t.Scope)];

    /// <summary>A plan, or a note, or neither where there is nothing to say.</summary>
    /// <param name="present">What the incident may be, as it stands first.</param>
    /// <param name="late">What it was by each report that came too late.</param>
    public (TakeoverPlan? Plan, PlanNote? Note) Of(IReadOnlyList<IncidentFacts> present, IReadOnlyList<(FiledReport Report, IncidentFacts Facts)> late)
    {
        IncidentFacts[] trueOf = [.. present.Where(f => rule.When.IsTrueOf(f) is true)];
        return trueOf.Length == 0 ? (null, OfLate(present[0], late)) : OfTrue(present, trueOf);
    }

    private (TakeoverPlan? Plan, PlanNote? Note) OfTrue(IReadOnlyList<IncidentFacts> present, IncidentFacts[] trueOf)
    {
        var title = Title(trueOf[0]);
        Scope?[] scopes = [.. trueOf.Select(f => rule.Then.Scope.At(f.Place, map))];
        if (scopes.All(IsHeld))
        {
            return (null, Note(PlanNoteKind.AlreadyHeld, $"{title}: what it would hold is held already, or about to be"));
        }

        if (rule.Then.Mode is RuleMode.NotifyOnly)
        {
            return (null, Note(PlanNoteKind.Notify, title));
        }

        if (takeovers.Any(t => string.Equals(t.RuleId, rule.Id, StringComparison.Ordinal) && t.WasRefusedByAPersonWithin(TimeSpan.FromMinutes(rule.CoolDownMinutes), now)))
        {
            return (null, Note(PlanNoteKind.CoolingDown, $"{title}: a takeover by this rule was vetoed or lifted less than {Phrases.Count(rule.CoolDownMinutes, "minute", "minutes")} ago"));
        }

        if (trueOf.Length < present.Count || scopes.Any(s => !ScopeCover.Same(s, scopes[0])) || trueOf.Any(f => IsClosed(f) != IsClosed(trueOf[0])))
        {
            return (null, Asks($"{title}: {Contradictions(present[0].Incident)}, and it depends on which is right"));
        }

        if (IsClosed(trueOf[0]))
        {
            return (null, Asks($"{title}: the incident is closed, and for one that is closed no rule holds anything by itself"));
        }

        return scopes[0] is not { } scope
            ? (null, Asks($"{title}: {rule.Then.Scope.WhyNone(trueOf[0].Place)}"))
            : (new TakeoverPlan(rule, ScopeCover.Remaining(scope, _covering, map)!, rule.Then.Mode, title), null);
    }

    // A rule that only tells has nothing to ask. One that had a takeover was judged when it was true.
    private PlanNote? OfLate(IncidentFacts present, IReadOnlyList<(FiledReport Report, IncidentFacts Facts)> late)
    {
        if (rule.Then.Mode is RuleMode.NotifyOnly || takeovers.Any(t => string.Equals(t.RuleId, rule.Id, StringComparison.Ordinal)))
        {
            return null;
        }

        return late.FirstOrDefault(l => rule.When.IsTrueOf(l.Facts) is true && !IsHeld(rule.Then.Scope.At(l.Facts.Place, map))) is ({ } report, _)
            ? Asks($"{Title(present)}: {report.Name} came late and makes it true; what was reported after it does not")
            : null;
    }

    // A stop only says that no further help is needed: what it names may be news all the same, such as a death.
    private static bool IsClosed(IncidentFacts facts) => facts.Report.Status is IncidentStatus.Closed;

    // Where the place is not known, only the whole brigade is sure to have it.
    private bool IsHeld(Scope? scope) => ScopeCover.Remaining(scope ?? Scope.LocalAccounts with { Except = rule.Then.Scope.Except }, _covering, map) is null;

    // What must be held at once does not wait for the veto of another rule's proposal, nor fall with it.
    private static bool CountsAsHeld(StandingTakeover takeover, IncidentRule rule, IReadOnlyDictionary<string, RuleMode> modes) =>
        takeover.IsActive
        && takeover.Kind >= rule.Then.Kind
        && !(rule.Then.Mode is RuleMode.AtOnce
            && takeover.IsWaiting
            && !string.Equals(takeover.RuleId, rule.Id, StringComparison.Ordinal)
            && modes.GetValueOrDefault(takeover.RuleId, RuleMode.Propose) is not RuleMode.AtOnce);

    private string Title(IncidentFacts facts)
    {
        var what = StorableText.Clean(facts.Report.Headline ?? facts.Report.Type, HoldDecider.LongestReason / 2);
        return StorableText.Clean(FormattableString.Invariant($"rule {rule.Priority}: {rule.Name} ({what}, incident {facts.Report.Number})"), HoldDecider.LongestReason);
    }

    private PlanNote Asks(string words) => Note(PlanNoteKind.AsksPerson, $"{words}. Decide by hand");

    private PlanNote Note(PlanNoteKind kind, string words) => new(rule.Id, kind, words);

    private static string Contradictions(Incident incident) => string.Join(", ", Readings.Contradictions(incident).Select(c => c.Words));
}

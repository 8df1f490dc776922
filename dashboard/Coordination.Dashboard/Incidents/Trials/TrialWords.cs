using Coordination.Domain.Incidents.Rules;

namespace Coordination.Dashboard.Incidents.Trials;

/// <summary>What a trial can and cannot show, in plain words.</summary>
public static class TrialWords
{
    /// <summary>What was taken for granted, as sentences.</summary>
    public static IReadOnlyList<string> Assumptions(TrialRecording recording, int hours) =>
    [
        FormattableString.Invariant($"A hold is taken to last {(hours == 1 ? "1 hour" : $"{hours} h")}: nothing recorded says when Comms would have lifted it."),
        "A proposal counts as one that nobody vetoes, and its hold stands from the moment it is proposed.",
        recording.FromFile
            ? "Each incident is judged once, as its row tells it: the file has no close time, no stop and no declaration."
            : "Each incident is judged after each report, as it was then, and an alert by its worst level alone. Nobody vetoes or lifts.",
        "The accounts are those that the register has today.",
    ];

    /// <summary>What could not be replayed, a sentence for each rule and what nothing tells of it.</summary>
    public static IReadOnlyList<string> Unreplayed(TrialOutcome outcome) =>
    [
        .. outcome.Result.Unreplayed.GroupBy(u => (u.RuleId, u.Wholly, Facts: Listed([.. u.Facts.Select(f => f.Words())], "or")))
            .Select(g => Sentence(g.Key.RuleId, [.. g.Select(u => u.Words)], g.Key.Wholly, g.Key.Facts, outcome)),
    ];

    /// <summary>What could not be replayed of a condition: <c>Rule 3, a declared major incident: “a major incident is declared” could not be tried; ...</c>.</summary>
    public static string Of(UnreplayedCondition condition, TrialOutcome outcome) =>
        Sentence(condition.RuleId, [condition.Words], condition.Wholly, Listed([.. condition.Facts.Select(f => f.Words())], "or"), outcome);

    private static string Sentence(string ruleId, IReadOnlyList<string> conditions, bool wholly, string never, TrialOutcome outcome)
    {
        var rule = outcome.Rule(ruleId);
        var name = rule is null ? ruleId : FormattableString.Invariant($"Rule {rule.Priority}, {rule.Name}");
        var what = Listed([.. conditions.Select(c => $"“{c}”")], "and");
        return $"{name}: {what} {(wholly ? "could not be tried" : conditions.Count == 1 ? "was tried in part" : "were tried in part")}; nothing recorded tells {never}.";
    }

    private static string Listed(IReadOnlyList<string> words, string last) => words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} {last} {words[^1]}";
}

using Coordination.Domain.Holds;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>A rule as people read it.</summary>
public static class RuleWords
{
    /// <summary>The name of the part that says when a rule applies.</summary>
    internal const string Condition = "condition";

    /// <summary>The rule as a sentence: <c>when 5 pumps or more: tell people and hold nothing</c>.</summary>
    public static string Of(IncidentRule rule) => $"when {rule.When.Words()}: {Of(rule.Then)}";

    /// <summary>What a rule does, as a part of a sentence.</summary>
    public static string Of(RuleEffect effect)
    {
        var hold = $"{(effect.Kind is HoldKind.Freeze ? "freeze" : "centrally coordinate")} {effect.Scope.Words()}";
        return effect.Mode switch
        {
            RuleMode.AtOnce => $"at once {hold}",
            RuleMode.Propose => $"{hold} unless vetoed within {Phrases.Count(effect.VetoSeconds, "second", "seconds")}",
            _ => "tell people and hold nothing",
        };
    }

    /// <summary>The words of a mode.</summary>
    public static string Of(RuleMode mode) => mode switch
    {
        RuleMode.AtOnce => "at once",
        RuleMode.Propose => "propose",
        _ => "notify only",
    };

    /// <summary>Every part of a rule and what it is.</summary>
    internal static IEnumerable<(string Name, string Words)> Parts(IncidentRule rule) =>
    [
        ("name", rule.Name),
        (Condition, rule.When.Words()),
        ("kind of hold", rule.Then.Kind.Name()),
        ("scope", rule.Then.Scope.Words()),
        ("mode", Of(rule.Then.Mode)),
        ("veto time", Phrases.Count(rule.Then.VetoSeconds, "second", "seconds")),
        ("named posters", rule.Then.NamedPosters.Count == 0 ? "nobody" : string.Join(", ", rule.Then.NamedPosters)),
        ("holding statement", rule.Then.HoldingStatement ?? "none"),
        ("cool-down", Phrases.Count(rule.CoolDownMinutes, "minute", "minutes")),
        ("priority", FormattableString.Invariant($"{rule.Priority}")),
        ("owner", rule.Owner),
        ("reason", rule.Reason),
        ("review date", FormattableString.Invariant($"{rule.ReviewBy:yyyy-MM-dd}")),
        ("use", rule.Enabled ? "on" : "off"),
    ];
}

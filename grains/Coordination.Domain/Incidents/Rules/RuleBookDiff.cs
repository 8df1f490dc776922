using System.Text.Json;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>What became of a rule.</summary>
public enum RuleChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>A part of it is another.</summary>
    Changed,
}

/// <summary>A change of a rule.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Part">Of a changed one: which part; null otherwise.</param>
/// <param name="From">Of a changed one: what it was, in words; null otherwise.</param>
/// <param name="To">Of a changed one: what it is, in words; null otherwise.</param>
/// <param name="Words">The whole as a line.</param>
public sealed record RuleChange(string RuleId, RuleChangeKind Kind, string? Part, string? From, string? To, string Words);

/// <summary>Says what another version of a rule book changes. Both were checked.</summary>
public static class RuleBookDiff
{
    /// <summary>All changes: of the new book's rules by their order, then of those that are gone.</summary>
    public static IReadOnlyList<RuleChange> Of(RuleBook before, RuleBook after)
    {
        var was = before.Rules.ToDictionary(r => r.Id, StringComparer.Ordinal);
        var stays = after.Rules.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. after.Rules.OrderBy(r => r.Priority).SelectMany(r => was.TryGetValue(r.Id, out var old) ? Changes(old, r) : [Whole(r, RuleChangeKind.Added, "added")]),
            .. before.Rules.Where(r => !stays.Contains(r.Id)).OrderBy(r => r.Priority).Select(r => Whole(r, RuleChangeKind.Removed, "removed")),
        ];
    }

    private static RuleChange Whole(IncidentRule rule, RuleChangeKind kind, string verb) => new(
        rule.Id, kind, Part: null, From: null, To: null, FormattableString.Invariant($"rule {rule.Priority}, {rule.Name}: {verb} ({RuleWords.Of(rule)})"));

    private static IEnumerable<RuleChange> Changes(IncidentRule old, IncidentRule now)
    {
        var before = RuleWords.Parts(old).ToDictionary(p => p.Name, p => p.Words, StringComparer.Ordinal);
        foreach (var (part, words) in RuleWords.Parts(now))
        {
            // Two conditions may read alike and not be: a change must not pass for that.
            if (!string.Equals(before[part], words, StringComparison.Ordinal) || (part is RuleWords.Condition && !Same(old.When, now.When)))
            {
                yield return new RuleChange(
                    now.Id, RuleChangeKind.Changed, part, before[part], words, FormattableString.Invariant($"rule {now.Priority}, {now.Name}: {part} changed from \"{before[part]}\" to \"{words}\""));
            }
        }
    }

    private static bool Same(Condition one, Condition other) =>
        string.Equals(JsonSerializer.Serialize(one), JsonSerializer.Serialize(other), StringComparison.Ordinal);
}

using Coordination.Domain.Brigade;
using Coordination.Domain.Holds;
using Coordination.Domain.Platforms;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>Something wrong with a rule book.</summary>
/// <param name="Path">Where, as in its JSON: <c>rules[2].when.of[0].areas</c>.</param>
/// <param name="What">What is wrong and what is wanted, as a sentence that begins with the thing.</param>
public sealed record RuleBookFault(string Path, string What);

/// <summary>Finds all that is wrong with a rule book, which may come from anywhere: what JSON allows, nulls too, is a fault and no exception.</summary>
public static class RuleBookCheck
{
    /// <summary>Most rules.</summary>
    public const int MostRules = 50;

    /// <summary>Deepest nesting of conditions: the outermost is 1 deep.</summary>
    public const int DeepestNesting = 6;

    /// <summary>Most conditions in one rule, those that hold others included.</summary>
    public const int MostConditions = 100;

    /// <summary>Most entries of a list in a condition.</summary>
    public const int MostWords = 50;

    /// <summary>Longest entry of such a list, in characters.</summary>
    public const int LongestWord = 60;

    /// <summary>Farthest distance, in kilometres.</summary>
    public const double FarthestKm = 100;

    /// <summary>Longest name and owner, in characters.</summary>
    public const int LongestName = 80;

    /// <summary>Longest reason and holding statement, in characters.</summary>
    public const int LongestText = 1000;

    /// <summary>Longest cool-down: a week, in minutes.</summary>
    public const int LongestCoolDown = 10_080;

    /// <summary>Checks a book against the brigade's map and every platform the service knows.</summary>
    public static IReadOnlyList<RuleBookFault> Check(RuleBook book, BrigadeMap map) => Check(book, new KnownLabels(
        [.. map.Areas.Select(a => a.Id)], [.. map.Stations.Select(s => s.Id)], [.. Platform.All.Select(p => p.Id)], [.. map.Departments.Select(d => d.Id)]));

    /// <summary>Checks a book against the labels that exist.</summary>
    public static IReadOnlyList<RuleBookFault> Check(RuleBook book, KnownLabels known)
    {
        var faults = new List<RuleBookFault>();
        if (book.Version < 1)
        {
            faults.Add(new RuleBookFault("version", "The version is 1 or more."));
        }

        if (book.Rules is null)
        {
            return [.. faults, new RuleBookFault("rules", "There is no list of rules; an empty one is allowed.")];
        }

        if (book.Rules.Count > MostRules)
        {
            return [.. faults, new RuleBookFault("rules", $"There are {book.Rules.Count} rules; {MostRules} fit. Nobody could say what more of them do together.")];
        }

        for (var i = 0; i < book.Rules.Count; i++)
        {
            if (book.Rules[i] is { } rule)
            {
                CheckRule(rule, $"rules[{i}]", known, faults);
            }
            else
            {
                faults.Add(new RuleBookFault($"rules[{i}]", "The rule is missing (null)."));
            }
        }

        CheckUnique(book, faults);
        return faults;
    }

    private static void CheckRule(IncidentRule rule, string path, KnownLabels known, List<RuleBookFault> faults)
    {
        void Fault(string field, string what) => faults.Add(new RuleBookFault($"{path}.{field}", what));

        if (!Slug.IsValid(rule.Id))
        {
            Fault("id", "The id is 1 to 60 small letters, digits and inner hyphens, such as ten-pumps.");
        }

        CheckText("name", rule.Name, LongestName, Fault);
        CheckText("owner", rule.Owner, LongestName, Fault);
        CheckText("reason", rule.Reason, LongestText, Fault);
        if (rule.ReviewBy == default)
        {
            Fault("reviewBy", "The review date is missing: say when somebody should ask whether the rule is still right.");
        }

        if (rule.Priority < 1)
        {
            Fault("priority", "The priority is 1 or more; 1 is asked first.");
        }

        if (rule.CoolDownMinutes is < 0 or > LongestCoolDown)
        {
            Fault("coolDownMinutes", $"The cool-down is 0 to {LongestCoolDown} minutes.");
        }

        faults.AddRange(ConditionCheck.Of(rule.When, $"{path}.when", known));
        if (rule.Then is null)
        {
            Fault("then", "What the rule does is missing.");
            return;
        }

        faults.AddRange(EffectCheck.Of(rule.Then, $"{path}.then", known));
        if (rule.Then.Mode is RuleMode.AtOnce && rule.When is not null && !Narrowness.Narrows(rule.When))
        {
            Fault("when", "A rule that holds at once says what happened: its type, its size, who was hurt, a declaration or an alert. This one could be true of every incident. Add such a condition, or propose instead.");
        }
    }

    private static void CheckText(string field, string? text, int longest, Action<string, string> fault)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            fault(field, $"The {field} is missing.");
        }
        else if (text.Length > longest)
        {
            fault(field, $"The {field} has {text.Length} characters; {longest} fit.");
        }
        else if (StorableText.Check(field, text) is { } refusal)
        {
            fault(field, refusal.Reason);
        }
    }

    private static void CheckUnique(RuleBook book, List<RuleBookFault> faults)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var priorities = new HashSet<int>();
        for (var i = 0; i < book.Rules.Count; i++)
        {
            if (book.Rules[i]?.Id is { } id && !ids.Add(id))
            {
                faults.Add(new RuleBookFault($"rules[{i}].id", $"Two rules have the id '{StorableText.Clean(id, 60)}'."));
            }

            if (book.Rules[i] is { } rule && !priorities.Add(rule.Priority))
            {
                faults.Add(new RuleBookFault($"rules[{i}].priority", $"Two rules have the priority {rule.Priority}: it would not be clear which is asked first."));
            }
        }
    }
}

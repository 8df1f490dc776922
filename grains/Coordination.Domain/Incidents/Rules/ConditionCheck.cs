using Coordination.Domain.Accounts;
using Coordination.Domain.Brigade;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>Finds what is wrong with a condition and all that it is made of.</summary>
internal sealed class ConditionCheck(KnownLabels known)
{
    private readonly List<RuleBookFault> _faults = [];
    private int _count;

    public static IReadOnlyList<RuleBookFault> Of(Condition? condition, string path, KnownLabels known)
    {
        var check = new ConditionCheck(known);
        check.Walk(condition, path, depth: 1);
        if (check._count > RuleBookCheck.MostConditions)
        {
            check.Fault(path, $"The rule has more than {RuleBookCheck.MostConditions} conditions. Make two rules of it.");
        }

        return check._faults;
    }

    private void Walk(Condition? condition, string path, int depth)
    {
        // Of a rule without bounds one fault is enough.
        if (++_count > RuleBookCheck.MostConditions)
        {
            return;
        }

        if (depth > RuleBookCheck.DeepestNesting)
        {
            Fault(path, $"Conditions are nested more than {RuleBookCheck.DeepestNesting} deep. Nobody could read it; make two rules of it.");
            return;
        }

        switch (condition)
        {
            case null:
                Fault(path, "The condition is missing.");
                break;
            case AllOf all:
                Parts(all.Of, path, depth);
                break;
            case AnyOf any:
                Parts(any.Of, path, depth);
                break;
            case NotOf not:
                Walk(not.Of, $"{path}.of", depth + 1);
                break;
            default:
                Leaf(condition, path);
                break;
        }
    }

    private void Parts(IReadOnlyList<Condition>? parts, string path, int depth)
    {
        if (parts is not { Count: > 0 })
        {
            Fault($"{path}.of", "There is no condition in it. Add one, or take it out.");
            return;
        }

        for (var i = 0; i < parts.Count; i++)
        {
            Walk(parts[i], $"{path}.of[{i}]", depth + 1);
        }
    }

    private void Leaf(Condition condition, string path)
    {
        switch (condition)
        {
            case TypeSays says:
                Words(says.Any, $"{path}.words");
                break;
            case KeywordsIn keywords:
                Words(keywords.Any, $"{path}.words");
                break;
            case CategoryIs category:
                Words(category.Values, $"{path}.values");
                break;
            case PriorityIs priority:
                Words(priority.Values, $"{path}.values");
                break;
            case FromSource source:
                Words(source.Ids, $"{path}.ids");
                break;
            case InArea area:
                Known(area.Areas, $"{path}.areas", "area", known.Areas);
                break;
            case OnStationGround ground:
                Known(ground.Stations, $"{path}.stations", "station", known.Stations);
                break;
            case SeverityIs severity:
                Level<CapSeverity>(severity.Values, $"{path}.values");
                break;
            case UrgencyIs urgency:
                Level<CapUrgency>(urgency.Values, $"{path}.values");
                break;
            case CertaintyIs certainty:
                Level<CapCertainty>(certainty.Values, $"{path}.values");
                break;
            default:
                Numbers(condition, path);
                break;
        }
    }

    private void Numbers(Condition condition, string path)
    {
        switch (condition)
        {
            case PumpsAtLeast { AtLeast: < 1 }:
                Fault($"{path}.atLeast", "The number of pumps is 1 or more.");
                break;
            case CasualtiesAtLeast casualties when casualties.AtLeast < 1 || !Enum.IsDefined(casualties.Who):
                Fault(path, "The number of casualties is 1 or more, of injured, fatal or staff-fatal.");
                break;
            case WithinKm within when within.Km is not (> 0 and <= RuleBookCheck.FarthestKm):
                Fault($"{path}.km", $"The distance is more than 0 and at most {RuleBookCheck.FarthestKm} km.");
                break;
            case WithinKm within when !GeoPoint.TryCreate(within.Latitude, within.Longitude, out _):
                Fault(path, "The point is not on the earth: latitude is -90 to 90, longitude -180 to 180.");
                break;
            case AtTimeOfDay time when time.From == time.To:
                Fault(path, "The two times are the same: it would never be true.");
                break;
            case IsKnown fact when !Enum.IsDefined(fact.Fact):
                Fault($"{path}.fact", "There is no such fact.");
                break;
        }
    }

    private bool Words(IReadOnlyList<string>? words, string path)
    {
        if (words is not { Count: > 0 and <= RuleBookCheck.MostWords })
        {
            Fault(path, $"The list has {words?.Count ?? 0} entries; it has 1 to {RuleBookCheck.MostWords}.");
            return false;
        }

        for (var i = 0; i < words.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(words[i]) || words[i].Length > RuleBookCheck.LongestWord || !words[i].Any(char.IsLetterOrDigit) || !StorableText.Fits(words[i]))
            {
                Fault($"{path}[{i}]", $"An entry is 1 to {RuleBookCheck.LongestWord} characters, at least one of them a letter or a digit.");
                return false;
            }
        }

        return true;
    }

    private void Known(IReadOnlyList<string>? ids, string path, string what, IReadOnlyCollection<string> exist)
    {
        if (!Words(ids, path))
        {
            return;
        }

        for (var i = 0; i < ids!.Count; i++)
        {
            if (!exist.Contains(ids[i], StringComparer.Ordinal))
            {
                Fault($"{path}[{i}]", $"There is no {what} {FieldRules.Quote(ids[i])}. A condition names it by its id, such as {exist.FirstOrDefault() ?? "none"}.");
            }
        }
    }

    // What is not known can be no condition: it is neither true nor false.
    private void Level<T>(IReadOnlyList<string>? values, string path)
        where T : struct, Enum
    {
        string[] levels = [.. Enum.GetNames<T>().Where(n => n is not "Unknown")];
        if (Words(values, path) && values!.FirstOrDefault(v => !levels.Contains(v, StringComparer.OrdinalIgnoreCase)) is { } bad)
        {
            Fault(path, $"{FieldRules.Quote(bad)} is none of {string.Join(", ", levels)}.");
        }
    }

    private void Fault(string path, string what) => _faults.Add(new RuleBookFault(path, what));
}

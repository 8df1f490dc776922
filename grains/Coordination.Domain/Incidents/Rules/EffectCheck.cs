using Coordination.Domain.Holds;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>Finds what is wrong with what a rule does.</summary>
internal static class EffectCheck
{
    private static readonly ScopeDecider Decider = new("The rule would hold something else than it says.");

    public static IEnumerable<RuleBookFault> Of(RuleEffect effect, string path, KnownLabels known) =>
        OfKind(effect, path).Concat(OfMode(effect, path)).Concat(OfTexts(effect, path)).Concat(effect.Scope is { } scope
            ? OfScope(scope, $"{path}.scope", known)
            : [new RuleBookFault($"{path}.scope", "What the rule covers is missing.")]);

    private static IEnumerable<RuleBookFault> OfKind(RuleEffect effect, string path)
    {
        if (effect.Kind is not (HoldKind.CentralCoordination or HoldKind.Freeze))
        {
            yield return new RuleBookFault($"{path}.kind", "A rule for incidents places a central coordination or a freeze; the approval of every post is for a time before an election.");
        }
    }

    private static IEnumerable<RuleBookFault> OfMode(RuleEffect effect, string path)
    {
        if (!Enum.IsDefined(effect.Mode))
        {
            yield return new RuleBookFault($"{path}.mode", "The mode is at-once, propose or notify-only.");
        }

        if (effect.Mode is RuleMode.Propose && effect.VetoSeconds is < 10 or > 3600)
        {
            yield return new RuleBookFault($"{path}.vetoSeconds", "A proposal waits 10 to 3600 seconds for a veto.");
        }
    }

    private static IEnumerable<RuleBookFault> OfTexts(RuleEffect effect, string path)
    {
        var posters = effect.NamedPosters ?? [];
        if (effect.NamedPosters is null || posters.Count > HoldDecider.MostNamedPosters
            || posters.Any(id => string.IsNullOrWhiteSpace(id) || id.Length > HoldDecider.LongestId || !StorableText.Fits(id)))
        {
            yield return new RuleBookFault($"{path}.namedPosters", $"The named posters are up to {HoldDecider.MostNamedPosters} staff ids of 1 to {HoldDecider.LongestId} characters each; the list may be empty.");
        }

        if (effect.HoldingStatement is { } statement && (string.IsNullOrWhiteSpace(statement) || statement.Length > RuleBookCheck.LongestText || !StorableText.Fits(statement)))
        {
            yield return new RuleBookFault($"{path}.holdingStatement", $"The holding statement has 1 to {RuleBookCheck.LongestText} characters that can be kept; leave it out when there is none.");
        }
    }

    private static IEnumerable<RuleBookFault> OfScope(ScopeTemplate scope, string path, KnownLabels known)
    {
        if (!Enum.IsDefined(scope.Reach))
        {
            yield return new RuleBookFault($"{path}.reach", "The reach is incident-area, stations-within or whole-brigade.");
        }

        if (scope.Reach is RuleReach.StationsWithin && scope.Km is not (> 0 and <= RuleBookCheck.FarthestKm))
        {
            yield return new RuleBookFault($"{path}.km", $"The stations are within more than 0 and at most {RuleBookCheck.FarthestKm} km.");
        }

        if (scope.Except is not { } except)
        {
            yield break;
        }

        if (except.Except is not null)
        {
            yield return new RuleBookFault($"{path}.except.except", "An exception has no exception of its own: it would not be looked at.");
        }
        else if (except.IsEmpty)
        {
            yield return new RuleBookFault($"{path}.except", "The exception takes nothing out. Leave it out.");
        }
        else if (Decider.Check(new Scope { Kinds = ["local"], Except = except }, known) is { } refusal)
        {
            yield return new RuleBookFault($"{path}.except", refusal.Reason);
        }
        else if (TakesOutAllLocalAccounts(except))
        {
            yield return new RuleBookFault($"{path}.except", "The exception takes out every local account, so nothing would be covered.");
        }
    }

    private static bool TakesOutAllLocalAccounts(Scope except) =>
        except.Kinds?.Contains("local", StringComparer.Ordinal) is true && (except with { All = false, Kinds = null }).IsEmpty;
}

namespace Coordination.Domain.Incidents.Rules;

/// <summary>Whether a condition says what happened, so that it cannot be true of every incident.</summary>
/// <remarks>
/// Where, when and from whom say nothing of what happened: each could be true of a whole quiet night. What something is not says nothing either.
/// Whether a condition that says something says enough is for the simulation to show.
/// </remarks>
internal static class Narrowness
{
    /// <summary>Whether it says what happened whenever it is true.</summary>
    public static bool Narrows(Condition? condition) => Narrows(condition, turned: false, depth: 0);

    // "Not all of" is "any of the contraries": what is turned around stays so further in.
    private static bool Narrows(Condition? condition, bool turned, int depth) => depth <= RuleBookCheck.DeepestNesting && condition switch
    {
        NotOf not => Narrows(not.Of, !turned, depth + 1),
        AllOf { Of: { } parts } => turned ? Each(parts, turned, depth) : One(parts, turned, depth),
        AnyOf { Of: { } parts } => turned ? One(parts, turned, depth) : Each(parts, turned, depth),
        PumpsAtLeast pumps => !turned && pumps.AtLeast > 1,
        TypeSays or KeywordsIn or CategoryIs or PriorityIs or MajorDeclared or CasualtiesAtLeast or SeverityIs or UrgencyIs or CertaintyIs => !turned,
        _ => false,
    };

    private static bool One(IReadOnlyList<Condition> parts, bool turned, int depth) => parts.Any(p => Narrows(p, turned, depth + 1));

    private static bool Each(IReadOnlyList<Condition> parts, bool turned, int depth) => parts.Count > 0 && parts.All(p => Narrows(p, turned, depth + 1));
}

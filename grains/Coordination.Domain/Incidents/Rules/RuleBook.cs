namespace Coordination.Domain.Incidents.Rules;

/// <summary>All rules.</summary>
/// <param name="Version">1 and up: grows with each change.</param>
/// <param name="Rules">The rules, in any order: <see cref="IncidentRule.Priority"/> says which comes first.</param>
public sealed partial record RuleBook(int Version, IReadOnlyList<IncidentRule> Rules)
{
    /// <summary>The rules that are asked, the first one first.</summary>
    internal IEnumerable<IncidentRule> InOrder => Rules.Where(r => r.Enabled).OrderBy(r => r.Priority).ThenBy(r => r.Id, StringComparer.Ordinal);
}

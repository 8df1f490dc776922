using Coordination.Domain.Incidents.Rules;

namespace Coordination.Dashboard.Incidents;

/// <summary>The rule book in force.</summary>
public interface IRuleBooks
{
    /// <summary>The one that decides now.</summary>
    RuleBook Current { get; }
}

/// <summary>The rule book that the service ships: what order 01/25 (2.1) names as reasons for central coordination.</summary>
public sealed class ShippedRuleBook : IRuleBooks
{
    /// <inheritdoc/>
    public RuleBook Current => RuleBook.Default;
}

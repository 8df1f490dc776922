using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;

namespace Coordination.Dashboard.Live;

/// <summary>Counts what a scope covers on this host's replica.</summary>
public static class CoveredCount
{
    /// <summary>How many of the accounts a scope covers; retired ones are not counted.</summary>
    public static int CountCovered(this IEnumerable<AccountRow> accounts, Scope scope) => scope.IsEmpty
        ? 0
        : accounts.Count(row => row.Summary.Lifecycle != AccountLifecycle.Retired && scope.Covers(row.Summary.Key, row.Summary.Labels));
}

using Coordination.Domain.Accounts;

namespace Coordination.Domain.Holds;

/// <summary>The labels that exist, for checking a scope and for saying which ones there are.</summary>
public sealed record KnownLabels(
    IReadOnlyCollection<string> Areas,
    IReadOnlyCollection<string> Stations,
    IReadOnlyCollection<string> Platforms,
    IReadOnlyCollection<string> Departments)
{
    /// <summary>Collects the labels of some accounts.</summary>
    public static KnownLabels Of(IEnumerable<AccountLabels> labels)
    {
        var all = labels.ToArray();
        return new KnownLabels(
            Distinct(all.Select(l => l.Area)),
            Distinct(all.Select(l => l.Station)),
            Distinct(all.Select(l => l.Platform)),
            Distinct(all.Select(l => l.Department)));
    }

    private static SortedSet<string> Distinct(IEnumerable<string?> labels) => new(labels.OfType<string>(), StringComparer.Ordinal);
}

using Coordination.Domain.Brigade;
using Coordination.Domain.Holds;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>What of a rule's scope other scopes do not cover yet.</summary>
/// <remarks>In doubt something counts as not covered: one hold too many holds nobody wrongly, one too few leaves accounts open.</remarks>
internal static class ScopeCover
{
    /// <summary>What is left to cover.</summary>
    /// <param name="wanted">A scope of a <see cref="ScopeTemplate"/>: local accounts of areas, of stations, or all.</param>
    /// <param name="covering">The scopes there are.</param>
    /// <param name="map">Says in which area a station is: its accounts bear the label of that area.</param>
    /// <returns>Null when nothing is.</returns>
    public static Scope? Remaining(Scope wanted, IEnumerable<Scope> covering, BrigadeMap map)
    {
        Scope[] usable = [.. covering.Where(s => ReachesAllLocalAccounts(s) && TakesOutNoMore(s, wanted))];
        if (usable.Any(IsWhole))
        {
            return null;
        }

        if (wanted.Areas is { Count: > 0 } areas)
        {
            string[] left = [.. areas.Where(a => !usable.Any(s => !Any(s.Stations) && s.Areas!.Contains(a, StringComparer.Ordinal)))];
            return left.Length == 0 ? null : wanted with { Areas = left };
        }

        if (wanted.Stations is { Count: > 0 } stations)
        {
            string[] left = [.. stations.Where(id => !usable.Any(s => CoversStation(s, id, map)))];
            return left.Length == 0 ? null : wanted with { Stations = left };
        }

        return wanted;
    }

    /// <summary>Whether two scopes name the same, in whatever order.</summary>
    public static bool Same(Scope? one, Scope? other) => one is null || other is null
        ? one is null && other is null
        : one.All == other.All && Same(one.Areas, other.Areas) && Same(one.Stations, other.Stations) && Same(one.Platforms, other.Platforms)
            && Same(one.Kinds, other.Kinds) && Same(one.Departments, other.Departments) && Same(one.Accounts, other.Accounts) && Same(one.Except, other.Except);

    private static bool ReachesAllLocalAccounts(Scope scope) => !scope.IsEmpty && !Any(scope.Platforms) && !Any(scope.Departments) && !Any(scope.Accounts)
        && (!Any(scope.Kinds) || scope.Kinds!.Contains("local", StringComparer.Ordinal));

    private static bool TakesOutNoMore(Scope scope, Scope wanted) => scope.Except is null || Same(scope.Except, wanted.Except);

    private static bool IsWhole(Scope scope) => !Any(scope.Areas) && !Any(scope.Stations);

    private static bool CoversStation(Scope scope, string id, BrigadeMap map) =>
        (!Any(scope.Stations) || scope.Stations!.Contains(id, StringComparer.Ordinal))
        && (!Any(scope.Areas) || (map.TryFindStation(id, out var station) && scope.Areas!.Contains(station.AreaId, StringComparer.Ordinal)));

    private static bool Any(IReadOnlyList<string>? list) => list is { Count: > 0 };

    private static bool Same(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        new HashSet<string>(one ?? [], StringComparer.Ordinal).SetEquals(other ?? []);
}

using Coordination.Domain.Holds;

namespace Coordination.Domain.Incidents.Rules;

/// <summary>A scope as people read it.</summary>
internal static class ScopeWords
{
    public static string Of(Scope scope)
    {
        (string Name, IReadOnlyList<string>? Ids)[] dimensions =
        [
            ("area", scope.Areas), ("station", scope.Stations), ("platform", scope.Platforms), ("kind", scope.Kinds), ("department", scope.Departments), ("account", scope.Accounts),
        ];
        var named = dimensions.Where(d => d.Ids is { Count: > 0 }).Select(d => $"{d.Name} {Phrases.Listed(d.Ids!, "or")}").ToList();
        var words = named.Count > 0 ? string.Join(", ", named) : scope.All ? "every account" : "no account";
        return scope.Except is { } except ? $"{words}, except {Of(except with { Except = null })}" : words;
    }
}

using Coordination.Domain;
using Coordination.Domain.Holds;

namespace Coordination.Dashboard.Desks;

/// <summary>What JSON allows in a scope and the domain's types do not: empty places in lists.</summary>
public static class ScopeRules
{
    /// <summary>Checks.</summary>
    /// <returns>Null when there are none.</returns>
    public static Refusal? Check(Scope scope) => HasHole(scope) || (scope.Except is { } except && HasHole(except))
        ? new Refusal("label-unknown", "A list in the scope has an empty place (null). Nothing was held. Leave it out.")
        : null;

    private static bool HasHole(Scope scope) =>
        new[] { scope.Areas, scope.Stations, scope.Platforms, scope.Kinds, scope.Departments, scope.Accounts }
            .Any(list => list?.Any(label => label is null) ?? false);
}

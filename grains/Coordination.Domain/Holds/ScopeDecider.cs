using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Holds;

/// <summary>The rules about what a scope may say. Pure.</summary>
/// <param name="nothing">What a refusal has left undone, as a sentence: "Nothing was held."</param>
public sealed class ScopeDecider(string nothing)
{
    /// <summary>Longest list in a scope.</summary>
    public const int LongestList = 5000;

    /// <summary>Longest name of a scope, in characters.</summary>
    public const int LongestName = 60;

    /// <summary>For a scope that is to be held.</summary>
    public static ScopeDecider ForHolds { get; } = new("Nothing was held.");

    /// <summary>For a scope that is to be saved under a name.</summary>
    public static ScopeDecider ForSaving { get; } = new("Nothing was saved.");

    /// <summary>Checks that a scope names something, and only what exists.</summary>
    /// <returns>Null when it may stand.</returns>
    public Refusal? Check(Scope scope, KnownLabels known)
    {
        // JSON allows empty places in lists, whatever their type says.
        if (HasHole(scope) || (scope.Except is { } taken && HasHole(taken)))
        {
            return new Refusal("label-unknown", $"A list in the scope has an empty place (null). {nothing} Leave it out.");
        }

        if (scope.IsEmpty)
        {
            return new Refusal("scope-empty", $"No accounts are named, so nothing would be covered. {nothing} Name 'all', or some of: {Words(known)}");
        }

        // An exception of everything leaves nothing: somebody would believe in a hold that holds nobody.
        if (scope.Except is { All: true } all && (all with { All = false }).IsEmpty)
        {
            return new Refusal("scope-empty", $"All accounts are taken out again, so nothing would be covered. {nothing} Name the accounts to leave out.");
        }

        return CheckName(scope) ?? (scope.Except is { Name: not null } named ? CheckName(named) : null) ?? Unknown(scope, known) ?? (scope.Except is { } except ? Unknown(except, known) : null);
    }

    /// <summary>The accounts that a scope names one by one, to hold or to leave out. Whoever places it asks whether they are registered.</summary>
    public static IReadOnlyCollection<string> NamedAccounts(Scope scope) =>
        (scope.Accounts ?? []).Concat(scope.Except?.Accounts ?? []).ToHashSet(StringComparer.Ordinal);

    /// <summary>Says that a named account is not registered: a hold on it would cover nothing, and somebody would believe in it.</summary>
    /// <param name="key">The key that was named.</param>
    /// <param name="near">What may have been meant, best first.</param>
    public Refusal UnknownAccount(string key, IReadOnlyList<AccountKey> near) => new(
        "label-unknown",
        $"There is no account '{Shown(key)}'. {nothing} "
        + (near.Count == 0 ? "GET /api/accounts?q=... finds accounts by a part of their name." : $"Did you mean {string.Join(" or ", near.Select(n => n.Value))}? GET /api/accounts lists all of them."));

    private Refusal? CheckName(Scope scope) => scope.Name switch
    {
        null => null,
        var name when string.IsNullOrWhiteSpace(name) => new Refusal("scope-name-invalid", $"The scope's name is empty. {nothing} Give it one, or leave it out."),
        { Length: > LongestName } => new Refusal("scope-name-invalid", $"The scope's name has {scope.Name.Length} characters; {LongestName} fit. {nothing}"),
        _ => StorableText.Check("scope's name", scope.Name),
    };

    private Refusal? Unknown(Scope scope, KnownLabels known) =>
        Unknown("area", scope.Areas, known.Areas)
        ?? Unknown("station", scope.Stations, known.Stations)
        ?? Unknown("platform", scope.Platforms, known.Platforms)
        ?? Unknown("kind", scope.Kinds, ["corporate", "local"])
        ?? Unknown("department", scope.Departments, known.Departments)
        ?? BadAccount(scope.Accounts);

    private Refusal? Unknown(string dimension, IReadOnlyList<string>? asked, IReadOnlyCollection<string> exists)
    {
        if (asked is { Count: > LongestList })
        {
            return TooLong(dimension);
        }

        foreach (var label in asked ?? [])
        {
            if (!exists.Contains(label, StringComparer.Ordinal))
            {
                return new Refusal("label-unknown", $"There is no {dimension} '{Shown(label)}'. {nothing} The {dimension} ids that exist: {string.Join(", ", exists)}.");
            }
        }

        return null;
    }

    private Refusal? BadAccount(IReadOnlyList<string>? accounts)
    {
        if (accounts is { Count: > LongestList })
        {
            return TooLong("account");
        }

        foreach (var key in accounts ?? [])
        {
            if (!AccountKey.TryParse(key, out var parsed) || !string.Equals(parsed.Value, key, StringComparison.Ordinal))
            {
                return new Refusal("label-unknown", $"'{Shown(key)}' is no account key. {nothing} An account key looks like x/demo_wmfs_aston.");
            }
        }

        return null;
    }

    private static bool HasHole(Scope scope) =>
        new[] { scope.Areas, scope.Stations, scope.Platforms, scope.Kinds, scope.Departments, scope.Accounts }
            .Any(list => list?.Any(label => label is null) ?? false);

    private static string Shown(string label) => StorableText.Clean(label, HoldDecider.LongestId);

    private Refusal TooLong(string dimension) => new(
        "scope-too-long", $"The scope names more than {LongestList} {dimension}s. {nothing} Name areas or platforms instead.");

    private static string Words(KnownLabels known) =>
        $"areas ({string.Join(", ", known.Areas)}), stations ({known.Stations.Count} of them, such as {known.Stations.FirstOrDefault() ?? "none"}), platforms ({string.Join(", ", known.Platforms)}), kinds (corporate, local), departments ({string.Join(", ", known.Departments)}), accounts.";
}

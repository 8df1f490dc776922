using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;

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

/// <summary>A hold that somebody wishes to place.</summary>
/// <param name="Kind">What it would let through.</param>
/// <param name="Scope">What it would cover.</param>
/// <param name="Reason">Why.</param>
/// <param name="NamedPosters">Staff ids that a central coordination lets through besides Comms.</param>
/// <param name="Incident">The incident's reference.</param>
/// <param name="ReviewAt">When somebody should look again (UTC).</param>
/// <param name="EndsAt">When it should end by itself (UTC); null for never.</param>
public sealed record HoldWish(
    HoldKind Kind,
    Scope Scope,
    string? Reason,
    IReadOnlyList<string>? NamedPosters,
    string? Incident,
    DateTimeOffset? ReviewAt,
    DateTimeOffset? EndsAt = null);

/// <summary>The rules about who may place and lift which hold. Pure; the fence then decides the order of things.</summary>
public static partial class HoldDecider
{
    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = 1000;

    /// <summary>Longest list in a scope, and longest list of named posters.</summary>
    public const int LongestList = 5000;

    /// <summary>Longest incident reference, in characters.</summary>
    public const int LongestIncident = 200;

    /// <summary>Most named posters.</summary>
    public const int MostNamedPosters = 500;

    /// <summary>Longest id of anything, in characters.</summary>
    public const int LongestId = 200;

    /// <summary>Decides whether the wish may go to the fence.</summary>
    /// <returns>Null when it may.</returns>
    public static Refusal? Place(HoldWish wish, Actor actor, KnownLabels known, DateTimeOffset now)
    {
        if (!actor.May(Permission.PlaceHold))
        {
            return Forbidden(actor, "place a hold", Permission.PlaceHold);
        }

        if (string.IsNullOrWhiteSpace(wish.Reason))
        {
            return new Refusal("reason-missing", "A hold needs a reason. Nothing was held. Say why in a few words; the people whose accounts it stops will read it.");
        }

        if (wish.Reason.Length > LongestReason)
        {
            return new Refusal("reason-too-long", $"The reason has {wish.Reason.Length} characters; {LongestReason} fit. Nothing was held.");
        }

        if (string.IsNullOrWhiteSpace(wish.Incident) && !actor.May(Permission.PlaceHoldWithoutIncident))
        {
            return new Refusal(
                "incident-missing",
                $"{actor.Role.Name()} places a hold at an incident: give its reference. Nothing was held. Without one, a {PermissionMatrix.WhoMayInWords(Permission.PlaceHoldWithoutIncident)} may place it.",
                RefusalKind.Forbidden);
        }

        if (wish.ReviewAt <= now)
        {
            return new Refusal("review-in-past", "The time to review the hold has passed. Nothing was held. Choose a later one, or none.");
        }

        return CheckEnd(wish, actor, now) ?? CheckWords(wish) ?? CheckScope(wish.Scope, known);
    }

    private static Refusal? CheckWords(HoldWish wish)
    {
        if (wish.Incident?.Length > LongestIncident)
        {
            return new Refusal("incident-too-long", $"The incident's reference has {wish.Incident.Length} characters; {LongestIncident} fit. Nothing was held.");
        }

        if (wish.NamedPosters is { Count: > MostNamedPosters } many)
        {
            return new Refusal("named-posters-too-many", $"The hold names {many.Count} people; {MostNamedPosters} fit. Nothing was held.");
        }

        return wish.NamedPosters?.Any(id => string.IsNullOrWhiteSpace(id) || id.Length > LongestId) is true
            ? new Refusal("named-poster-unknown", $"A named poster is a staff id of 1 to {LongestId} characters; one of those given is not. Nothing was held.")
            : StorableText.Check("hold", [wish.Reason, wish.Incident, .. wish.NamedPosters ?? []]);
    }

    /// <summary>Checks that a scope names something, and only what exists.</summary>
    /// <returns>Null when it may stand.</returns>
    public static Refusal? CheckScope(Scope scope, KnownLabels known)
    {
        if (scope.IsEmpty)
        {
            return new Refusal("scope-empty", "The hold names no accounts, so it would hold nothing. Nothing was held. Name 'all', or some of: " + Words(known));
        }

        // An exception of everything leaves nothing: somebody would believe in a hold that holds nobody.
        if (scope.Except is { All: true } all && (all with { All = false }).IsEmpty)
        {
            return new Refusal("scope-empty", "The hold takes all accounts out again, so it would hold nothing. Nothing was held. Name the accounts to leave out.");
        }

        return Unknown(scope, known) ?? (scope.Except is { } except ? Unknown(except, known) : null);
    }

    /// <summary>The accounts that a scope names one by one, to hold or to leave out. Whoever places it asks whether they are registered.</summary>
    public static IReadOnlyCollection<string> NamedAccounts(Scope scope) =>
        (scope.Accounts ?? []).Concat(scope.Except?.Accounts ?? []).ToHashSet(StringComparer.Ordinal);

    /// <summary>Says that a named account is not registered: a hold on it would cover nothing, and somebody would believe in it.</summary>
    /// <param name="key">The key that was named.</param>
    /// <param name="near">What may have been meant, best first.</param>
    public static Refusal UnknownAccount(string key, IReadOnlyList<AccountKey> near) => new(
        "label-unknown",
        $"There is no account '{Shown(key)}'. Nothing was held. "
        + (near.Count == 0 ? "GET /api/accounts?q=... finds accounts by a part of their name." : $"Did you mean {string.Join(" or ", near.Select(n => n.Value))}? GET /api/accounts lists all of them."));

    private static Refusal? Unknown(Scope scope, KnownLabels known) =>
        Unknown("area", scope.Areas, known.Areas)
        ?? Unknown("station", scope.Stations, known.Stations)
        ?? Unknown("platform", scope.Platforms, known.Platforms)
        ?? Unknown("kind", scope.Kinds, ["corporate", "local"])
        ?? Unknown("department", scope.Departments, known.Departments)
        ?? BadAccount(scope.Accounts);

    private static Refusal? Unknown(string dimension, IReadOnlyList<string>? asked, IReadOnlyCollection<string> exists)
    {
        if (asked is { Count: > LongestList })
        {
            return TooLong(dimension);
        }

        foreach (var label in asked ?? [])
        {
            if (!exists.Contains(label, StringComparer.Ordinal))
            {
                return new Refusal("label-unknown", $"There is no {dimension} '{Shown(label)}'. Nothing was held. The {dimension} ids that exist: {string.Join(", ", exists)}.");
            }
        }

        return null;
    }

    private static Refusal? BadAccount(IReadOnlyList<string>? accounts)
    {
        if (accounts is { Count: > LongestList })
        {
            return TooLong("account");
        }

        foreach (var key in accounts ?? [])
        {
            if (!AccountKey.TryParse(key, out var parsed) || !string.Equals(parsed.Value, key, StringComparison.Ordinal))
            {
                return new Refusal("label-unknown", $"'{Shown(key)}' is no account key. Nothing was held. An account key looks like x/demo_wmfs_aston.");
            }
        }

        return null;
    }

    // A list from outside may hold a null, whatever its type says.
    private static string Shown(string? label) => StorableText.Clean(label ?? "null", LongestId);

    private static Refusal TooLong(string dimension) => new(
        "scope-too-long", $"The scope names more than {LongestList} {dimension}s. Nothing was held. Name areas or platforms instead.");

    private static string Words(KnownLabels known) =>
        $"areas ({string.Join(", ", known.Areas)}), stations ({known.Stations.Count} of them, such as {known.Stations.FirstOrDefault() ?? "none"}), platforms ({string.Join(", ", known.Platforms)}), kinds (corporate, local), departments ({string.Join(", ", known.Departments)}), accounts.";

    private static Refusal Forbidden(Actor actor, string doing, Permission permission) => new(
        "forbidden",
        $"{actor.Name} ({actor.Role.Name()}) may not {doing}. Nothing was changed. Who may: {PermissionMatrix.WhoMayInWords(permission)}.",
        RefusalKind.Forbidden);
}

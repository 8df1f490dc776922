using Coordination.Domain.People;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Holds;

/// <summary>A scope that Comms keeps under a name, to be held with one touch when it is needed.</summary>
/// <param name="Id">The id, such as <c>cadets</c>: small letters, digits and hyphens.</param>
/// <param name="Name">What people call it; no two have the same, whatever their letters' size.</param>
/// <param name="Scope">What it covers, with its name in it.</param>
/// <param name="Version">Grows with each change; a change or a removal names the one that was read.</param>
/// <param name="SavedAt">When it was saved as it is (UTC).</param>
/// <param name="SavedBy">Staff id of who saved it.</param>
/// <param name="SavedByName">Their name at the time.</param>
public sealed record SavedScope(string Id, string Name, Scope Scope, long Version, DateTimeOffset SavedAt, string SavedBy, string SavedByName);

/// <summary>The rules about saved scopes. Pure.</summary>
public static class SavedScopeDecider
{
    /// <summary>Longest id, in characters.</summary>
    public const int LongestId = 60;

    /// <summary>Most of them: a longer list finds nobody anything in a hurry.</summary>
    public const int Most = 200;

    /// <summary>Decides whether a scope may be saved.</summary>
    /// <returns>Null when it may.</returns>
    public static Refusal? Save(string id, string? name, Scope scope, Actor actor, KnownLabels known)
    {
        if (!actor.May(Permission.ManageScopes))
        {
            return Forbidden(actor, "save a scope");
        }

        if (!IsId(id))
        {
            return new Refusal("scope-id-invalid", $"'{StorableText.Clean(id, LongestId)}' is no id of a saved scope. Nothing was saved. It is 1 to {LongestId} small letters a to z, digits and single hyphens, such as fire-cadets.");
        }

        return string.IsNullOrWhiteSpace(name)
            ? new Refusal("scope-name-invalid", "A saved scope needs a name. Nothing was saved. Give it the one that people use.")
            : ScopeDecider.ForSaving.Check(scope with { Name = name.Trim() }, known);
    }

    /// <summary>Decides whether a saved scope may be removed.</summary>
    /// <returns>Null when it may.</returns>
    public static Refusal? Remove(Actor actor) => actor.May(Permission.ManageScopes) ? null : Forbidden(actor, "remove a saved scope");

    /// <summary>The id that a name suggests: <c>Fire Cadets &amp; Youth</c> is <c>fire-cadets-youth</c>. Empty when nothing of it can stand in an id.</summary>
    public static string IdFor(string name)
    {
        var words = new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var id = string.Join('-', words);
        return id.Length <= LongestId ? id : id[..LongestId].TrimEnd('-');
    }

    /// <summary>Whether a text can be an id.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= LongestId && string.Equals(id, IdFor(id), StringComparison.Ordinal);

    private static Refusal Forbidden(Actor actor, string doing) => new(
        "forbidden",
        $"{actor.Name} ({actor.Role.Name()}) may not {doing}. Nothing was changed. Who may: {PermissionMatrix.WhoMayInWords(Permission.ManageScopes)}.",
        RefusalKind.Forbidden);
}

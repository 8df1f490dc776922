using Coordination.Domain.People;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Templates;

/// <summary>The rules about templates. Pure.</summary>
public static class TemplateDecider
{
    /// <summary>Longest id, in characters.</summary>
    public const int LongestId = 60;

    /// <summary>Longest name, in characters.</summary>
    public const int LongestName = 60;

    /// <summary>Longest hint, in characters.</summary>
    public const int LongestHint = 200;

    /// <summary>Most of them: a longer list finds nobody anything in a hurry.</summary>
    public const int Most = 200;

    /// <summary>Decides whether a template may be saved.</summary>
    /// <returns>Null when it may.</returns>
    public static Refusal? Save(string id, string? name, string? text, string? hint, Actor actor)
    {
        if (!actor.May(Permission.ManageTemplates))
        {
            return Forbidden(actor, "save a template");
        }

        if (!IsId(id))
        {
            return new Refusal("template-id-invalid", $"'{StorableText.Clean(id, LongestId)}' is no id of a template. Nothing was saved. It is 1 to {LongestId} small letters a to z, digits and single hyphens, such as road-closed.");
        }

        if (string.IsNullOrWhiteSpace(name))
        {
            return new Refusal("template-name-invalid", "A template needs a name. Nothing was saved. Give it the one that people look for.");
        }

        return name.Trim().Length > LongestName
            ? new Refusal("template-name-invalid", $"The template's name has {name.Trim().Length} characters; {LongestName} fit. Nothing was saved. Shorten it.")
            : hint?.Trim().Length > LongestHint
            ? new Refusal("template-hint-too-long", $"What the template is for has {hint.Trim().Length} characters; {LongestHint} fit. Nothing was saved. Shorten it.")
            : StorableText.Check("template", name, text, hint) ?? TemplateText.Read(text, out _);
    }

    /// <summary>Decides whether a template may be removed.</summary>
    /// <returns>Null when it may.</returns>
    public static Refusal? Remove(Actor actor) => actor.May(Permission.ManageTemplates) ? null : Forbidden(actor, "remove a template");

    /// <summary>The id that a name suggests: <c>Road closed (A45)</c> is <c>road-closed-a45</c>. Empty when nothing of it can stand in an id.</summary>
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
        $"{actor.Name} ({actor.Role.Name()}) may not {doing}. Nothing was changed. Who may: {PermissionMatrix.WhoMayInWords(Permission.ManageTemplates)}.",
        RefusalKind.Forbidden);
}

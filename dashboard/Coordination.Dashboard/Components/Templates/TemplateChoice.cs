using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Templates;

namespace Coordination.Dashboard.Components.Templates;

/// <summary>The template that a post is begun with: which one, what is in its fields, and whether the text still is what they make. Nothing typed is lost.</summary>
/// <remarks>The text belongs to the page. Whatever may change it is given the text as it is, and gives it back as it is to be.</remarks>
public sealed class TemplateChoice
{
    // By name: what was typed for one template is there for the next one that asks for the same.
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private TemplateText? _read;
    private string _composed = "";

    /// <summary>The template; null for none.</summary>
    public PostTemplate? Chosen { get; private set; }

    /// <summary>A template that was picked while something else was typed: a person says whether it takes its place. Null when nobody is asked.</summary>
    public PostTemplate? Asked { get; private set; }

    /// <summary>The words whose place the template took; null when it took nobody's.</summary>
    public string? Former { get; private set; }

    /// <summary>The fields' names, in order.</summary>
    public IReadOnlyList<string> Fields => _read?.Fields ?? [];

    /// <summary>What is in a field.</summary>
    public string Value(string field) => _values.GetValueOrDefault(field, "");

    /// <summary>Whether somebody has changed by hand what the fields made: then they leave it alone.</summary>
    public bool Edited(string text) => Chosen is not null && !string.Equals(text, _composed, StringComparison.Ordinal);

    /// <summary>Picks a template, or none. One that would take the place of typed words asks first.</summary>
    /// <param name="template">The template; null for none.</param>
    /// <param name="text">The text as it is.</param>
    /// <returns>The text as it is to be.</returns>
    public string Choose(PostTemplate? template, string text)
    {
        Asked = null;
        if (template is null)
        {
            (Chosen, _read) = (null, null);
            return text;
        }

        if (string.IsNullOrWhiteSpace(text) || (Chosen is not null && !Edited(text)))
        {
            return Begin(template);
        }

        Asked = template;
        return text;
    }

    /// <summary>The template that was picked takes the place of what is typed, which can be brought back.</summary>
    /// <returns>The text as it is to be.</returns>
    public string Replace(string text)
    {
        if (Asked is not { } template)
        {
            return text;
        }

        Former = text;
        return Begin(template);
    }

    /// <summary>What is typed stays, and the template is not taken.</summary>
    public void Leave() => Asked = null;

    /// <summary>Fills in a field.</summary>
    /// <returns>The text as it is to be: with the value in it, or as it is where somebody has changed it by hand.</returns>
    public string Set(string field, string value, string text)
    {
        // No input of the page takes more.
        if (value.Length > TemplateText.LongestValue)
        {
            return text;
        }

        var edited = Edited(text);
        _values[field] = value;
        return edited ? text : Compose();
    }

    /// <summary>Puts template and fields in the place of what was changed by hand, which can be brought back.</summary>
    /// <returns>The text as it is to be.</returns>
    public string PutIn(string text)
    {
        Former = text;
        return Compose();
    }

    /// <summary>Brings back the words whose place was taken; those that stand there now can be brought back in turn.</summary>
    /// <returns>The text as it is to be.</returns>
    public string TakeBack(string text)
    {
        var back = Former ?? text;
        Former = text;
        return back;
    }

    /// <summary>What has to be filled in before it can go out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="others">Other words for single platforms.</param>
    /// <returns>Null when nothing has to be.</returns>
    public string? Missing(string text, IEnumerable<string> others)
    {
        // A value may look like a field: where the text is as the fields made it, the fields are asked.
        var edited = Edited(text);
        var open = Fields.Where(f => (edited ? Stands(text, f) : !TemplateText.IsFilled(_values, f)) || others.Any(o => Stands(o, f))).ToList();
        return open.Count == 0 ? null
            : $"Fill in {Names.And([.. open.Select(f => $"'{f}'")])} first{(edited ? $": {Names.And([.. open.Select(TemplateText.Unfilled)])} still {(open.Count == 1 ? "stands" : "stand")} in the text" : "")}.";
    }

    /// <summary>Which fields stand in a text as nobody has filled them in: one that is read again has lost its template.</summary>
    public static IReadOnlyList<string> LeftOver(string text, IEnumerable<string> fields) => text.Contains('{', StringComparison.Ordinal) ? [.. fields.Where(f => Stands(text, f))] : [];

    /// <summary>Forgets all of it: another post is written.</summary>
    public void Clear()
    {
        (Chosen, Asked, Former, _read, _composed) = (null, null, null, null, "");
        _values.Clear();
    }

    private static bool Stands(string text, string field) => text.Contains(TemplateText.Unfilled(field), StringComparison.Ordinal);

    private string Begin(PostTemplate template)
    {
        TemplateText.Read(template.Text, out var read);
        (Chosen, Asked, _read) = (template, null, read);
        return Compose();
    }

    private string Compose() => _composed = _read?.Fill(_values) ?? Chosen?.Text ?? "";
}

using System.Text;

namespace Coordination.Domain.Templates;

/// <summary>A template's text, read: words and the fields between them.</summary>
/// <remarks>
/// A field is written <c>{place}</c>; <c>{{</c> and <c>}}</c> are braces that stand in the post. Fields whose names differ in their letters' size alone
/// are one field, called as where it comes first: nobody has to fill in <c>place</c> and <c>Place</c>.
/// </remarks>
public sealed class TemplateText
{
    /// <summary>Longest text, in characters.</summary>
    public const int Longest = 5000;

    /// <summary>Most different fields.</summary>
    public const int MostFields = 20;

    /// <summary>Longest name of a field, in characters.</summary>
    public const int LongestField = 40;

    /// <summary>Longest value of a field, in characters.</summary>
    public const int LongestValue = 500;

    private TemplateText(IReadOnlyList<TemplatePart> parts)
    {
        Parts = parts;
        Fields = [.. parts.Where(p => p.IsField).Select(p => p.Text).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Words and fields, in order.</summary>
    public IReadOnlyList<TemplatePart> Parts { get; }

    /// <summary>The fields' names, each once, in the order in which they come first.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>Reads a template's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="read">What it is made of; null when it is refused.</param>
    /// <returns>Null when it may stand; else what is wrong, and where.</returns>
    public static Refusal? Read(string? text, out TemplateText? read)
    {
        read = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return new Refusal("text-empty", "The template has no text. Nothing was saved. Write the words that a post begins with.");
        }

        if (text.Length > Longest)
        {
            return new Refusal("text-too-long", $"The template's text has {text.Length} characters; {Longest} fit. Nothing was saved. Shorten it.");
        }

        var refusal = TemplateParser.Read(text, out var parts);
        read = refusal is null ? new TemplateText(parts) : null;
        return refusal;
    }

    /// <summary>A field as it stands where nobody has filled it in.</summary>
    public static string Unfilled(string field) => $"{{{field}}}";

    /// <summary>Whether a field has something in it.</summary>
    public static bool IsFilled(IReadOnlyDictionary<string, string> values, string field) =>
        values.TryGetValue(field, out var value) && !string.IsNullOrWhiteSpace(value);

    /// <summary>The text with values in its fields. A value is put in as it is and never read as a template; an empty field stays visible, as <c>{place}</c>.</summary>
    /// <param name="values">What was filled in, by the field's name as in <see cref="Fields"/>.</param>
    /// <exception cref="ArgumentException">A value is longer than <see cref="LongestValue"/>.</exception>
    public string Fill(IReadOnlyDictionary<string, string> values)
    {
        var filled = new StringBuilder();
        foreach (var part in Parts)
        {
            filled.Append(!part.IsField ? part.Text : IsFilled(values, part.Text) ? Fitting(values[part.Text], part.Text) : Unfilled(part.Text));
        }

        return filled.ToString();
    }

    private static string Fitting(string value, string field) => value.Length <= LongestValue
        ? value
        : throw new ArgumentException($"The value of '{field}' has {value.Length} characters; {LongestValue} fit.", nameof(value));
}

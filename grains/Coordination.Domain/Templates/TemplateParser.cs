using System.Globalization;
using System.Text;

namespace Coordination.Domain.Templates;

/// <summary>Takes a template's text apart, and says where it cannot be.</summary>
internal static class TemplateParser
{
    // As much of the text as shows somebody the place.
    private const int Shown = 24;

    /// <summary>Reads a text.</summary>
    /// <returns>Null when it may stand.</returns>
    public static Refusal? Read(string text, out IReadOnlyList<TemplatePart> parts)
    {
        var (read, words, names) = (new List<TemplatePart>(), new StringBuilder(), new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
        parts = read;
        for (var at = 0; at < text.Length; at++)
        {
            var sign = text[at];
            if (sign is not ('{' or '}'))
            {
                words.Append(sign);
            }
            else if (at + 1 < text.Length && text[at + 1] == sign)
            {
                words.Append(sign);
                at++;
            }
            else if (sign == '}')
            {
                return Wrong(text, at, "A field ends here that does not begin", "Put a { before its name, or write }} for a brace in the post");
            }
            else if (ReadField(text, at, out var name) is { } refusal)
            {
                return refusal;
            }
            else
            {
                Flush(read, words);
                names.TryAdd(name, name);
                read.Add(new TemplatePart(names[name], true));
                if (names.Count > TemplateText.MostFields)
                {
                    return Wrong(text, at, $"More than {TemplateText.MostFields} different fields do not fit, and here is one more", "Leave some out: what hardly changes can be written as words");
                }

                at = text.IndexOf('}', at);
            }
        }

        Flush(read, words);
        return null;
    }

    private static Refusal? ReadField(string text, int at, out string name)
    {
        var end = text.AsSpan(at + 1).IndexOfAny('{', '}');
        name = end < 0 ? "" : text[(at + 1)..(at + 1 + end)].Trim();
        return end < 0 || text[at + 1 + end] == '{' ? Wrong(text, at, "A field begins here and does not end", "Put a } after its name, or write {{ for a brace in the post")
            : name.Length == 0 ? Wrong(text, at, "A field here has no name", "Write one between the braces, such as {place}, or {{}} for the braces themselves")
            : name.Length > TemplateText.LongestField ? Wrong(text, at, $"The name of the field here has {name.Length} characters; {TemplateText.LongestField} fit", "Shorten it")
            : !name.All(c => char.IsLetterOrDigit(c) || c is ' ' or '-') ? Wrong(text, at, "The name of the field here has a sign that does not belong in it", "Letters, digits, spaces and hyphens do")
            : null;
    }

    private static void Flush(List<TemplatePart> parts, StringBuilder words)
    {
        if (words.Length > 0)
        {
            parts.Add(new TemplatePart(words.ToString(), false));
            words.Clear();
        }
    }

    private static Refusal Wrong(string text, int at, string what, string next) =>
        new("template-text-invalid", $"{what}: {Where(text, at)}. Nothing was saved. {next}.");

    // As an editor counts: lines, and signs as people see them.
    private static string Where(string text, int at)
    {
        var line = text[..at].LastIndexOf('\n') + 1;
        var from = text[at..];
        var near = from[..(from.IndexOf('\n') is > 0 and var end ? Math.Min(end, Shown) : Math.Min(from.Length, Shown))].TrimEnd();
        var column = new StringInfo(text[line..at]).LengthInTextElements + 1;
        return FormattableString.Invariant($"line {text[..at].Count(c => c == '\n') + 1}, character {column}, at “{Posts.StorableText.Clean(near, Shown)}{(near.Length < from.TrimEnd().Length ? "…" : "")}”");
    }
}

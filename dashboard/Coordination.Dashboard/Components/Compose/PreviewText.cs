using System.Text.RegularExpressions;

namespace Coordination.Dashboard.Components.Compose;

/// <summary>A text as a preview shows it: what platforms make a link, a tag or a mention stands out.</summary>
public static partial class PreviewText
{
    /// <summary>The text in order, each part with whether it stands out.</summary>
    public static IEnumerable<(string Text, bool Link)> Parts(string text)
    {
        var end = 0;
        foreach (Match match in Standing().Matches(text))
        {
            if (match.Index > end)
            {
                yield return (text[end..match.Index], false);
            }

            yield return (match.Value, true);
            end = match.Index + match.Length;
        }

        if (end < text.Length)
        {
            yield return (text[end..], false);
        }
    }

    [GeneratedRegex(@"https?://[^\s<>""]*[^\s<>"".,;:!?')]|(?<![\p{L}\p{N}])[#@][\p{L}\p{N}_]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Standing();
}

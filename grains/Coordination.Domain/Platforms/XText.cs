using System.Globalization;
using System.Text;

namespace Coordination.Domain.Platforms;

/// <summary>Counts as X does (docs.x.com, "Counting characters", configuration 3).</summary>
/// <remarks>
/// On the composed form (NFC): code points of the ranges U+0000-10FF, 2000-200D, 2010-201F and 2032-2037 weigh 1, all others 2;
/// an emoji weighs 2 whatever it is made of; a link weighs 23 whatever its length.
/// </remarks>
internal static class XText
{
    private const int UrlWeight = 23;
    private const int EmojiWeight = 2;

    /// <summary>No text of more than this is within the limit unless it is all links; looking for links in it would only cost time.</summary>
    private const int LongestSearched = 20_000;

    public static int WeightOf(string text)
    {
        var composed = Composed(text);
        var weight = 0;
        var from = 0;
        if (composed.Length <= LongestSearched)
        {
            foreach (var (start, length) in XLinks.Find(composed))
            {
                weight += WeightOfPlain(composed[from..start]) + UrlWeight;
                from = start + length;
            }
        }

        return weight + WeightOfPlain(composed[from..]);
    }

    private static string Composed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a character, or a noncharacter: counted as it stands, and refused elsewhere.
            return text;
        }
    }

    private static int WeightOfPlain(string text)
    {
        var weight = 0;
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            weight += Emoji.Is(element) ? EmojiWeight : element.EnumerateRunes().Sum(WeightOf);
        }

        return weight;
    }

    private static int WeightOf(Rune rune) =>
        rune.Value is <= 0x10FF or (>= 0x2000 and <= 0x200D) or (>= 0x2010 and <= 0x201F) or (>= 0x2032 and <= 0x2037) ? 1 : 2;
}

namespace Coordination.Domain.Incidents.Rules;

/// <summary>Finds words and phrases as wholes, in any case: <c>gas</c> is in <c>Gas leak</c> and not in <c>Gaskell Road</c>.</summary>
internal static class WholeWords
{
    /// <summary>Whether the text has one of the words.</summary>
    public static bool Any(string? text, IReadOnlyList<string> words)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        var searched = OneSpaced(text);
        return words.Any(word => Has(searched, OneSpaced(word)));
    }

    private static bool Has(string text, string word)
    {
        for (var at = Find(text, word, 0); at >= 0; at = Find(text, word, at + 1))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static int Find(string text, string word, int from) =>
        word.Length == 0 || from > text.Length ? -1 : text.IndexOf(word, from, StringComparison.OrdinalIgnoreCase);

    // People type two spaces, or a line end between two words.
    private static string OneSpaced(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

using System.Text;

namespace Coordination.Domain.Posts;

/// <summary>What the database can keep as text: no NUL character (PostgreSQL refuses it) and no half of a surrogate pair.</summary>
public static class StorableText
{
    /// <summary>Whether the database can keep the text. Null can be kept.</summary>
    public static bool Fits(string? text) => text is null || FirstFault(text) < 0;

    /// <summary>The text with every character that cannot be kept replaced by U+FFFD, and cut to a length: for words of a platform.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="longest">Most UTF-16 units to keep; a pair is never cut in two.</param>
    public static string Clean(string text, int longest)
    {
        var cut = text.Length <= longest ? text : text[..longest];
        if (cut.Length < text.Length && char.IsHighSurrogate(cut[^1]))
        {
            cut = cut[..^1];
        }

        if (FirstFault(cut) < 0)
        {
            return cut;
        }

        var clean = new StringBuilder(cut.Length);
        foreach (var rune in cut.EnumerateRunes())
        {
            clean.Append(rune.Value == 0 ? "\uFFFD" : rune.ToString());
        }

        return clean.ToString();
    }

    /// <summary>Refuses a wish when one of its texts cannot be kept.</summary>
    /// <param name="what">Which text it is, such as "reason", as the rest of a sentence that begins "The".</param>
    /// <param name="texts">The texts; nulls are left out.</param>
    /// <returns>Null when all can be kept.</returns>
    public static Refusal? Check(string what, params IEnumerable<string?> texts) => texts.All(Fits)
        ? null
        : new Refusal(
            "text-not-storable",
            $"The {what} holds a character that cannot be kept: a NUL, or half of a pair that makes one sign. Nothing was changed. Remove it (it often comes with pasted text) and try again.");

    private static int FirstFault(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                i++;
            }
            else if (text[i] == '\0' || char.IsSurrogate(text[i]))
            {
                return i;
            }
        }

        return -1;
    }
}

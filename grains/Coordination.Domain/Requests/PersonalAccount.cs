using System.Globalization;
using System.Text;

namespace Coordination.Domain.Requests;

/// <summary>Keeps people's own accounts out of the register (order 01/25, 3.2: they are their owners' affair; 2.1 is about accounts of the brigade).</summary>
public static class PersonalAccount
{
    /// <summary>What the owner of an account of the brigade is called in a declaration.</summary>
    public const string Brigade = "brigade";

    /// <summary>What the owner of a personal account is called in a declaration.</summary>
    public const string Person = "person";

    /// <summary>What the order says of personal accounts (3.2).</summary>
    public const string Paragraph = "“Any staff, Fire Authority members, volunteers or contractors with a personal SM account/s should presume that their followers may associate them with WMFS”";

    private const string Paragraphs =
        "Order 01/25, 2.1: “All brigade accounts, both corporate and local, should be plugged in to the software upon their creation”; 3.2, Personal: " + Paragraph + ".";

    // What nobody puts into the name of an account of their own unless it speaks for the brigade.
    private static readonly string[] BrigadeWords = ["wmfs", "fire", "rescue", "brigade", "station", "westmidlands", "cadet", "control", "comms", "prevention", "service"];

    /// <summary>Checks who is said to own an account.</summary>
    /// <returns>Null when it is the brigade.</returns>
    public static Refusal? CheckOwner(string? owner) => owner?.Trim() switch
    {
        Brigade => null,
        Person => new Refusal("personal-account", $"A personal account cannot be registered, nor asked for. Nothing was changed. {Paragraphs}"),
        _ => new Refusal("owner-missing", "Say who owns the account: 'brigade', or 'person' for somebody's own. Nothing was changed. Only the brigade's can be registered."),
    };

    /// <summary>Checks whether a handle or a name is that of a member of staff, with no word of the brigade in it.</summary>
    /// <param name="texts">Handle and name.</param>
    /// <param name="staff">Names of the staff.</param>
    /// <param name="places">Names of stations, areas and departments: an account that is named after one is no person's.</param>
    /// <returns>Null when it may stand.</returns>
    public static Refusal? CheckName(IEnumerable<string> texts, IEnumerable<string> staff, IEnumerable<string> places)
    {
        var given = texts.Select(t => (Text: t, Words: Words(t))).ToArray();

        // One of the two that speaks for the brigade is enough: a name needs not say again what the handle says.
        if (given.Any(g => BrigadeWords.Any(w => string.Concat(g.Words).Contains(w, StringComparison.Ordinal))))
        {
            return null;
        }

        var known = places.Select(p => string.Concat(Words(p))).ToHashSet(StringComparer.Ordinal);
        foreach (var name in staff)
        {
            var words = Words(name);
            if (words.Length > 1 && !known.Contains(string.Concat(words)) && given.FirstOrDefault(g => Has(g.Words, words)) is { Text: { } text })
            {
                return new Refusal("personal-account", $"'{Posts.StorableText.Clean(text, 100)}' is the name of {name}, a member of staff, and says nothing of the brigade: it looks like a personal account, and those cannot be registered. Nothing was changed. If it is the brigade's, give it a name that says so. {Paragraphs}");
            }
        }

        return null;
    }

    // "alex_example", "The real Example Alex", "alexexample7": the words side by side, either way round, or run together as all there is but for figures.
    private static bool Has(string[] text, string[] name)
    {
        foreach (var order in new[] { name, [.. name.Reverse()] })
        {
            if (string.Equals(string.Concat(text), string.Concat(order), StringComparison.Ordinal))
            {
                return true;
            }

            for (var i = 0; i + order.Length <= text.Length; i++)
            {
                if (text.AsSpan(i, order.Length).SequenceEqual(order))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Small letters without accents; anything else parts two words.
    private static string[] Words(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || c is '\'' or '’')
            {
                continue;
            }

            plain.Append(char.IsLetter(c) ? char.ToLowerInvariant(c) : ' ');
        }

        return plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}

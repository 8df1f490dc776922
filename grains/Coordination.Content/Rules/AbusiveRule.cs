using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Coordination.Content.Rules;

/// <summary>Abusive, obscene and swearing words, also with a figure or a star for a letter. Whole words alone: Scunthorpe and blue tits are none.</summary>
internal static class AbusiveRule
{
    // Short on purpose; a longer list comes by configuration (Content:MoreAbusiveWords).
    private static readonly string[] Words =
    [
        "arse", "arsehole", "asshole", "bastard", "bellend", "bitch", "bloody", "bollock", "bollocks", "bugger", "bullshit", "crap", "cunt", "damn", "dickhead", "effing", "fuck",
        "fucking", "idiot", "knobhead", "moron", "muppet", "numpty", "piss", "pissed", "pillock", "plonker", "prat", "prick", "scum", "scumbag", "shit", "shite", "slag", "slut",
        "sodding", "tosser", "twat", "wanker", "whore",
    ];

    private static readonly Regex BuiltIn = Make(Words);
    private static readonly ConcurrentDictionary<string, Regex> Added = new(StringComparer.Ordinal);

    public static IEnumerable<TextSpan> Find(string text, ContentFacts facts)
    {
        var found = BuiltIn.In(text);
        return facts.MoreAbusiveWords.Count == 0
            ? found
            : found.Concat(Added.GetOrAdd(string.Join('\n', facts.MoreAbusiveWords), words => Make(words.Split('\n'))).In(text));
    }

    private static Regex Make(IEnumerable<string> words) => Spans.Any(words.Select(w => string.Concat(w.Select(Disguised)) + "(?:s|es|ed|ing|er|ers|y)?"));

    // The first letter is left as it is, so that no mere figure or star begins a word.
    private static string Disguised(char letter, int place) => place == 0 ? Regex.Escape(letter.ToString()) : letter switch
    {
        'a' => "[a@4*]",
        'e' => "[e3*]",
        'i' => "[i1!*]",
        'o' => "[o0*]",
        's' => "[s$5*]",
        't' => "[t7*]",
        'u' => "[uv*]",
        >= 'a' and <= 'z' => $"[{letter}*]",
        _ => Regex.Escape(letter.ToString()),
    };
}

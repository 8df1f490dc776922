using System.Text.RegularExpressions;

namespace Coordination.Content.Rules;

/// <summary>Death, grave injury, suicide, arson, and children in an incident: words that families read.</summary>
internal static partial class CareRule
{
    private static readonly Regex Grave = Spans.Any(
        "died", "dies", "dead", "deaths?", "deceased", "fatal", "fatally", "fatality", "fatalities", "killed", "passed away", "los(?:t|ing) (?:his|her|their) li(?:fe|ves)",
        "(?:did not|didn't) (?:survive|make it)", "(?:a|his|her|the) body (?:was|has been)", "bod(?:y|ies) (?:was |were |has been |have been )?(?:found|recovered)", "found a body",
        "life[- ]changing", "life[- ]threatening", "critical(?:ly)? (?:condition|ill|injured|hurt)", "in (?:a )?critical", "serious(?:ly)? (?:injur(?:y|ies|ed)|hurt|burns?|burned|burnt)",
        "severe burns?", "suicid(?:e|al)", "(?:took|taken|taking|ended|ending) (?:his|her|their) own li(?:fe|ves)", "fighting for (?:his|her|their) li(?:fe|ves)");

    private static readonly Regex Arson = Spans.Any(
        "arson", "arsonists?", "fire ?bug", "deliberate(?:ly)? (?:set|started|lit|ignition|fire)", "(?:set|started|lit) deliberately", "set .{0,40}(?:alight|on fire)", "lit this", "who lit",
        "petrol (?:was )?(?:found|poured)", "accelerants?", "foul play");

    public static IEnumerable<TextSpan> Find(string text, ContentFacts facts) => Grave.In(text, m => !IsFigure(m, text)).Concat(Arson.In(text)).Concat(Child().In(text));

    // "The crew killed it", a dead end, those we remember from 1940.
    private static bool IsFigure(Match m, string text) =>
        Harmless().Match(text, m.Index) is { Success: true } harmless && harmless.Index == m.Index || Remembrance().IsMatch(text);

    [GeneratedRegex(@"\b(killed (it|off)|dead (end|line|easy|good|slow|heat|on|batter\w*)|deaths? by|killed the)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Harmless();

    [GeneratedRegex(@"\b(memorial|remembrance|remember(ed|ing)? (those|our)|1[89]\d\d)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Remembrance();

    // One child of an incident; "a child can drown in no time" is advice.
    [GeneratedRegex(
        @"\b(\d{1,2}[ \-]?(years?|yrs?|months?)[ \-]old|(a|an|one|two|three|the|small|little|young)\s+(\w+\s+){0,2}?(boy|boys|girl|girls|toddler|toddlers|baby|babies|child|teenager|teenagers|teen|schoolboy|schoolgirl|youngster|pupil))\b(?!')(?!\s+(can|could|may|might|must|should|is able|gate|seat|proof))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Child();
}

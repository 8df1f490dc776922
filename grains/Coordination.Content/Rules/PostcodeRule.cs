using System.Text.RegularExpressions;

namespace Coordination.Content.Rules;

/// <summary>Whole postcodes (a few houses each), but for the brigade's own. "The B7 area" is none.</summary>
internal static partial class PostcodeRule
{
    private const int Before = 60;

    // Royal Mail's postcode areas.
    private static readonly HashSet<string> Areas = new(
        ("AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU HA HD HG HP HR HS HU HX IG IP IV "
            + "KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ "
            + "TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<TextSpan> Find(string text, ContentFacts facts) => Postcode().In(text, m => IsSomebodys(m, text, facts));

    /// <summary>Whether letters are a postcode area.</summary>
    public static bool IsArea(string letters) => Areas.Contains(letters);

    private static bool IsSomebodys(Match m, string text, ContentFacts facts) =>
        Areas.Contains(m.Groups["area"].Value)
        && !(m.Groups["ordinal"].Success)
        && !facts.OwnPostcodes.Contains((m.Groups["out"].Value + m.Groups["in"].Value).ToUpperInvariant(), StringComparer.Ordinal)
        && !OwnPlace().IsMatch(text[Math.Max(0, m.Index - Before)..m.Index]);

    // "M6 1st" is a road and a day.
    [GeneratedRegex(@"(?<![A-Za-z0-9])(?<out>(?<area>[A-Za-z]{1,2})\d[A-Za-z\d]?)\s{0,2}(?<in>(?<ordinal>1st|2nd|3rd|\dth)|\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})(?![A-Za-z0-9])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Postcode();

    [GeneratedRegex(@"\b(station|hq|headquarters)\b[^.!?]*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OwnPlace();
}

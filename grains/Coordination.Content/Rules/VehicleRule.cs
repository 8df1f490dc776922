using System.Text.RegularExpressions;

namespace Coordination.Content.Rules;

/// <summary>Number plates of the three styles that are on the road (since 2001, 1983 to 2001, 1963 to 1983).</summary>
internal static partial class VehicleRule
{
    // What stands behind a road's or a place's number often enough to look like a plate's letters.
    private static readonly HashSet<string> Words = new(
        ("AND ARE ALL ANY BUS BUT CAN CAR DAY DUE END FOR GOT HAS HAD HER HIM HIS HOW ITS JCT LET MAN MAY NEW NOR NOT NOW OFF OLD ONE OUR OUT OWN PUT RUN RTC SEE SHE SIX TEN THE "
            + "TOO TWO VAN VIA WAS WAY WHO WHY YES YET YOU").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<TextSpan> Find(string text, ContentFacts facts) => Plate().In(text, IsPlate);

    private static bool IsPlate(Match m)
    {
        var letters = m.Groups["letters"].Value;
        if (Words.Contains(letters))
        {
            return false;
        }

        // Apart and in small letters, "b14 cad" may be anything; a plate since 2001 keeps its two letters and two figures.
        var loose = m.Groups["gap"].Length > 0 && letters.Any(char.IsAsciiLetterLower);
        return !loose || (m.Groups["since2001"].Success && !PostcodeRule.IsArea(m.Groups["place"].Value));
    }

    [GeneratedRegex(
        @"(?<![A-Za-z0-9])((?<since2001>(?<place>[A-Za-z]{2})\d{2})(?<gap>[ \-]?)(?<letters>[A-Za-z]{3})|[A-HJ-NPR-TV-Ya-hj-npr-tv-y]\d{1,3}(?<gap>[ \-]?)(?<letters>[A-Za-z]{3})|(?<letters>[A-Z]{3})(?<gap>[ \-]?)\d{1,3}[A-HJ-NPR-TV-Y])(?![A-Za-z0-9])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plate();
}

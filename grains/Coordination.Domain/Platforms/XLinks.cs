using System.Globalization;
using System.Text.RegularExpressions;

namespace Coordination.Domain.Platforms;

/// <summary>Finds what X takes for a link (docs.x.com, "Counting characters"; conformance vectors of twitter-text).</summary>
/// <remarks>
/// With <c>http://</c> or <c>https://</c> any domain name of a known top-level domain; without, only ASCII and accented Latin names.
/// Nothing right after a letter, a digit, <c>@</c>, <c>#</c> or <c>$</c>.
/// </remarks>
public static class XLinks
{
    private const int LongestUrl = 4096;

    // A name has at most 253 characters; a longer row of labels is none, and would only be tried over and over.
    private const string MostLabels = "127";
    private const string Latin = @"\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff";
    private const string Directional = @"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069";

    /// <summary>What a domain label is made of: neither punctuation nor space, nor marks of direction.</summary>
    private const string Label = @"[^\s!-/:-@\[-`{-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\ufffe\uffff" + Directional + "]";

    private const string TldEnd = "(?![0-9a-z@+-])";
    private const string General = @"[a-z\p{IsCyrillic}0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&" + Latin + "]";
    private const string Parens = $@"\(({General}+|{General}*\({General}+\){General}*)\)";
    private const string Ending = $@"([+\-a-z\p{{IsCyrillic}}0-9=_#/{Latin}]|{Parens})";
    private const string Path = $@"(/(({General}*({Parens}{General}*)*{Ending})|@{General}+/)?)*";
    private const string Query = @"(\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/])?";
    private const string Tail = $@"(?<tail>(:[0-9]+)?{Path}{Query})";

    private static readonly Regex Link = new(
        // A shortened link ends with its code, whatever follows; a code has at most 40 characters.
        $@"(?<![a-z0-9@＠$#＃{Latin}])(?<tco>https?://t\.co/[a-z0-9]{{1,40}}(?![a-z0-9]){Query})"
        + $@"|(?<![a-z0-9@＠$#＃{Latin}])https?://(?!t\.co/[a-z0-9]{{41}})(?<host>({Label}({Label}|[_-]){{0,62}}(?<![_-])\.){{0,{MostLabels}}}{Label}({Label}|-){{0,62}}(?<!-)\.({TopLevelDomains.Pattern}){TldEnd}){Tail}"
        + $@"|(?<![a-z0-9@＠$#＃_./\-{Latin}])(?<host>([a-z0-9{Latin}]([a-z0-9_{Latin}-]{{0,61}}[a-z0-9{Latin}])?\.){{1,{MostLabels}}}({TopLevelDomains.Pattern}){TldEnd}){Tail}",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(5));

    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    /// <summary>Where the links of a text are, in order: UTF-16 offsets and lengths.</summary>
    public static IReadOnlyList<(int Start, int Length)> Find(string text)
    {
        List<(int Start, int Length)> found = [];
        try
        {
            foreach (Match match in Link.Matches(text))
            {
                if (match.Length <= LongestUrl && (match.Groups["tco"].Success || IsName(match.Groups["host"].Value)))
                {
                    found.Add((match.Index, match.Length));
                }
            }
        }
        catch (RegexMatchTimeoutException)
        {
            // The machine stands still, or somebody means harm: what was found counts, and the rest as plain text, which errs towards refusing.
        }

        return found;
    }

    /// <summary>A name whose encoded form has a label of more than 63 characters does not exist.</summary>
    private static bool IsName(string host)
    {
        try
        {
            return Idn.GetAscii(host).Length > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

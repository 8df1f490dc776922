using System.Text.RegularExpressions;

namespace Coordination.Content.Rules;

/// <summary>NHS numbers: ten figures of which the last one checks the others, modulo 11.</summary>
internal static partial class NhsRule
{
    public static IEnumerable<TextSpan> Find(string text, ContentFacts facts) => Number().In(text, m => Checks([.. m.Value.Where(char.IsAsciiDigit).Select(c => c - '0')]));

    private static bool Checks(int[] figures)
    {
        var sum = 0;
        for (var i = 0; i < 9; i++)
        {
            sum += figures[i] * (10 - i);
        }

        var check = (11 - (sum % 11)) % 11;
        return check != 10 && check == figures[9];
    }

    [GeneratedRegex(@"(?<![\d.,A-Za-z])[1-9]\d{2}[ \-]?\d{3}[ \-]?\d{4}(?![\dA-Za-z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();
}

/// <summary>National Insurance numbers, and the specimen that forms print.</summary>
internal static partial class NationalInsuranceRule
{
    private static readonly string[] NeverGiven = ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"];

    public static IEnumerable<TextSpan> Find(string text, ContentFacts facts) =>
        Number().In(text, m => !NeverGiven.Contains(m.Groups["prefix"].Value, StringComparer.OrdinalIgnoreCase));

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?<prefix>[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ)[ \-]?\d{2}[ \-]?\d{2}[ \-]?\d{2}[ \-]?[A-D](?![A-Za-z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}

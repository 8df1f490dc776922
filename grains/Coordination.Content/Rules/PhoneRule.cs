using System.Text.RegularExpressions;
using PhoneNumbers;

namespace Coordination.Content.Rules;

/// <summary>Phone numbers in figures or in words, but for those that anybody may ring for nothing.</summary>
internal static partial class PhoneRule
{
    private const string Region = "GB";
    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    public static IEnumerable<TextSpan> Find(string text, ContentFacts facts) => InFigures().In(text, m => IsPrivate(m.Value)).Concat(InWords().In(text));

    private static bool IsPrivate(string written)
    {
        try
        {
            var number = Library.Parse(written, Region);
            return Library.IsPossibleNumber(number) && Library.GetNumberType(number) is not PhoneNumberType.TOLL_FREE && !IsFreeOfCharge(number);
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    // Ofcom's free ranges, also where the library does not know the number as given out.
    private static bool IsFreeOfCharge(PhoneNumber number) =>
        number.CountryCode == 44 && number.NationalNumber.ToString(System.Globalization.CultureInfo.InvariantCulture) is ['8', '0', ..];

    [GeneratedRegex(@"(?<![\d.,£$A-Za-z])(\+44|0044|0)(?:[ .\-()/]{0,2}\d){9,10}(?![\dA-Za-z])|(?<!\d)\+[1-9](?:[ .\-()]{0,2}\d){8,13}(?!\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InFigures();

    [GeneratedRegex(@"\b((oh|zero|nought|double|treble|triple|one|two|three|four|five|six|seven|eight|nine)[ ,\-]{1,3}){7,}(oh|zero|nought|one|two|three|four|five|six|seven|eight|nine)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InWords();
}

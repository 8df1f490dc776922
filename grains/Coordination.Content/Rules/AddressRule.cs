using System.Text.RegularExpressions;

namespace Coordination.Content.Rules;

/// <summary>Addresses of a house or a flat. A street without a number, a road's number or a junction is none.</summary>
internal static partial class AddressRule
{
    // What is counted in front of a street's name.
    private static readonly HashSet<string> Counted = new(
        ("pump pumps engine engines crew crews appliance appliances people person persons men women children kids car cars van vans lorry lorries vehicle vehicles house houses "
            + "home homes flat flats shop shops firefighters officers calls minutes minute min mins hours hour hrs days day weeks miles mile metres yards am pm th st nd rd of on at in to the and for").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<TextSpan> Find(string text, ContentFacts facts) =>
        House().In(text, m => !m.Groups["word"].Captures.Any(c => Counted.Contains(c.Value))).Concat(Flat().In(text));

    [GeneratedRegex(
        @"(?<![\d:.,£/A-Za-z])(\d{1,4}[A-Za-z]?|(number|no)\s+(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)),?\s+((?<word>[A-Za-z][A-Za-z'\-]*)\s+){1,3}(road|rd|street|lane|ln|avenue|ave|close|drive|grove|way|crescent|cres|place|gardens|gdns|terrace|court|rise|walk|mews|croft|row|hill|view|green|square)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex House();

    [GeneratedRegex(@"\b(flat|apartment|apt)\s+\d{1,4}[A-Za-z]?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Flat();
}

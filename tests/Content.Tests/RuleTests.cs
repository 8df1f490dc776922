using Coordination.Testing;
using CsCheck;
using Xunit;

namespace Coordination.Content.Tests;

/// <summary>What each rule finds and what it leaves alone.</summary>
public sealed class RuleTests
{
    private static readonly string[] Pieces = ["0", "7", " ", ".", "flat", "at", "dot", "a", "the", "M", "B31", "\n", "@", "-", "(", "🔥", "عيد", "0121", "1 x "];

    [Fact]
    public void CodeOfLettersAndFigures_IsNoNumberOfAPerson()
    {
        var random = new Random(125);
        var bytes = new byte[16];
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(bytes);
            var text = $"Test your smoke alarm. {Convert.ToHexStringLower(bytes)}";
            Assert.True(ContentCheck.Look(text, ContentFacts.Default) is { Findings.Count: 0, NotLooked.Count: 0 }, text);
        }
    }

    [Theory]
    [InlineData("phone", "Ring Jo on 0121 496 0123 please", "0121 496 0123")]
    [InlineData("phone", "text 07700.900.123", "07700.900.123")]
    [InlineData("phone", "from abroad +44 7700 900123.", "+44 7700 900123")]
    [InlineData("phone", "oh double seven double oh, nine double oh, six one two", "oh double seven double oh, nine double oh, six one two")]
    [InlineData("email", "Write to jo.bloggs@example.org", "jo.bloggs@example.org")]
    [InlineData("email", "Write to jo.bloggs@wmfs.net", "jo.bloggs@wmfs.net")]
    [InlineData("email", "jo at example dot org", "jo at example dot org")]
    [InlineData("postcode", "Fire in b31 3hx, stay away", "b31 3hx")]
    [InlineData("vehicle-registration", "Blue Focus AB12 CDE left open", "AB12 CDE")]
    [InlineData("vehicle-registration", "is fd09 uyt yours", "fd09 uyt")]
    [InlineData("vehicle-registration", "a P482 GOX", "P482 GOX")]
    [InlineData("nhs-number", "card 943 476 5919", "943 476 5919")]
    [InlineData("national-insurance", "card ab123456c", "ab123456c")]
    [InlineData("address", "Fire at 14a Long Acre Street tonight", "14a Long Acre Street")]
    [InlineData("address", "out at Flat 12, Kestrel House", "Flat 12")]
    [InlineData("abusive", "What a load of sh1t", "sh1t")]
    [InlineData("abusive", "b*stards", "b*stards")]
    [InlineData("care-word", "A man has died.", "died")]
    [InlineData("care-word", "a 4-year-old was led out", "4-year-old")]
    [InlineData("legal", "He was charged with arson", "charged with")]
    [InlineData("confidential", "Internal only, please", "Internal only")]
    [InlineData("criticism", "The council is useless", "useless")]
    [InlineData("discrimination", "typical women drivers", "women drivers")]
    [InlineData("copyright", "Pic off Google", "off Google")]
    [InlineData("person", "Mrs Olive Standen is safe", "Mrs Olive Standen")]
    [InlineData("person", "Thanks to Denise Pocock for the cake", "Denise Pocock")]
    [InlineData("person", "Call Denise Pocock for stalls", "Denise Pocock")]
    [InlineData("link", "see bit.ly/abc", "bit.ly")]
    [InlineData("link", "see https://wrnfs.net/x", "https://wrnfs.net")]
    [InlineData("link", "see gov-uk.info", "gov-uk.info")]
    [InlineData("link", "see https://wmfѕ.net/survey", "https://wmfѕ.net")]
    public void Rule_Finds(string rule, string text, string quote) =>
        Assert.Equal([quote], ContentCheck.Look(text, ContentFacts.Default).Findings.Where(f => f.Rule.Id == rule).Select(f => f.Quote));

    [Theory]
    [InlineData("Call 999, or 101, or 0800 555 111, or our safety line 0800 389 5525")]
    [InlineData("contact@wmfs.net, or ask @wmfs")]
    [InlineData("Our headquarters: 99 at B7 4HW")]
    [InlineData("See you at the M6 1st thing, then CV6 7pm; smoke in the B7 area")]
    [InlineData("A38 and A45 are shut, M6 TOLL is clear, M5 J2 is slow")]
    [InlineData("Parcel 9434765918 has come")]
    [InlineData("At 14:20 Hagley Road was open again; 3 pumps Broad Street")]
    [InlineData("Dead slow on the ring road; the band killed it")]
    [InlineData("Firefighters Memorial Day: colleagues who died in the raids of 1940")]
    [InlineData("A child can drown in two inches of water")]
    [InlineData("Watch Commander Ray Dutton says thank you")]
    [InlineData("Alarm at the Victoria Law Courts, a toaster")]
    [InlineData("The old water tender is back. Photo: WMFS")]
    [InlineData("wmfs.net, www.wmfs.net/jobs, metoffice.gov.uk and nhs.uk have more")]
    [InlineData("Scunthorpe, Penistone, Clitheroe, Cockshutt, Twatt, Bell End, Minge Lane, Dick Sheppard Avenue, Essex, Middlesex, a blue tit, cock-a-hoop")]
    public void Rules_LeaveAlone(string text) =>
        Assert.Empty(ContentCheck.Look(text, ContentFacts.Default).Findings.Select(f => $"{f.Rule.Id}: {f.Quote}"));

    [Fact]
    public void Rules_LeaveEveryStationAndAreaAlone()
    {
        var names = File.ReadLines(Repository.In("dashboard", "Coordination.Dashboard", "Demo", "stations.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        Assert.True(names.Count >= 38);
        foreach (var station in names)
        {
            Assert.Empty(ContentCheck.Look($"Come and see us at {station[1]} fire station, {station[3]}, on Saturday.", ContentFacts.Default).Findings.Select(f => $"{f.Rule.Id}: {f.Quote}"));
        }
    }

    [Fact]
    public void Facts_AreTheBrigadesOwn()
    {
        var facts = ContentFacts.Default with { OwnPostcodes = ["B313HX"], MoreAbusiveWords = ["wazzock"], KnownHosts = ["bit.ly"], OwnDomain = "example.org" };
        Assert.Equal(["wazzock"], ContentCheck.Look("Fire in B31 3HX, see bit.ly/x, mail contact@example.org, wazzock", facts).Findings.Select(f => f.Quote));
    }

    [Fact]
    public void TypedApostrophes_ChangeNoPlace() =>
        Assert.Equal(["couldn’t be bothered"], ContentCheck.Look("They couldn’t be bothered", ContentFacts.Default).Findings.Select(f => f.Quote));

    [Fact]
    public void AnyText_IsLookedThrough_AndQuotedAsItStands() => Gen.OneOf(
            Gen.String[0, 300],
            Gen.OneOf(Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]), Gen.String[0, 3]).Array[0, 200].Select(string.Concat))
        .SampleSeeded(text => ContentCheck.Look(text, ContentFacts.Default).Findings.All(f => f.Span.Length > 0 && string.Equals(text.Substring(f.Span.Start, f.Span.Length), f.Quote, StringComparison.Ordinal)));

    [Theory]
    [InlineData("a.")]
    [InlineData("1 a ")]
    [InlineData("0 ")]
    [InlineData("one ")]
    [InlineData("x at ")]
    [InlineData("A")]
    [InlineData("set a ")]
    [InlineData("the small young ")]
    public void NoText_TakesForEver(string piece)
    {
        // An expression that runs away is given up after a second, each time; a machine that stands still for one is not that.
        var text = string.Concat(Enumerable.Repeat(piece, 60_000 / piece.Length));
        Assert.Contains(Enumerable.Range(0, 5), _ => ContentCheck.Look(text, ContentFacts.Default).NotLooked.Count == 0);
    }
}

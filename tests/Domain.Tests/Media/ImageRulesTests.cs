using Coordination.Domain.Accounts;
using Coordination.Domain.Media;
using Coordination.Domain.Platforms;
using Xunit;

namespace Coordination.Domain.Tests.Media;

public sealed class ImageRulesTests
{
    private static readonly PostImage Good = new(new string('a', 64), "A fire engine in the yard", ImageRights.Own, null, ImagePeople.Nobody, null);

    public static TheoryData<string, string?> Images => new()
    {
        { "good", null },
        { "licensed", null },
        { "with consent", null },
        { "no description", "image-alt-missing" },
        { "a blank description", "image-alt-missing" },
        { "a long description", "image-alt-too-long" },
        { "nobody said whose", "image-rights-missing" },
        { "permitted by nobody", "image-credit-missing" },
        { "licensed by nothing", "image-credit-missing" },
        { "a long credit", "image-note-too-long" },
        { "nobody said who is on it", "image-people-missing" },
        { "no consent", "image-consent-missing" },
        { "no name", "image-unknown" },
        { "a path for a name", "image-unknown" },
        { "a name in capitals", "image-unknown" },
        { "words that cannot be kept", "text-not-storable" },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public void Check_SaysWhatIsMissing(string what, string? code)
    {
        var image = what switch
        {
            "licensed" => Good with { Rights = ImageRights.Licence, Credit = "CC BY 4.0, A. Person" },
            "with consent" => Good with { People = ImagePeople.Consented, Consent = "Form 12, Comms drive" },
            "no description" => Good with { Alt = "" },
            "a blank description" => Good with { Alt = " \u200B\t" },
            "a long description" => Good with { Alt = new string('a', 1001) },
            "nobody said whose" => Good with { Rights = ImageRights.Unsaid },
            "permitted by nobody" => Good with { Rights = ImageRights.Permission },
            "licensed by nothing" => Good with { Rights = ImageRights.Licence, Credit = " " },
            "a long credit" => Good with { Rights = ImageRights.Licence, Credit = new string('a', 201) },
            "nobody said who is on it" => Good with { People = ImagePeople.Unsaid },
            "no consent" => Good with { People = ImagePeople.Consented },
            "no name" => Good with { Hash = "" },
            "a path for a name" => Good with { Hash = "../../etc/passwd" },
            "a name in capitals" => Good with { Hash = new string('A', 64) },
            "words that cannot be kept" => Good with { Alt = "A \0 B" },
            _ => Good,
        };

        Assert.Equal(code, ImageRules.Check([image])?.Code);
    }

    [Fact]
    public void Check_CountsAndComparesThem()
    {
        Assert.Equal("image-twice", ImageRules.Check([Good, Good])?.Code);
        Assert.Equal("images-too-many", ImageRules.Check([.. Several(11)])?.Code);
        Assert.Null(ImageRules.Check([.. Several(10)]));
        Assert.Null(ImageRules.CheckUnfinished([Good with { Alt = "", Rights = ImageRights.Unsaid, People = ImagePeople.Unsaid }]));
    }

    [Fact]
    public void CheckPlatform_KnowsWhatEachTakes() => Assert.All(Platform.All, platform =>
    {
        var account = AccountKey.Parse($"{platform.Id}/aston");
        var most = ImageLimits.Of(platform).Most;
        Assert.Null(ImageRules.CheckPlatform(account, [.. Several(most)]));
        Assert.Equal("images-too-many", ImageRules.CheckPlatform(account, [.. Several(most + 1)])?.Code);
    });

    [Fact]
    public void Words_AreWhatThePublicReads() =>
        Assert.Equal("Open day\nA fire engine in the yard", ImageRules.Words("Open day", [Good]));

    [Fact]
    public void Ids_AreReadBack() => Assert.Multiple(
        () => Assert.All(Enum.GetValues<ImageRights>(), r => Assert.True(ImageWords.TryParse(r.Id(), out ImageRights read) && read == r)),
        () => Assert.All(Enum.GetValues<ImagePeople>(), p => Assert.True(ImageWords.TryParse(p.Id(), out ImagePeople read) && read == p)),
        () => Assert.False(ImageWords.TryParse("mine", out ImageRights _)));

    private static IEnumerable<PostImage> Several(int count) => Enumerable.Range(0, count).Select(i => Good with { Hash = i.ToString("x64", System.Globalization.CultureInfo.InvariantCulture) });
}

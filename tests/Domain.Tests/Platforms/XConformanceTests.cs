using Coordination.Domain.Platforms;
using Xunit;

namespace Domain.Tests.Platforms;

/// <summary>X's counting against the conformance vectors that X publishes for it (configuration 3). None is knowingly missed.</summary>
public sealed class XConformanceTests
{
    [Theory]
    [InlineData("WeightedTweetsWithDiscountedEmojiCounterTest", 15)]
    [InlineData("UnicodeDirectionalMarkerCounterTest", 2)]
    public void Count_IsTheirs_ForEveryVector(string group, int atLeast)
    {
        var vectors = TwitterTextVectors.Read("validate.yml", group);

        var wrong = vectors
            .Select(v => (v.Description, Expected: v.Number("weightedLength"), Actual: TextLimits.Count(Platform.X, v.Text).Count))
            .Where(v => v.Expected != v.Actual)
            .Select(v => $"{v.Description}: {v.Actual} instead of {v.Expected}")
            .ToList();

        Assert.True(vectors.Count >= atLeast, $"only {vectors.Count} vectors were read");
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("WeightedTweetsWithDiscountedEmojiCounterTest")]
    [InlineData("UnicodeDirectionalMarkerCounterTest")]
    public void Check_AgreesOnWhatIsValid_ForEveryVector(string group)
    {
        var wrong = TwitterTextVectors.Read("validate.yml", group)
            .Where(v => v.Truth("valid") != TextLimits.Check(Platform.X, v.Text) is TextCheck.Fits)
            .Select(v => v.Description)
            .ToList();

        Assert.Empty(wrong);
    }

    [Fact]
    public void Find_FindsTheirLinks_ForEveryVector()
    {
        var vectors = TwitterTextVectors.Read("extract.yml", "urls");

        var wrong = vectors
            .Select(v => (v.Description, Expected: v.Items(), Actual: XLinks.Find(v.Text).Select(l => v.Text.Substring(l.Start, l.Length)).ToList()))
            .Where(v => !v.Expected.SequenceEqual(v.Actual, StringComparer.Ordinal))
            .Select(v => $"{v.Description}: {string.Join(" ", v.Actual)} instead of {string.Join(" ", v.Expected)}")
            .ToList();

        Assert.True(vectors.Count >= 90, $"only {vectors.Count} vectors were read");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Find_KnowsTheirTopLevelDomains_InEveryVector()
    {
        var vectors = TwitterTextVectors.Read("tlds.yml", "generic").Concat(TwitterTextVectors.Read("tlds.yml", "country")).ToList();

        var wrong = vectors.Where(v => XLinks.Find(v.Text) is not [(0, var length)] || length != v.Text.Length).Select(v => v.Text).ToList();

        Assert.Empty(wrong);
    }
}

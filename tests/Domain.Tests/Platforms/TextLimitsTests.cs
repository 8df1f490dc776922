using Coordination.Domain.Platforms;
using Xunit;

namespace Domain.Tests.Platforms;

public sealed class TextLimitsTests
{
    private const string Family = "\U0001F468‍\U0001F469‍\U0001F467‍\U0001F466";

    [Fact]
    public void Of_HasLimits_ForEveryPlatform() =>
        Assert.All(Platform.All, p => Assert.True(PlatformLimits.Of(p).MaxText > 0));

    [Theory]
    [InlineData("x", 280)]
    [InlineData("facebook", 63206)]
    [InlineData("mastodon", 500)]
    [InlineData("bluesky", 300)]
    [InlineData("threads", 500)]
    public void Check_FitsToTheLastCharacter_AndNoFurther(string platform, int limit)
    {
        Assert.True(Platform.TryFind(platform, out var found));
        Assert.IsType<TextCheck.Fits>(TextLimits.Check(found, new string('a', limit)));
        var over = Assert.IsType<TextCheck.TooLong>(TextLimits.Check(found, new string('a', limit + 1)));
        Assert.Equal((limit + 1, limit, -1), (over.Length.Count, over.Length.Limit, over.Length.Left));
        Assert.Contains("1 too many", over.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_IsWhatAComposerShows() =>
        Assert.Equal("214 of 280", TextLimits.Count(Platform.X, new string('a', 214)).ToString());

    [Theory]
    [InlineData("x", "fire https://www.wmfs.net/our-fire-stations/aston/a-rather-long-page", 28)]
    [InlineData("x", "café", 4)]
    [InlineData("x", "cafe\u0301", 4)]
    [InlineData("x", Family, 2)]
    [InlineData("x", "火", 2)]
    [InlineData("x", "\u00A9", 1)]
    [InlineData("x", "see wmfs.net now", 31)]
    [InlineData("x", "report.pdf", 10)]
    [InlineData("mastodon", "fire https://www.wmfs.net/our-fire-stations/aston/a-rather-long-page", 28)]
    [InlineData("mastodon", "@aston@social.example hello", 12)]
    [InlineData("mastodon", Family, 1)]
    [InlineData("bluesky", "https://www.wmfs.net/our-fire-stations", 38)]
    [InlineData("bluesky", Family, 1)]
    [InlineData("facebook", Family, 11)]
    [InlineData("threads", Family, 25)]
    [InlineData("threads", "caf\u00E9 at \u706B", 9)]
    [InlineData("threads", "https://www.wmfs.net/our-fire-stations", 38)]
    public void Count_CountsAsThePlatformDoes(string platform, string text, int expected)
    {
        Assert.True(Platform.TryFind(platform, out var found));
        Assert.Equal(expected, TextLimits.Count(found, text).Count);
    }

    [Fact]
    public void Check_IsTooLongInBytes_WhenBlueskysSecondLimitIsBroken()
    {
        var text = string.Concat(Enumerable.Repeat(Family, 121));

        var over = Assert.IsType<TextCheck.TooLong>(TextLimits.Check(Platform.Bluesky, text));

        Assert.Equal((121 * 25, 3000, TextUnit.Bytes), (over.Length.Count, over.Length.Limit, over.Length.Unit));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \r\n\t ")]
    [InlineData("\u200B\u200D")]
    public void Check_IsEmpty_WhenThereIsNothingToSee(string text) =>
        Assert.All(Platform.All, p => Assert.IsType<TextCheck.Empty>(TextLimits.Check(p, text)));

    [Fact]
    public void Check_IsUnsendable_WithHalfOrControlCharacters()
    {
        // Not inline data: half a character does not survive in an attribute.
        string[] texts = ["half \uD83D of a character", "\uDE37", "a\0b", "bell \u0007"];

        Assert.All(texts, text => Assert.All(Platform.All, p => Assert.IsType<TextCheck.Unsendable>(TextLimits.Check(p, text))));
    }

    [Fact]
    public void Count_Ends_WhateverTheText()
    {
        // What would send a careless pattern back and forth for ever.
        string[] nasty =
        [
            new('.', 19_000), new('a', 19_000), new('あ', 19_000), "http://" + new string('a', 18_000),
            string.Concat(Enumerable.Repeat("a.", 9_000)), "http://a.com/" + new string('(', 18_000),
            "http://a.com/" + string.Concat(Enumerable.Repeat("(a", 5_000)), string.Concat(Enumerable.Repeat("http://a.", 2_000)),
            string.Concat(Enumerable.Repeat("a-", 9_000)), new('あ', 70_000),
        ];

        Assert.All(nasty, text => Assert.IsType<TextCheck.TooLong>(TextLimits.Check(Platform.X, text)));
    }
}

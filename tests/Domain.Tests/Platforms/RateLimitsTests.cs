using Coordination.Domain.Platforms;
using Xunit;

namespace Coordination.Domain.Tests.Platforms;

/// <summary>How many posts a platform takes, and when the next one fits.</summary>
public sealed class RateLimitsTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("x", "takes at most 100 posts of an account in 15 minutes|takes at most 10,000 posts of all accounts together in 24 hours")]
    [InlineData("mastodon", "takes at most 300 posts of an account in 5 minutes")]
    [InlineData("bluesky", "takes at most 1,666 posts of an account in an hour|takes at most 11,666 posts of an account in 24 hours")]
    [InlineData("threads", "takes at most 250 posts of an account in 24 hours")]
    [InlineData("facebook", "")]
    public void Limits_AreThoseThatThePlatformsPublish(string platform, string words)
    {
        Assert.True(Platform.TryFind(platform, out var found));
        Assert.Equal(words, string.Join('|', RateLimits.Of(found).Select(l => l.Words)));
    }

    [Fact]
    public void NextFits_WhenTheOldestOfTheLastOnesLeavesTheWindow()
    {
        var limit = new RateLimit(3, TimeSpan.FromMinutes(15));
        Assert.Null(RateLimits.NextFits(limit, [], Now));
        Assert.Null(RateLimits.NextFits(limit, [Now.AddMinutes(-14), Now], Now));
        Assert.Equal(Now.AddMinutes(1), RateLimits.NextFits(limit, [Now.AddMinutes(-14), Now.AddMinutes(-3), Now], Now));
        Assert.Null(RateLimits.NextFits(limit, [Now.AddMinutes(-15), Now.AddMinutes(-3), Now], Now));
        Assert.Equal(Now.AddMinutes(12), RateLimits.NextFits(limit, [Now.AddMinutes(-14), Now.AddMinutes(-3), Now, Now], Now));
    }
}

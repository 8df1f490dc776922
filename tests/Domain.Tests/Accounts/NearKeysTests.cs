using Coordination.Domain.Accounts;
using Xunit;

namespace Coordination.Domain.Tests.Accounts;

public sealed class NearKeysTests
{
    private static readonly AccountKey[] Known =
        [.. new[] { "x/wmfsaston", "facebook/wmfsaston", "x/wmfsbilston", "x/wmfstipton", "x/wmfs", "mastodon/wmfsbinley" }.Select(AccountKey.Parse)];

    [Theory]
    [InlineData("x/wmfsastom", "x/wmfsaston", "x/wmfs")]
    [InlineData("x/wmfasston", "x/wmfsaston")]
    [InlineData("mastodon/wmfsaston", "facebook/wmfsaston", "x/wmfsaston")]
    [InlineData("x/wmfsbinley", "mastodon/wmfsbinley", "x/wmfs")]
    [InlineData("x/wmfstipton2", "x/wmfstipton", "x/wmfs")]
    [InlineData("bluesky/nothing_like_it")]
    public void Of_FindsWhatMayHaveBeenMeant_BestFirst(string wanted, params string[] near) =>
        Assert.Equal(near, NearKeys.Of(AccountKey.Parse(wanted), Known).Select(key => key.Value));

    [Fact]
    public void Of_SuggestsAFewAtMost() =>
        Assert.Equal(NearKeys.Most, NearKeys.Of(AccountKey.Parse("x/station"), Enumerable.Range(0, 9).Select(i => AccountKey.Parse($"x/station{i}"))).Count);
}

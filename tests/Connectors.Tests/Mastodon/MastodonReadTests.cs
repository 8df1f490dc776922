using Connectors.Tests.Sandbox;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Xunit;

namespace Connectors.Tests.Mastodon;

public sealed class MastodonReadTests(SandboxFixture fixture)
{
    private readonly SandboxProcess _sandbox = fixture.Sandbox;
    private readonly IPlatformConnector _connector = fixture.Mastodon;

    [Fact]
    public async Task ReadRecentPostsAsync_GivesAllOfThemNewestFirst_OverSeveralPages()
    {
        var account = await _sandbox.AccountAsync();
        var start = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 95; i++)
        {
            await PublishAsync(account, $"Post {i}");
        }

        var recent = await RecentAsync(account, start - TimeSpan.FromMinutes(1));

        Assert.True(recent.Complete);
        Assert.Equal(Enumerable.Range(0, 95).Reverse().Select(i => $"Post {i}"), recent.Posts.Select(p => p.Text), StringComparer.Ordinal);
    }

    [Fact]
    public async Task ReadRecentPostsAsync_LeavesOutWhatIsOlder()
    {
        var account = await _sandbox.AccountAsync();
        var first = await PublishAsync(account, "before");
        await Eventually.IsAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow() > first.At.AddMilliseconds(2)), "the next millisecond");
        var second = await PublishAsync(account, "after");

        var recent = await RecentAsync(account, second.At);

        Assert.Equal(["after"], recent.Posts.Select(p => p.Text), StringComparer.Ordinal);
    }

    [Fact]
    public async Task FindByKeyAsync_FindsTheFirst_AndNeitherOlderNorKnownOnes()
    {
        var account = await _sandbox.AccountAsync();
        var earlier = await PublishAsync(account, "Road closed.");
        var request = Requests.New("Road closed.");
        var ours = Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, request, default));
        await PublishAsync(account, "Road open.");

        var found = Assert.IsType<FindResult.Found>(await _connector.FindByKeyAsync(account, Requests.Find(request, [earlier.RemoteId]), default));
        var none = await _connector.FindByKeyAsync(account, Requests.Find(request, [earlier.RemoteId, ours.RemoteId]), default);
        var late = await _connector.FindByKeyAsync(account, Requests.Find(request) with { AttemptedAt = request.CreatedAt + TimeSpan.FromMinutes(10) }, default);

        Assert.Equal((ours.RemoteId, ours.Url), (found.RemoteId, found.Url));
        Assert.IsType<FindResult.NotFound>(none);
        Assert.IsType<FindResult.NotFound>(late);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("two\nlines")]
    [InlineData("two paragraphs\n\nand a third\n\n\n\nwith more space")]
    [InlineData("a < b && c > d \"quoted\" 'too' &amp; &lt;p&gt;")]
    [InlineData("look: https://www.wmfs.net/a/very/long/path/that/is/cut/in/two?x=1&y=2#z, now.")]
    [InlineData("  spaces   around ")]
    [InlineData("café 🚒 👨‍👩‍👧‍👦 火")]
    public async Task FindByKeyAsync_FindsTheText_WhateverTheServerMadeOfIt(string text)
    {
        var account = await _sandbox.AccountAsync();
        var request = Requests.New(text);
        var published = Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, request, default));

        var found = Assert.IsType<FindResult.Found>(await _connector.FindByKeyAsync(account, Requests.Find(request), default));

        Assert.Equal(published.RemoteId, found.RemoteId);
    }

    [Fact]
    public async Task FindByKeyAsync_CouldNotAsk_WhenTheServerFails()
    {
        var account = await _sandbox.AccountAsync();
        await _sandbox.FaultAsync(account, "fail", count: null, status: 500, reads: true);

        var answer = Assert.IsType<FindResult.CouldNotAsk>(await _connector.FindByKeyAsync(account, Requests.Find(Requests.New()), default));

        Assert.Contains("500", answer.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("reset")]
    [InlineData("drop-answer")]
    public async Task FindByKeyAsync_NeverSaysNotFound_WhenNothingReadableCame(string mode)
    {
        var account = await _sandbox.AccountAsync();
        var request = Requests.New();
        await _connector.PublishAsync(account, request, default);
        await _sandbox.FaultAsync(account, mode, count: null, reads: true);

        Assert.IsType<FindResult.CouldNotAsk>(await _connector.FindByKeyAsync(account, Requests.Find(request), default));
    }

    [Fact]
    public async Task FindByKeyAsync_AsksAgain_WhenAReadFailedOnce()
    {
        var account = await _sandbox.AccountAsync();
        var request = Requests.New();
        await _connector.PublishAsync(account, request, default);
        await _sandbox.FaultAsync(account, "reset", reads: true);

        Assert.IsType<FindResult.Found>(await _connector.FindByKeyAsync(account, Requests.Find(request), default));
    }

    [Fact]
    public async Task RemoveAsync_Removes_AndSaysSoOnce()
    {
        var account = await _sandbox.AccountAsync();
        var published = await PublishAsync(account, "to be taken off");

        Assert.IsType<RemoveResult.Removed>(await _connector.RemoveAsync(account, published.RemoteId, default));
        Assert.IsType<RemoveResult.AlreadyGone>(await _connector.RemoveAsync(account, published.RemoteId, default));
        Assert.Equal(0, await _sandbox.StoredAsync(account));
    }

    [Fact]
    public async Task RemoveAsync_LeavesOthersPosts_WhereTheyAre()
    {
        var account = await _sandbox.AccountAsync();
        var other = await _sandbox.AccountAsync();
        var published = await PublishAsync(account, "mine");

        Assert.IsType<RemoveResult.AlreadyGone>(await _connector.RemoveAsync(other, published.RemoteId, default));
        Assert.Equal(1, await _sandbox.StoredAsync(account));
    }

    [Theory]
    [InlineData("fail", 500, typeof(RemoveResult.NotConfirmed))]
    [InlineData("drop-answer", 500, typeof(RemoveResult.NotConfirmed))]
    [InlineData("reset", 500, typeof(RemoveResult.NotConfirmed))]
    [InlineData("fail", 401, typeof(RemoveResult.Refused))]
    [InlineData("fail", 429, typeof(RemoveResult.Refused))]
    public async Task RemoveAsync_DoesNotClaimRemoval_WhenTheServerFails(string mode, int status, Type expected)
    {
        var account = await _sandbox.AccountAsync();
        var published = await PublishAsync(account, "to be taken off");
        await _sandbox.FaultAsync(account, mode, status: status);

        Assert.IsType(expected, await _connector.RemoveAsync(account, published.RemoteId, default));
        var repeat = await _connector.RemoveAsync(account, published.RemoteId, default);
        Assert.True(repeat is RemoveResult.Removed or RemoveResult.AlreadyGone);
    }

    [Fact]
    public async Task ReadCounters_GiveThePublicFigures()
    {
        var account = await _sandbox.AccountAsync(followers: 1234);
        var published = await PublishAsync(account, "counted");
        await _sandbox.SetFiguresAsync(published.RemoteId, favourites: 7, reblogs: 3, replies: 2);

        var figures = Assert.IsType<ReadResult<AccountCounters>.Ok>(await _connector.ReadAccountCountersAsync(account, default));
        var counted = Assert.IsType<ReadResult<PostCounters>.Ok>(await _connector.ReadPostCountersAsync(account, published.RemoteId, default));

        Assert.Equal(new AccountCounters(1234, 0, 1), figures.Value);
        Assert.Equal(new PostCounters(7, 3, 2, null), counted.Value);
    }

    [Fact]
    public async Task ReadCounters_NeedAttention_WhenTheTokenIsWrong()
    {
        var account = (await _sandbox.AccountAsync()) with { Credential = new Credential.AccessToken("a-token-nobody-has-got") };

        var refused = Assert.IsType<ReadResult<AccountCounters>.Unavailable>(await _connector.ReadAccountCountersAsync(account, default));

        Assert.True(refused.NeedsAttention);
    }

    private async Task<PublishResult.Published> PublishAsync(ConnectorAccount account, string text) =>
        Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, Requests.New(text), default));

    private async Task<RecentPosts> RecentAsync(ConnectorAccount account, DateTimeOffset since) =>
        Assert.IsType<ReadResult<RecentPosts>.Ok>(await _connector.ReadRecentPostsAsync(account, since, default)).Value;
}

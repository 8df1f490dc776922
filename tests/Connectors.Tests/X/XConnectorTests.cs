using Connectors.Tests.Sandbox;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Coordination.Domain.Posts;
using Xunit;

namespace Connectors.Tests.X;

/// <summary>X over real HTTP: what goes out, how it is found again without a key, what is read, what is taken off.</summary>
public sealed class XConnectorTests(SandboxFixture fixture)
{
    private readonly SandboxProcess _sandbox = fixture.Sandbox;
    private readonly IPlatformConnector _x = fixture.X;

    [Fact]
    public async Task Post_GoesOut_AtItsAddress_AndIsTakenOff()
    {
        var account = await _sandbox.OwnAsync("x");
        var published = await SendAsync(account, Requests.New("Doors open at ten."));
        using var client = _sandbox.Anonymous();
        Assert.Contains("Doors open at ten.", await client.GetStringAsync(published.Url), StringComparison.Ordinal);

        Assert.IsType<RemoveResult.Removed>(await _x.RemoveAsync(account, published.RemoteId, default));
        Assert.IsType<RemoveResult.AlreadyGone>(await _x.RemoveAsync(account, published.RemoteId, default));
        Assert.Equal(0, await _sandbox.StoredAsync(account));
    }

    [Theory]
    [InlineData("Test your smoke alarm today.")]
    [InlineData("Fire & rescue: <stay> at home; see https://www.wmfs.net/our-fire-stations/, or wmfs.net and\nask.")]
    [InlineData("  Blanks \t and\n\nlines  ")]
    public async Task LostAnswer_IsFound_ByItsWordsAndTime(string text)
    {
        var account = await _sandbox.OwnAsync("x");
        var request = Requests.New(text);
        await _sandbox.FaultAsync(account, "drop-answer");
        Assert.IsType<PublishResult.Unknown>(await _x.PublishAsync(account, request, default));

        var found = Assert.IsType<FindResult.Found>(await _x.FindByKeyAsync(account, Requests.Find(request), default));
        Assert.Equal(1, await _sandbox.StoredAsync(account));
        Assert.IsType<FindResult.NotFound>(await _x.FindByKeyAsync(account, Requests.Find(request, [found.RemoteId]), default));
        Assert.IsType<FindResult.NotFound>(await _x.FindByKeyAsync(account, Requests.Find(Requests.New(text + "!")), default));
        Assert.IsType<FindResult.NotFound>(await _x.FindByKeyAsync(account, Requests.Find(request) with { AttemptedAt = request.CreatedAt.AddMinutes(5) }, default));
    }

    [Fact]
    public void NothingIsRepeatedByItself_BecauseItKnowsNoKey() => Assert.Null(_x.Capabilities.IdempotencyKeyLifetime);

    [Fact]
    public async Task SameWordsAgain_AreRefused_AndTheSignInIsNotBlamed()
    {
        var account = await _sandbox.OwnAsync("x");
        await SendAsync(account, Requests.New("Test your smoke alarm."));
        var refused = Assert.IsType<PublishResult.Rejected>(await _x.PublishAsync(account, Requests.New("Test your smoke alarm."), default));
        Assert.Equal("You are not allowed to create a Tweet with duplicate content.", refused.Says);
    }

    [Fact]
    public async Task UsedUpMoney_IsForAPerson()
    {
        var account = await _sandbox.OwnAsync("x");
        await _sandbox.FaultAsync(account, "fail", status: 402);
        Assert.IsType<PublishResult.Unauthorised>(await _x.PublishAsync(account, Requests.New(), default));
    }

    [Fact]
    public async Task Thread_IsARowOfAnswers()
    {
        var account = await _sandbox.OwnAsync("x");
        var first = await SendAsync(account, Requests.New("One"));
        var second = await SendAsync(account, Requests.New("Two") with { Thread = new ThreadPlace(first.RemoteId, first.RemoteId) });
        using var client = _sandbox.Client(account);
        Assert.Contains($"\"in_reply_to_id\":\"{first.RemoteId}\"", await client.GetStringAsync("/api/v1/statuses/" + second.RemoteId), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recent_IsReadPageByPage_WithItsLinksAsTheyWereWritten()
    {
        var account = await _sandbox.OwnAsync("x");
        var since = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        for (var i = 0; i < 103; i++)
        {
            await SendAsync(account, Requests.New($"Number {i}: https://www.wmfs.net/page/{i} & more"));
        }

        var recent = Assert.IsType<ReadResult<RecentPosts>.Ok>(await _x.ReadRecentPostsAsync(account, since, default)).Value;
        Assert.True(recent.Complete);
        Assert.Equal(Enumerable.Range(0, 103).Reverse().Select(i => $"Number {i}: https://www.wmfs.net/page/{i} & more"), recent.Posts.Select(p => p.Text));
    }

    [Fact]
    public async Task Figures_AreRead()
    {
        var account = await _sandbox.OwnAsync("x", followers: 1234);
        var published = await SendAsync(account, Requests.New("Count me."));
        await _sandbox.SetFiguresAsync(published.RemoteId, 3, 2, 1);
        Assert.Equal(new AccountCounters(1234, 0, 1), Assert.IsType<ReadResult<AccountCounters>.Ok>(await _x.ReadAccountCountersAsync(account, default)).Value);
        Assert.Equal(new PostCounters(3, 2, 1, 0), Assert.IsType<ReadResult<PostCounters>.Ok>(await _x.ReadPostCountersAsync(account, published.RemoteId, default)).Value);
    }

    [Fact]
    public async Task SignIn_IsChecked()
    {
        var account = await _sandbox.OwnAsync("x");
        Assert.IsType<SignInResult.Works>(await _x.CheckSignInAsync(account, default));
        await _sandbox.TokenAsync(account, revoked: true);
        Assert.Contains("was revoked", Assert.IsType<SignInResult.Refused>(await _x.CheckSignInAsync(account, default)).Reason, StringComparison.Ordinal);
        Assert.Equal(FailureCause.SignIn, Assert.IsType<PublishResult.NotSent>(await _x.PublishAsync(account with { Credential = new Credential.AccessToken("") }, Requests.New(), default)).Cause);
    }

    [Fact]
    public async Task UsedUpWindow_ClosesTheAccount_UntilItsEnd()
    {
        await using var strict = await SandboxProcess.StartAsync("--rate-limit", "1");
        var account = await strict.OwnAsync("x");

        // Three requests span two windows at most, and two windows let two through.
        var results = new List<PublishResult>();
        for (var i = 0; i < 3; i++)
        {
            results.Add(await _x.PublishAsync(account, Requests.New($"number {i}"), default));
        }

        Assert.InRange(Assert.IsType<PublishResult.Published>(results[0]).NoMoreFor!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.InRange(results.OfType<PublishResult.NotSent>().First().RetryAfter!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(5));
    }

    private async Task<PublishResult.Published> SendAsync(ConnectorAccount account, PublishRequest request) =>
        Assert.IsType<PublishResult.Published>(await _x.PublishAsync(account, request, default));
}

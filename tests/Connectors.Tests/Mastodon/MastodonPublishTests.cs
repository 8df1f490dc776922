using Connectors.Tests.Sandbox;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Coordination.Domain.Platforms;
using Xunit;

namespace Connectors.Tests.Mastodon;

/// <summary>The connector against the sandbox, over real HTTP: every way to fail gives the right outcome and at most one post.</summary>
public sealed class MastodonPublishTests(SandboxFixture fixture)
{
    private readonly SandboxProcess _sandbox = fixture.Sandbox;
    private readonly IPlatformConnector _connector = fixture.Mastodon;

    [Fact]
    public async Task PublishAsync_IsPublished_WhenAllIsWell()
    {
        var account = await _sandbox.AccountAsync();
        var request = Requests.New("First line\nsecond <b>line</b>\n\nhttps://www.wmfs.net/our-fire-stations/aston/?a=1&b=2 & more");

        var published = Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, request, default));

        var accepted = Assert.Single(await _sandbox.RequestsAsync(account));
        Assert.Equal(published.RemoteId, accepted.GetProperty("postId").GetString());
        Assert.Equal(request.Key.ToString(), accepted.GetProperty("idempotencyKey").GetString());
        using var client = _sandbox.Anonymous();
        var page = await client.GetStringAsync(published.Url);
        Assert.Contains("second &lt;b&gt;line&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.InRange(published.At, request.CreatedAt - TimeSpan.FromSeconds(5), request.CreatedAt + TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task PublishAsync_IsTheSamePost_WhenRepeatedWithTheSameKey()
    {
        var account = await _sandbox.AccountAsync();
        var request = Requests.New();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _connector.PublishAsync(account, request, default)));

        Assert.Single(results.Cast<PublishResult.Published>().Distinct());
        Assert.Equal(1, await _sandbox.StoredAsync(account));
    }

    [Fact]
    public async Task PublishAsync_IsUnknownAndFound_WhenTheAnswerIsDropped()
    {
        var account = await _sandbox.AccountAsync();
        var request = Requests.New();
        await _sandbox.FaultAsync(account, "drop-answer");

        Assert.IsType<PublishResult.Unknown>(await _connector.PublishAsync(account, request, default));

        var found = Assert.IsType<FindResult.Found>(await _connector.FindByKeyAsync(account, Requests.Find(request), default));
        var repeat = Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, request, default));
        Assert.Equal(found.RemoteId, repeat.RemoteId);
        Assert.Equal(1, await _sandbox.StoredAsync(account));
    }

    [Fact]
    public async Task PublishAsync_IsUnknownAndNotFound_WhenTheConnectionIsReset()
    {
        var account = await _sandbox.AccountAsync();
        var request = Requests.New();
        await _sandbox.FaultAsync(account, "reset");

        Assert.IsType<PublishResult.Unknown>(await _connector.PublishAsync(account, request, default));

        Assert.IsType<FindResult.NotFound>(await _connector.FindByKeyAsync(account, Requests.Find(request), default));
        Assert.Empty(await _sandbox.RequestsAsync(account));
    }

    [Fact]
    public async Task PublishAsync_IsUnknown_WhenTheAnswerIsGarbage()
    {
        var account = await _sandbox.AccountAsync();
        await _sandbox.FaultAsync(account, "garbage");

        Assert.IsType<PublishResult.Unknown>(await _connector.PublishAsync(account, Requests.New(), default));
        Assert.Equal(1, await _sandbox.StoredAsync(account));
    }

    [Fact]
    public async Task PublishAsync_IsUnknown_WhenTheAnswerComesTooLate()
    {
        var account = await _sandbox.AccountAsync();
        var request = Requests.New();
        await _sandbox.FaultAsync(account, "slow", delayMs: 3000);

        Assert.IsType<PublishResult.Unknown>(await _connector.PublishAsync(account, request, default));

        // It does go out in the end: that is why unknown is not "not sent".
        await Eventually.IsAsync(async () => await _sandbox.StoredAsync(account) == 1, "the slow post to be stored");
        Assert.IsType<FindResult.Found>(await _connector.FindByKeyAsync(account, Requests.Find(request), default));
    }

    [Fact]
    public async Task PublishAsync_IsPublished_WhenTheAnswerIsSlowButInTime()
    {
        var account = await _sandbox.AccountAsync();
        await _sandbox.FaultAsync(account, "slow", delayMs: 300);

        Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, Requests.New(), default));
    }

    [Theory]
    [InlineData(500, null, typeof(PublishResult.Unknown))]
    [InlineData(502, null, typeof(PublishResult.Unknown))]
    [InlineData(504, 5, typeof(PublishResult.Unknown))]
    [InlineData(503, null, typeof(PublishResult.Unknown))]
    [InlineData(503, 7, typeof(PublishResult.NotSent))]
    [InlineData(429, 60, typeof(PublishResult.NotSent))]
    [InlineData(404, null, typeof(PublishResult.NotSent))]
    [InlineData(401, null, typeof(PublishResult.Unauthorised))]
    [InlineData(403, null, typeof(PublishResult.Unauthorised))]
    [InlineData(408, null, typeof(PublishResult.Unknown))]
    [InlineData(422, null, typeof(PublishResult.Rejected))]
    [InlineData(413, null, typeof(PublishResult.Rejected))]
    public async Task PublishAsync_ClassifiesTheStatus_OfAFailure(int status, int? retryAfter, Type expected)
    {
        var account = await _sandbox.AccountAsync();
        await _sandbox.FaultAsync(account, "fail", status: status, retryAfterSeconds: retryAfter);

        var result = await _connector.PublishAsync(account, Requests.New(), default);

        Assert.IsType(expected, result);
        if (result is PublishResult.NotSent notSent)
        {
            Assert.Equal(retryAfter, (int?)notSent.RetryAfter?.TotalSeconds);
        }

        Assert.Equal(0, await _sandbox.StoredAsync(account));
    }

    [Fact]
    public async Task PublishAsync_IsRejectedInTheServersWords_WhenTheTextIsTooLongForIt()
    {
        await using var small = await SandboxProcess.StartAsync("--max-characters", "50");
        var account = await small.AccountAsync();

        var rejected = Assert.IsType<PublishResult.Rejected>(await _connector.PublishAsync(account, Requests.New(new string('a', 51)), default));

        Assert.Contains("character limit of 50 exceeded", rejected.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("aaaa", rejected.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublishAsync_IsUnauthorised_WhenTheTokenIsWrong()
    {
        var account = await _sandbox.AccountAsync();
        var wrong = account with { Credential = new Credential.AccessToken("a-token-nobody-has-got") };

        var refused = Assert.IsType<PublishResult.Unauthorised>(await _connector.PublishAsync(wrong, Requests.New(), default));

        Assert.DoesNotContain("a-token-nobody-has-got", refused.Reason, StringComparison.Ordinal);
        Assert.Contains(account.Key.ToString(), refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublishAsync_IsNotSentWithTheWait_WhenTheRateLimitIsReached()
    {
        await using var strict = await SandboxProcess.StartAsync("--rate-limit", "2");
        var account = await strict.AccountAsync();

        // Five requests span two windows at most, and two windows let four through.
        var results = new List<PublishResult>();
        for (var i = 0; i < 5; i++)
        {
            results.Add(await _connector.PublishAsync(account, Requests.New($"number {i}"), default));
        }

        var limited = results.OfType<PublishResult.NotSent>().ToList();
        Assert.NotEmpty(limited);
        Assert.IsType<PublishResult.Published>(results[0]);
        Assert.All(limited, l => Assert.InRange(l.RetryAfter!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(5)));
        Assert.All(limited, l => Assert.False(l.NeedsAttention));
    }

    [Fact]
    public async Task PublishAsync_GoesThroughTheSandbox_ForEveryPlatform()
    {
        await using var services = SandboxFixture.Services(o => o.ViaSandbox = _sandbox.Address);
        var registry = services.GetService(typeof(ConnectorRegistry)) as ConnectorRegistry;

        foreach (var platform in Platform.All)
        {
            Assert.True(registry!.TryFind(platform, out var connector));
            var account = (await _sandbox.AccountAsync(platform.Id)) with { Server = registry.SandboxServer! };
            Assert.IsType<PublishResult.Published>(await connector.PublishAsync(account, Requests.New(), default));
            Assert.Equal(1, await _sandbox.StoredAsync(account));
        }
    }
}

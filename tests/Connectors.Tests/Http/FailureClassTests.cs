using Connectors.Tests.Sandbox;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;
using Coordination.Domain.Posts;
using Xunit;

namespace Connectors.Tests.Http;

/// <summary>Every way in which the sandbox misbehaves, and what a failure of it asks of people, for each connector, over real HTTP.</summary>
public sealed class FailureClassTests(SandboxFixture fixture)
{
    private const string Unknown = "unknown";
    private const string Session = """{"accessJwt": "opaque", "refreshJwt": "opaque", "handle": "demo.test", "did": "did:plc:demo"}""";

    private readonly SandboxProcess _sandbox = fixture.Sandbox;

    /// <summary>Mode, status, Retry-After; what a person is told, and why. What may be out is none of the three: it is never sent again by itself.</summary>
    public static TheoryData<string, int, int?, string, FailureCause?> Modes => new()
    {
        { "slow", 200, null, "published", null },
        { "drop-answer", 200, null, Unknown, null },
        { "garbage", 200, null, Unknown, null },
        { "reset", 200, null, Unknown, null },
        { "fail", 429, null, "will-retry", FailureCause.RateLimit },
        { "fail", 429, 60, "will-retry", FailureCause.RateLimit },
        { "fail", 503, 7, "will-retry", FailureCause.Closed },
        { "fail", 503, null, Unknown, null },
        { "fail", 500, null, Unknown, null },
        { "fail", 502, 5, Unknown, null },
        { "fail", 504, null, Unknown, null },
        { "fail", 408, null, Unknown, null },
        { "fail", 425, null, Unknown, null },
        { "fail", 401, null, "needs-you", FailureCause.SignIn },
        { "fail", 403, null, "needs-you", FailureCause.SignIn },
        { "fail", 404, null, "needs-you", FailureCause.Settings },
        { "fail", 405, null, "needs-you", FailureCause.Settings },
        { "fail", 410, null, "needs-you", FailureCause.Settings },
        { "fail", 400, null, "never", FailureCause.Text },
        { "fail", 413, null, "never", FailureCause.Text },
        { "fail", 422, null, "never", FailureCause.Text },
    };

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Mastodon_ClassesEveryFault(string mode, int status, int? retryAfter, string expected, FailureCause? cause)
    {
        var account = await _sandbox.AccountAsync();
        await _sandbox.FaultAsync(account, mode, delayMs: mode == "slow" ? 200 : 0, status: mode == "fail" ? status : 500, retryAfterSeconds: retryAfter);

        var result = await fixture.Mastodon.PublishAsync(account, Requests.New(), default);

        Assert.Equal((expected, cause), ClassOf(result));
        Assert.Equal(expected == "will-retry" ? retryAfter : null, (int?)(result as PublishResult.NotSent)?.RetryAfter?.TotalSeconds);
        Assert.Equal(mode == "fail" ? "The sandbox was told to fail" : null, result.Says);
        Assert.True(expected is "published" or Unknown || await _sandbox.StoredAsync(account) == 0, "something was sent, and it would be sent again");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Bluesky_ClassesEveryFault(string mode, int status, int? retryAfter, string expected, FailureCause? cause)
    {
        // The same faults of a personal data server, which the sandbox does not speak for.
        await using var server = RawServer.Start(request => request.Contains("createSession", StringComparison.Ordinal) ? Answer(200, null, Session) : mode switch
        {
            "slow" => Answer(200, null, """{"uri": "at://did:plc:demo/app.bsky.feed.post/3demo", "cid": "bafy"}"""),
            "drop-answer" or "reset" => "",
            "garbage" => Answer(200, null, "<html>{\"id\": 12,,</html>"),
            _ => Answer(status, retryAfter, """{"error": "Told", "message": "The server was told to fail"}"""),
        });
        await using var services = SandboxFixture.Services();
        var account = new ConnectorAccount(AccountKey.Parse("bluesky/demo.test"), server.Address, new Credential.AppPassword("demo.test", "app-password-of-the-tests"));

        var result = await SandboxFixture.Connector(services, Platform.Bluesky).PublishAsync(account, Requests.New(), default);

        Assert.Equal((expected, cause), ClassOf(result));
        Assert.Equal(mode == "fail" ? "The server was told to fail" : null, result.Says);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task X_ClassesEveryFault(string mode, int status, int? retryAfter, string expected, FailureCause? cause)
    {
        var account = await _sandbox.OwnAsync("x");
        await _sandbox.FaultAsync(account, mode, delayMs: mode == "slow" ? 200 : 0, status: mode == "fail" ? status : 500, retryAfterSeconds: retryAfter);

        var result = await fixture.X.PublishAsync(account, Requests.New(), default);

        Assert.Equal((expected, cause), ClassOf(result));
        Assert.Equal(expected == "will-retry" ? retryAfter : null, (int?)(result as PublishResult.NotSent)?.RetryAfter?.TotalSeconds);
        Assert.Equal(mode == "fail" ? "The sandbox was told to fail" : null, result.Says);
        Assert.True(expected is "published" or Unknown || await _sandbox.StoredAsync(account) == 0, "something was sent, and it would be sent again");
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Threads_ClassesEveryFault(string mode, int status, int? retryAfter, string expected, FailureCause? cause)
    {
        var account = await _sandbox.OwnAsync("threads");
        var handles = new HandlesInMemory();
        var ready = Assert.IsType<PrepareResult.Ready>(await fixture.Threads.PrepareAsync(account, new PrepareRequest("Road closed at Aston.", [], null, handles), default));
        await _sandbox.FaultAsync(account, mode, delayMs: mode == "slow" ? 200 : 0, status: mode == "fail" ? status : 500, retryAfterSeconds: retryAfter);

        var result = await fixture.Threads.PublishAsync(account, Requests.New() with { Attachment = ready.Attachment, Handles = handles }, default);

        Assert.Equal((expected, cause), ClassOf(result));
        Assert.Equal(expected == "will-retry" ? retryAfter : null, (int?)(result as PublishResult.NotSent)?.RetryAfter?.TotalSeconds);
        Assert.Equal(mode == "fail" ? "The sandbox was told to fail" : null, result.Says);
        Assert.True(expected is "published" or Unknown || await _sandbox.StoredAsync(account) == 0, "something was sent, and it would be sent again");
    }

    [Fact]
    public async Task NoServer_WillRetry_BecauseNothingWasSent()
    {
        var account = (await _sandbox.AccountAsync()) with { Server = new Uri("http://127.0.0.1:1/") };
        Assert.Equal(("will-retry", FailureCause.Unreachable), ClassOf(await fixture.Mastodon.PublishAsync(account, Requests.New(), default)));
    }

    [Fact]
    public async Task NoUsableToken_NeedsYou()
    {
        var account = (await _sandbox.AccountAsync()) with { Credential = new Credential.AccessToken("") };
        Assert.Equal(("needs-you", FailureCause.SignIn), ClassOf(await fixture.Mastodon.PublishAsync(account, Requests.New(), default)));
    }

    [Fact]
    public async Task PlatformsWords_AreOneShortLine_WithoutSecretsOrMarksOfDirection()
    {
        const string Token = "the-secret-token-of-the-tests";
        var words = $"No\\u0000pe\\n\\u202e{Token} is\\tnot {new string('x', 300)}";
        await using var server = RawServer.Start(Answer(422, null, $$"""{"error": "{{words}}"}"""));
        await using var services = SandboxFixture.Services();
        var account = new ConnectorAccount(AccountKey.Parse("mastodon/demo"), server.Address, new Credential.AccessToken(Token));

        var result = await SandboxFixture.Connector(services, Platform.Mastodon).PublishAsync(account, Requests.New(), default);

        Assert.StartsWith("No pe … is not xxx", result.Says, StringComparison.Ordinal);
        Assert.InRange(result.Says!.Length, 20, 200);
        Assert.DoesNotContain(Token, Assert.IsType<PublishResult.Rejected>(result).Reason, StringComparison.Ordinal);
    }

    private static (string Class, FailureCause? Cause) ClassOf(PublishResult result) => result switch
    {
        PublishResult.Published => ("published", null),
        PublishResult.NotSent { NeedsAttention: true, Cause: var cause } => ("needs-you", cause),
        PublishResult.NotSent { Cause: var cause } => ("will-retry", cause),
        PublishResult.Unauthorised => ("needs-you", FailureCause.SignIn),
        PublishResult.Rejected => ("never", FailureCause.Text),
        _ => (Unknown, null),
    };

    private static string Answer(int status, int? retryAfter, string body) =>
        $"HTTP/1.1 {status} Told\r\nConnection: close\r\n{(retryAfter is { } s ? $"Retry-After: {s}\r\n" : "")}Content-Length: {System.Text.Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
}

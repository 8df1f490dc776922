using Connectors.Tests.Sandbox;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;
using Xunit;

namespace Connectors.Tests.Bluesky;

/// <summary>Signing in, against answers that the real server gives only after hours.</summary>
public sealed class BlueskySessionTests
{
    private const string Session = """{"accessJwt": "opaque", "refreshJwt": "opaque", "handle": "demo.test", "did": "did:plc:demo"}""";
    private const string Written = """{"uri": "at://did:plc:demo/app.bsky.feed.post/3demo", "cid": "bafy"}""";

    [Fact]
    public async Task PublishAsync_SignsInAgainOnce_WhenTheSessionHasEnded()
    {
        var writes = 0;
        await using var server = RawServer.Start(request => SignIn(request) ?? (++writes == 1
            ? Http("400 Bad Request", """{"error": "ExpiredToken", "message": "Token has expired"}""")
            : Http("200 OK", Written)));
        await using var services = SandboxFixture.Services();

        var result = await SandboxFixture.Connector(services, Platform.Bluesky).PublishAsync(Account(server.Address), Requests.New(), default);

        Assert.IsType<PublishResult.Published>(result);
        Assert.Equal(2, Count(server, "createSession"));
        Assert.Equal(2, Count(server, "putRecord"));
    }

    [Fact]
    public async Task PublishAsync_GivesUp_WhenTheNewSessionIsRefusedToo()
    {
        await using var server = RawServer.Start(request => SignIn(request) ?? Http("400 Bad Request", """{"error": "InvalidToken"}"""));
        await using var services = SandboxFixture.Services();

        var result = await SandboxFixture.Connector(services, Platform.Bluesky).PublishAsync(Account(server.Address), Requests.New(), default);

        Assert.IsType<PublishResult.Unauthorised>(result);
        Assert.Equal(2, Count(server, "putRecord"));
    }

    [Fact]
    public async Task PublishAsync_SignsInOnce_ForManyPosts()
    {
        await using var server = RawServer.Start(request => SignIn(request) ?? Http("200 OK", Written));
        await using var services = SandboxFixture.Services();
        var connector = SandboxFixture.Connector(services, Platform.Bluesky);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => connector.PublishAsync(Account(server.Address), Requests.New(), default)));

        Assert.Equal(1, Count(server, "createSession"));
        Assert.Equal(10, Count(server, "putRecord"));
    }

    [Fact]
    public async Task PublishAsync_EndsAtOnce_WhenItsPermitIsWithdrawnWhileItSignsIn()
    {
        using var withdrawn = new CancellationTokenSource();
        await using var server = RawServer.Start(_ => null);
        await using var services = SandboxFixture.Services(o => o.AnswerTimeout = TimeSpan.FromMinutes(10));
        var publishing = SandboxFixture.Connector(services, Platform.Bluesky).PublishAsync(Account(server.Address), Requests.New(withdrawn: withdrawn.Token), default);
        await Eventually.IsAsync(() => Task.FromResult(Count(server, "createSession") == 1), "the sign-in to arrive");

        await withdrawn.CancelAsync();

        var result = await publishing.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Contains("withdrawn", Assert.IsType<PublishResult.NotSent>(result).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublishAsync_IsNotSentWithTheWait_WhenSigningInIsRateLimited()
    {
        await using var server = RawServer.Start("HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n");
        await using var services = SandboxFixture.Services();

        var result = await SandboxFixture.Connector(services, Platform.Bluesky).PublishAsync(Account(server.Address), Requests.New(), default);

        Assert.Equal(TimeSpan.FromSeconds(120), Assert.IsType<PublishResult.NotSent>(result).RetryAfter);
    }

    private static string? SignIn(string request) => request.Contains("createSession", StringComparison.Ordinal) ? Http("200 OK", Session) : null;

    private static string Http(string status, string body) => $"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static int Count(RawServer server, string method) => server.Requests.Count(r => r.Contains($"com.atproto.repo.{method}", StringComparison.Ordinal)
        || r.Contains($"com.atproto.server.{method}", StringComparison.Ordinal));

    private static ConnectorAccount Account(Uri server) =>
        new(AccountKey.Parse("bluesky/demo.test"), server, new Credential.AppPassword("demo.test", "app-password-of-the-tests"));
}

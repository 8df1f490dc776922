using System.Net;
using System.Net.Sockets;
using Connectors.Tests.Sandbox;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;
using Coordination.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Connectors.Tests.Http;

/// <summary>At the wire: what leaves, what does not, and what the outcome is called.</summary>
public sealed class OutboundTests : IAsyncDisposable
{
    private const string Status = """[{"id": "1", "created_at": "2100-01-01T00:00:00.000Z", "url": "https://x.example/1"}]""";

    private readonly ServiceProvider _services = SandboxFixture.Services();

    private IPlatformConnector Connector => SandboxFixture.Connector(_services, Platform.Mastodon);

    [Fact]
    public async Task PublishAsync_IsNotSent_WhenNobodyListens()
    {
        var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        var result = await Connector.PublishAsync(Account(new Uri($"http://127.0.0.1:{port}/")), Requests.New(), default);

        Assert.Contains("refused the connection", Assert.IsType<PublishResult.NotSent>(result).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublishAsync_IsNotSent_WhenTheNameIsUnknown()
    {
        var result = await Connector.PublishAsync(Account(new Uri("https://no-such-server.invalid/")), Requests.New(), default);

        Assert.IsType<PublishResult.NotSent>(result);
    }

    [Fact]
    public async Task PublishAsync_IsNotSent_WhenTheServerSpeaksNoTls()
    {
        await using var server = RawServer.Start("HTTP/1.1 400 Bad Request\r\n\r\n");
        var address = new UriBuilder(server.Address) { Scheme = "https" }.Uri;

        Assert.IsType<PublishResult.NotSent>(await Connector.PublishAsync(Account(address), Requests.New(), default));
    }

    [Fact]
    public async Task PublishAsync_OpensNoConnection_WhenThePermitIsGone()
    {
        await using var server = RawServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");

        var result = await Connector.PublishAsync(Account(server.Address), Requests.New(guard: () => "its permit expired"), default);

        Assert.Contains("permit expired", Assert.IsType<PublishResult.NotSent>(result).Reason, StringComparison.Ordinal);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task PublishAsync_WritesNothing_WhenThePermitEndsWhileConnecting()
    {
        await using var server = RawServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        var asked = 0;

        // Valid when the connection is opened, over when the bytes are about to be written.
        var result = await Connector.PublishAsync(Account(server.Address), Requests.New(guard: () => ++asked == 1 ? null : "its permit expired"), default);

        Assert.Contains("permit expired", Assert.IsType<PublishResult.NotSent>(result).Reason, StringComparison.Ordinal);
        Assert.Equal(2, asked);
        await Eventually.IsAsync(() => Task.FromResult(server.Connections == 1), "the connection to be seen");
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task PublishAsync_WritesNothing_WhenTheGuardCannotAnswer()
    {
        await using var server = RawServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        var request = Requests.New(guard: () => throw new InvalidOperationException("The clock stopped."));

        Assert.IsType<PublishResult.NotSent>(await Connector.PublishAsync(Account(server.Address), request, default));
        Assert.Equal(0, server.Connections);
    }

    [Theory]
    [InlineData("mastodon")]
    [InlineData("bluesky")]
    public async Task EveryMethod_SaysSo_WhenTheSecretIsOfNoUse(string platform)
    {
        Assert.True(Platform.TryFind(platform, out var found));
        var connector = SandboxFixture.Connector(_services, found);
        Credential wrong = platform is "bluesky" ? new Credential.AccessToken("token") : new Credential.AccessToken("broken\nin two");
        var account = Account(new Uri("http://127.0.0.1:9/")) with { Credential = wrong };
        var request = Requests.New();

        Assert.True(Assert.IsType<PublishResult.NotSent>(await connector.PublishAsync(account, request, default)).NeedsAttention);
        Assert.True(Assert.IsType<FindResult.CouldNotAsk>(await connector.FindByKeyAsync(account, Requests.Find(request), default)).NeedsAttention);
        Assert.True(Assert.IsType<RemoveResult.Refused>(await connector.RemoveAsync(account, "1", default)).NeedsAttention);
        Assert.True(Assert.IsType<ReadResult<RecentPosts>.Unavailable>(await connector.ReadRecentPostsAsync(account, request.CreatedAt, default)).NeedsAttention);
    }

    [Fact]
    public async Task PublishAsync_WritesNothing_WhenTheDeadlineIsOver()
    {
        await using var server = RawServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        var request = Requests.New(deadline: TimeProvider.System.GetUtcNow() - TimeSpan.FromMilliseconds(1));

        Assert.IsType<PublishResult.NotSent>(await Connector.PublishAsync(Account(server.Address), request, default));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task PublishAsync_IsNotSent_WhenStoppedBeforeItIsWritten()
    {
        await using var server = RawServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        Assert.IsType<PublishResult.NotSent>(await Connector.PublishAsync(Account(server.Address), Requests.New(), stopped.Token));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task PublishAsync_IsNotSentAtOnce_WhenItsPermitIsWithdrawnWhileConnecting()
    {
        using var full = new FullPort();
        using var withdrawn = new CancellationTokenSource();
        var asked = 0;
        var request = Requests.New(guard: () => ++asked == 1 ? null : "hold H-000001 came first", withdrawn: withdrawn.Token);
        var publishing = Connector.PublishAsync(Account(new Uri($"http://{full.EndPoint}/")), request, default);
        await Eventually.IsAsync(() => Task.FromResult(asked == 1), "the worker to have looked before connecting");

        await withdrawn.CancelAsync();

        Assert.Contains("hold H-000001 came first", Assert.IsType<PublishResult.NotSent>(await publishing).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PublishAsync_GoesOn_WhenItsPermitIsWithdrawnAfterItBegan()
    {
        using var withdrawn = new CancellationTokenSource();
        await using var server = RawServer.Start(_ =>
        {
            withdrawn.Cancel();
            return $"HTTP/1.1 200 OK\r\nContent-Length: {Status.Length - 2}\r\n\r\n{Status[1..^1]}";
        });

        Assert.IsType<PublishResult.Published>(await Connector.PublishAsync(Account(server.Address), Requests.New(withdrawn: withdrawn.Token), default));
    }

    [Fact]
    public async Task PublishAsync_IsUnknown_WhenStoppedWhileWaitingForTheAnswer()
    {
        await using var server = RawServer.Start(_ => null);
        using var stopping = new CancellationTokenSource();
        var publishing = Connector.PublishAsync(Account(server.Address), Requests.New(), stopping.Token);
        await Eventually.IsAsync(() => Task.FromResult(!server.Requests.IsEmpty), "the request to arrive");

        await stopping.CancelAsync();

        Assert.IsType<PublishResult.Unknown>(await publishing);
    }

    [Fact]
    public async Task PublishAsync_IsUnknown_WhenNoAnswerComes()
    {
        await using var server = RawServer.Start(_ => null);

        // The answer is awaited beyond the deadline: giving up then would turn a sent post into an unknown one.
        var request = Requests.New(deadline: TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1));

        Assert.IsType<PublishResult.Unknown>(await Connector.PublishAsync(Account(server.Address), request, default));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\nwhat?")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"id\": \"1\"")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n{\"id\": 12345678}")]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")]
    public async Task PublishAsync_IsUnknownAndSentOnce_WhenTheAnswerIsNone(string answer)
    {
        await using var server = RawServer.Start(answer);

        Assert.IsType<PublishResult.Unknown>(await Connector.PublishAsync(Account(server.Address), Requests.New(), default));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task PublishAsync_DoesNotFollow_WhereAServerPointsTo()
    {
        await using var other = RawServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        await using var server = RawServer.Start($"HTTP/1.1 307 Temporary Redirect\r\nLocation: {other.Address}api/v1/statuses\r\nContent-Length: 0\r\n\r\n");

        var result = await Connector.PublishAsync(Account(server.Address), Requests.New(), default);

        Assert.True(Assert.IsType<PublishResult.NotSent>(result).NeedsAttention);
        Assert.Equal(0, other.Connections);
    }

    [Fact]
    public async Task PublishAsync_TellsTheRefusal_WhenItsBodyBreaksOff()
    {
        await using var server = RawServer.Start("HTTP/1.1 422 Unprocessable\r\nContent-Length: 500\r\n\r\n{\"err");

        Assert.IsType<PublishResult.Rejected>(await Connector.PublishAsync(Account(server.Address), Requests.New(), default));
    }

    [Fact]
    public async Task PublishAsync_KeepsTheToken_FromAServerWithoutHttps()
    {
        var result = await Connector.PublishAsync(Account(new Uri("http://mastodon.example/")), Requests.New(), default);

        Assert.True(Assert.IsType<PublishResult.NotSent>(result).NeedsAttention);
    }

    [Fact]
    public async Task ReadRecentPostsAsync_KeepsTheToken_FromAnotherServer()
    {
        await using var other = RawServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");
        await using var server = RawServer.Start(request => request.StartsWith("GET /api/v1/accounts/verify_credentials", StringComparison.Ordinal)
            ? "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 11\r\n\r\n{\"id\": \"7\"}"
            : $"HTTP/1.1 200 OK\r\nConnection: close\r\nLink: <{other.Address}next>; rel=\"next\"\r\nContent-Length: {Status.Length}\r\n\r\n{Status}");

        var read = await Connector.ReadRecentPostsAsync(Account(server.Address), TimeProvider.System.GetUtcNow(), default);

        Assert.Contains("another server", Assert.IsType<ReadResult<RecentPosts>.Unavailable>(read).Reason, StringComparison.Ordinal);
        Assert.Equal(0, other.Connections);
    }

    [Fact]
    public async Task ReadRecentPostsAsync_LeavesOutPrivateMessages_AsNobodyElseSeesThem()
    {
        var page = $"[{Shown("1", "public")}, {Shown("2", "direct")}, {Shown("3", "private")}]";
        await using var server = RawServer.Start(request => Ok(
            request.StartsWith("GET /api/v1/accounts/verify_credentials", StringComparison.Ordinal) ? "{\"id\": \"7\"}" : page));

        var read = await Connector.ReadRecentPostsAsync(Account(server.Address), TimeProvider.System.GetUtcNow().AddHours(-1), default);

        Assert.Equal(["1", "3"], Assert.IsType<ReadResult<RecentPosts>.Ok>(read).Value.Posts.Select(p => p.RemoteId));

        static string Ok(string body) => $"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        static string Shown(string id, string visibility) =>
            $$"""{"id": "{{id}}", "content": "<p>x</p>", "visibility": "{{visibility}}", "url": "https://mastodon.example/@wmfs/{{id}}", "created_at": "{{TimeProvider.System.GetUtcNow():O}}"}""";
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static ConnectorAccount Account(Uri server) =>
        new(AccountKey.Parse("mastodon/demo_aston"), server, new Credential.AccessToken("a-token-of-the-tests"));
}

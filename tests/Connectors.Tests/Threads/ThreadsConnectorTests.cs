using Connectors.Tests.Sandbox;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;
using Coordination.Domain.Posts;
using Xunit;

namespace Connectors.Tests.Threads;

/// <summary>Threads over real HTTP: what goes out, what is read, what is taken off.</summary>
public sealed class ThreadsConnectorTests(SandboxFixture fixture)
{
    private readonly SandboxProcess _sandbox = fixture.Sandbox;
    private readonly IPlatformConnector _threads = fixture.Threads;

    [Fact]
    public async Task Post_GoesOut_AtItsOwnAddress_AndIsTakenOff()
    {
        var account = await _sandbox.OwnAsync("threads");
        var published = await SendAsync(account, "Doors open at ten & close at four.");
        Assert.StartsWith(_sandbox.Address.AbsoluteUri + "@", published.Url.AbsoluteUri, StringComparison.Ordinal);
        Assert.InRange(published.At, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(5));
        using var client = _sandbox.Anonymous();
        Assert.Contains("Doors open at ten &amp; close at four.", await client.GetStringAsync(published.Url), StringComparison.Ordinal);

        Assert.IsType<RemoveResult.Removed>(await _threads.RemoveAsync(account, published.RemoteId, default));
        Assert.IsType<RemoveResult.AlreadyGone>(await _threads.RemoveAsync(account, published.RemoteId, default));
        Assert.Equal(0, await _sandbox.StoredAsync(account));
    }

    [Fact]
    public async Task Thread_IsARowOfAnswers_AndAllOfItIsRead()
    {
        var account = await _sandbox.OwnAsync("threads");
        var first = await SendAsync(account, "One");
        var second = await SendAsync(account, "Two", new ThreadPlace(first.RemoteId, first.RemoteId));
        var third = await SendAsync(account, "Three", new ThreadPlace(first.RemoteId, second.RemoteId));
        using var client = _sandbox.Client(account);
        Assert.Contains($"\"in_reply_to_id\":\"{second.RemoteId}\"", await client.GetStringAsync("/api/v1/statuses/" + third.RemoteId), StringComparison.Ordinal);

        var recent = Assert.IsType<ReadResult<RecentPosts>.Ok>(await _threads.ReadRecentPostsAsync(account, first.At.AddMinutes(-1), default)).Value;
        Assert.True(recent.Complete);
        Assert.Equal(["One", "Three", "Two"], recent.Posts.Select(p => p.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Find_TellsPostsOfTheSameWordsApart()
    {
        var account = await _sandbox.OwnAsync("threads");
        var earlier = await SendAsync(account, "Test your smoke alarm.");
        var handles = new HandlesInMemory();
        var later = await SendAsync(account, "Test your smoke alarm.", handles: handles);
        var request = Requests.Find(Requests.New("Test your smoke alarm.")) with { Handles = handles, OtherRemoteIds = [earlier.RemoteId] };
        Assert.Equal(later.RemoteId, Assert.IsType<FindResult.Found>(await _threads.FindByKeyAsync(account, request, default)).RemoteId);
        Assert.IsType<FindResult.NotFound>(await _threads.FindByKeyAsync(account, Requests.Find(Requests.New("Never sent.")), default));
    }

    [Fact]
    public async Task Permit_IsAskedLast_AndItsRefusalSendsNothing()
    {
        var account = await _sandbox.OwnAsync("threads");
        var handles = new HandlesInMemory();
        var ready = (PrepareResult.Ready)await _threads.PrepareAsync(account, new PrepareRequest("Held", [], null, handles), default);
        var request = Requests.New("Held", guard: () => "hold H1 came first") with { Attachment = ready.Attachment, Handles = handles };
        Assert.Contains("hold H1 came first", Assert.IsType<PublishResult.NotSent>(await _threads.PublishAsync(account, request, default)).Reason, StringComparison.Ordinal);
        Assert.Equal(0, await _sandbox.StoredAsync(account));
        Assert.Null(Assert.Single(await _sandbox.ContainersOfAsync(account)).Post);
    }

    [Fact]
    public async Task Images_AreRefused_BeforeAnythingIsMade()
    {
        var account = await _sandbox.OwnAsync("threads");
        var refused = Assert.IsType<PrepareResult.Refused>(await _threads.PrepareAsync(
            account, new PrepareRequest("Open day", [new OutboundImage(new byte[10], "image/jpeg", 4, 3, "A tree")], null, new HandlesInMemory()), default));
        Assert.Equal(FailureCause.Image, refused.Cause);
        Assert.Contains("public address", refused.Reason, StringComparison.Ordinal);
        Assert.Empty(await _sandbox.ContainersOfAsync(account));
    }

    [Fact]
    public async Task SignIn_IsChecked_AndARefusedOneIsSaidInThePlatformsWords()
    {
        var account = await _sandbox.OwnAsync("threads");
        Assert.IsType<SignInResult.Works>(await _threads.CheckSignInAsync(account, default));
        await _sandbox.TokenAsync(account, revoked: true);
        Assert.Contains("was revoked", Assert.IsType<SignInResult.Refused>(await _threads.CheckSignInAsync(account, default)).Reason, StringComparison.Ordinal);
        Assert.IsType<PrepareResult.NotReady>(await _threads.PrepareAsync(account, [], null, default));
        Assert.IsType<SignInResult.Refused>(await _threads.CheckSignInAsync(account with { Credential = new Credential.AccessToken("") }, default));
        Assert.IsType<PublishResult.NotSent>(await _threads.PublishAsync(account with { Credential = new Credential.AccessToken("") }, Requests.New(), default));
    }

    [Fact]
    public async Task Token_StandsInNoAddress()
    {
        await using var server = RawServer.Start(_ => "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 40\r\n\r\n{\"id\": \"17\", \"status\": \"FINISHED\"      }\n");
        await using var services = SandboxFixture.Services();
        var account = new ConnectorAccount(AccountKey.Parse("threads/demo"), new Uri(server.Address, "v1.0"), new Credential.AccessToken("the-token-of-the-tests"));
        var threads = SandboxFixture.Connector(services, Platform.Threads);
        var ready = Assert.IsType<PrepareResult.Ready>(await threads.PrepareAsync(account, [], null, default));
        await threads.PublishAsync(account, Requests.New() with { Attachment = ready.Attachment }, default);

        Assert.Contains(server.Requests, r => r.StartsWith("POST /v1.0/me/threads HTTP", StringComparison.Ordinal));
        Assert.Contains(server.Requests, r => r.StartsWith("POST /v1.0/me/threads_publish HTTP", StringComparison.Ordinal) && r.EndsWith("creation_id=17", StringComparison.Ordinal));
        Assert.All(server.Requests, r => Assert.DoesNotContain("the-token-of-the-tests", r.Split('\r')[0], StringComparison.Ordinal));
        Assert.All(server.Requests, r => Assert.Contains("Authorization: Bearer the-token-of-the-tests", r, StringComparison.Ordinal));
    }

    private async Task<PublishResult.Published> SendAsync(ConnectorAccount account, string text, ThreadPlace? thread = null, HandlesInMemory? handles = null)
    {
        handles ??= new HandlesInMemory();
        var ready = Assert.IsType<PrepareResult.Ready>(await _threads.PrepareAsync(account, new PrepareRequest(text, [], thread, handles), default));
        return Assert.IsType<PublishResult.Published>(await _threads.PublishAsync(
            account, Requests.New(text) with { Attachment = ready.Attachment, Handles = handles, Thread = thread }, default));
    }
}

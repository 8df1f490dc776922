using Connectors.Tests.Sandbox;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Coordination.Domain.Platforms;
using Coordination.Domain.Posts;
using Xunit;

namespace Connectors.Tests.Threads;

/// <summary>The container is the key: whoever publishes after a crash, a lost answer or a slow platform publishes the one that was kept, and one post comes of it.</summary>
public sealed class ThreadsContainerTests(SandboxFixture fixture)
{
    private const string Text = "Road closed at Aston.";
    private readonly SandboxProcess _sandbox = fixture.Sandbox;
    private readonly IPlatformConnector _threads = fixture.Threads;

    [Fact]
    public async Task Prepare_MakesNothingPublic_AndIsDoneOnce_WhoeverDoesItAgain()
    {
        var (account, handles) = (await _sandbox.OwnAsync("threads"), new HandlesInMemory());
        var first = await ReadyAsync(account, handles);
        Assert.Equal(0, await _sandbox.StoredAsync(account));

        // The worker died here; another process goes on with what was kept.
        await using var other = SandboxFixture.Services();
        var second = Assert.IsType<PrepareResult.Ready>(await SandboxFixture.Connector(other, Platform.Threads).PrepareAsync(account, Request(handles), default));
        Assert.Equal(first, second.Attachment);
        await PublishedAsync(account, handles, first);
        Assert.Single(await _sandbox.ContainersOfAsync(account));
        Assert.Equal(1, await _sandbox.StoredAsync(account));
    }

    [Fact]
    public async Task TwoWorkers_PublishTheSameContainer()
    {
        var (account, handles) = (await _sandbox.OwnAsync("threads"), new HandlesInMemory());
        var ready = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReadyAsync(account, handles)));
        Assert.Single(ready.Distinct(StringComparer.Ordinal));
        var results = await Task.WhenAll(ready.Select(r => _threads.PublishAsync(account, Publish(handles, r), default)));
        Assert.Single(results.OfType<PublishResult.Published>().Select(p => p.RemoteId).Distinct(StringComparer.Ordinal));
        Assert.Equal(1, await _sandbox.StoredAsync(account));
    }

    [Fact]
    public async Task LostAnswer_IsFound_ByItsContainer_AndPublishingItAgainMakesNoSecondPost()
    {
        var (account, handles) = (await _sandbox.OwnAsync("threads"), new HandlesInMemory());
        var ready = await ReadyAsync(account, handles);
        await _sandbox.FaultAsync(account, "drop-answer", path: "threads_publish");
        Assert.IsType<PublishResult.Unknown>(await _threads.PublishAsync(account, Publish(handles, ready), default));

        var found = Assert.IsType<FindResult.Found>(await _threads.FindByKeyAsync(account, Find(handles), default));
        Assert.Equal((await _sandbox.ContainersOfAsync(account))[0].Post, found.RemoteId);
        Assert.Equal(found.RemoteId, (await PublishedAsync(account, handles, ready)).RemoteId);
        Assert.Equal(1, await _sandbox.StoredAsync(account));
    }

    [Fact]
    public async Task CallThatNeverArrived_IsNotFound_AndIsMadeAgain_WithTheSameContainer()
    {
        var (account, handles) = (await _sandbox.OwnAsync("threads"), new HandlesInMemory());
        var ready = await ReadyAsync(account, handles);
        await _sandbox.FaultAsync(account, "reset", path: "threads_publish");
        Assert.IsType<PublishResult.Unknown>(await _threads.PublishAsync(account, Publish(handles, ready), default));

        // What is still being published is neither there nor not there.
        await _sandbox.ContainersAsync(account, busyAsks: 1);
        Assert.IsType<FindResult.CouldNotAsk>(await _threads.FindByKeyAsync(account, Find(handles), default));
        Assert.IsType<FindResult.NotFound>(await _threads.FindByKeyAsync(account, Find(handles), default));

        var again = Assert.IsType<PrepareResult.Ready>(await _threads.PrepareAsync(account, Request(handles) with { Again = true }, default));
        Assert.Equal(ready, again.Attachment);
        await PublishedAsync(account, handles, ready);
        Assert.Equal((1, 1), ((await _sandbox.ContainersOfAsync(account)).Count, await _sandbox.StoredAsync(account)));
    }

    [Fact]
    public async Task CallThatHangs_MakesNoSecondPost_WhenItArrivesAfterItsRepeat()
    {
        var (account, handles) = (await _sandbox.OwnAsync("threads"), new HandlesInMemory());
        var ready = await ReadyAsync(account, handles);
        await _sandbox.FaultAsync(account, "slow", delayMs: 3_000, path: "threads_publish");

        // It waits at the platform for longer than its answer is waited for.
        using var client = _sandbox.Client(account);
        var late = client.PostAsync("/threads/v1.0/me/threads_publish", new FormUrlEncodedContent([new("creation_id", ready)]));
        await Eventually.IsAsync(async () => await _sandbox.StandingFaultsAsync(account) == 0, "the call has arrived");
        await PublishedAsync(account, handles, ready);
        using var answer = await late;

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(1, await _sandbox.StoredAsync(account));
    }

    [Fact]
    public async Task SlowPlatform_IsWaitedFor()
    {
        var (account, handles) = (await _sandbox.OwnAsync("threads"), new HandlesInMemory());
        await _sandbox.ContainersAsync(account, busyAsks: 2);
        await PublishedAsync(account, handles, await ReadyAsync(account, handles));
        Assert.Single(await _sandbox.ContainersOfAsync(account));
    }

    [Fact]
    public async Task ExpiredContainer_IsMadeAnew_UnlessWhatBecameOfACallIsNotKnown()
    {
        var (account, handles) = (await _sandbox.OwnAsync("threads"), new HandlesInMemory());
        var first = await ReadyAsync(account, handles);
        await _sandbox.ContainersAsync(account, expired: true);
        Assert.IsType<PrepareResult.Refused>(await _threads.PrepareAsync(account, Request(handles) with { Again = true }, default));
        Assert.Single(await _sandbox.ContainersOfAsync(account));

        var second = await ReadyAsync(account, handles);
        Assert.NotEqual(first, second);
        await PublishedAsync(account, handles, second);
        Assert.Equal([null, await OnlyPostAsync(account)], (await _sandbox.ContainersOfAsync(account)).Select(c => c.Post));
    }

    [Fact]
    public async Task ContainerThatFails_IsSaidInThePlatformsWords_AndMadeAnewLater()
    {
        var (account, handles) = (await _sandbox.OwnAsync("threads"), new HandlesInMemory());
        await _sandbox.ContainersAsync(account, error: "UNKNOWN");
        var broken = Assert.IsType<PrepareResult.NotReady>(await _threads.PrepareAsync(account, Request(handles), default));
        Assert.Contains("UNKNOWN", broken.Reason, StringComparison.Ordinal);
        Assert.True(broken.RetryAfter > TimeSpan.Zero);
        await _sandbox.ContainersAsync(account);
        await PublishedAsync(account, handles, await ReadyAsync(account, handles));
    }

    [Fact]
    public async Task ContainerThatThePlatformLost_IsReplaced_AfterACallThatSentNothing()
    {
        var (account, handles) = (await _sandbox.OwnAsync("threads"), new HandlesInMemory());
        var first = await ReadyAsync(account, handles);
        await _sandbox.ContainersAsync(account, lost: 1);
        var refused = Assert.IsType<PublishResult.NotSent>(await _threads.PublishAsync(account, Publish(handles, first), default));
        Assert.Equal((FailureCause.Closed, false, $"The media with id {first} cannot be found."), (refused.Cause, refused.NeedsAttention, refused.Says));

        var second = await ReadyAsync(account, handles);
        Assert.NotEqual(first, second);
        await PublishedAsync(account, handles, second);
        Assert.Equal(1, await _sandbox.StoredAsync(account));
    }

    [Fact]
    public async Task OtherWords_AreAnotherContainer()
    {
        var (account, handles) = (await _sandbox.OwnAsync("threads"), new HandlesInMemory());
        var first = await ReadyAsync(account, handles);
        var other = Assert.IsType<PrepareResult.Ready>(await _threads.PrepareAsync(account, Request(handles) with { Text = "Road open again." }, default));
        Assert.NotEqual(first, other.Attachment);
    }

    [Fact]
    public async Task UsedUpDay_IsSaid_BeforeAnythingIsMade()
    {
        var (account, handles) = (await _sandbox.OwnAsync("threads"), new HandlesInMemory());
        await _sandbox.ContainersAsync(account, quotaUsed: 250);
        var full = Assert.IsType<PrepareResult.NotReady>(await _threads.PrepareAsync(account, Request(handles), default));
        Assert.Contains("250 posts", full.Reason, StringComparison.Ordinal);
        Assert.True(full.RetryAfter >= TimeSpan.FromMinutes(1));
        Assert.Empty(await _sandbox.ContainersOfAsync(account));

        // An answer is counted by itself.
        Assert.IsNotType<PrepareResult.Ready>(await _threads.PrepareAsync(account, Request(handles) with { Thread = new ThreadPlace("1", "1") }, default));
        await _sandbox.ContainersAsync(account);
        await PublishedAsync(account, handles, await ReadyAsync(account, handles));
    }

    public static TheoryData<string, int?, string> Failures => new()
    {
        { "fail", 503, "again" }, { "fail", 500, "again" }, { "fail", 429, "again" }, { "reset", null, "again" }, { "garbage", null, "again" }, { "drop-answer", null, "again" },
        { "fail", 401, "person" }, { "fail", 403, "person" }, { "fail", 400, "never" }, { "fail", 422, "never" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Prepare_SaysWhetherItMayBeTriedAgain(string mode, int? status, string then)
    {
        var (account, handles) = (await _sandbox.OwnAsync("threads"), new HandlesInMemory());
        await _sandbox.FaultAsync(account, mode, status: status ?? 500);
        var result = await _threads.PrepareAsync(account, Request(handles), default);
        Assert.Equal(then, result switch
        {
            PrepareResult.NotReady { NeedsAttention: true } => "person",
            PrepareResult.NotReady => "again",
            PrepareResult.Refused { Cause: FailureCause.Text, Says: "The sandbox was told to fail" } => "never",
            _ => "ready",
        });

        // One whose answer was lost is known to nobody, so it can never be published: the next try makes its own.
        await PublishedAsync(account, handles, await ReadyAsync(account, handles));
        Assert.Equal(1, await _sandbox.StoredAsync(account));
    }

    private async Task<string?> OnlyPostAsync(ConnectorAccount account) =>
        Assert.Single(((ReadResult<RecentPosts>.Ok)await _threads.ReadRecentPostsAsync(account, DateTimeOffset.UnixEpoch.AddYears(50), default)).Value.Posts).RemoteId;

    private async Task<string> ReadyAsync(ConnectorAccount account, IPreparedHandles handles) =>
        Assert.IsType<PrepareResult.Ready>(await _threads.PrepareAsync(account, Request(handles), default)).Attachment!;

    private async Task<PublishResult.Published> PublishedAsync(ConnectorAccount account, IPreparedHandles handles, string container) =>
        Assert.IsType<PublishResult.Published>(await _threads.PublishAsync(account, Publish(handles, container), default));

    private static PrepareRequest Request(IPreparedHandles handles) => new(Text, [], null, handles);

    private static PublishRequest Publish(IPreparedHandles handles, string container) => Requests.New(Text) with { Attachment = container, Handles = handles };

    private static FindRequest Find(IPreparedHandles handles) => Requests.Find(Requests.New(Text)) with { Handles = handles };
}

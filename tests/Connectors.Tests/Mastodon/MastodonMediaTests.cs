using System.Net.Http.Json;
using System.Text.Json;
using Connectors.Tests.Sandbox;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Xunit;

namespace Connectors.Tests.Mastodon;

/// <summary>Images ahead of their post, over real HTTP: nothing public comes of them by themselves, and they go out with their descriptions.</summary>
public sealed class MastodonMediaTests(SandboxFixture fixture)
{
    private readonly SandboxProcess _sandbox = fixture.Sandbox;
    private readonly IPlatformConnector _connector = fixture.Mastodon;

    [Theory]
    [InlineData(1_000)]
    [InlineData(2_000_000)]
    public async Task Images_GoOutWithTheirPost_InOrder_WithTheirDescriptions(int size)
    {
        var account = await _sandbox.AccountAsync();
        OutboundImage[] images = [new(new byte[size], "image/jpeg", 40, 30, "An engine & its crew"), new(new byte[size], "image/png", 40, 30, "A map")];
        var ready = Assert.IsType<PrepareResult.Ready>(await _connector.PrepareAsync(account, images, null, default));
        Assert.Empty(await _sandbox.RequestsAsync(account));

        var published = Assert.IsType<PublishResult.Published>(await _connector.PublishAsync(account, Requests.New() with { Attachment = ready.Attachment }, default));

        using var client = _sandbox.Client(account);
        var status = await client.GetFromJsonAsync<JsonElement>("/api/v1/statuses/" + published.RemoteId);
        var shown = status.GetProperty("media_attachments").EnumerateArray().ToList();
        Assert.Equal(["An engine & its crew", "A map"], shown.Select(m => m.GetProperty("description").GetString()));
        using var file = await client.GetAsync(shown[0].GetProperty("url").GetString());
        Assert.Equal(("image/jpeg", size), (file.Content.Headers.ContentType?.MediaType, (await file.Content.ReadAsByteArrayAsync()).Length));
        Assert.Contains("alt=\"An engine &amp; its crew\"", await client.GetStringAsync(published.Url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoImages_AreReady_WithoutAnyRequest() =>
        Assert.Null(Assert.IsType<PrepareResult.Ready>(await _connector.PrepareAsync(await _sandbox.AccountAsync(), [], null, default)).Attachment);

    public static TheoryData<string, int?, string> Failures => new()
    {
        { "fail", 503, "again" }, { "fail", 500, "again" }, { "fail", 429, "again" }, { "reset", null, "again" }, { "garbage", null, "again" }, { "drop-answer", null, "again" },
        { "fail", 401, "person" }, { "fail", 403, "person" }, { "fail", 422, "never" }, { "fail", 413, "never" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Prepare_SaysWhetherItMayBeTriedAgain(string mode, int? status, string then)
    {
        var account = await _sandbox.AccountAsync();
        await _sandbox.FaultAsync(account, mode, status: status ?? 500);
        OutboundImage[] images = [new(new byte[100], "image/jpeg", 40, 30, "An engine")];

        var result = await _connector.PrepareAsync(account, images, null, default);

        Assert.Equal(then, result switch
        {
            PrepareResult.NotReady { NeedsAttention: true } => "person",
            PrepareResult.NotReady => "again",
            PrepareResult.Refused => "never",
            _ => "ready",
        });
        Assert.Empty(await _sandbox.RequestsAsync(account));

        // The next try finds a platform in order, unless the image itself was refused.
        Assert.IsType<PrepareResult.Ready>(await _connector.PrepareAsync(account, images, null, default));
    }

    [Fact]
    public async Task Status_IsRefused_WithImagesOfAnother()
    {
        var (one, other) = (await _sandbox.AccountAsync(), await _sandbox.AccountAsync());
        var ready = (PrepareResult.Ready)await _connector.PrepareAsync(one, [new OutboundImage(new byte[100], "image/jpeg", 40, 30, "An engine")], null, default);

        Assert.IsType<PublishResult.Rejected>(await _connector.PublishAsync(other, Requests.New() with { Attachment = ready.Attachment }, default));
        Assert.Equal(0, await _sandbox.StoredAsync(other));
    }
}

using System.Text;
using Connectors.Tests.Sandbox;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Coordination.Domain.Platforms;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Connectors.Tests.Bluesky;

/// <summary>The connector against Bluesky's own server.</summary>
public sealed class BlueskyConnectorTests(PdsFixture pds) : IAsyncDisposable
{
    private readonly ServiceProvider _services = SandboxFixture.Services();

    private IPlatformConnector Connector => SandboxFixture.Connector(_services, Platform.Bluesky);

    [Fact]
    public async Task PublishAsync_WritesOneRecordWithItsLinks_WhenAllIsWell()
    {
        var account = await pds.AccountAsync();
        var request = Requests.New("🚒 Straße closed: https://www.wmfs.net/aston, more at (https://example.org/a_(b)).");

        var published = Assert.IsType<PublishResult.Published>(await Connector.PublishAsync(account, request, default));

        var record = Assert.Single(await pds.RecordsAsync(account));
        var value = record.GetProperty("value");
        var bytes = Encoding.UTF8.GetBytes(request.Text);
        var links = value.GetProperty("facets").EnumerateArray().Select(f => (
            Uri: f.GetProperty("features")[0].GetProperty("uri").GetString(),
            Text: Encoding.UTF8.GetString(bytes[f.GetProperty("index").GetProperty("byteStart").GetInt32()..f.GetProperty("index").GetProperty("byteEnd").GetInt32()])));
        Assert.Equal(published.RemoteId, record.GetProperty("uri").GetString());
        Assert.Equal(request.Text, value.GetProperty("text").GetString());
        Assert.Equal(
            [("https://www.wmfs.net/aston", "https://www.wmfs.net/aston"), ("https://example.org/a_(b)", "https://example.org/a_(b)")],
            links);
        Assert.StartsWith("https://bsky.app/profile/did:plc:", published.Url.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_GoOutWithTheirPost_WithTheirDescriptions()
    {
        var account = await pds.AccountAsync();

        // A PNG of one pixel: the server looks at what it is.
        var png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=");
        var ready = Assert.IsType<PrepareResult.Ready>(await Connector.PrepareAsync(account, [new OutboundImage(png, "image/png", 4, 3, "An \"engine\" & its crew")], null, default));
        Assert.Empty(await pds.RecordsAsync(account));

        Assert.IsType<PublishResult.Published>(await Connector.PublishAsync(account, Requests.New() with { Attachment = ready.Attachment }, default));

        var embed = Assert.Single(await pds.RecordsAsync(account)).GetProperty("value").GetProperty("embed");
        Assert.Equal("app.bsky.embed.images", embed.GetProperty("$type").GetString());
        var image = Assert.Single(embed.GetProperty("images").EnumerateArray());
        Assert.Equal(("An \"engine\" & its crew", 4), (image.GetProperty("alt").GetString(), image.GetProperty("aspectRatio").GetProperty("width").GetInt32()));
        Assert.Equal(("image/png", png.Length), (image.GetProperty("image").GetProperty("mimeType").GetString(), image.GetProperty("image").GetProperty("size").GetInt32()));
    }

    [Fact]
    public async Task Parts_OfAThread_NameItsFirstRecordAndTheOneBefore()
    {
        var account = await pds.AccountAsync();
        var first = Requests.New("Part one.");
        var ids = new List<string> { Assert.IsType<PublishResult.Published>(await Connector.PublishAsync(account, first, default)).RemoteId };
        foreach (var part in new[] { 1, 2 })
        {
            var place = new ThreadPlace(ids[0], ids[^1]);
            var ready = Assert.IsType<PrepareResult.Ready>(await Connector.PrepareAsync(account, [], place, default));
            var request = Requests.New($"Part {part + 1}.", key: first.Key with { Part = part }) with { Thread = place, Attachment = ready.Attachment };
            ids.Add(Assert.IsType<PublishResult.Published>(await Connector.PublishAsync(account, request, default)).RemoteId);
            Assert.Equal(ids[^1], Assert.IsType<FindResult.Found>(await Connector.FindByKeyAsync(account, Requests.Find(request), default)).RemoteId);
        }

        var records = (await pds.RecordsAsync(account)).ToDictionary(r => r.GetProperty("uri").GetString()!, r => r, StringComparer.Ordinal);
        var last = records[ids[2]].GetProperty("value").GetProperty("reply");
        Assert.Equal((ids[0], ids[1]), (last.GetProperty("root").GetProperty("uri").GetString(), last.GetProperty("parent").GetProperty("uri").GetString()));
        Assert.Equal(records[ids[1]].GetProperty("cid").GetString(), last.GetProperty("parent").GetProperty("cid").GetString());

        // What is gone cannot be answered.
        Assert.IsType<RemoveResult.Removed>(await Connector.RemoveAsync(account, ids[2], default));
        Assert.IsType<PrepareResult.Refused>(await Connector.PrepareAsync(account, [], new ThreadPlace(ids[0], ids[2]), default));
    }

    [Fact]
    public async Task PublishAsync_IsTheSameRecord_WhenRepeatedWithTheSameKey()
    {
        var account = await pds.AccountAsync();
        var request = Requests.New();

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Connector.PublishAsync(account, request, default)));

        Assert.Single(results.Select(r => Assert.IsType<PublishResult.Published>(r).RemoteId).Distinct(StringComparer.Ordinal));
        Assert.Single(await pds.RecordsAsync(account));
    }

    [Fact]
    public async Task PublishAsync_LeavesTheFirstTextStanding_WhenAnotherComesUnderItsKey()
    {
        var account = await pds.AccountAsync();
        var request = Requests.New("the first");
        await Connector.PublishAsync(account, request, default);

        Assert.IsType<PublishResult.Rejected>(await Connector.PublishAsync(account, request with { Text = "the second" }, default));

        Assert.Equal("the first", Assert.Single(await pds.RecordsAsync(account)).GetProperty("value").GetProperty("text").GetString());
    }

    [Fact]
    public async Task PublishAsync_IsUnknownThenFoundByItsKey_WhenTheAnswerIsLost()
    {
        var direct = await pds.AccountAsync();
        await using var proxy = new FaultProxy(direct.Server);
        var account = direct with { Server = proxy.Address };
        var request = Requests.New();
        Assert.IsType<FindResult.NotFound>(await Connector.FindByKeyAsync(account, Requests.Find(request), default));
        proxy.DropAnswers();

        var lost = await Connector.PublishAsync(account, request, default);
        var unasked = await Connector.FindByKeyAsync(account, Requests.Find(request), default);
        proxy.Heal();
        var found = Assert.IsType<FindResult.Found>(await Connector.FindByKeyAsync(account, Requests.Find(request), default));
        var repeat = Assert.IsType<PublishResult.Published>(await Connector.PublishAsync(account, request, default));

        Assert.IsType<PublishResult.Unknown>(lost);
        Assert.IsType<FindResult.CouldNotAsk>(unasked);
        Assert.Equal(found.RemoteId, repeat.RemoteId);
        Assert.Single(await pds.RecordsAsync(account));
    }

    [Fact]
    public async Task PublishAsync_IsRejected_WhenTheTextIsTooLongForBluesky()
    {
        var account = await pds.AccountAsync();
        var text = new string('a', 301);
        Assert.IsType<TextCheck.TooLong>(TextLimits.Check(Platform.Bluesky, text));

        Assert.IsType<PublishResult.Rejected>(await Connector.PublishAsync(account, Requests.New(text), default));
        Assert.IsType<PublishResult.Published>(await Connector.PublishAsync(account, Requests.New(new string('a', 300)), default));
    }

    [Theory]
    [InlineData(0x1F468, 150)]
    [InlineData(0x706B, 300)]
    public async Task PublishAsync_TakesWhatOurLimitTakes_InGraphemesAndBytes(int codePoint, int count)
    {
        var account = await pds.AccountAsync();
        var text = string.Concat(Enumerable.Repeat(char.ConvertFromUtf32(codePoint), count));
        Assert.IsType<TextCheck.Fits>(TextLimits.Check(Platform.Bluesky, text));

        Assert.IsType<PublishResult.Published>(await Connector.PublishAsync(account, Requests.New(text), default));
    }

    [Fact]
    public async Task PublishAsync_IsUnauthorised_WhenTheAppPasswordIsWrong()
    {
        var account = await pds.AccountAsync();
        var wrong = account with { Credential = new Credential.AppPassword(account.Key.Handle, "wrong-wrong-wrong") };

        var refused = Assert.IsType<PublishResult.Unauthorised>(await Connector.PublishAsync(wrong, Requests.New(), default));

        Assert.DoesNotContain("wrong-wrong-wrong", refused.Reason, StringComparison.Ordinal);
        Assert.True(Assert.IsType<FindResult.CouldNotAsk>(await Connector.FindByKeyAsync(wrong, Requests.Find(Requests.New()), default)).NeedsAttention);
    }

    [Fact]
    public async Task PublishAsync_WritesNothing_WhenThePermitIsGone()
    {
        var account = await pds.AccountAsync();

        Assert.IsType<PublishResult.NotSent>(await Connector.PublishAsync(account, Requests.New(guard: () => "its permit expired"), default));
        Assert.Empty(await pds.RecordsAsync(account));
    }

    [Fact]
    public async Task RemoveAsync_Removes_AndSaysSoOnce()
    {
        var account = await pds.AccountAsync();
        var other = await pds.AccountAsync();
        var published = Assert.IsType<PublishResult.Published>(await Connector.PublishAsync(account, Requests.New(), default));

        Assert.IsType<RemoveResult.Refused>(await Connector.RemoveAsync(other, published.RemoteId, default));
        Assert.IsType<RemoveResult.Removed>(await Connector.RemoveAsync(account, published.RemoteId, default));
        Assert.IsType<RemoveResult.AlreadyGone>(await Connector.RemoveAsync(account, published.RemoteId, default));
        Assert.Empty(await pds.RecordsAsync(account));
    }

    [Fact]
    public async Task ReadRecentPostsAsync_GivesAllOfThemNewestFirst_OverSeveralPages()
    {
        var account = await pds.AccountAsync();
        // Records bear milliseconds.
        var start = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        for (var i = 0; i < 105; i++)
        {
            var request = Requests.New($"Post {i}") with { CreatedAt = start.AddSeconds(i) };
            Assert.IsType<PublishResult.Published>(await Connector.PublishAsync(account, request, default));
        }

        var all = await ReadAsync(account, start.AddSeconds(-1));
        var late = await ReadAsync(account, start.AddSeconds(100));

        Assert.True(all.Complete);
        Assert.Equal(Enumerable.Range(0, 105).Reverse().Select(i => $"Post {i}"), all.Posts.Select(p => p.Text), StringComparer.Ordinal);
        Assert.Equal(5, late.Posts.Count);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<RecentPosts> ReadAsync(ConnectorAccount account, DateTimeOffset since) =>
        Assert.IsType<ReadResult<RecentPosts>.Ok>(await Connector.ReadRecentPostsAsync(account, since, default)).Value;
}

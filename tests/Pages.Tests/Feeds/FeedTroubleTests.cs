using System.IO.Compression;
using System.Text;
using Coordination.Domain.Incidents.Feeds;
using Coordination.Storage.Incidents;
using Coordination.Testing;

namespace Coordination.Pages.Tests.Feeds;

/// <summary>Feeds that cannot be read: said in words, nothing of them used, asked again later and later, and left alone where their server asks for it.</summary>
public sealed class FeedTroubleTests(FastPostgresFixture postgres) : IClassFixture<FastPostgresFixture>
{
    private const string Xee = """
        <?xml version="1.0"?>
        <!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY xxe SYSTEM "file:///etc/passwd">]>
        <feed xmlns="http://www.w3.org/2005/Atom"><id>&xxe;</id><title>&b;</title></feed>
        """;

    [Theory]
    [InlineData("the shared one")]
    [InlineData("our own")]
    public async Task EntityAttack_IsRefused_InWords_AndNothingOfItIsUsed(string which)
    {
        var bytes = which == "our own" ? Encoding.UTF8.GetBytes(Xee) : await File.ReadAllBytesAsync(SharedFolder.SkipIfMissing("data", "cap", "feeds", "xee.atom"), TestContext.Current.CancellationToken);
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.Serve("/feed.atom", bytes);
        var standing = await ground.PollAsync();
        Assert.Contains("document type declaration (DTD)", standing.Problem!, StringComparison.Ordinal);
        Assert.Equal((1, null, 0), (standing.Facts.Failures, standing.Facts.SuccessAt, ground.Desk.Received.Count));
    }

    [Theory]
    [InlineData("<feed", "not well-formed XML at line 1")]
    [InlineData("<rss version=\"2.0\"/>", "no Atom feed")]
    [InlineData("", "not well-formed XML")]
    public async Task Document_ThatIsNoFeed_IsAFailureInWords(string text, string words)
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.Serve("/feed.atom", Encoding.UTF8.GetBytes(text));
        var standing = await ground.PollAsync();
        Assert.Contains(words, standing.Problem!, StringComparison.Ordinal);
        Assert.Equal(1, standing.Facts.Failures);
    }

    [Fact]
    public async Task Feed_NestedVeryDeep_IsRefused_BeforeItTakesAges()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        var deep = string.Concat(Enumerable.Repeat("<a>", 200_000)) + string.Concat(Enumerable.Repeat("</a>", 200_000));
        ground.Server.Serve("/feed.atom", Atoms.Feed($"<entry><id>urn:deep</id>{deep}</entry>", Atoms.Embedded("urn:b", "AFTER")));
        Assert.Contains("nested deeper than 64", (await ground.PollAsync()).Problem!, StringComparison.Ordinal);
        Assert.Empty(ground.Desk.Received);
    }

    [Fact]
    public async Task Server_ThatAsksToBeLeftAlone_Is_AlsoWhenSomebodyWantsALook()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.On("/feed.atom", 503, ("Retry-After", "120"));
        var standing = await ground.PollAsync();
        Assert.Contains("trouble of its own (503)", standing.Problem!, StringComparison.Ordinal);
        Assert.InRange((standing.NextAt - standing.Facts.TriedAt!.Value).TotalSeconds, 119, 180);
        Assert.True(await ground.Feeds.HastenAsync(PullGround.Id, CancellationToken.None));
        Assert.Equal(standing.NextAt, (await ground.StandingAsync()).NextAt);

        // Without such a wish a look is brought forward, and not again within five seconds of the last one.
        ground.Server.On("/feed.atom", 500);
        standing = await ground.PollAsync();
        Assert.True(await ground.Feeds.HastenAsync(PullGround.Id, CancellationToken.None));
        Assert.InRange((await ground.StandingAsync()).NextAt, standing.Facts.TriedAt!.Value + TimeSpan.FromSeconds(5), standing.NextAt - TimeSpan.FromTicks(1));
        Assert.False(await ground.Feeds.HastenAsync("unknown", CancellationToken.None));
    }

    [Fact]
    public async Task Failures_MakeThePauseLonger_AndItsEndIsASuccess_WithWhatWasKnown()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.Serve("/feed.atom", Atoms.Feed(), tag: "\"v1\"");
        await ground.PollAsync();
        ground.Server.On("/feed.atom", 500);
        var pauses = new List<int>();
        FeedStanding standing;
        for (var i = 0; i < 6; i++)
        {
            standing = await ground.PollAsync();
            pauses.Add((int)Math.Round((standing.NextAt - standing.Facts.TriedAt!.Value).TotalSeconds / 15) * 15);
        }

        Assert.Equal([15, 30, 60, 120, 240, 300], pauses);
        standing = await ground.StandingAsync();
        Assert.Equal(FeedState.Failing, FeedHealth.Of(standing.Facts, TimeSpan.FromMinutes(1), TimeProvider.System.GetUtcNow()));
        ground.Server.Serve("/feed.atom", Atoms.Feed(), tag: "\"v1\"");
        standing = await ground.PollAsync();
        Assert.Equal((0, null), (standing.Facts.Failures, standing.Problem));
        Assert.Equal("\"v1\"", ground.Server.Requests[^1].Tag);
    }

    [Theory]
    [InlineData(304, "though it was asked for the whole")]
    [InlineData(401, "does not let this service in")]
    [InlineData(404, "does not know the address")]
    [InlineData(410, "gone for good")]
    [InlineData(429, "asked too often")]
    [InlineData(204, "no document (204)")]
    public async Task Status_IsToldInWords(int status, string words)
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.On("/feed.atom", status);
        Assert.Contains(words, (await ground.PollAsync()).Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feed_ThatIsGone_IsAskedOnceADay_AndSaidToFail()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.On("/feed.atom", 410);
        await ground.PollAsync();
        await ground.PollAsync();
        var standing = await ground.PollAsync();
        Assert.InRange((standing.NextAt - standing.Facts.TriedAt!.Value).TotalHours, 23.9, 24.1);
        Assert.Equal(FeedState.Failing, FeedHealth.Of(standing.Facts, TimeSpan.FromMinutes(1), TimeProvider.System.GetUtcNow()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Feed_ThatIsTooLarge_IsNotReadToItsEnd_NorUnpacked(bool packed)
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.On("/feed.atom", async context =>
        {
            var part = new byte[1024 * 1024];
            context.Response.Headers.ContentEncoding = packed ? "gzip" : null;
            await using var body = packed ? new GZipStream(context.Response.Body, CompressionLevel.Fastest) : context.Response.Body;
            for (var i = 0; i < 64 && !context.RequestAborted.IsCancellationRequested; i++)
            {
                await body.WriteAsync(part);
            }
        });
        var standing = await ground.PollAsync();
        Assert.Contains("more than 8,192 KB", standing.Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_ThatDawdles_IsGivenUp()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.On("/feed.atom", async context =>
        {
            await context.Response.Body.WriteAsync("<feed "u8.ToArray());
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        var polling = ground.PollAsync();
        await Eventually.Becomes(() => ground.Server.Count("/feed.atom") == 1, "the feed is asked for");
        await Eventually.Becomes(
            () =>
            {
                ground.Time.Advance(TimeSpan.FromSeconds(21));
                return polling.IsCompleted;
            },
            "the poll ends when the feed's time is over");
        Assert.Contains("did not answer whole within 20 seconds", (await polling).Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_ThatIsAway_IsToldInWords()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Feed.Url = $"http://127.0.0.1:{FreePort.Next()}/feed.atom";
        Assert.Contains("refused the connection", (await ground.PollAsync()).Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_OfAServerThatIsAway_AreNotAllTriedInOnePoll()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        var away = $"127.0.0.1:{FreePort.Next()}";
        ground.Feed.MessageHosts.Add(away);
        ground.Server.Serve("/feed.atom", Atoms.Feed([.. Enumerable.Range(0, 10).Select(i => Atoms.Linked($"urn:{i}", $"http://{away}/{i}.cap")), Atoms.Embedded("urn:in", "INSIDE")]));
        var standing = await ground.PollAsync();
        Assert.Equal(3, standing.Facts.Waiting);

        // What was not tried comes first the next time.
        for (var i = 0; i < 3; i++)
        {
            standing = await ground.PollAsync();
        }

        Assert.Equal((10, 1), (standing.Facts.Waiting, ground.Desk.Count("INSIDE")));
    }
}

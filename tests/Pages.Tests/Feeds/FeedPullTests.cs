using System.Globalization;
using System.Text;
using Coordination.Dashboard.Incidents;
using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.Incidents.Feeds;
using Coordination.Testing;

namespace Coordination.Pages.Tests.Feeds;

/// <summary>What a poll of a feed takes: each message once, whatever is wrong with the others, on a real database and over real HTTP.</summary>
public sealed class FeedPullTests(FastPostgresFixture postgres) : IClassFixture<FastPostgresFixture>
{
    [Fact]
    public async Task Messages_EmbeddedAndLinked_AreTakenOnce_AndAnUnchangedFeedIsNotSentAgain()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.Serve("/a.cap", Atoms.CapBytes("LINKED"), "application/cap+xml");
        var entries = new[] { Atoms.Linked("urn:a", "/a.cap", 2), Atoms.Embedded("urn:b", "EMBEDDED", 1) };
        ground.Server.Serve("/feed.atom", Atoms.Feed(entries), tag: "\"v1\"");
        var standing = await ground.PollAsync();

        // The oldest first, from the feed, as they came.
        Assert.Equal(["EMBEDDED", "LINKED"], ground.Desk.Received.Select(r => r.Text.Split("identifier>")[1].TrimEnd('<', '/')));
        Assert.All(ground.Desk.Received, r => Assert.Equal((PullGround.Id, "Weather warnings", "application/cap+xml"), (r.From.Id, r.From.Name, r.Type)));
        Assert.Equal((2, 0, null), (standing.Listed, standing.Trouble.Count, standing.Problem));
        Assert.NotNull(standing.MessageAt);
        Assert.Equal(FeedState.Fresh, FeedHealth.Of(standing.Facts, TimeSpan.FromMinutes(1), TimeProvider.System.GetUtcNow()));
        Assert.Equal(Atoms.Cap("LINKED"), await ground.ScalarAsync<string>("select convert_from(raw, 'UTF8') from incident_message where raw = convert_to('" + Atoms.Cap("LINKED") + "', 'UTF8')"));

        Assert.Equal(2, (await ground.PollAsync()).Listed);
        Assert.Equal([null, "\"v1\""], ground.Server.Requests.Where(r => r.Path == "/feed.atom").Select(r => r.Tag));
        Assert.Equal((2, 1), (ground.Desk.Received.Count, ground.Server.Count("/a.cap")));

        // Another entry, and a new word about an old one: those two, and no other.
        ground.Server.Serve("/feed.atom", Atoms.Feed([.. entries, Atoms.Embedded("urn:c", "NEW", 3), Atoms.Embedded("urn:b", "UPDATED", 4)]), tag: "\"v2\"");
        await ground.PollAsync();
        Assert.Equal(["NEW", "UPDATED"], ground.Desk.Received.Skip(2).Select(r => r.Text.Split("identifier>")[1].TrimEnd('<', '/')));
        Assert.Equal(1, ground.Server.Count("/a.cap"));
    }

    [Fact]
    public async Task BadEntries_AreShown_AndStopNoOther()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.Serve("/good.cap", Atoms.CapBytes("GOOD"), "application/cap+xml");
        ground.Server.Serve("/large.cap", Encoding.UTF8.GetBytes(Atoms.Cap(new string('x', 300_000))), "application/cap+xml");
        ground.Server.Serve("/page", Encoding.UTF8.GetBytes("<html>no message</html>"), "text/html");
        ground.Server.On("/gone.cap", 410);
        ground.Server.Serve("/feed.atom", Atoms.Feed(
            "<entry><title>neither</title></entry>",
            "<entry><id>urn:odd</id><updated>yesterday</updated><link href=\"http://[bad/\"/></entry>",
            Atoms.Entry("urn:page", "<link href=\"/page\" type=\"text/html\"/>"),
            Atoms.Entry("urn:two", $"<content type=\"text/xml\">{Atoms.Cap("ONE")}{Atoms.Cap("TWO")}</content>"),
            Atoms.Linked("urn:other", "https://elsewhere.example.org/a.cap"),
            Atoms.Linked("urn:file", "file:///etc/passwd"),
            Atoms.Linked("urn:large", "/large.cap"),
            Atoms.Entry("urn:large-inside", $"<content type=\"text/xml\">{Atoms.Cap(new string('x', 300_000))}</content>"),
            Atoms.Linked("urn:gone", "/gone.cap"),
            Atoms.Linked("urn:missing", "/missing.cap"),
            Atoms.Linked("urn:html", "/page"),
            Atoms.Linked("urn:good", "/good.cap", 50)), tag: "\"v1\"");
        ground.Desk.Answer = text => text.Contains("<html", StringComparison.Ordinal)
            ? new IncidentAnswer.Invalid([new CapFault("document", "is not well-formed XML")])
            : new IncidentAnswer.Decided(IncidentDecisions.Ignored, "GOOD", false, "No rule.", null, [], false);
        var standing = await ground.PollAsync();

        Assert.Equal(1, ground.Desk.Count("GOOD"));
        Assert.Equal(2, ground.Desk.Received.Count);
        var trouble = standing.Trouble.ToLookup(t => t.EntryId, StringComparer.Ordinal);
        Assert.Equal(10, standing.Trouble.Count);
        Assert.Contains("no id", trouble[""].Single(t => t.Words.Contains("neither", StringComparison.Ordinal)).Words, StringComparison.Ordinal);
        Assert.Contains("neither a CAP message nor a link", trouble["urn:page"].Single().Words, StringComparison.Ordinal);
        Assert.Contains("2 CAP messages", trouble["urn:two"].Single().Words, StringComparison.Ordinal);
        Assert.Contains("another host, elsewhere.example.org", trouble["urn:other"].Single().Words, StringComparison.Ordinal);
        Assert.Contains("no plain web address", trouble["urn:file"].Single().Words, StringComparison.Ordinal);
        Assert.Contains("more than 256 KB", trouble["urn:large"].Single().Words, StringComparison.Ordinal);
        Assert.Contains("larger than 256 KB", trouble["urn:large-inside"].Single().Words, StringComparison.Ordinal);
        Assert.Contains("(410)", trouble["urn:gone"].Single().Words, StringComparison.Ordinal);
        Assert.Equal(["urn:missing"], standing.Trouble.Where(t => t.State == FeedEntryState.Waiting).Select(t => t.EntryId));
        Assert.Equal((1, 9), (standing.Facts.Waiting, standing.Facts.Failed));
        Assert.Contains("(404)", standing.Problem!, StringComparison.Ordinal);
        Assert.Equal("refused", await ground.ScalarAsync<string>("select decision from alert_feed_entry where entry_id = 'urn:html'"));
        Assert.True(FeedHealth.NeedsSomebody(standing.Facts, TimeSpan.FromMinutes(1), ground.Time.GetUtcNow()));
    }

    [Fact]
    public async Task Message_ThatIsNotThereYet_IsTriedAgain_ThoughTheFeedHasNotChanged_AndGivenUpAfterAnHour()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.Serve("/feed.atom", Atoms.Feed(Atoms.Linked("urn:a", "/a.cap"), Atoms.Linked("urn:never", "/never.cap")), tag: "\"v1\"");
        await ground.PollAsync();
        Assert.Empty(ground.Desk.Received);
        ground.Server.Serve("/a.cap", Atoms.CapBytes("LATE"), "application/cap+xml");
        var standing = await ground.PollAsync();
        Assert.Equal(1, ground.Desk.Count("LATE"));
        Assert.Equal([null, null], ground.Server.Requests.Where(r => r.Path == "/feed.atom").Select(r => r.Tag));
        Assert.Equal(FeedState.Late, FeedHealth.Of(standing.Facts, TimeSpan.FromMinutes(1), TimeProvider.System.GetUtcNow()));

        ground.Time.Advance(FeedPace.MessagePatience + TimeSpan.FromMinutes(1));
        standing = await ground.PollAsync();
        var given = Assert.Single(standing.Trouble);
        Assert.Equal(FeedEntryState.Failed, given.State);
        Assert.Contains("given up", given.Words, StringComparison.Ordinal);
        await ground.PollAsync();
        Assert.Equal((3, 1), (ground.Server.Count("/never.cap"), ground.Desk.Received.Count));
        Assert.Equal("\"v1\"", ground.Server.Requests[^1].Tag);
    }

    [Fact]
    public async Task Message_ThatDisappearsFromTheFeedUntaken_IsStillShown()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.Serve("/feed.atom", Atoms.Feed(Atoms.Linked("urn:a", "/a.cap")));
        await ground.PollAsync();
        ground.Server.Serve("/feed.atom", Atoms.Feed());
        var standing = await ground.PollAsync();
        Assert.Contains("does not list it any more", Assert.Single(standing.Trouble).Words, StringComparison.Ordinal);
        Assert.Equal((0, 0, 1), (standing.Listed, standing.Facts.Waiting, standing.Facts.Failed));
    }

    [Fact]
    public async Task Hold_OfWhichItIsNotKnownWhetherItTook_IsNeverGivenUp()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.Serve("/feed.atom", Atoms.Feed(Atoms.Embedded("urn:a", "EXTREME")), tag: "\"v1\"");
        var answers = new Queue<IncidentAnswer>([new IncidentAnswer.NotKnownYet(Guid.NewGuid()), new IncidentAnswer.NotKnownYet(Guid.NewGuid()), new IncidentAnswer.Decided("hold", "EXTREME", false, "Rule 1.", null, [], false)]);
        ground.Desk.Answer = _ => answers.Dequeue();
        Assert.Contains("not known yet", (await ground.PollAsync()).Problem!, StringComparison.Ordinal);
        ground.Time.Advance(TimeSpan.FromDays(2));
        Assert.Contains("not known yet", (await ground.PollAsync()).Problem!, StringComparison.Ordinal);
        var standing = await ground.PollAsync();
        Assert.Equal((null, 0), (standing.Problem, standing.Trouble.Count));
        Assert.Equal("hold", await ground.ScalarAsync<string>("select decision from alert_feed_entry"));
        await ground.PollAsync();
        Assert.Equal(3, ground.Desk.Received.Count);
    }

    [Fact]
    public async Task Desk_ThatFails_BreaksThePollOff_AndTheNextOneGoesOn()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.Serve("/feed.atom", Atoms.Feed(Atoms.Embedded("urn:a", "ONE", 1), Atoms.Embedded("urn:b", "TWO", 2)), tag: "\"v1\"");
        ground.Desk.Answer = text => text.Contains("TWO", StringComparison.Ordinal) ? throw new TimeoutException("The database is away.") : new IncidentAnswer.Decided("ignored", null, false, "No rule.", null, [], false);
        var standing = await ground.PollAsync();
        Assert.False(standing.Polling);
        Assert.Null(standing.Facts.SuccessAt);
        ground.Desk.Answer = _ => new IncidentAnswer.Decided("ignored", null, false, "No rule.", null, [], false);
        Assert.Equal(2, (await ground.PollAsync()).Listed);
        Assert.Equal((1, 2), (ground.Desk.Count("ONE"), ground.Desk.Count("TWO")));
    }

    [Fact]
    public async Task ManyNewMessages_AreTakenOverSeveralPolls_WithoutAPause()
    {
        await using var ground = await PullGround.MakeAsync(postgres);
        var entries = Enumerable.Range(0, 150).Select(i => Atoms.Embedded($"urn:{i}", string.Create(CultureInfo.InvariantCulture, $"M{i}"))).ToArray();
        ground.Server.Serve("/feed.atom", Atoms.Feed(entries), tag: "\"v1\"");
        var standing = await ground.PollAsync();
        Assert.Equal(100, ground.Desk.Received.Count);
        Assert.True(standing.NextAt <= standing.Facts.SuccessAt);
        standing = await ground.PollAsync();
        Assert.Equal((150, 150), (ground.Desk.Received.Count, standing.Listed));
        Assert.Equal(TimeSpan.FromSeconds(60), standing.NextAt - standing.Facts.SuccessAt!.Value);
        Assert.Equal(150, ground.Desk.Received.Select(r => r.Text).Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("weather.atom", 1)]
    [InlineData("weather_invalid.atom", 1)]
    [InlineData("no_entries.atom", 0)]
    [InlineData("no_id.atom", 0)]
    public async Task RealFeeds_AreRead(string file, int messages)
    {
        var bytes = await File.ReadAllBytesAsync(SharedFolder.SkipIfMissing("data", "cap", "feeds", file), TestContext.Current.CancellationToken);
        await using var ground = await PullGround.MakeAsync(postgres);
        ground.Server.Serve("/feed.atom", bytes, tag: "\"v1\"");
        var standing = await ground.PollAsync();
        Assert.Equal((0, messages), (standing.Facts.Failures, ground.Desk.Received.Count));
        Assert.All(ground.Desk.Received, r => Assert.StartsWith("<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.1\"", r.Text, StringComparison.Ordinal));
        Assert.Equal(file == "no_id.atom" ? "It has no id, and neither a CAP message nor a link to one. Look at the feed, and tell its owner." : null, standing.Trouble.SingleOrDefault()?.Words);
        Assert.Null(standing.Problem);
    }

    [Fact]
    public async Task RealMessages_BehindLinks_ReachTheDeskByteByByte()
    {
        var folder = SharedFolder.SkipIfMissing("data", "cap", "valid");
        await using var ground = await PullGround.MakeAsync(postgres);
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToArray();
        foreach (var file in files)
        {
            ground.Server.Serve("/" + Path.GetFileName(file), await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), "application/cap+xml");
        }

        ground.Server.Serve("/feed.atom", Atoms.Feed([.. files.Select(f => Atoms.Linked("urn:" + Path.GetFileName(f), "/" + Path.GetFileName(f)))]));
        Assert.Empty((await ground.PollAsync()).Trouble);
        Assert.Equal(files.Length, ground.Desk.Received.Count);
        foreach (var file in files)
        {
            var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
            Assert.Equal(1, await ground.ScalarAsync<long>($"select count(*) from incident_message where encode(sha256(raw), 'hex') = '{digest}'"));
        }
    }
}

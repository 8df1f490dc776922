using System.Globalization;
using System.Text;
using Coordination.Pages.Tests.Feeds;
using Coordination.Storage.Embedded;
using Coordination.SystemTests.Support;
using Npgsql;

namespace Coordination.SystemTests.Live;

/// <summary>The whole way of an alert that is pulled: from a feed to the hold, once, whatever is polled again; and a feed that fails is said to.</summary>
[Collection(OwnProduct.Name)]
public sealed class AlertFeedTests
{
    // Not on the brigade's list, where Cap.Sender is; and one that may send here, too.
    private const string Sender = "warnings@weather.example", Both = "alerts@weather.example";
    private const string Feeds = "/api/incidents/feeds";

    [Fact]
    public async Task ExtremeAlert_OfAFeed_HoldsItsAreaOnce_HoweverOftenItIsPolled()
    {
        await using var server = await FeedServer.StartAsync();
        server.Serve("/feed.atom", Feed(), tag: "\"v0\"");
        using var folder = new TemporaryFolder("feed");
        await using var service = await StartAsync(folder.Path, server);
        using var control = new ApiClient(service.BaseAddress, (await service.TokensAsync())[Roles.FireControl], asksAgain: true);
        var feed = await Eventually.Becomes(() => OneAsync(control), f => f.Text("state") == "fresh", "the feed is read after the start");
        Assert.Equal(("Weather warnings", 0), (feed.Text("name"), feed["entries"]!.GetValue<int>()));
        Assert.EndsWith("/feed.atom", feed.Text("address"), StringComparison.Ordinal);

        var alert = Cap.Message("walsall", identifier: "FEED-1", sender: Both);
        server.Serve("/alert.cap", Encoding.UTF8.GetBytes(alert), "application/cap+xml");
        server.Serve("/feed.atom", Feed(Entry("urn:alert:1", "/alert.cap", 1), Entry("urn:alert:2", "/missing.cap", 2)), tag: "\"v1\"");
        await PolledAsync(control, folder.Path, server);
        var hold = await Eventually.Becomes(async () => (await HoldsAsync(control)).SingleOrDefault(), h => h is not null, "the alert's hold stands");
        Assert.Equal("[\"walsall\"]", hold!["scope"]!["areas"]!.ToJsonString());

        // Changed, and changed again: the entry as it was, the message under another entry, the message once more in the entry itself.
        var other = Entry("urn:alert:1", "/alert.cap", 3);

        // And somebody speaks in it who may send here, and not by this feed.
        var strange = Cap.Message("dudley", identifier: "FEED-X");
        server.Serve("/strange.cap", Encoding.UTF8.GetBytes(strange), "application/cap+xml");
        server.Serve("/feed.atom", Feed(other, Entry("urn:alert:3", "/alert.cap", 4), Entry("urn:alert:x", "/strange.cap", 5)), tag: "\"v2\"");
        await PolledAsync(control, folder.Path, server);
        server.Serve("/feed.atom", Feed(other, $"<entry><id>urn:alert:4</id><title>The same</title><updated>{At(5)}</updated><content type=\"text/xml\">{Cap.Message("walsall", identifier: "FEED-2", sender: Sender).Split("?>")[1]}</content></entry>"), tag: "\"v3\"");
        await PolledAsync(control, folder.Path, server);
        await PolledAsync(control, folder.Path, server);
        Assert.Equal("\"v3\"", server.Requests[^1].Tag);
        Assert.Equal(["FEED-1", "FEED-2"], (await HoldsAsync(control)).Select(h => h.Text("incident")).Order(StringComparer.Ordinal));
        var messages = await OfFeedAsync(control);
        Assert.Equal(["hold", "refused", "hold"], messages.Select(m => m.Text("decision")));
        Assert.Contains("is not on the list of senders of the feed 'Weather warnings'", messages[1].Text("reason"), StringComparison.Ordinal);

        // A host that stopped before it could decide: another one decides by the feed's list, too.
        await ExecuteAsync(
            folder.Path,
            $"""
            delete from incident_decision where message_id = '{messages[0].Text("id")}';
            update incident_message set received_at = received_at - interval '15 seconds' where id = '{messages[0].Text("id")}'
            """);
        Assert.Equal("hold", (await Eventually.Becomes(async () => (await OfFeedAsync(control)).Single(m => m.Text("id") == messages[0].Text("id")), m => m["decision"] is not null, "what was left is decided")).Text("decision"));

        // The same bytes, sent by whom they may come from: what the feed was refused does not stand in their way.
        var sent = (await control.PostTextAsync("/api/incidents/cap", strange, "application/cap+xml")).Expect(HttpStatusCode.Created).Json;
        Assert.Equal(("hold", false), (sent.Text("decision"), sent["repeated"]!.GetValue<bool>()));

        // What the feed brought, sent here besides: on record by itself, and it waits for nobody.
        var again = (await control.PostTextAsync("/api/incidents/cap", alert, "application/cap+xml")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("hold", true), (again.Text("decision"), again["repeated"]!.GetValue<bool>()));
        Assert.All((await control.GetAsync("/api/incidents/messages?limit=50")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray(), m => Assert.NotNull(m!["decision"]));
        feed = await OneAsync(control);
        Assert.Equal(("fresh", 2), (feed.Text("state"), feed["entries"]!.GetValue<int>()));
        Assert.Equal("urn:alert:2", feed["notTaken"]![0]!.Text("entry"));

        server.On("/feed.atom", 503);
        for (var i = 0; i < 3; i++)
        {
            await PolledAsync(control, folder.Path, server);
        }

        feed = await Eventually.Becomes(() => OneAsync(control), f => f.Text("state") == "failing", "a feed that cannot be read is said to fail");
        Golden.Match("alert-feed", feed);
        Assert.Contains("(503)", feed.Text("problem"), StringComparison.Ordinal);
        (await control.PostAsync(Feeds + "/nobody/poll")).ExpectProblem(HttpStatusCode.NotFound, "alert-feed-unknown");
        Assert.DoesNotContain("s3cret", service.Output, StringComparison.Ordinal);
        Assert.Equal("Bearer s3cret", server.Requests[0].Headers["Authorization"]);
        Assert.Contains((await control.GetAsync("/api/incidents/sources")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray(), s => s!.Text("id") == "weather");
    }

    // As a person's wish for a look does, without the five seconds that lie between two of them.
    private static async Task PolledAsync(ApiClient control, string folder, FeedServer server)
    {
        await ExecuteAsync(folder, "update alert_feed set tried_at = tried_at - interval '1 minute', not_before = null");
        var (before, was) = (server.Count("/feed.atom"), (await OneAsync(control))["lastTry"]?.GetValue<string>());
        var wanted = (await control.PostAsync(Feeds + "/weather/poll")).Expect(HttpStatusCode.Accepted).Json;
        Assert.Equal("weather", wanted.Text("id"));
        await Eventually.Becomes(
            () => OneAsync(control),
            f => server.Count("/feed.atom") > before && !f["polling"]!.GetValue<bool>() && f["lastTry"]?.GetValue<string>() != was,
            "the feed is polled after somebody wanted it");
    }

    private static async Task<JsonNode> OneAsync(ApiClient control) => Assert.Single((await control.GetAsync(Feeds)).Expect(HttpStatusCode.OK).Json["items"]!.AsArray())!;

    private static async Task<JsonNode[]> HoldsAsync(ApiClient client) =>
        [.. (await client.GetAsync("/api/holds?limit=200")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Where(h => h!["incident"]?.GetValue<string>()?.StartsWith("FEED-", StringComparison.Ordinal) == true).OfType<JsonNode>()];

    private static async Task<JsonNode[]> OfFeedAsync(ApiClient client) =>
        [.. (await client.GetAsync("/api/incidents/messages?limit=50")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().OfType<JsonNode>().Where(m => m.Text("receivedBy") == "weather")];

    private static string At(int minute) => string.Create(CultureInfo.InvariantCulture, $"2026-11-27T10:{minute:00}:00Z");

    private static string Entry(string id, string href, int minute) =>
        $"<entry><id>{id}</id><title>An alert</title><updated>{At(minute)}</updated><link href=\"{href}\" type=\"application/cap+xml\"/></entry>";

    private static byte[] Feed(params string[] entries) => Encoding.UTF8.GetBytes(
        $"<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:feed</id><title>Alerts</title><updated>{At(0)}</updated>{string.Concat(entries)}</feed>");

    private static Task<RunningService> StartAsync(string folder, FeedServer server) => RunningService.StartAsync(new RunningServiceOptions
    {
        DataDirectory = folder,
        Environment = new Dictionary<string, string>(ServiceFixture.Sweep(TimeSpan.Zero), StringComparer.Ordinal)
        {
            ["Incidents__Feeds__weather__Name"] = "Weather warnings",
            ["Incidents__Feeds__weather__Url"] = new Uri(server.Address, "/feed.atom").AbsoluteUri,
            ["Incidents__Senders__2"] = Both,
            ["Incidents__Feeds__weather__Senders__0"] = Sender,
            ["Incidents__Feeds__weather__Senders__1"] = Both,
            ["Incidents__Feeds__weather__EverySeconds"] = "3600",
            ["Incidents__Feeds__weather__Token"] = "Bearer s3cret",
        },
    });

    private static async Task ExecuteAsync(string folder, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ServiceFile.Read(folder)!) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The test's own text.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}

using System.Globalization;
using System.Text;
using Coordination.Storage.Embedded;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>The cards of pulled feeds on the page of incidents: one that does well beside one in trouble, looked at by hand, without a mouse, on a desk and on a phone.</summary>
[Collection(ProductCollection.Name)]
public sealed class FeedTests(Product product)
{
    // Of the database: entries are told apart by their ids for good.
    private readonly string _mark = Steps.Mark().Replace(' ', '-');

    [Fact]
    public async Task Feed_InTrouble_IsSaid_LookedAtByKeyboard_AndWellAgain()
    {
        var page = await product.OpenAsync("/incidents", "casey-demo");
        await page.LiveAsync();
        var (floods, weather) = (page.Locator("[data-feed=floods]"), page.Locator("[data-feed=weather]"));
        await Expect(weather).ToHaveAttributeAsync("data-state", "fresh");
        await Expect(weather).ToContainTextAsync("It was read when it should have been");
        await Expect(weather.Locator("[data-problem]")).ToHaveCountAsync(0);
        await Expect(floods).ToHaveAttributeAsync("data-state", "fresh");

        // What it lists cannot be fetched: it is late, and says what it did not take.
        product.Feeds.Serve(Product.Floods, Feed(Entry()));
        await LookAsync(page, floods);
        await Expect(page.GetByText("Flood warnings is read now, or as soon as its server allows.")).ToBeVisibleAsync();
        await Expect(floods).ToHaveAttributeAsync("data-state", "late");
        await Expect(floods).ToContainTextAsync("what it lists is not all taken yet");
        var notTaken = floods.Locator("[data-not-taken]");
        await ReachAsync(page, notTaken.Locator("summary"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(notTaken.GetByRole(AriaRole.Listitem)).ToContainTextAsync("(404)");
        await Expect(notTaken.GetByRole(AriaRole.Listitem)).ToContainTextAsync("Tried again");

        // It cannot be read, for the third time in a row: two looks before are as if they had been.
        product.Feeds.On(Product.Floods, 503);
        await FailedBeforeAsync(2);
        await LookAsync(page, floods);
        await Expect(floods).ToHaveAttributeAsync("data-state", "failing");
        await Expect(floods.Locator("[data-problem]")).ToContainTextAsync("(503)");
        await Expect(floods).ToContainTextAsync("after 3 failures in a row");
        await Expect(floods).ToContainTextAsync("report an incident by hand");
        await Expect(weather).ToHaveAttributeAsync("data-state", "fresh");
        await AccessibilityTests.AuditAsync(page);
        await page.SetViewportSizeAsync(390, 844);
        await Expect(page.Locator(".rail")).ToBeHiddenAsync();
        await AccessibilityTests.AuditAsync(page);
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        // Well again, and what it lists is taken; from a phone.
        product.Feeds.Serve(Product.Floods, Feed(Entry()));
        product.Feeds.Serve($"/{_mark}.cap", Encoding.UTF8.GetBytes(Cap()), "application/cap+xml");
        await LookAsync(page, floods);
        await Expect(floods).ToHaveAttributeAsync("data-state", "fresh");
        await Expect(floods.Locator("[data-problem]")).ToHaveCountAsync(0);
        await Expect(notTaken).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-all] article").Filter(new() { HasText = _mark })).ToBeVisibleAsync();
        await AccessibilityTests.AuditAsync(page);
    }

    [Fact]
    public async Task Auditor_SeesHowFeedsDo_AndHasNoneLookedAt()
    {
        var page = await product.OpenAsync("/incidents", Product.Auditor);
        await page.LiveAsync();
        var weather = page.Locator("[data-feed=weather]");
        await Expect(weather).ToContainTextAsync("Last read");
        await Expect(weather).Not.ToContainTextAsync("s3cret");
        await Expect(weather.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    // Without a mouse: the button is reached by Tab alone and pressed with Enter.
    private static async Task LookAsync(IPage page, ILocator feed)
    {
        var look = feed.GetByRole(AriaRole.Button, new() { Name = "Look now" });
        await Expect(look).ToBeEnabledAsync();
        await ReachAsync(page, look);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task ReachAsync(IPage page, ILocator wanted)
    {
        // From what stands just before it: the way there from the page's top is every page's, and not the card's.
        await wanted.EvaluateAsync(
            """
            e => {
              const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(s => !s.disabled && s.getClientRects().length);
              stops[stops.indexOf(e) - 1].focus();
            }
            """);
        await page.Keyboard.PressAsync("Tab");
        await Expect(wanted).ToBeFocusedAsync();
    }

    private async Task FailedBeforeAsync(int times)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ServiceFile.Read(product.Data)!) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("update alert_feed set failures = $1 where id = 'floods'", connection) { Parameters = { new() { Value = times } } };
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private string Entry() =>
        $"<entry><id>urn:{_mark}</id><title>A flood</title><updated>2026-11-27T10:00:00Z</updated><link href=\"/{_mark}.cap\" type=\"application/cap+xml\"/></entry>";

    private static byte[] Feed(string entry) => Encoding.UTF8.GetBytes(
        $"<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:floods</id><title>Floods</title><updated>2026-11-27T10:00:00Z</updated>{entry}</feed>");

    // What no rule of the book is about.
    private string Cap() =>
        $"""
        <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{_mark}</identifier><sender>{Product.FloodSender}</sender>
        <sent>{TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)}-00:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
        <info><category>Met</category><event>Flood</event><urgency>Expected</urgency><severity>Minor</severity><certainty>Possible</certainty>
        <area><areaDesc>The river</areaDesc><geocode><valueName>WMFS-AREA</valueName><value>walsall</value></geocode></area></info></alert>
        """;
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>The agreed line of a takeover, from the incident's page to every account and back: how it stands, what comes after it, and what the checklist says of it.</summary>
[Collection(ProductCollection.Name)]
public sealed class AgreedLineTests(Product product)
{
    [Fact]
    public async Task Line_IsSaid_StandsOnTheIncidentAndTheHold_AndIsSuperseded()
    {
        var mark = Steps.Mark();
        using var control = await product.Service.ClientAsync("fire-control");
        using var manager = await product.Service.ClientAsync("comms-manager");
        var number = "L-" + Guid.NewGuid().ToString("N")[..8];
        var now = TimeProvider.System.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        using var reported = await control.PostAsync(new Uri("/api/incidents/reports", UriKind.Relative), new StringContent(
            $$"""{"number":"{{number}}","revision":1,"reportedAt":"{{now}}","exercise":false,"status":"open","typeAtCall":"Gas leak {{mark}}","areas":["solihull"],"major":{"declaredAt":"{{now}}"} }""",
            System.Text.Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        var hold = JsonNode.Parse(await reported.Content.ReadAsStringAsync())!["takeovers"]![0]!["holdId"]!.GetValue<string>();
        try
        {
            var page = await product.OpenAsync("/incidents/file/" + number);
            await page.LiveAsync();
            await Expect(page.Locator("[data-lines]")).ToContainTextAsync("Nothing is said so far");
            await page.GetByRole(AriaRole.Link, new() { Name = "Write the agreed line for its accounts…" }).ClickAsync();
            await page.ComesToAsync("/compose");
            await page.LiveAsync();
            await Expect(page.Locator("[data-line-note]")).ToContainTextAsync("for incident " + number);
            await Expect(page.Locator(".goes-to .tag")).ToHaveCountAsync(6);

            // It is kept as a draft; opened again, it is still the line.
            await page.GetByLabel("What to say").FillAsync("Keep away from the works, " + mark);
            await page.ComesToAsync("/compose\\?draft=");
            await page.ReloadAsync();
            await page.LiveAsync();
            await Expect(page.Locator("[data-line-note]")).ToContainTextAsync(hold);
            await Expect(page.GetByLabel("What to say")).ToHaveValueAsync("Keep away from the works, " + mark);
            await page.GetByRole(AriaRole.Button, new() { Name = "Other words on Mastodon…" }).ClickAsync();
            await page.GetByLabel("Other words on Mastodon").FillAsync("We post here first, " + mark);
            await AccessibilityTests.AuditAsync(page);
            await product.RefuseNextAsync("x_demo_wmfs_solihull");
            await page.GetByRole(AriaRole.Button, new() { Name = "Publish now on 6 accounts" }).ClickAsync();
            await Expect(page.Locator("[data-line-sent]")).ToContainTextAsync(hold);

            // On the incident's page, also on a phone: the words in each platform's form, what is out, and what is not, by name.
            var phone = await product.OpenAsync("/incidents/file/" + number, phone: true);
            await phone.LiveAsync();
            var line = phone.Locator("[data-line='1']");
            await Expect(line).ToContainTextAsync("Line 1: out on 5 of 6 accounts; 1 not sent");
            await Expect(line.Locator("[data-words]")).ToHaveCountAsync(2);
            await Expect(line.Locator("[data-words]").Filter(new() { HasText = "We post here first, " + mark })).ToContainTextAsync("Mastodon");
            await Expect(line.GetByRole(AriaRole.Link, new() { Name = "x/demo_wmfs_solihull" })).ToBeVisibleAsync();
            await line.Locator("[data-each] summary").ClickAsync();
            await Expect(line.Locator("[data-each] li")).ToHaveCountAsync(6);
            await Expect(line.Locator("[data-each] li[data-state=published]")).ToHaveCountAsync(5);
            Assert.Equal(390, await phone.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            await AccessibilityTests.AuditAsync(phone);
            await Expect(phone.Locator("[data-steps]")).ToContainTextAsync("An agreed line was said");

            // Sent again from there, it is out everywhere; the page follows by itself, and so does the hold's.
            await page.GotoAsync("/holds/" + hold);
            await page.LiveAsync();
            await Expect(page.Locator("[data-line='1']")).ToContainTextAsync("1 not sent");
            await line.GetByRole(AriaRole.Button, new() { Name = "Send again: 1 account" }).ClickAsync();
            await Expect(line).ToContainTextAsync("Line 1: out on 6 of 6 accounts");
            await Expect(page.Locator("[data-line='1']")).ToContainTextAsync("Line 1: out on 6 of 6 accounts");
            await AccessibilityTests.AuditAsync(page);

            await page.GetByRole(AriaRole.Link, new() { Name = "Write the next line…" }).ClickAsync();
            await page.LiveAsync();
            await Expect(page.Locator("[data-line-note]")).ToContainTextAsync("Keep away from the works, " + mark);
            await Expect(page.GetByLabel("What to say")).ToHaveValueAsync("");
            await page.GetByLabel("What to say").FillAsync("The leak is closed, " + mark);
            await page.GetByRole(AriaRole.Button, new() { Name = "Publish now on 6 accounts" }).ClickAsync();
            await Expect(page.Locator("[data-line-sent]")).ToBeVisibleAsync();
            await Expect(line).ToContainTextAsync("superseded by line 2");
            await Expect(phone.Locator("[data-line='2']")).ToContainTextAsync("The leak is closed, " + mark);

            // The hand-back's checklist says what the last one was.
            await page.GotoAsync("/holds/" + hold);
            await page.LiveAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Lift…" }).ClickAsync();
            await Expect(page.Locator("[data-checklist] [data-line-fact]")).ToHaveTextAsync(new Regex("^The last one: line 2, Rowan Demo, .*, out on 6 of 6 accounts\\. It still stands there\\.$"));
            await page.Context.CloseAsync();
            await phone.Context.CloseAsync();

            // Who is not let through sees it, and is offered nothing.
            var holder = await product.OpenAsync("/holds/" + hold, Product.Holder);
            await holder.LiveAsync();
            await Expect(holder.Locator("[data-line='2']")).ToContainTextAsync("out on 6 of 6 accounts");
            await Expect(holder.GetByRole(AriaRole.Link, new() { Name = "Write the next line…" })).ToHaveCountAsync(0);
            await holder.GotoAsync("/compose?hold=" + hold);
            await holder.LiveAsync();
            await Expect(holder.Locator("fieldset[disabled]")).ToHaveCountAsync(0);
            await Expect(holder.Locator("[data-line-note]")).ToHaveCountAsync(0);
            await holder.Context.CloseAsync();
        }
        finally
        {
            using var officer = await product.Service.ClientAsync("comms-officer");
            await manager.SendAsync($"/api/holds/{hold}/lift", new { reason = "The test is over" });
            await officer.SendAsync($"/api/holds/{hold}/lift", new { reason = "It is" });
        }
    }
}

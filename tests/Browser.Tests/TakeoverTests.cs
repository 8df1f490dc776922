using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>From Fire Control's report to Comms' veto, and an exercise that nobody takes for real.</summary>
[Collection(ProductCollection.Name)]
public sealed class TakeoverTests(Product product)
{
    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Report_Proposes_CountsDown_AndIsVetoed(bool phone)
    {
        var mark = Steps.Mark();
        var control = await product.OpenAsync("/incidents", "casey-demo", phone);
        await control.LiveAsync();
        await control.GetByRole(AriaRole.Link, new() { Name = "Report an incident…" }).ClickAsync();
        await control.ComesToAsync("/incidents/new$");
        await control.LiveAsync();
        await control.GetByRole(AriaRole.Button, new() { Name = "Report the incident" }).ClickAsync();
        await Expect(control.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Say what it is" })).ToBeVisibleAsync();
        await control.GetByLabel("What it is").FillAsync("Factory fire " + mark);
        await control.GetByRole(AriaRole.Combobox, new() { Name = "Area" }).ClickAsync();
        await control.GetByRole(AriaRole.Option, new() { Name = "Solihull" }).ClickAsync();
        await Expect(control.Locator("[data-forecast]")).ToContainTextAsync("No rule is about it");
        await control.GetByLabel("Pumps").FillAsync("12");
        await control.GetByLabel("Pumps").PressAsync("Tab");
        await Expect(control.Locator("[data-forecast]")).ToContainTextAsync("Proposed, with");
        await AccessibilityTests.AuditAsync(control);
        await control.GetByRole(AriaRole.Button, new() { Name = "Report the incident" }).ClickAsync();
        await control.ComesToAsync("/incidents/file/");
        await Expect(control.Locator("h1")).ToContainTextAsync(mark);
        await Expect(control.Locator("[data-takeovers] [data-state]")).ToHaveAttributeAsync("data-state", "pending");
        await Expect(control.Locator("svg.map .at")).ToHaveCountAsync(0);

        // Comms sees it on whatever page they are, and hears it once.
        var comms = await product.OpenAsync("/tasks", phone: phone);
        await comms.LiveAsync();
        var proposal = comms.Locator(".proposal").Filter(new() { HasText = mark });
        await Expect(proposal.Locator(".count")).ToHaveTextAsync(new Regex("^[0-2]:[0-5][0-9]$"));
        await Expect(proposal.Locator("[data-mute]")).ToHaveTextAsync("Sound on");
        await proposal.Locator("[data-mute]").ClickAsync();
        await Expect(proposal.Locator("[data-mute]")).ToHaveTextAsync("Sound off");
        await AccessibilityTests.AuditAsync(comms);
        if (phone)
        {
            Assert.Equal(390, await comms.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        // Fire Control sees it and may not object.
        await Expect(control.Locator(".proposal").Filter(new() { HasText = mark }).GetByRole(AriaRole.Button, new() { Name = "Veto…" })).ToHaveCountAsync(0);
        await proposal.GetByRole(AriaRole.Button, new() { Name = "Veto…" }).ClickAsync();
        await proposal.GetByLabel("Why not").FillAsync("A training burn");
        await proposal.GetByRole(AriaRole.Button, new() { Name = "Veto", Exact = true }).ClickAsync();
        await Expect(proposal).ToHaveCountAsync(0);
        await Expect(control.Locator("[data-takeovers] [data-state]")).ToHaveAttributeAsync("data-state", "vetoed");
        await Expect(control.Locator("[data-takeovers]")).ToContainTextAsync("A training burn");
        await AccessibilityTests.AuditAsync(control);

        // A change is reported from the incident's page, and begins with what is known.
        await control.GetByRole(AriaRole.Link, new() { Name = "Report a change…" }).ClickAsync();
        await control.ComesToAsync("/incidents/new\\?number=");
        await control.LiveAsync();
        await Expect(control.GetByLabel("What it is")).ToHaveValueAsync("Factory fire " + mark);
        await control.GetByRole(AriaRole.Combobox, new() { Name = "Status" }).ClickAsync();
        await control.GetByRole(AriaRole.Option, new() { Name = "Stop sent" }).ClickAsync();
        await Expect(control.GetByRole(AriaRole.Combobox, new() { Name = "Status" })).ToContainTextAsync("Stop sent");
        await control.GetByRole(AriaRole.Button, new() { Name = "Report the change" }).ClickAsync();
        await control.ComesToAsync("/incidents/file/");
        await Expect(control.Locator("[data-reports]")).ToContainTextAsync("Status: Stop (was Open)");
        await control.Context.CloseAsync();
        await comms.Context.CloseAsync();
    }

    [Fact]
    public async Task MajorIncident_HoldsAtOnce_AndTheAgreedLineIsReadyForItsAccounts()
    {
        var mark = Steps.Mark();
        var page = await product.OpenAsync("/incidents/new");
        await page.LiveAsync();
        await page.GetByLabel("What it is").FillAsync("Gas leak " + mark);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Area" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Solihull" }).ClickAsync();
        await page.GetByLabel("A major incident is declared").CheckAsync();
        await Expect(page.Locator("[data-forecast]")).ToContainTextAsync("At once: central coordination of Solihull");
        await page.GetByRole(AriaRole.Button, new() { Name = "Report the incident" }).ClickAsync();
        await page.ComesToAsync("/incidents/file/");
        var takeover = page.Locator("[data-takeovers] [data-state]");
        await Expect(takeover).ToHaveAttributeAsync("data-state", "placed");
        var number = new Uri(page.Url).Segments[^1];
        var hold = await takeover.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^H-") }).InnerTextAsync();
        await Expect(page.Locator("[data-steps]")).ToContainTextAsync("The hold stands");
        await page.GetByRole(AriaRole.Link, new() { Name = "Write the agreed line for its accounts…" }).ClickAsync();
        await page.ComesToAsync("/compose");
        await page.LiveAsync();
        await Expect(page.GetByLabel("What to say")).ToHaveValueAsync("We are dealing with a major incident in Solihull. We will share what is confirmed here as soon as we can.");
        await Expect(page.Locator(".goes-to .tag")).ToHaveCountAsync(6);
        await Expect(page.GetByText("of these accounts are held")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();

        // One that is placed by hand for the incident stands beside it.
        using var manager = await product.Service.ClientAsync("comms-manager");
        var byHand = await manager.SendAsync("/api/holds", new { kind = "freeze", scope = new { accounts = new[] { "x/demo_wmfs_bickenhill" } }, reason = "Impersonated " + mark, incident = number });
        var incident = await product.OpenAsync("/incidents/file/" + number);
        await Expect(incident.Locator("[data-by-hand]").Filter(new() { HasText = "Impersonated " + mark })).ToHaveCountAsync(1);
        await incident.Context.CloseAsync();
        await manager.SendAsync($"/api/holds/{byHand}/lift", new { reason = "The test is over" });

        // Two of Comms lift it.
        using var officer = await product.Service.ClientAsync("comms-officer");
        await manager.SendAsync($"/api/holds/{hold}/lift", new { reason = "The test is over" });
        await officer.SendAsync($"/api/holds/{hold}/lift", new { reason = "It is" });
    }

    [Fact]
    public async Task Exercise_LooksLikeOne_EverywhereAndHoldsNothing()
    {
        var mark = Steps.Mark();
        var page = await product.OpenAsync("/incidents");
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Start the monthly drill…" }).ClickAsync();
        await page.ComesToAsync("/incidents/new\\?drill=true$");
        await page.LiveAsync();
        await Expect(page.GetByLabel("What it is")).ToHaveValueAsync("Monthly drill");
        await Expect(page.GetByLabel("A major incident is declared")).ToBeCheckedAsync();
        await Expect(page.Locator("[data-forecast]")).ToContainTextAsync("shadow hold");
        await page.GetByLabel("What it is").FillAsync("Drill " + mark);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Area" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Solihull" }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Station’s ground" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Solihull" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the drill" }).ClickAsync();
        await page.ComesToAsync("/exercises/file/");
        await Expect(page.Locator(".drill-frame")).ToHaveCountAsync(1);
        await Expect(page.Locator(".proposals.drill")).ToContainTextAsync("No real account is held by it");
        await Expect(page.Locator("svg.map .at")).ToHaveCountAsync(1);
        await AccessibilityTests.AuditAsync(page);
        await page.GotoAsync("/?area=solihull");
        await page.LiveAsync();
        await Expect(page.Locator(".drill-frame")).ToHaveCountAsync(1);
        Assert.DoesNotContain(mark, await page.Locator("#main").InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "End the shadow hold" }).ClickAsync();
        await Expect(page.Locator(".drill-frame")).ToHaveCountAsync(0);
        await page.GoBackAsync();
        await Expect(page.Locator("[data-steps]")).ToContainTextAsync("The shadow hold was ended");
        await page.Context.CloseAsync();
    }
}

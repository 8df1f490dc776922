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
        await control.GetByRole(AriaRole.Button, new() { Name = "Report the change" }).ClickAsync();
        await control.ComesToAsync("/incidents/file/");
        await Expect(control.Locator("[data-reports]")).ToContainTextAsync("Status: Stop (was Open)");
        await control.Context.CloseAsync();
        await comms.Context.CloseAsync();
    }

    [Fact]
    public async Task Exercise_LooksLikeOne_EverywhereAndHoldsNothing()
    {
        var mark = Steps.Mark();
        var page = await product.OpenAsync("/incidents/new");
        await page.LiveAsync();
        await page.GetByLabel("What it is").FillAsync("Drill " + mark);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Station’s ground" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Solihull" }).ClickAsync();
        await page.GetByLabel("A major incident is declared").CheckAsync();
        await page.GetByText("More: number").ClickAsync();
        await page.GetByLabel("It is an exercise").CheckAsync();
        await Expect(page.Locator("[data-forecast]")).ToContainTextAsync("shadow hold");
        await page.GetByRole(AriaRole.Button, new() { Name = "Report the exercise" }).ClickAsync();
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
        await page.Context.CloseAsync();
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>Scopes under names: Comms saves one, an officer at an incident holds it with one touch.</summary>
[Collection(ProductCollection.Name)]
public sealed class ScopeTests(Product product)
{
    private const string Officer = "frankie-demo";

    [Fact]
    public async Task SavedScope_IsMadeByComms_ChosenByAnOfficer_AndRemoved()
    {
        var comms = await product.OpenAsync("/scopes");
        await comms.LiveAsync();
        await comms.GetByRole(AriaRole.Button, new() { Name = "New saved scope…" }).ClickAsync();
        await comms.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(comms.GetByRole(AriaRole.Alert)).ToContainTextAsync("Give it the name that people use.");
        await comms.GetByLabel("Name", new() { Exact = true }).FillAsync("West crews");
        await comms.Locator(".pick .chip", new() { HasText = "Walsall" }).ClickAsync();
        await comms.Locator(".pick .chip", new() { HasText = "Wolverhampton" }).ClickAsync();
        await comms.Locator(".pick .chip", new() { HasText = "Local" }).First.ClickAsync();
        await AccessibilityTests.AuditAsync(comms);
        await comms.GetByRole(AriaRole.Button, new() { NameRegex = new("^Save [0-9]+ accounts$") }).ClickAsync();
        var row = comms.Locator("article", new() { HasText = "West crews" });
        await Expect(row).ToContainTextAsync("Walsall and Wolverhampton, local accounts");

        // Another sees it where a hold is placed, and may not change it.
        var officer = await product.OpenAsync("/scopes", Officer, phone: true);
        await officer.LiveAsync();
        var seen = officer.Locator("article", new() { HasText = "West crews" });
        await Expect(seen).ToBeVisibleAsync();
        await Expect(officer.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Change|Remove) ") })).ToHaveCountAsync(0);
        await Expect(officer.GetByRole(AriaRole.Button, new() { Name = "New saved scope…" })).ToHaveCountAsync(0);
        await seen.GetByRole(AriaRole.Link, new() { Name = "Hold West crews…" }).ClickAsync();
        var chip = officer.Locator(".pick .chip", new() { HasText = "West crews" });
        await Expect(chip).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(officer.Locator(".pick .chip[aria-pressed=true]", new() { HasText = "Walsall" })).ToBeVisibleAsync();

        // What is changed is not what has the name.
        await officer.Locator(".pick .chip", new() { HasText = "Walsall" }).First.ClickAsync();
        await Expect(chip).ToHaveAttributeAsync("aria-pressed", "false");
        await chip.ClickAsync();
        await Expect(officer.GetByText("West crews (Walsall and Wolverhampton, local accounts)")).ToBeVisibleAsync();
        await officer.GetByLabel("Why", new() { Exact = true }).FillAsync("Wrong information out");
        await officer.GetByLabel("Incident").FillAsync("1204");
        await officer.Locator(".foot-bar .btn.freeze").TapAsync();
        await officer.ComesToAsync("/holds/H-");
        await Expect(officer.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("West crews (Walsall and Wolverhampton, local accounts)");
        var hold = officer.Url[(officer.Url.LastIndexOf('/') + 1)..];

        // It is removed, and the hold stands as it was placed.
        await row.GetByRole(AriaRole.Button, new() { Name = "Remove West crews" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        await officer.ReloadAsync();
        await Expect(officer.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("West crews");
        using var manager = await product.Service.ClientAsync("comms-manager");
        using var second = await product.Service.ClientAsync("comms-officer");
        await manager.SendAsync($"/api/holds/{hold}/lift", new { reason = "Put right" });
        await second.SendAsync($"/api/holds/{hold}/lift", new { reason = "Put right" });
    }
}

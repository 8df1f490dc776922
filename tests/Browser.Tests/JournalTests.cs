using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>An auditor looks the record up, and asks why an account is as it is.</summary>
[Collection(ProductCollection.Name)]
public sealed class JournalTests(Product product)
{
    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Auditor_LooksUpWhoPlacedAHold_AndWhyAnAccountIsHeld(bool phone)
    {
        var reason = "Account taken over " + Steps.Mark();
        using var api = await product.Service.ClientAsync("comms-manager");
        var hold = await api.SendAsync("/api/holds", new { kind = "freeze", scope = new { accounts = new[] { "x/demo_wmfs_oldbury" } }, reason });
        var page = await product.OpenAsync("/journal", Product.Auditor, phone);
        await page.LiveAsync();
        var entries = page.GetByRole(AriaRole.Region, new() { Name = "Entries" });
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Hold", Exact = true }).FillAsync(hold);
        await page.GetByRole(AriaRole.Button, new() { Name = "Look up" }).ClickAsync();
        await page.ComesToAsync($"/journal\\?hold={hold}");
        var placed = entries.GetByRole(AriaRole.Listitem).Filter(new() { HasText = reason });
        await Expect(placed).ToContainTextAsync($"Rowan Demo (Comms manager) placed the hold {hold} (freeze) over x/demo_wmfs_oldbury. {reason}.");

        // As it is stored, with its hash.
        await placed.Locator("summary").ClickAsync();
        await Expect(placed.Locator("pre")).ToContainTextAsync("\"kind\": \"freeze\"");
        await Expect(placed.Locator("dl")).ToContainTextAsync("rowan-demo");
        await AccessibilityTests.AuditAsync(page);
        if (phone)
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        // What does not fit says so; the way back leads to what was found.
        await page.GotoAsync($"/journal?hold={hold}&person=nobody-of-that-name");
        await Expect(entries).ToContainTextAsync("Nothing like that happened");
        await page.GotoAsync("/journal?account=nonsense");
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "nonsense" })).ToBeVisibleAsync();

        await page.GotoAsync("/accounts/x/demo_wmfs_oldbury");
        await page.GetByRole(AriaRole.Button, new() { Name = "Why is it in this state?" }).ClickAsync();
        var why = page.Locator(".why-so");
        await Expect(why).ToContainTextAsync($"Held by {hold}");
        await Expect(why).ToContainTextAsync(reason);
        await Expect(why).ToContainTextAsync($"acknowledged {hold}");
        await AccessibilityTests.AuditAsync(page);

        // It is asked anew when it is another state.
        await api.SendAsync($"/api/holds/{hold}/lift", new { reason = "Ours again" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Why is it in this state?" }).ClickAsync();
        await Expect(why).ToContainTextAsync($"No hold stands over it: {hold} ended");
        await Expect(why).ToContainTextAsync("Ours again.");
    }
}

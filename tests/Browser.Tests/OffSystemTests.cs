using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>What goes out around the service while a hold stands comes to the open pages by itself.</summary>
[Collection(ProductCollection.Name)]
public sealed class OffSystemTests(Product product)
{
    // A look at each account every two seconds, and at the database as often.
    private static readonly LocatorAssertionsToContainTextOptions Soon = new() { Timeout = 20_000 };

    [Theory]
    [InlineData("wednesbury", false)]
    [InlineData("highgate", true)]
    public async Task APostFromElsewhere_ComesToTheHoldsPageAndTheBoard_AndWhatCouldNotBeReadIsNamed(string station, bool phone)
    {
        var (account, silent) = ($"mastodon/demo_wmfs_{station}", $"facebook/demo_wmfs_{station}");
        await product.RefuseAsync(silent);
        using var api = await product.Service.ClientAsync("comms-manager");
        var hold = await api.SendAsync("/api/holds", new { kind = "freeze", scope = new { stations = new[] { station } }, reason = "Account taken over" });
        var page = await product.OpenAsync("/holds/" + hold, phone: phone);
        var board = await product.OpenAsync(phone: phone);
        var card = page.Locator("[data-off-system]");
        await Expect(card.Locator("[data-sum]")).ToContainTextAsync("Off-system: 0 found, 2 of 3 accounts checked, last at", Soon);
        await Expect(card.Locator("[data-unchecked]")).ToHaveCountAsync(1);
        await Expect(card.Locator("[data-unchecked]")).ToContainTextAsync(silent + " could not be asked since");
        await Expect(card.Locator("[data-unchecked]")).ToContainTextAsync("503");
        await Expect(board.Locator("[data-off-system-alert]")).Not.ToContainTextAsync(hold);

        await product.PublishAroundAsync(account, "Not from Comms.");
        await Expect(card.Locator("[data-sum]")).ToContainTextAsync("Off-system: 1 found", Soon);
        await Expect(card.GetByRole(AriaRole.Alert)).ToContainTextAsync("It did not come through here.");
        await Expect(card.Locator("[data-found]")).ToContainTextAsync(account);
        var link = card.Locator("[data-found] a[target=_blank]");
        await Expect(link).ToHaveAttributeAsync("href", new Regex($"^http://[^/]+/@mastodon_demo_wmfs_{station}/[0-9]+$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(link).ToHaveAttributeAsync("rel", "noopener noreferrer");
        await Expect(board.GetByRole(AriaRole.Alert).Filter(new() { HasText = hold })).ToContainTextAsync($"1 off-system post during hold {hold} {char.ToUpperInvariant(station[0])}{station[1..]}", Soon);
        await AccessibilityTests.AuditAsync(page);
        await AccessibilityTests.AuditAsync(board);
        if (phone)
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            Assert.Equal(390, await board.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        await product.BehaveAsync();
        await Expect(card.Locator("[data-sum]")).ToContainTextAsync("3 of 3 accounts checked", Soon);
        await Expect(card.Locator("[data-unchecked]")).ToHaveCountAsync(0);
        await api.SendAsync($"/api/holds/{hold}/lift", new { reason = "It is ours again" });
        await Expect(board.Locator("[data-off-system-alert]")).Not.ToContainTextAsync(hold, Soon);
        await Expect(card).ToContainTextAsync("Accounts were read until the hold was lifted.", Soon);
        await Expect(card.Locator("[data-found]")).ToHaveCountAsync(1);
    }
}

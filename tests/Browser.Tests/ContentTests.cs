using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>Who writes is told, while they write, what the order asks to be mindful of, and asked for a reason where the rules say so.</summary>
[Collection(ProductCollection.Name)]
public sealed class ContentTests(Product product)
{
    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Composer_QuotesWhatToReadAgain_AndAsksForAReason(bool phone)
    {
        const string Account = "x/demo_wmfs_bilston";
        var page = await product.OpenAsync("/compose?account=" + Uri.EscapeDataString(Account), phone: phone);
        var text = page.GetByLabel("What to say");
        var findings = page.Locator(".findings");
        await text.FillAsync("Car wash on Saturday, wellies on.");
        await Expect(page.Locator(".meters")).ToContainTextAsync("33");
        await Expect(findings).ToHaveTextAsync("");

        await text.FillAsync("Car wash on Saturday. Call Denise Pocock, 0121 496 0123.");
        await Expect(findings.Locator("[data-rule=phone] q")).ToHaveTextAsync("0121 496 0123");
        await Expect(findings.Locator("[data-rule=person] q")).ToHaveTextAsync("Denise Pocock");
        await Expect(findings).ToContainTextAsync("Order 01/25, 3.3");
        await AccessibilityTests.AuditAsync(page);
        if (phone)
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        // A phone number only warns; a person asks whose consent there is, and nothing is lost until that is said.
        var publish = page.GetByRole(AriaRole.Button, new() { Name = "Publish now on 1 account" });
        await publish.ClickAsync();
        await Expect(page.GetByText("1 account refused it")).ToBeVisibleAsync();
        await Expect(text).ToHaveValueAsync("Car wash on Saturday. Call Denise Pocock, 0121 496 0123.");
        await findings.Locator("[data-rule=person]").GetByLabel("Whose consent").FillAsync("Her own, by email on Monday.");
        await publish.ClickAsync();
        await Expect(text).ToHaveValueAsync("");
        await Expect(findings).ToHaveTextAsync("");
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>The order in plain words, who may do what, and whom to ask: for everybody who is signed in.</summary>
[Collection(ProductCollection.Name)]
public sealed class GuideTests(Product product)
{
    [Theory]
    [InlineData(Product.Holder, true, "Account holder")]
    [InlineData(Product.Auditor, false, "Auditor")]
    public async Task Guide_ShowsEachRoleItsOwnColumn_OfTheMatrix(string person, bool phone, string role)
    {
        var page = await product.OpenAsync("/guide", person, phone);
        await page.LiveAsync();
        await Expect(page.Locator("thead .mine")).ToHaveTextAsync(role);
        var lift = page.GetByRole(AriaRole.Row, new() { Name = "Lift a hold" });
        await Expect(lift).ToContainTextAsync("2.1");
        await Expect(lift.Locator(".mine")).ToContainTextAsync("no");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Ask Comms" })).ToContainTextAsync("Duty Comms officer");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "The order in plain words" })).ToContainTextAsync("Comms may remove content that is a risk");
        await AccessibilityTests.AuditAsync(page);
        if (phone)
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }
}

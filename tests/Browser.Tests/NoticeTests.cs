using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>The hold's page says who was told, to whoever may know.</summary>
[Collection(ProductCollection.Name)]
public sealed class NoticeTests(Product product)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WithoutAMailServer_ThePageSaysThatNobodyIsTold(bool phone)
    {
        using var api = await product.Service.ClientAsync("comms-manager");
        var hold = await api.SendAsync("/api/holds", new { kind = "freeze", scope = new { stations = new[] { "aston" } }, reason = "Account taken over" });
        var page = await product.OpenAsync("/holds/" + hold, phone: phone);
        await Expect(page.Locator("[data-notices]")).ToContainTextAsync("Nobody is told by e-mail: no mail server is set.");

        // A system that cannot be told is named, with why and what comes next.
        var display = page.Locator("[data-webhook=display][data-kind=placed]");
        await Expect(display).ToContainTextAsync("Control room display, that it was placed");
        await Expect(display).ToContainTextAsync("Tried again");
        await Expect(display).ToContainTextAsync("The receiver cannot be reached.");
        await AccessibilityTests.AuditAsync(page);

        var holder = await product.OpenAsync("/holds/" + hold, Product.Holder, phone);
        await Expect(holder.Locator("[data-off-system]")).ToBeVisibleAsync();
        await Expect(holder.Locator("[data-notices]")).ToHaveCountAsync(0);
        await api.SendAsync($"/api/holds/{hold}/lift", new { reason = "It is ours again" });
    }
}

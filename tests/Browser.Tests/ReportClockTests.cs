using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>A source whose clock is ahead is seen on the incident's page.</summary>
[Collection(ProductCollection.Name)]
public sealed class ReportClockTests(Product product)
{
    [Fact]
    public async Task AClockThatIsAhead_IsSaid_AndOneThatIsRightIsNot()
    {
        using var control = await product.Service.ClientAsync("fire-control");
        var number = "CLOCK-" + Guid.NewGuid().ToString("N")[..8];
        var now = TimeProvider.System.GetUtcNow();
        await control.SendAsync("/api/incidents/reports", Report(1, now));
        await control.SendAsync("/api/incidents/reports", Report(2, now.AddYears(2)));
        var page = await product.OpenAsync("/incidents/file/" + number);
        await Expect(page.Locator("[data-reports] > li")).ToHaveCountAsync(2);
        await Expect(page.Locator("[data-ahead]")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-ahead]")).ToContainTextAsync("is ahead: this came at");
        await AccessibilityTests.AuditAsync(page);

        object Report(int revision, DateTimeOffset at) => new { number, revision, reportedAt = at, exercise = false, status = "open", typeAtCall = "Bin fire", areas = new[] { "solihull" }, pumps = 1 };
    }
}

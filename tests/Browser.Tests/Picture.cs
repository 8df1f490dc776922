using Coordination.Testing;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>Draws the README's picture from the real product: <c>Browser.Tests -explicit only</c>.</summary>
[Collection(ProductCollection.Name)]
public sealed class Picture(Product product)
{
    [Fact(Explicit = true)]
    public async Task Board_IsDrawn_ForTheReadme()
    {
        var page = await product.OpenAsync();
        using var api = await product.Service.ClientAsync("comms-manager");
        string[] texts = ["Test your smoke alarm every Monday.", "Open day on Saturday, 10:00 to 14:00.", "Never leave cooking unattended."];
        string[] stations = ["aston", "handsworth", "ladywood", "binley", "canley", "tipton", "bilston", "walsall", "solihull", "erdington", "sheldon", "bloxwich"];
        for (var i = 0; i < stations.Length; i++)
        {
            await api.SendAsync("/api/messages", new { text = texts[i % 3], accounts = new[] { "x/demo_wmfs_" + stations[i] }, dueAt = TimeProvider.System.GetUtcNow().AddHours(1 + (i * 7)) });
        }

        await api.SendAsync("/api/holds", new { kind = "freeze", scope = new { platforms = new[] { "bluesky" } }, reason = "Token leak being checked" });
        await api.SendAsync("/api/holds", new { kind = "centralCoordination", scope = new { areas = new[] { "sandwell", "dudley" }, kinds = new[] { "local" } }, reason = "Major incident declared, Oldbury", incident = "0718-23112026" });
        await api.SendAsync("/api/messages", new { text = texts[0], accounts = new[] { "bluesky/demo_wmfs_binley" } });

        await Expect(page.Locator(".side .bar:not(.part)")).ToHaveCountAsync(2);
        await Expect(page.Locator(".side")).ToContainTextAsync("1 post waits for hand-back");
        await page.ScreenshotAsync(new() { Path = Repository.In("docs", "board.png") });
    }
}

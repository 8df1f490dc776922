using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>The board's table: what a grid that draws only what is in sight gets wrong when nobody looks.</summary>
[Collection(ProductCollection.Name)]
public sealed class TableTests(Product product)
{
    private static readonly string[] Columns = ["State", "Area", "Station or department", "Platform", "Contact", "Next post", "Last post", "Account"];

    [Fact]
    public async Task Table_SortsByAColumn_AndDrawsOnlyWhatIsInSight()
    {
        var page = await OpenAsync();
        await page.Locator("th button", new() { HasText = "Account" }).ClickAsync();

        await Expect(page.Locator("tbody tr a").First).ToHaveTextAsync("x/demo_wmfs_woodgate_valley");
        Assert.InRange(await page.Locator("tbody tr").CountAsync(), 10, 80);
    }

    [Fact]
    public async Task Table_ShowsRows_AfterEachSortBothWays_ScrolledOrNot()
    {
        var page = await OpenAsync();
        foreach (var (column, way) in Columns.SelectMany(c => new[] { (c, "ascending"), (c, "descending") }))
        {
            await page.Locator(".rz-data-grid-data").EvaluateAsync("e => e.scrollTop = 1500");
            await page.Locator("th button", new() { HasText = column }).ClickAsync();

            await Expect(page.Locator("th[aria-sort]")).ToHaveCountAsync(1);
            await Expect(page.Locator("th[aria-sort]")).ToContainTextAsync(column);
            await Expect(page.Locator("th[aria-sort]")).ToHaveAttributeAsync("aria-sort", way);
            await Expect(page.Locator("tbody tr a").Nth(15)).ToBeVisibleAsync();
        }

        await Expect(page.Locator("tbody tr a").First).ToHaveTextAsync("x/demo_wmfs_woodgate_valley");
    }

    [Fact]
    public async Task Table_KeepsScrollAndFocus_WhileItsRowsChange()
    {
        var page = await OpenAsync();
        using var api = await product.Service.ClientAsync("comms-manager");
        await page.Locator(".rz-data-grid-data").EvaluateAsync("e => e.scrollTop = 2000");
        var link = page.Locator("tbody tr a", new() { HasText = "mastodon/demo_wmfs_canley" });
        await link.FocusAsync();
        var top = await page.Locator(".rz-data-grid-data").EvaluateAsync<double>("e => e.scrollTop");

        var hold = await api.SendAsync("/api/holds", new { kind = "freeze", scope = new { areas = new[] { "coventry" } }, reason = "Families not told" });
        await Expect(page.Locator("tbody tr", new() { HasText = "mastodon/demo_wmfs_canley" })).ToContainTextAsync("Freeze");
        await api.BusyAsync(() => Task.CompletedTask);
        await api.SendAsync($"/api/holds/{hold}/lift", new { reason = "Families told" });
        await Expect(page.Locator("tbody tr", new() { HasText = "mastodon/demo_wmfs_canley" })).ToContainTextAsync("Open");

        await Expect(link).ToBeFocusedAsync();
        Assert.Equal(top, await page.Locator(".rz-data-grid-data").EvaluateAsync<double>("e => e.scrollTop"));
    }

    [Fact]
    public async Task Table_ShowsTheEndOfAShorterList_WhenItWasScrolledBeyond()
    {
        var page = await OpenAsync();
        await page.Locator(".rz-data-grid-data").EvaluateAsync("e => e.scrollTop = e.scrollHeight");
        await Expect(page.Locator("tbody tr a").Last).ToHaveTextAsync("x/demo_wmfs_woodgate_valley");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("tipton");
        await Expect(page.Locator("tbody tr a")).ToHaveCountAsync(3);

        await page.Keyboard.TypeAsync("zzz");
        await Expect(page.GetByText("Nothing matches")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync("");
        await Expect(page.Locator("tbody tr a").Nth(15)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Table_IsWalkedByArrows_OpensARowByEnter_AndIsLeftByTab()
    {
        var page = await OpenAsync();
        await page.Locator(".rz-data-grid-data").FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("th button").First).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Shift+Tab");
        // One key, then its mark: keys that are still on their way would carry the mark past the row.
        foreach (var account in new[] { "bluesky/demo_wmfs", "bluesky/demo_wmfs_billesley" })
        {
            await page.Keyboard.PressAsync("ArrowDown");
            await Expect(page.Locator("tbody tr.rz-state-focused a")).ToHaveTextAsync(account);
        }

        await page.Keyboard.PressAsync("Enter");
        await page.ComesToAsync("/accounts/bluesky/demo_wmfs_billesley$");
    }

    private async Task<IPage> OpenAsync()
    {
        var page = await product.OpenAsync("/?view=table");
        await page.LiveAsync();
        await Expect(page.GetByText("121 accounts").First).ToBeVisibleAsync();
        await Expect(page.Locator("tbody tr a").Nth(15)).ToBeVisibleAsync();
        return page;
    }
}

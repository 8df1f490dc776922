using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>A post's page shows its whole life, while it goes on.</summary>
[Collection(ProductCollection.Name)]
public sealed class PostTests(Product product)
{
    private const string Account = "x/demo_wmfs_willenhall";

    [Theory]
    [MemberData(nameof(Sizes.DeskFirst), MemberType = typeof(Sizes))]
    public async Task Life_IsReadFromTheAccountsPage_AndGoesOnBeforeOnesEyes(bool phone)
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var words = $"Doors open at ten ({Steps.Mark()}).";
        var id = await manager.SendAsync($"/api/accounts/{Account}/posts", new { text = words, dueAt = TimeProvider.System.GetUtcNow().AddHours(2) });
        var page = await product.OpenAsync("/accounts/" + Account, Product.Auditor, phone);
        await page.GetByRole(AriaRole.Article).Filter(new() { HasText = words }).GetByRole(AriaRole.Link, new() { NameRegex = new("^History") }).ClickAsync();
        await page.ComesToAsync("/posts/" + id);

        var life = page.GetByRole(AriaRole.Region, new() { Name = "Life" }).GetByRole(AriaRole.Listitem);
        await Expect(life).ToHaveCountAsync(1);
        await Expect(life.First).ToContainTextAsync("Written, and confirmed for its time");
        await Expect(life.First).ToContainTextAsync("(Comms manager)");
        await Expect(life.First.Locator("blockquote")).ToHaveTextAsync(words);

        // Nobody loads the page again.
        var hold = await manager.SendAsync("/api/holds", new { kind = "freeze", scope = new { accounts = new[] { Account } }, reason = "Families not told" });
        await manager.SendAsync($"/api/posts/{id}/cancel", new { reason = "It rains" });
        await Expect(life).ToHaveCountAsync(2);
        await Expect(life.Last).ToContainTextAsync("It rains");
        await Expect(page.Locator(".head .state")).ToHaveTextAsync("Cancelled");

        await page.GetByRole(AriaRole.Button, new() { Name = "Verify the account’s record" }).ClickAsync();
        await Expect(page.GetByText("chain intact")).ToBeVisibleAsync();
        await AccessibilityTests.AuditAsync(page);
        if (phone)
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        await manager.SendAsync($"/api/holds/{hold}/lift", new { reason = "The test is over" });
    }

    [Fact]
    public async Task Life_IsNotForEverybody_AndAWrongAddressSaysSo()
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var id = await manager.SendAsync($"/api/accounts/{Account}/posts", new { text = "Doors open at ten.", dueAt = TimeProvider.System.GetUtcNow().AddHours(2) });

        var page = await product.OpenAsync("/posts/" + id, Product.Holder);
        await Expect(page.GetByText("may not read the whole life")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "As it stands" })).ToContainTextAsync("Doors open at ten.");
        await Expect(page.Locator(".tl.life li")).ToHaveCountAsync(0);

        await page.GotoAsync("/posts/nothing");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "There is no such post" })).ToBeVisibleAsync();
        await manager.SendAsync($"/api/posts/{id}/cancel", new { reason = "The test is over" });
    }
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>A post that a hold lets through only with Comms' approval: written by a holder, read and decided on the page of approvals.</summary>
[Collection(ProductCollection.Name)]
public sealed class ApprovalTests(Product product)
{
    private const string Account = "x/demo_wmfs_sheldon";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_IsApprovedOrDeclined_ByItself(bool phone)
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var hold = await manager.SendAsync("/api/holds", new { kind = "approvalRequired", scope = new { accounts = new[] { Account } }, reason = "Pre-election period" });
        var day = $"Our open day is on Saturday ({Steps.Mark()}).";
        var good = await PostAsync(manager, day);
        var bad = await PostAsync(manager, "Vote for more fire engines.");

        // From the board, where it is said that somebody is waited for.
        var page = await product.OpenAsync("/", phone: phone);
        await page.Locator(".side a[href='/approvals']").ClickAsync();
        var first = page.GetByRole(AriaRole.Article).Filter(new() { HasText = day });
        var second = page.GetByRole(AriaRole.Article).Filter(new() { HasText = "Vote for" });
        await Expect(first).ToContainTextAsync("asked for by " + hold);
        if (!phone)
        {
            await AccessibilityTests.AuditAsync(page);
        }

        await first.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(first).ToHaveCountAsync(0);
        await second.GetByRole(AriaRole.Button, new() { Name = "Decline…" }).ClickAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "Decline this post" }).ClickAsync();
        await Expect(second).ToContainTextAsync("Say why in a few words");
        await second.GetByLabel("Why").FillAsync("It takes sides");
        await second.GetByRole(AriaRole.Button, new() { Name = "Decline this post" }).ClickAsync();
        await Expect(second).ToHaveCountAsync(0);

        await page.GotoAsync("/accounts/" + Account);
        await Expect(page.Locator("article.post", new() { HasText = day })).ToContainTextAsync("Approved by Rowan Demo");
        Assert.Equal(("scheduled", "cancelled"), (await StateAsync(manager, good), await StateAsync(manager, bad)));
        await manager.SendAsync($"/api/posts/{good}/cancel", new { reason = "The test is over" });
        await manager.SendAsync($"/api/holds/{hold}/lift", new { reason = "The test is over" });
    }

    private static Task<string> PostAsync(HttpClient client, string text) =>
        client.SendAsync($"/api/accounts/{Account}/posts", new { text, dueAt = TimeProvider.System.GetUtcNow().AddHours(2) });

    private static async Task<string> StateAsync(HttpClient client, string post) => (await client.GetFromJsonAsync<JsonNode>($"/api/posts/{post}"))!["state"]!.GetValue<string>();
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>What is typed is kept as a draft while one types; two who write at one draft see each other's words.</summary>
[Collection(ProductCollection.Name)]
public sealed class DraftTests(Product product)
{
    private const string Account = "x/demo_wmfs_foleshill";

    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Draft_IsKeptWhileOneTypes_FoundAgain_AndGoneWhenItIsSent(bool phone)
    {
        var words = $"Car wash on Saturday ({Steps.Mark()}).";
        var page = await product.OpenAsync("/compose?account=" + Uri.EscapeDataString(Account), Product.Holder, phone);
        await page.GetByLabel("What to say").FillAsync(words);
        await Expect(page.Locator("[data-kept=true]")).ToContainTextAsync("Kept as a draft");
        await page.ComesToAsync("/compose\\?draft=");
        await page.Context.CloseAsync();

        // Another day, another browser: it is in the list, with its account.
        var again = await product.OpenAsync("/compose", Product.Holder, phone);
        await again.GetByText("Drafts", new() { Exact = true }).ClickAsync();
        await AccessibilityTests.AuditAsync(again);
        await again.GetByRole(AriaRole.Link, new() { Name = words }).ClickAsync();
        await Expect(again.GetByLabel("What to say")).ToHaveValueAsync(words);
        await Expect(again.Locator(".goes-to")).ToContainTextAsync(Account);
        await again.ReloadAsync();
        await Expect(again.GetByLabel("What to say")).ToHaveValueAsync(words);
        await again.GetByRole(AriaRole.Button, new() { Name = "Publish now on 1 account" }).ClickAsync();
        await Expect(again.GetByText("Taken on 1 account.")).ToBeVisibleAsync();
        await Expect(again).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/compose$"));
        await Expect(again.GetByRole(AriaRole.Link, new() { Name = words })).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TwoAtOneDraft_SeeTheDifference_AndLoseNothing(bool keepMine)
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var page = await product.OpenAsync("/compose?account=" + Uri.EscapeDataString(Account), Product.Holder);
        var text = page.GetByLabel("What to say");
        await text.FillAsync("Open day on Saturday.");
        await Expect(page.Locator("[data-kept=true]")).ToBeVisibleAsync();
        await page.ComesToAsync("/compose\\?draft=");
        var path = "/api/drafts/" + page.Url[(page.Url.LastIndexOf('=') + 1)..];

        // While nothing is typed here, the other's words come by themselves.
        Assert.True(await SaveAsync(manager, path, "Open day on Saturday, with cake."));
        await Expect(text).ToHaveValueAsync("Open day on Saturday, with cake.");

        // Both write at once: whoever keeps it later is asked. A page that was quicker than the other is given another chance.
        var mine = "";
        for (var round = 0; ; round++)
        {
            Assert.True(round < 20, "The page was quicker twenty times.");
            mine = $"Open day on Sunday, {round}.";
            var revision = await RevisionAsync(manager, path);
            await text.FillAsync(mine);
            if (await SaveAsync(manager, path, "Open day on Monday.", revision))
            {
                break;
            }
        }

        var theirs = page.Locator("[data-theirs]");
        await Expect(theirs).ToContainTextAsync("Rowan Demo has changed this draft meanwhile.");
        await Expect(theirs.Locator("ins").First).ToContainTextAsync("Monday");
        await Expect(text).ToHaveValueAsync(mine);
        await AccessibilityTests.AuditAsync(page);
        await theirs.GetByRole(AriaRole.Button, new() { Name = keepMine ? "Go on with mine" : "Take theirs" }).ClickAsync();
        await Expect(text).ToHaveValueAsync(keepMine ? mine : "Open day on Monday.");
        await Expect(page.Locator("[data-kept=true]")).ToBeVisibleAsync();
        if (keepMine)
        {
            await page.GetByText("What was written over").ClickAsync();
            await Expect(page.GetByText("Open day on Monday.")).ToBeVisibleAsync();
        }

        using var gone = await manager.DeleteAsync($"{path}?revision={await RevisionAsync(manager, path)}");
        Assert.True(gone.IsSuccessStatusCode);
    }

    private static async Task<int> RevisionAsync(HttpClient client, string path) =>
        (await client.GetFromJsonAsync<JsonNode>(path))!["revision"]!.GetValue<int>();

    private static async Task<bool> SaveAsync(HttpClient client, string path, string text, int? read = null)
    {
        var revision = read ?? await RevisionAsync(client, path);
        using var answer = await client.PutAsJsonAsync(path, new { revision, text, accounts = new[] { Account } });
        return answer.IsSuccessStatusCode;
    }
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>A thread, from the composer to the post's page: its parts, its previews, and one text where a platform has no threads.</summary>
[Collection(ProductCollection.Name)]
public sealed class ThreadTests(Product product)
{
    private const string Account = "bluesky/demo_wmfs_ward_end";

    [Theory]
    [MemberData(nameof(Sizes.DeskFirst), MemberType = typeof(Sizes))]
    public async Task Thread_IsWrittenPartByPart_KeptAndSeenAsItWentOut(bool phone)
    {
        var mark = Steps.Mark();
        var page = await product.OpenAsync("/compose?account=" + Uri.EscapeDataString(Account), "alex-demo", phone);
        var text = page.GetByLabel("What to say");
        await Expect(text).ToBeEnabledAsync();
        await text.FillAsync($"Test your smoke alarm ({mark}).");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it a thread…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now on 1 account" }).ClickAsync();
        await Expect(page.GetByText("Part 2 of the thread is empty.")).ToBeVisibleAsync();

        await page.GetByLabel("Part 2", new() { Exact = true }).FillAsync($"Press the button until it sounds ({mark}).");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a part" }).ClickAsync();
        await page.GetByLabel("Part 3", new() { Exact = true }).FillAsync($"Ask us for a visit ({mark}).");
        await Expect(page.Locator(".preview .part")).ToHaveCountAsync(2);
        await Expect(page.Locator(".preview .part").First).ToContainTextAsync("2/3");

        // The draft has the parts, too.
        await Expect(page.Locator("[data-kept=true]")).ToContainTextAsync("Kept as a draft");
        await page.ComesToAsync("/compose\\?draft=");
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Part 3", new() { Exact = true })).ToHaveValueAsync($"Ask us for a visit ({mark}).");

        // Facebook has no threads: the same words as one text.
        await page.GetByLabel("Find an account").FillAsync("ward end");
        var facebook = page.GetByRole(AriaRole.Checkbox, new() { Name = "Ward End, Facebook" });
        await facebook.ClickAsync();
        await Expect(page.GetByText("Facebook has no threads and gets all of it as one text.")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-platform=facebook] .txt")).ToContainTextAsync($"Ask us for a visit ({mark}).");
        await AccessibilityTests.AuditAsync(page);
        if (phone)
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        await facebook.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now on 1 account" }).ClickAsync();
        await Expect(page.GetByText("Taken on 1 account.")).ToBeVisibleAsync();

        await page.GotoAsync("/accounts/" + Account);
        var post = page.GetByRole(AriaRole.Article).Filter(new() { HasText = mark });
        await Expect(post).ToContainTextAsync("All 3 parts are out.");
        await Expect(post.GetByRole(AriaRole.Link, new() { Name = "See part 3" })).ToHaveAttributeAsync("href", new Regex("^http"));
        await post.GetByRole(AriaRole.Link, new() { NameRegex = new("^History") }).ClickAsync();
        await Expect(page.GetByText("Part 3 of the thread is out")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-parts]")).ToHaveTextAsync("All 3 parts are out.");
        await AccessibilityTests.AuditAsync(page);
        if (phone)
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        await page.Context.CloseAsync();
    }
}

using Coordination.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>Images and other words for one platform, from the composer to the post's page.</summary>
[Collection(ProductCollection.Name)]
public sealed class ImageTests(Product product)
{
    private const string Account = "x/demo_wmfs_sutton_coldfield";
    private const string Elsewhere = "mastodon/demo_wmfs_sutton_coldfield";

    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Image_IsDescribed_Kept_SentAndSeen(bool phone)
    {
        var words = $"Doors open at ten ({Steps.Mark()}).";
        var page = await product.OpenAsync("/compose?account=" + Uri.EscapeDataString(Account), "alex-demo", phone);
        var text = page.GetByLabel("What to say");
        await Expect(text).ToBeEnabledAsync();
        await text.FillAsync(words);
        await TakeAsync(page, "engine.png", PngFile.Square(64, (byte)(phone ? 60 : 90)));
        var image = page.GetByRole(AriaRole.Group, new() { Name = "Image 1" });
        await Expect(image).ToBeVisibleAsync();

        // What is missing is said, and nothing is lost by it.
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now on 1 account" }).ClickAsync();
        await Expect(page.GetByText("Image 1 has no description.")).ToBeVisibleAsync();
        await image.GetByRole(AriaRole.Textbox).FillAsync("A fire engine in the yard");
        await ChooseAsync(page, "Whose image 1 is", "Used with permission");
        await image.GetByLabel("Who permitted it").FillAsync("A. Neighbour, by e-mail");
        await ChooseAsync(page, "Whether anybody can be recognised on image 1", "Nobody can be recognised");
        await Expect(page.Locator(".preview img")).ToHaveAttributeAsync("alt", "A fire engine in the yard");
        await AccessibilityTests.AuditAsync(page);
        if (phone)
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        // The draft has it, too.
        await Expect(page.Locator("[data-kept=true]")).ToContainTextAsync("Kept as a draft");
        await page.ComesToAsync("/compose\\?draft=");
        await page.ReloadAsync();
        await Expect(image.GetByRole(AriaRole.Textbox).First).ToHaveValueAsync("A fire engine in the yard");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now on 1 account" }).ClickAsync();
        await Expect(page.GetByText("Taken on 1 account.")).ToBeVisibleAsync();

        await page.GotoAsync("/accounts/" + Account);
        var post = page.GetByRole(AriaRole.Article).Filter(new() { HasText = words });
        await Expect(post).ToContainTextAsync("Published");
        await Expect(post.GetByAltText("A fire engine in the yard")).ToBeVisibleAsync();
        await post.GetByRole(AriaRole.Link, new() { NameRegex = new("^History") }).ClickAsync();
        await Expect(page.GetByText("Used with permission: A. Neighbour, by e-mail")).ToBeVisibleAsync();
        Assert.True(await page.GetByAltText("A fire engine in the yard").First.EvaluateAsync<bool>("async i => { await i.decode(); return i.naturalWidth > 0; }"));
    }

    [Fact]
    public async Task WhatIsNoImage_SaysWhatToDo_AndTakesNothingAway()
    {
        var page = await product.OpenAsync("/compose?account=" + Uri.EscapeDataString(Account), "alex-demo");
        var text = page.GetByLabel("What to say");
        await Expect(text).ToBeEnabledAsync();
        await text.FillAsync("Open day.");
        await TakeAsync(page, "logo.png", "<svg onload='alert(1)'/>"u8.ToArray());
        await Expect(page.GetByText("It is an SVG drawing")).ToBeVisibleAsync();
        await TakeAsync(page, "huge.png", PngFile.Of(30_000, 30_000, 2, new byte[1000]));
        await Expect(page.GetByText("It was not unpacked")).ToBeVisibleAsync();
        await TakeAsync(page, "engine.png", PngFile.Square(64, 33));
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Image 1" })).ToBeVisibleAsync();
        await Expect(page.GetByText("It was not unpacked")).ToHaveCountAsync(0);
        await TakeAsync(page, "again.png", PngFile.Square(64, 33));
        await Expect(page.GetByText("It is there already.")).ToBeVisibleAsync();
        await Expect(text).ToHaveValueAsync("Open day.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take out", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Image 1" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task OtherWords_GoOut_OnTheirPlatformAlone()
    {
        var words = $"Open day on Saturday ({Steps.Mark()}).";
        var page = await product.OpenAsync("/compose?account=" + Uri.EscapeDataString(Account), "alex-demo");
        var text = page.GetByLabel("What to say");
        await Expect(text).ToBeEnabledAsync();
        await text.FillAsync(words);
        await page.GetByLabel("Find an account").FillAsync("Sutton Coldfield");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Sutton Coldfield, Mastodon" }).ClickAsync();
        var there = page.Locator("[data-platform=mastodon]");
        await Expect(there.Locator(".txt")).ToHaveTextAsync(words);
        await there.GetByRole(AriaRole.Button, new() { Name = "Other words on Mastodon…" }).ClickAsync();
        await there.GetByLabel("Other words on Mastodon").FillAsync(words + " #WMFS with cake");
        await Expect(there.Locator(".txt .lnk")).ToHaveTextAsync("#WMFS");
        await Expect(page.Locator("[data-platform=x] .txt")).ToHaveTextAsync(words);
        await AccessibilityTests.AuditAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now on 2 accounts" }).ClickAsync();
        await Expect(page.GetByText("Taken on 2 accounts.")).ToBeVisibleAsync();

        await page.GotoAsync("/accounts/" + Elsewhere);
        await Expect(page.GetByRole(AriaRole.Article).Filter(new() { HasText = words + " #WMFS with cake" })).ToContainTextAsync("Published");
        await page.GotoAsync("/accounts/" + Account);
        await Expect(page.GetByRole(AriaRole.Article).Filter(new() { HasText = words })).Not.ToContainTextAsync("cake");
    }

    private static async Task TakeAsync(IPage page, string name, byte[] file)
    {
        var field = page.GetByLabel("Add an image");
        await Expect(field).ToBeEnabledAsync();
        await field.SetInputFilesAsync(new FilePayload { Name = name, MimeType = "image/png", Buffer = file });
    }

    private static async Task ChooseAsync(IPage page, string what, string option)
    {
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = what }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = option }).ClickAsync();
    }
}

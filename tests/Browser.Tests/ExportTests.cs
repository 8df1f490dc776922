using Coordination.Storage.Exports;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>An auditor takes a part of the journal away as a file, on a desk and on a phone.</summary>
[Collection(ProductCollection.Name)]
public sealed class ExportTests(Product product)
{
    [Theory]
    [MemberData(nameof(Sizes.DeskFirst), MemberType = typeof(Sizes))]
    public async Task Auditor_LooksWhatIsInIt_LoadsTheFile_AndSeesItInTheList(bool phone)
    {
        var page = await product.OpenAsync("/verify", Product.Auditor, phone);
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Exports" }).ClickAsync();
        await page.ComesToAsync("/exports$");
        await page.LiveAsync();

        var look = page.GetByRole(AriaRole.Button, new() { Name = "Look what is in it" });
        await look.ClickAsync();
        var status = page.GetByRole(AriaRole.Status);
        await Expect(status.Filter(new() { HasText = "Say of which account" })).ToBeVisibleAsync();
        var reason = "Inquiry " + Steps.Mark();
        await page.GetByLabel("Account", new() { Exact = true }).FillAsync("x/demo_wmfs_aston");
        await page.GetByLabel("What it is for").FillAsync(reason);
        await look.ClickAsync();
        var link = page.GetByRole(AriaRole.Button, new() { Name = "Download the ZIP" });
        await Expect(link).ToBeVisibleAsync();
        await SoundAsync(page, phone);

        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        await using (var file = File.OpenRead(await download.PathAsync()))
        {
            var verdict = await ExportVerifier.VerifyAsync(file, CancellationToken.None);
            Assert.True(verdict.Agrees, string.Join('\n', verdict.Faults));
            Assert.Equal((reason, "x/demo_wmfs_aston"), (verdict.Manifest.Reason, verdict.Manifest.Asked.Key));
        }

        var row = page.GetByRole(AriaRole.Article).Filter(new() { HasText = reason });
        await Expect(row.Locator(".state.ok")).ToContainTextAsync("entries");
        await Expect(row).ToContainTextAsync("Account x/demo_wmfs_aston");
        await SoundAsync(page, phone);

        // What was found is about what was typed then.
        await page.GetByLabel("Account", new() { Exact = true }).FillAsync("x/demo_wmfs_nobody");
        await Expect(link).ToHaveCountAsync(0);
        await look.ClickAsync();
        await Expect(status.Filter(new() { HasText = "The journal has nothing of that." })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Holder_IsToldWhoMay()
    {
        var page = await product.OpenAsync("/exports", Product.Holder);
        await Expect(page.Locator("h1")).ToHaveTextAsync("You may not export the journal");
    }

    private static async Task SoundAsync(IPage page, bool phone)
    {
        await AccessibilityTests.AuditAsync(page);
        Assert.Equal(phone ? 390 : 1440, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}

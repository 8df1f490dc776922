using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>Nobody takes the demo for the real thing.</summary>
[Collection(ProductCollection.Name)]
public sealed class DemoTests(Product product)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryPage_SaysThatItIsTheDemo(bool phone)
    {
        var page = await product.OpenAsync("/", phone: phone);
        foreach (var path in (string[])["/", "/holds", "/compose", "/who", "/nowhere", "/sign-in", "/sign-in/problem"])
        {
            await page.GotoAsync(path);
            await Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "Demo" })).ToContainTextAsync("Anybody can sign in as anybody");
            await Expect(page.Locator(".demo")).ToBeInViewportAsync();
        }
    }
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class BoardTests(Product product)
{
    [Fact]
    public async Task Board_ShowsAllStationsAndAccounts_WithoutScrollingAt1440X900()
    {
        var page = await product.OpenAsync();
        await page.LiveAsync();

        await Expect(page.Locator(".area:not([aria-label^='Departments']) .st")).ToHaveCountAsync(38);
        await Expect(page.Locator(".st a.a")).ToHaveCountAsync(121);
        await Expect(page.Locator(".fact").First).ToContainTextAsync("of 121");
        Assert.Equal(900, await page.EvaluateAsync<int>("document.documentElement.scrollHeight"));
        Assert.Equal(1440, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task Board_NarrowsToWhatIsTyped_AndSaysWhenNothingMatches()
    {
        var page = await product.OpenAsync();
        await page.LiveAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("perry barr");

        await Expect(page.Locator(".st")).ToHaveCountAsync(1);
        await page.Keyboard.TypeAsync(" nowhere");
        await Expect(page.GetByText("Nothing matches")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Find_KeepsWhatIsTypedAndTheFocus_WhileTheBoardChanges()
    {
        const string Words = "the quick brown fox jumps over the lazy dog";
        var page = await product.OpenAsync();
        await page.LiveAsync();
        using var api = await product.Service.ClientAsync("comms-manager");
        var find = page.GetByRole(AriaRole.Searchbox);
        await find.FocusAsync();

        await api.BusyAsync(() => find.PressSequentiallyAsync(Words, new() { Delay = 40 }));

        await Expect(find).ToHaveValueAsync(Words);
        await Expect(find).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Choice_NarrowsTheBoard_AndItsLettersAreNotShortcuts()
    {
        var page = await product.OpenAsync();
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Area" }).ClickAsync();
        await page.Keyboard.PressAsync("f");
        await page.GetByRole(AriaRole.Option, new() { Name = "Walsall" }).ClickAsync();

        await Expect(page.Locator(".st")).ToHaveCountAsync(4);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Board");
    }

    [Fact]
    public async Task Keys_FreezeGoToTheBoardAndWalkTheTiles_Alone()
    {
        var page = await product.OpenAsync();
        await page.LiveAsync();
        await page.Locator(".st a").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("Billesley", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("Highgate", await page.EvaluateAsync<string>("document.activeElement.textContent"));

        await page.Keyboard.PressAsync("f");
        await page.ComesToAsync("/holds/new$");
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("b");
        await page.ComesToAsync("^" + Regex.Escape(product.Service.BaseAddress.ToString()) + "$");
    }

    [Fact]
    public async Task Connection_IsSaidToBeLostAndRegained_WithTheAgeOfTheScreen()
    {
        var page = await product.OpenAsync();
        await page.LiveAsync();
        // Every new connection fails until the route is taken away again.
        await page.Context.RouteAsync("**/_blazor/**", route => route.AbortAsync());
        await page.EvaluateAsync("Blazor._internal.forceCloseConnection()");

        await Expect(page.Locator("#components-reconnect-modal")).ToContainTextAsync("What you see is from");
        await page.Context.UnrouteAllAsync();
        await Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await page.LiveAsync();
    }

    [Fact]
    public async Task Freeze_IsNotOffered_ToAnAccountHolder()
    {
        var page = await product.OpenAsync(staffId: Product.Holder);
        await page.LiveAsync();

        await Expect(page.Locator("a.btn.freeze")).ToHaveCountAsync(0);
        await page.GotoAsync("/holds/new");
        await Expect(page.Locator("h1")).ToHaveTextAsync("You may not place a hold");
        await Expect(page.Locator("main")).ToContainTextAsync("Comms manager");
    }

    [Theory]
    [InlineData("/nowhere", "There is no such page")]
    [InlineData("/accounts/x/nobody", "There is no account x/nobody")]
    [InlineData("/holds/H-999999", "There is no hold H-999999")]
    public async Task WrongAddress_IsSaidPlainly_OnAPageOfItsOwn(string path, string words)
    {
        var page = await product.OpenAsync(path);

        await Expect(page.Locator("h1")).ToHaveTextAsync(words);
    }
}

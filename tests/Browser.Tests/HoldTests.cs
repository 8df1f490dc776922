using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

[Collection(ProductCollection.Name)]
public sealed class HoldTests(Product product)
{
    [Fact]
    public async Task Freeze_TakesThreeTapsAndAReason_AndEveryOpenBoardSeesIt()
    {
        var board = await product.OpenAsync();
        await board.LiveAsync();
        var phone = await product.OpenAsync(phone: true);
        await phone.LiveAsync();

        var hold = await phone.FreezeFromPhoneAsync("Walsall", "Families not told");

        // The board was never loaded again: the hold came to it.
        await Expect(board.Locator(".area[aria-label=Walsall] header .state.freeze")).ToBeVisibleAsync(new() { Timeout = 5000 });
        await Expect(board.Locator(".area[aria-label=Walsall] a.a.freeze")).ToHaveCountAsync(12);
        await Expect(board.Locator(".side")).ToContainTextAsync("Families not told");
        await Expect(phone.Locator(".frozen")).ToContainTextAsync("12 / 12");
        await Expect(phone.Locator(".frozen")).ToContainTextAsync("acknowledged in");
        Assert.Equal(390, await phone.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        await board.LiftAsync(hold, "Families told");
        await board.GotoAsync("/");
        await Expect(board.Locator(".area[aria-label=Walsall] a.a.freeze")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Preview_SaysWhatTheHoldWillCover_BeforeTheButton()
    {
        var page = await product.OpenAsync("/holds/new");
        await page.Locator(".pick .chip", new() { HasText = "Coventry" }).ClickAsync();
        await page.Locator(".pick .chip", new() { HasText = "Facebook" }).ClickAsync();

        await Expect(page.Locator(".go .btn")).ToHaveTextAsync("Freeze 4 accounts");
        await Expect(page.Locator(".stats")).ToContainTextAsync("accounts covered");
        await page.Locator(".go .btn").ClickAsync();
        await Expect(page.GetByText("Say why in a few words")).ToBeVisibleAsync();
        Assert.EndsWith("/holds/new", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HeldPost_WaitsInHandBack_UntilAPersonReleasesItAfterTheLift()
    {
        var phone = await product.OpenAsync(phone: true);
        await phone.LiveAsync();
        var hold = await phone.FreezeFromPhoneAsync("Solihull", "Wrong information out");

        var page = await product.OpenAsync("/compose?account=x%2Fdemo_wmfs_bickenhill");
        var words = "Test your smoke alarm every Monday. " + Steps.Mark();
        await page.GetByLabel("What to say").FillAsync(words);
        await Expect(page.Locator(".note.wait")).ToContainTextAsync("1 of these accounts is held");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now on 1 account" }).ClickAsync();
        await Expect(page.GetByText("Held, not sent: 1 account.")).ToBeVisibleAsync();

        await page.LiftAsync(hold, "Corrected");
        await page.GotoAsync("/handback");
        var post = page.Locator("article.hb", new() { HasText = words });
        await Expect(post).ToContainTextAsync("Held");
        await Expect(post).ToContainTextAsync(hold);

        await post.GetByRole(AriaRole.Button, new() { Name = "Release…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Release 1 post now" }).ClickAsync();
        await Expect(page.GetByText("why it may still go out")).ToBeVisibleAsync();
        await page.GetByLabel("Why").FillAsync("Still true");
        await page.GetByRole(AriaRole.Button, new() { Name = "Release 1 post now" }).ClickAsync();
        await Expect(page.GetByText("1 post released.")).ToBeVisibleAsync();
        await Expect(post).ToHaveCountAsync(0);

        await page.GotoAsync("/accounts/x/demo_wmfs_bickenhill");
        await Expect(page.Locator("article.post", new() { HasText = words })).ToContainTextAsync("Published");
    }

    [Fact]
    public async Task Compose_KeepsWhatWasTyped_OverALostPage()
    {
        var page = await product.OpenAsync("/compose");
        var text = page.GetByLabel("What to say");
        await text.FillAsync("Chip-pan safety: never leave cooking unattended.");
        await page.ReloadAsync();

        await Expect(text).ToHaveValueAsync("Chip-pan safety: never leave cooking unattended.");
    }

    [Fact]
    public async Task Compose_LetsNobodyType_UntilWhatWasTypedIsBack()
    {
        var page = await product.OpenAsync("/compose");
        var text = page.GetByLabel("What to say");
        await Expect(text).ToBeEnabledAsync();
        await text.FillAsync("Chip-pan safety.");

        // The browser answers late, as on a busy machine.
        await page.AddInitScriptAsync("""
            document.addEventListener("DOMContentLoaded", () => {
              const read = window.coordinatorDraft.read;
              window.coordinatorDraft.read = name => new Promise(done => { const was = read(name); window.asked = true; window.answer = () => done(was); });
            });
            """);
        await page.ReloadAsync();
        await page.WaitForFunctionAsync("() => window.asked");

        await Expect(text).ToBeDisabledAsync();
        await page.EvaluateAsync("() => window.answer()");
        await Expect(text).ToBeEnabledAsync();
        await Expect(text).ToHaveValueAsync("Chip-pan safety.");
    }

    [Fact]
    public async Task Compose_KeepsWhatIsTypedAndTheFocus_WhileTheBoardChanges()
    {
        const string Words = "Never leave cooking unattended, and test your smoke alarm.";
        var page = await product.OpenAsync("/compose?account=x%2Fdemo_wmfs_aston");
        using var api = await product.Service.ClientAsync("comms-manager");
        var text = page.GetByLabel("What to say");
        await Expect(text).ToBeEnabledAsync();
        await text.FocusAsync();

        await api.BusyAsync(() => text.PressSequentiallyAsync(Words, new() { Delay = 40 }));

        await Expect(text).ToHaveValueAsync(Words);
        await Expect(text).ToBeFocusedAsync();
        await Expect(page.Locator(".meter")).ToContainTextAsync($"{Words.Length} of 280");
    }

    [Fact]
    public async Task Compose_SchedulesForATimeThatIsTyped_InUkTime()
    {
        var page = await product.OpenAsync("/compose?account=x%2Fdemo_wmfs_aston");
        var words = "Open day on Saturday. " + Steps.Mark();
        await page.GetByLabel("What to say").FillAsync(words);
        await page.GetByRole(AriaRole.Radio, new() { Name = "At" }).ClickAsync();
        var at = TimeProvider.System.GetUtcNow().AddDays(3).Date.AddHours(9.5);
        await page.GetByLabel("Date and time", new() { Exact = true }).Locator("visible=true").FillAsync(at.ToString("d/M/yyyy HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule on 1 account" }).ClickAsync();
        await Expect(page.GetByText("Taken on 1 account.")).ToBeVisibleAsync();

        await page.GotoAsync("/accounts/x/demo_wmfs_aston");
        var post = page.Locator("article.post", new() { HasText = words });
        await Expect(post).ToContainTextAsync(at.ToString("ddd d MMM HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await post.GetByRole(AriaRole.Button, new() { Name = "Take back…" }).ClickAsync();
        await post.GetByLabel("Why").FillAsync("Moved");
        await post.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(page.Locator("[aria-live=polite].rz-notification")).ToContainTextAsync("The post was taken back.");
    }

    [Fact]
    public async Task Compose_CountsAsEachPlatformCounts_BesideTheText()
    {
        var page = await product.OpenAsync("/compose?account=x%2Fdemo_wmfs_aston");
        await page.GetByLabel("What to say").FillAsync(new string('a', 281));

        await Expect(page.Locator(".meter.over")).ToContainTextAsync("281 of 280");
    }
}

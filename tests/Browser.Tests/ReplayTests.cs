using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>A recording is replayed from the page, seen among the sources as an exercise, had to wait and stopped, on a desk and on a phone.</summary>
[Collection(ChangingProductCollection.Name)]
public sealed class ReplayTests(Product product)
{
    private const string Header = "Ref,date_of_call,hour_of_call,incident_group,property_category,borough_name,num_pumps_attending";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Recording_IsReplayed_Paused_AndStopped(bool phone)
    {
        var page = await product.OpenAsync("/incidents", Product.Manager, phone);
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Replay recorded incidents as an exercise…" }).ClickAsync();
        await page.ComesToAsync("/incidents/replay$");
        await page.LiveAsync();
        var start = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Start the replay|Replay )") });
        await Expect(start).ToBeDisabledAsync();

        // A column has another name: nothing can be started before somebody says which one it is. One row cannot be read.
        await ChooseAsync(page);
        await Expect(page.Locator("[data-recording]")).ToContainTextAsync("no column is named for the number");
        await Expect(start).ToBeDisabledAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Column: Number" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Ref" }).ClickAsync();
        await Expect(page.Locator("[data-lasts]")).ToContainTextAsync("3 reports in 8 min");
        await page.GetByLabel("Speed: so many times its own").FillAsync("30");
        await page.GetByLabel("Speed: so many times its own").PressAsync("Tab");
        await Expect(page.Locator("[data-lasts]")).ToContainTextAsync("3 reports in 16 min");
        await SoundAsync(page, phone);
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay 3 incidents as an exercise" }).ClickAsync();

        var card = page.Locator("[data-replay]");
        await Expect(card).ToHaveAttributeAsync("data-sent", "1");
        await Expect(card).ToHaveAttributeAsync("data-state", "running");
        await Expect(card).ToContainTextAsync("EXERCISE");
        await Expect(page.GetByText("One at a time: stop the replay above first")).ToBeVisibleAsync();

        // Among the sources, with its health.
        await page.GotoAsync("/incidents");
        await page.LiveAsync();
        await Expect(card.Locator("[data-progress]")).ToHaveTextAsync("1 of 3, at 30 times the speed");
        await Expect(card.GetByRole(AriaRole.Link, new() { NameRegex = new("^REPLAY-[0-9A-F]{8}-1$") })).ToBeVisibleAsync();
        await card.GetByText("1 row could not be read").ClickAsync();
        await Expect(card.Locator("[data-bad] li")).ToContainTextAsync(["Line 5: '2017-02-23 99' is no date and hour"]);
        await Expect(page.Locator("[data-source=replay]")).ToContainTextAsync("Exercise: replay of recorded incidents");
        await card.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(card.Locator("[data-why]")).ToContainTextAsync("paused it.");
        await SoundAsync(page, phone);
        await card.GetByRole(AriaRole.Button, new() { Name = "Let it go on" }).ClickAsync();
        await Expect(card).ToHaveAttributeAsync("data-state", "running");
        await card.GetByRole(AriaRole.Button, new() { Name = "Stop the replay" }).ClickAsync();
        await Expect(card).ToHaveAttributeAsync("data-state", "stopped");
        await Expect(card.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await SoundAsync(page, phone);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Replaying_IsNotOffered_ToAnAuditor()
    {
        var page = await product.OpenAsync("/incidents/replay", Product.Auditor);
        await page.LiveAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("You may not replay recorded incidents");
        await page.GotoAsync("/incidents");
        await page.LiveAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Replay recorded incidents as an exercise…" })).ToHaveCountAsync(0);
    }

    private static async Task ChooseAsync(IPage page)
    {
        string[] rows = ["1,2017-02-23,1,Fire,Dwelling,Barnet,2", "2,2017-02-23,5,Fire,Dwelling,Bexley,2", "3,2017-02-23,9,Fire,Dwelling,Camden,2", "4,2017-02-23,99,Fire,Dwelling,Camden,2"];
        var field = page.GetByLabel("Recording, as CSV");
        await Expect(field).ToBeEnabledAsync();
        await field.SetInputFilesAsync(new FilePayload { Name = "storm.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend(Header))) });
    }

    private static async Task SoundAsync(IPage page, bool phone)
    {
        await AccessibilityTests.AuditAsync(page);
        Assert.Equal(phone ? 390 : 1440, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}

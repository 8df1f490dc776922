using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>Where somebody is signed in: seen and ended by themselves, by Comms, and on record.</summary>
[Collection(ProductCollection.Name)]
public sealed class SessionTests(Product product)
{
    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task SignIns_AreSeen_AndEnded_ByThePerson_AndByComms(bool phone)
    {
        var id = $"sasha-{(phone ? "phone" : "desk")}-demo";
        var comms = await product.OpenAsync("/staff", phone: phone);
        var made = await comms.APIRequest.PutAsync($"/api/staff/{id}", new() { DataObject = new { name = "Sasha Signs", role = "auditor", reason = "A test needs them" } });
        Assert.True(made.Ok, await made.TextAsync());

        var mine = await product.OpenAsync("/who", id, phone);
        await mine.LiveAsync();
        var other = await AgainAsync("/calendar");
        var card = mine.GetByRole(AriaRole.Region, new() { Name = "Where you are signed in" });
        await Expect(card.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Expect(card.GetByText("this one")).ToHaveCountAsync(1);
        await Expect(card).ToContainTextAsync("Chrome on ");
        await AccessibilityTests.AuditAsync(mine);
        await Fits(mine);
        await card.GetByRole(AriaRole.Button, new() { Name = "End the sign-in in Chrome" }).ClickAsync();
        await Expect(card.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await other.ComesToAsync("/sign-in\\?out=ended&returnUrl=%2Fcalendar$");

        other = await AgainAsync("/holds");
        await Expect(card.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await card.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere else" }).ClickAsync();
        await other.ComesToAsync("/sign-in\\?out=ended");
        await Expect(card.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await Expect(card.GetByText("this one")).ToBeVisibleAsync();

        await comms.GotoAsync($"/staff/{id}");
        await comms.LiveAsync();
        var signedIn = comms.GetByRole(AriaRole.Region, new() { Name = "Signed in" });
        await signedIn.GetByRole(AriaRole.Button, new() { Name = "End their sign-ins…" }).ClickAsync();
        await signedIn.GetByRole(AriaRole.Button, new() { Name = "End them all" }).ClickAsync();
        await Expect(signedIn.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say why in a few words");
        await AccessibilityTests.AuditAsync(comms);
        await signedIn.GetByLabel("Why?").FillAsync("Lost the phone");
        await signedIn.GetByRole(AriaRole.Button, new() { Name = "End them all" }).ClickAsync();
        await Expect(signedIn).ToContainTextAsync("Nowhere at the moment.");
        await Expect(comms.GetByRole(AriaRole.Region, new() { Name = "History" })).ToContainTextAsync("ended the sign-ins of");
        await mine.ComesToAsync("/sign-in\\?out=ended&returnUrl=%2Fwho$");

        await signedIn.GetByRole(AriaRole.Link, new() { Name = "The record of their sign-ins" }).ClickAsync();
        await comms.ComesToAsync("/staff/sign-ins\\?person=" + id);
        var record = comms.GetByRole(AriaRole.Region, new() { Name = "Sign-ins", Exact = true });
        await Expect(record.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(6);
        await Expect(record.GetByRole(AriaRole.Listitem).First).ToContainTextAsync("All sign-ins were ended by Comms");
        await Expect(record.GetByRole(AriaRole.Listitem).Last).ToContainTextAsync("Signed in as a demo person");
        await AccessibilityTests.AuditAsync(comms);
        await Fits(comms);

        // Looking there is a reading, as looking the journal up is.
        await comms.GotoAsync("/journal?event=sign-ins-read");
        await Expect(comms.GetByText($"looked the record of sign-ins up, for “{id}”").First).ToBeVisibleAsync();

        async Task<IPage> AgainAsync(string path)
        {
            var page = await product.OpenAsync("/who", id, phone);
            await page.Context.ClearCookiesAsync();
            await page.GotoAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(path));
            await page.Locator($"button[value={id}]").ClickAsync();
            await page.ComesToAsync(path + "$");
            await page.LiveAsync();
            return page;
        }
    }

    [Fact]
    public async Task Record_IsForThoseWhoReadTheJournal()
    {
        var page = await product.OpenAsync("/staff/sign-ins", "frankie-demo");
        await Expect(page.Locator("main")).ToContainTextAsync("may not");
        await Expect(page.GetByRole(AriaRole.Form, new() { Name = "Look up" })).ToHaveCountAsync(0);
    }

    // No sideways scrolling.
    private static async Task Fits(IPage page) =>
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the screen");
}

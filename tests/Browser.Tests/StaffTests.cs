using System.Globalization;
using System.Net.Http.Json;
using Coordination.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>The staff directory, as Comms keep it and as a leaver meets it.</summary>
[Collection(ProductCollection.Name)]
public sealed class StaffTests(Product product)
{
    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Person_IsAddedFoundChangedAndEnded_AndTheirOpenPageEndsWithIt(bool phone)
    {
        var id = $"noor-{(phone ? "phone" : "desk")}-demo";
        var name = phone ? "Noor Phone" : "Noor Desk";
        var page = await product.OpenAsync("/staff", phone: phone);
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add somebody…" }).ClickAsync();
        await page.ComesToAsync("/staff/new$");
        await page.LiveAsync();
        var form = page.GetByRole(AriaRole.Form, new() { Name = "Add somebody" });
        await form.GetByLabel("Id").FillAsync(id);
        await form.GetByLabel("Full name").FillAsync(name);
        if (phone)
        {
            await form.GetByRole(AriaRole.Button, new() { Name = "Kind, platform, station, account, except…" }).ClickAsync();
        }

        await form.GetByRole(AriaRole.Button, new() { Name = "A station…" }).ClickAsync();
        await form.GetByPlaceholder("Find a station").FillAsync("sutton");
        await form.GetByRole(AriaRole.Button, new() { Name = "Sutton Coldfield" }).ClickAsync();
        await Expect(form.GetByText("Covers:")).ToBeVisibleAsync();
        await form.GetByLabel("Last day").FillAsync("2030-06-30");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add them" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say why in a few words");
        await AccessibilityTests.AuditAsync(page);
        await form.GetByLabel("Why?").FillAsync("New at the station");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add them" }).ClickAsync();
        await page.ComesToAsync($"/staff/{id}$");
        var access = page.GetByRole(AriaRole.Region, new() { Name = "Access" });
        await Expect(access).ToContainTextAsync("Account holder");
        await Expect(access).ToContainTextAsync("Sutton Coldfield");
        await Expect(access).ToContainTextAsync("30 Jun 2030");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "History" })).ToContainTextAsync("New at the station");
        await Fits(page);

        // They sign in; what a manager changes then counts for the page that they have open.
        var theirs = await product.OpenAsync("/calendar", id, phone);
        await theirs.LiveAsync();

        await page.GotoAsync("/staff");
        await page.LiveAsync();
        await page.GetByLabel("Name or id").FillAsync(name);
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new(name) }).ClickAsync();
        await page.ComesToAsync($"/staff/{id}$");
        await page.GetByRole(AriaRole.Button, new() { Name = "End access now…" }).ClickAsync();
        var end = page.GetByRole(AriaRole.Form, new() { Name = "End access now" });
        await end.GetByLabel("Why?").FillAsync("Left the brigade");
        await AccessibilityTests.AuditAsync(page);
        await end.GetByRole(AriaRole.Button, new() { Name = "End their access" }).ClickAsync();
        await Expect(page.Locator(".head .state")).ToContainTextAsync("Inactive");
        await theirs.ComesToAsync("/sign-in");
        await theirs.GotoAsync("/calendar");
        await theirs.ComesToAsync("/sign-in");
        await Expect(theirs.Locator($"button[value={id}]")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Give access again…" }).ClickAsync();
        var again = page.GetByRole(AriaRole.Form, new() { Name = "Change the entry" });
        await Expect(again.GetByLabel("Last day")).ToHaveValueAsync("");
        await again.GetByLabel("Why?").FillAsync("Came back");
        await again.GetByRole(AriaRole.Button, new() { Name = "Give access again" }).ClickAsync();
        await Expect(page.Locator(".head .state")).ToContainTextAsync("Active");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "History" })).ToContainTextAsync("Came back");
    }

    // The watch commander of Coventry is on leave: somebody else publishes there meanwhile, and not a moment longer.
    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Deputy_PublishesOnTheOthersAccounts_WhileTheyStandIn(bool phone)
    {
        var id = $"dee-{(phone ? "phone" : "desk")}-demo";
        var name = phone ? "Dee Phone" : "Dee Desk";
        using (var comms = await product.Service.ClientAsync("comms-manager"))
        {
            using var added = await comms.PutAsJsonAsync($"/api/staff/{id}", new { name, role = "account-holder", reason = "Stands in now and then" });
            Assert.True(added.IsSuccessStatusCode);
        }

        var page = await product.OpenAsync("/staff/robin-demo", phone: phone);
        await page.LiveAsync();
        var card = page.GetByRole(AriaRole.Region, new() { Name = "Deputies" });
        await card.GetByRole(AriaRole.Button, new() { Name = "Name a deputy…" }).ClickAsync();
        var form = card.GetByRole(AriaRole.Form, new() { Name = "Name a deputy" });
        await form.GetByRole(AriaRole.Combobox, new() { Name = "Who" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = name }).ClickAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Have them stand in" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say until when");
        await form.GetByLabel("Last day").FillAsync(TimeProvider.System.GetUtcNow().AddDays(10).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await form.GetByLabel("Why?").FillAsync("Robin is on leave");
        await AccessibilityTests.AuditAsync(page);
        await Fits(page);
        await form.GetByRole(AriaRole.Button, new() { Name = "Have them stand in" }).ClickAsync();
        var row = card.GetByRole(AriaRole.Article, new() { Name = $"{name} for Robin Demo" });
        await Expect(row).ToContainTextAsync("Stands in");
        await Expect(row).ToContainTextAsync("Robin is on leave");

        var theirs = await product.OpenAsync("/who", id, phone);
        await theirs.LiveAsync();
        await Expect(theirs.GetByText("You stand in for Robin Demo")).ToBeVisibleAsync();
        await Fits(theirs);
        Assert.Equal(201, await PostAsync(theirs));

        await row.GetByRole(AriaRole.Button, new() { Name = $"End that {name} stands in for Robin Demo" }).ClickAsync();
        var end = card.GetByRole(AriaRole.Form, new() { Name = "End it now" });
        await end.GetByLabel("Why?").FillAsync("Robin is back");
        await AccessibilityTests.AuditAsync(page);
        await end.GetByRole(AriaRole.Button, new() { Name = "End it now" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Ended");
        await Eventually.Becomes(async () => await PostAsync(theirs) == 403, "the accounts are Robin's alone again");
    }

    private static async Task<int> PostAsync(IPage page)
    {
        var answer = await page.APIRequest.PostAsync(
            new Uri(new Uri(page.Url), "/api/accounts/x/demo_wmfs_canley/posts").ToString(),
            new() { DataObject = new { text = "Test your smoke alarm.", dueAt = TimeProvider.System.GetUtcNow().AddDays(20).ToString("O", CultureInfo.InvariantCulture) } });
        return answer.Status;
    }

    [Fact]
    public async Task Identity_IsLinkedAndUnlinked_WithAReason()
    {
        var subject = "object-" + Guid.NewGuid().ToString("N");
        var page = await product.OpenAsync("/staff/jo-demo");
        await page.LiveAsync();
        var card = page.GetByRole(AriaRole.Region, new() { Name = "Identity at the provider" });
        await card.GetByRole(AriaRole.Button, new() { Name = "Link an identity…" }).ClickAsync();
        await card.GetByLabel("Provider (issuer)").FillAsync("https://id.example/tenant");
        await card.GetByLabel("Who they are there").FillAsync(subject);
        await card.GetByLabel("Why?").FillAsync("Ticket 1");
        await AccessibilityTests.AuditAsync(page);
        await card.GetByRole(AriaRole.Button, new() { Name = "Link it" }).ClickAsync();
        await Expect(card.GetByText(subject)).ToBeVisibleAsync();

        await card.GetByRole(AriaRole.Button, new() { Name = "Unlink " + subject }).ClickAsync();
        await card.GetByLabel("Why?").FillAsync("Ticket 2");
        await card.GetByRole(AriaRole.Button, new() { Name = "Unlink it" }).ClickAsync();
        await Expect(card).ToContainTextAsync("None: they cannot sign in with a brigade account.");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "History" })).ToContainTextAsync("Ticket 1");
    }

    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Contact_IsNamedFromTheWorklist_AndConfirmedByThemselves(bool phone)
    {
        var account = phone ? "x/demo_wmfs_willenhall" : "x/demo_wmfs_bloxwich";
        var comms = await product.OpenAsync("/staff/contacts", phone: phone);
        await comms.LiveAsync();
        var list = comms.GetByRole(AriaRole.Region, new() { Name = "Never confirmed" });
        var more = list.GetByRole(AriaRole.Button, new() { Name = "Show more" });
        var row = list.GetByRole(AriaRole.Article, new() { Name = account, Exact = true });
        await Expect(list).ToBeVisibleAsync();
        while (await row.CountAsync() == 0)
        {
            var shown = await list.GetByRole(AriaRole.Article).CountAsync();
            await more.ClickAsync();
            await Expect(list.GetByRole(AriaRole.Article)).Not.ToHaveCountAsync(shown);
        }

        await row.GetByRole(AriaRole.Button, new() { Name = "Name a contact for " + account }).ClickAsync();
        var form = comms.GetByRole(AriaRole.Form, new() { Name = "Name the contact of " + account });
        await form.GetByRole(AriaRole.Combobox, new() { Name = "Who" }).ClickAsync();
        await comms.GetByRole(AriaRole.Option, new() { Name = "Frankie Demo (FDS officer)" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Combobox, new() { Name = "Who" })).ToContainTextAsync("Frankie Demo");
        await form.GetByLabel("E-mail").FillAsync("frankie@demo.example");
        await form.GetByRole(AriaRole.Button, new() { Name = "Ask them" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say why");
        await AccessibilityTests.AuditAsync(comms);
        await form.GetByLabel("Why?").FillAsync("New at the station");
        await form.GetByRole(AriaRole.Button, new() { Name = "Ask them" }).ClickAsync();
        await Expect(comms.GetByRole(AriaRole.Region, new() { Name = "Asked", Exact = true })).ToContainTextAsync(account);
        await Fits(comms);

        await comms.GotoAsync("/accounts/" + account);
        var card = comms.GetByRole(AriaRole.Region, new() { Name = "Contact", Exact = true });
        await Expect(card).ToContainTextAsync("To be confirmed");

        var asked = await product.OpenAsync("/who", "frankie-demo", phone);
        await asked.LiveAsync();
        var ask = asked.GetByRole(AriaRole.Article, new() { Name = "Contact of " + account });
        await ask.GetByRole(AriaRole.Button, new() { Name = "I am not the contact of " + account }).ClickAsync();
        await AccessibilityTests.AuditAsync(asked);
        await ask.GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();
        await ask.GetByRole(AriaRole.Button, new() { Name = "I am the contact of " + account }).ClickAsync();
        await Expect(ask).ToHaveCountAsync(0);
        await Expect(card).ToContainTextAsync("Frankie Demo");
        await Expect(card).ToContainTextAsync("Confirmed by Frankie Demo");
        await Expect(card).Not.ToContainTextAsync("To be confirmed");

        await comms.GotoAsync("/staff/frankie-demo");
        await Expect(comms.GetByRole(AriaRole.Region, new() { Name = "Contact of" })).ToContainTextAsync(account);
    }

    // Who may read it changes nothing, and nobody changes themselves.
    [Fact]
    public async Task Directory_IsRead_ByWhoMayNotChangeIt()
    {
        var page = await product.OpenAsync("/staff/sam-demo", Product.Auditor);
        await page.LiveAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sam Demo" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("…$") })).ToHaveCountAsync(0);

        var own = await product.OpenAsync("/staff/rowan-demo");
        await own.LiveAsync();
        await Expect(own.GetByText("This is you: another Comms manager changes your entry.")).ToBeVisibleAsync();
        await Expect(own.GetByRole(AriaRole.Button, new() { Name = "Change…" })).ToHaveCountAsync(0);

        var holder = await product.OpenAsync("/staff", Product.Holder);
        await Expect(holder.GetByRole(AriaRole.Heading, new() { Name = "You may not see the staff directory" })).ToBeVisibleAsync();
        await Expect(holder.Locator(".rail a[href='/staff']")).ToHaveCountAsync(0);
    }

    private static async Task Fits(IPage page) => Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "The page is wider than its window.");
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>Agreed words with fields: Comms saves them, a holder begins a post with them and fills the fields in.</summary>
[Collection(ProductCollection.Name)]
public sealed class TemplateTests(Product product)
{
    private const string Account = "x/demo_wmfs_coventry";

    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Template_IsSavedByComms_FilledInByAHolder_AndPublished(bool phone)
    {
        var (name, mark) = ($"Car wash {(phone ? "on a phone" : "at a desk")}", Steps.Mark());
        await SaveAsync(name, $"Car wash at {{place}} on {{day}} ({mark}).", phone);

        var page = await product.OpenAsync("/compose?account=" + Uri.EscapeDataString(Account), Product.Holder, phone);
        var text = page.GetByLabel("What to say");
        await ChooseAsync(page, name);
        await Expect(text).ToHaveValueAsync($"Car wash at {{place}} on {{day}} ({mark}).");
        await Expect(page.GetByText("For open days")).ToBeVisibleAsync();
        await page.GetByLabel("day", new() { Exact = true }).FillAsync("Saturday");
        await Expect(text).ToHaveValueAsync($"Car wash at {{place}} on Saturday ({mark}).");

        // A field that nobody has filled in does not go out.
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now on 1 account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).GetByText("Fill in 'place' first.")).ToBeVisibleAsync();
        await AccessibilityTests.AuditAsync(page);
        if (phone)
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        await page.GetByLabel("place", new() { Exact = true }).FillAsync("our yard");
        var words = $"Car wash at our yard on Saturday ({mark}).";
        await Expect(text).ToHaveValueAsync(words);

        // What is changed by hand stays so, and what was there before can be had again.
        await text.FillAsync(words + " All welcome.");
        var edited = page.Locator("[data-template-edited]");
        await Expect(edited).ToBeVisibleAsync();
        await AccessibilityTests.AuditAsync(page);
        await page.GetByLabel("place", new() { Exact = true }).FillAsync("our big yard");
        await Expect(text).ToHaveValueAsync(words + " All welcome.");
        await edited.GetByRole(AriaRole.Button, new() { Name = "Put the fields in again" }).ClickAsync();
        await Expect(text).ToHaveValueAsync(words.Replace("our yard", "our big yard", StringComparison.Ordinal));
        await AccessibilityTests.AuditAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring them back" }).ClickAsync();
        await Expect(text).ToHaveValueAsync(words + " All welcome.");

        // The template's words are kept as typed ones are.
        await Expect(page.Locator("[data-kept=true]")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now on 1 account" }).ClickAsync();
        await Expect(page.GetByText("Taken on 1 account.")).ToBeVisibleAsync();
        await Expect(text).ToHaveValueAsync("");
        await Expect(page.GetByLabel("place", new() { Exact = true })).ToHaveCountAsync(0);
        await page.GotoAsync("/accounts/" + Account);
        await Expect(page.GetByText(words + " All welcome.").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Template_AsksFirst_WhereSomethingIsTyped_AndIsReadByAll()
    {
        await SaveAsync("Open day", "Open day at {place}.");
        var page = await product.OpenAsync("/compose?account=" + Uri.EscapeDataString(Account), Product.Holder);
        var text = page.GetByLabel("What to say");
        await text.FillAsync("My own words");
        await ChooseAsync(page, "Open day");
        var asks = page.Locator("[data-template-asks]");
        await Expect(asks).ToBeVisibleAsync();
        await AccessibilityTests.AuditAsync(page);
        await asks.GetByRole(AriaRole.Button, new() { Name = "Keep what is typed" }).ClickAsync();
        await Expect(text).ToHaveValueAsync("My own words");
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Begin with a template" })).ToContainTextAsync("No template");
        await ChooseAsync(page, "Open day");
        await asks.GetByRole(AriaRole.Button, new() { Name = "Replace the text" }).ClickAsync();
        await Expect(text).ToHaveValueAsync("Open day at {place}.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring them back" }).ClickAsync();
        await Expect(text).ToHaveValueAsync("My own words");

        // A draft that is opened again has lost its template, and says what nobody has filled in.
        await text.FillAsync("My own words at {place}");
        await Expect(page.Locator("[data-kept=true]")).ToBeVisibleAsync();
        await page.ComesToAsync("/compose\\?draft=");
        await page.ReloadAsync();
        await Expect(page.Locator("[data-template-open]")).ToContainTextAsync("{place} still stands in the text.");
        await AccessibilityTests.AuditAsync(page);
        await text.FillAsync("My own words");
        await Expect(page.Locator("[data-template-open]")).ToHaveCountAsync(0);
        var draft = "/api/drafts/" + page.Url[(page.Url.LastIndexOf('=') + 1)..];

        // The way to the templates; whoever is not of Comms reads them.
        await page.GetByRole(AriaRole.Link, new() { Name = "Templates", Exact = true }).ClickAsync();
        await page.ComesToAsync("/templates$");
        var row = page.GetByRole(AriaRole.Article).Filter(new() { HasText = "Open day at place" });
        await Expect(row.Locator("mark")).ToHaveTextAsync("place");
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Change|Remove|New template)") })).ToHaveCountAsync(0);

        var comms = await product.OpenAsync("/templates");
        await comms.LiveAsync();
        var mine = comms.GetByRole(AriaRole.Article).Filter(new() { HasText = "Open day at place" });
        await mine.GetByRole(AriaRole.Button, new() { Name = "Change Open day" }).ClickAsync();
        await comms.GetByLabel("Text", new() { Exact = true }).FillAsync("Open day at {place}, all day.");
        await comms.GetByRole(AriaRole.Button, new() { Name = "Save the template" }).ClickAsync();
        await Expect(mine).ToContainTextAsync("all day.");
        await mine.GetByRole(AriaRole.Button, new() { Name = "Remove Open day" }).ClickAsync();
        await mine.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Expect(mine).ToHaveCountAsync(0);
        using var manager = await product.Service.ClientAsync("comms-manager");
        var kept = (await manager.GetFromJsonAsync<JsonNode>(draft))!;
        using var gone = await manager.DeleteAsync(new Uri($"{draft}?revision={kept["revision"]}", UriKind.Relative));
        Assert.True(gone.IsSuccessStatusCode, await gone.Content.ReadAsStringAsync());
    }

    private static async Task ChooseAsync(IPage page, string template)
    {
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Begin with a template" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = template, Exact = true }).ClickAsync();
    }

    private async Task SaveAsync(string name, string text, bool phone = false)
    {
        var comms = await product.OpenAsync("/templates", phone: phone);
        await comms.LiveAsync();
        await comms.GetByRole(AriaRole.Button, new() { Name = "New template…" }).ClickAsync();
        await comms.GetByRole(AriaRole.Button, new() { Name = "Save the template" }).ClickAsync();
        await Expect(comms.GetByRole(AriaRole.Alert)).ToContainTextAsync("Give it the name that people look for.");
        await comms.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await comms.GetByLabel("Text", new() { Exact = true }).FillAsync(text + " {");
        await Expect(comms.Locator("[data-fault]")).ToContainTextAsync("A field begins here and does not end: line 1, character");
        await comms.GetByLabel("Text", new() { Exact = true }).FillAsync(text);
        await Expect(comms.Locator("[data-preview] mark").First).ToHaveTextAsync("place");
        await comms.GetByLabel("What it is for").FillAsync("For open days");
        await AccessibilityTests.AuditAsync(comms);
        await comms.GetByRole(AriaRole.Button, new() { Name = "Save the template" }).ClickAsync();
        await Expect(comms.GetByRole(AriaRole.Article).Filter(new() { Has = comms.GetByText(name, new() { Exact = true }) })).ToContainTextAsync("For open days");
        if (phone)
        {
            Assert.Equal(390, await comms.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }
}

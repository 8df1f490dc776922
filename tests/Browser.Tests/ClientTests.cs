using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>API clients on their page: made by a Comms manager, seen by who answers for them, revoked.</summary>
[Collection(ProductCollection.Name)]
public sealed class ClientTests(Product product)
{
    [Fact]
    public async Task Client_IsMade_ItsTokenIsShownOnce_AndRevoked()
    {
        var name = "Watch room screen " + Steps.Mark();
        var page = await product.OpenAsync("/clients");
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "New client…" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Who answers for it" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { NameRegex = new("Account holder") }).First.ClickAsync();
        await Expect(page.GetByText("nobody else sees a token that acts for them")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "place a hold", Exact = true })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Who answers for it" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { NameRegex = new("^Rowan Demo") }).ClickAsync();
        await Expect(page.GetByText("nobody else sees a token that acts for them")).ToHaveCountAsync(0);
        var local = page.GetByRole(AriaRole.Button, new() { Name = "schedule, change or cancel posts on local accounts" });
        await Expect(local).ToHaveAttributeAsync("aria-pressed", "false");
        await local.ClickAsync();
        await Expect(local).ToHaveAttributeAsync("aria-pressed", "true");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the client and its token" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).GetByText("Say why")).ToBeVisibleAsync();
        await page.GetByLabel("What it is for").FillAsync("The screen beside the door");
        await AccessibilityTests.AuditAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the client and its token" }).ClickAsync();

        var shown = page.Locator("[data-token]");
        await Expect(shown).ToHaveValueAsync(new Regex("^wmfs_[A-Za-z0-9_-]{43}$"));
        var token = await shown.InputValueAsync();
        await AccessibilityTests.AuditAsync(page);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(token));
        await page.GetByRole(AriaRole.Button, new() { Name = "It is in its place" }).ClickAsync();
        await Expect(shown).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await page.LiveAsync();
        var item = page.GetByRole(AriaRole.Article, new() { Name = name });
        await Expect(item).ToContainTextAsync("schedule, change or cancel posts on local accounts");
        Assert.DoesNotContain(token, await page.ContentAsync(), StringComparison.Ordinal);
        await Expect(item).ToContainTextAsync("last used");

        await item.GetByRole(AriaRole.Button, new() { NameRegex = new("Revoke the token") }).ClickAsync();
        await item.GetByLabel("Why").FillAsync("The screen was stolen");
        await AccessibilityTests.AuditAsync(page);
        await item.GetByRole(AriaRole.Button, new() { Name = "Revoke it" }).ClickAsync();
        await Expect(item).ToContainTextAsync("The screen was stolen");
        await Expect(item).ToContainTextAsync("no token counts");
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(token));

        await page.GotoAsync("/journal?event=client-token-revoked");
        await Expect(page.GetByText("revoked a token of an API client").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Page_ShowsWhoManagesNothing_TheirOwnAlone()
    {
        var page = await product.OpenAsync("/clients", Product.Auditor);
        await page.LiveAsync();
        await Expect(page.GetByText("You see those that you answer for")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "New client…" })).ToHaveCountAsync(0);
        await Expect(page.GetByText("as the person")).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Keys of webhooks" })).ToHaveCountAsync(0);
    }

    private async Task<HttpStatusCode> AskAsync(string token)
    {
        using var client = new HttpClient { BaseAddress = product.Service.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.GetAsync(new Uri("/api/holds", UriKind.Relative));
        return answer.StatusCode;
    }
}

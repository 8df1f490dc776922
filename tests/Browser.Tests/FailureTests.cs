using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>What a person sees of a post that could not be sent, and how they send it again; and of a sign-in that fails or ends.</summary>
[Collection(ProductCollection.Name)]
public sealed class FailureTests(Product product)
{
    private static readonly string[] Accounts = ["x/demo_wmfs_tipton", "facebook/demo_wmfs_tipton"];

    [Theory]
    [MemberData(nameof(Sizes.DeskFirst), MemberType = typeof(Sizes))]
    public async Task Message_NamesTheAccountThatFailed_AndSendsItAgainThereAlone(bool phone)
    {
        var words = "Test your smoke alarm. " + Steps.Mark();
        await TokenAsync(Accounts[0], revoked: true);
        var page = await product.OpenAsync("/compose?account=" + Uri.EscapeDataString(Accounts[0]), phone: phone);
        await page.GetByLabel("What to say").FillAsync(words);
        await page.GetByLabel("Find an account").FillAsync("tipton");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Tipton, Facebook" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now on 2 accounts" }).ClickAsync();

        var outcome = page.GetByLabel("How the message stands");
        await Expect(outcome).ToContainTextAsync("1 of 2 accounts out");
        await Expect(outcome).ToContainTextAsync("Could not be sent: 1 account.");
        await Expect(outcome.Locator("li")).ToContainTextAsync("x/demo_wmfs_tipton: Needs you: the account’s sign-in does not work.");
        await Expect(outcome.Locator("q.says")).ToHaveTextAsync("The access token was revoked");
        await AccessibilityTests.AuditAsync(page);

        // The post's own page says the same; the message has a page of its own.
        await outcome.GetByRole(AriaRole.Link, new() { Name = "x/demo_wmfs_tipton" }).ClickAsync();
        await page.ComesToAsync("/posts/");
        await Expect(page.Locator(".failure")).ToContainTextAsync("Needs you: the account’s sign-in does not work. Connect the account again");
        await AccessibilityTests.AuditAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "a message to several accounts" }).ClickAsync();
        await page.ComesToAsync("/messages/");
        await AccessibilityTests.AuditAsync(page);
        if (phone)
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        await TokenAsync(Accounts[0], revoked: false);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again: 1 account" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("How the message stands")).ToContainTextAsync("All of it is out.");
        Assert.Equal(1, await ArrivedAsync(Accounts[0], words));
        Assert.Equal(1, await ArrivedAsync(Accounts[1], words));
        using var api = await product.Service.ClientAsync("comms-manager");
        using var settled = await api.PostAsync($"/api/accounts/{Accounts[0]}/connect", null);
        settled.EnsureSuccessStatusCode();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task SignInThatEnds_IsSaidWhereverItMatters_AndGoesByItself()
    {
        const string account = "x/demo_wmfs_smethwick";
        await TokenAsync(account, revoked: false, TimeProvider.System.GetUtcNow().AddDays(6).AddHours(1));
        var page = await product.OpenAsync("/accounts/" + account);
        var card = page.GetByLabel("Sign-in at the platform");
        await card.GetByRole(AriaRole.Button, new() { Name = "Check it now" }).ClickAsync();
        await Expect(card).ToContainTextAsync("It will stop working in 6 days: reconnect it before then.");
        await Expect(card).ToContainTextAsync("To reconnect:");
        await AccessibilityTests.AuditAsync(page);

        foreach (var path in new[] { "/sign-ins", "/calendar", "/compose?account=" + Uri.EscapeDataString(account) })
        {
            await page.GotoAsync(path);
            await Expect(page.Locator("main")).ToContainTextAsync("will stop working in 6 days: reconnect it before then");
            await AccessibilityTests.AuditAsync(page);
        }

        await page.GotoAsync("/");
        await Expect(page.GetByLabel("Now").Locator("a[href='/sign-ins']")).ToBeVisibleAsync();
        await TokenAsync(account, revoked: false);
        await page.GotoAsync("/accounts/" + account);
        await card.GetByRole(AriaRole.Button, new() { Name = "Check it now" }).ClickAsync();
        await Expect(card).ToContainTextAsync("It works.");
        await page.Context.CloseAsync();
    }

    private async Task TokenAsync(string account, bool revoked, DateTimeOffset? expiresAt = null)
    {
        using var sandbox = await SandboxAsync();
        using var answer = await sandbox.PostAsJsonAsync("/sandbox/tokens", new { account = account.Replace('/', '_'), revoked, expiresAt });
        answer.EnsureSuccessStatusCode();
    }

    private async Task<int> ArrivedAsync(string account, string words)
    {
        using var sandbox = await SandboxAsync();
        var requests = await sandbox.GetFromJsonAsync<System.Text.Json.JsonElement>("/sandbox/requests?account=" + account.Replace('/', '_'));
        return requests.EnumerateArray().Count(r => r.GetProperty("kind").GetString() == "publish" && r.GetProperty("text").GetString() == words);
    }

    private async Task<HttpClient> SandboxAsync()
    {
        var client = new HttpClient { BaseAddress = new Uri(await File.ReadAllTextAsync(Path.Combine(product.Data, "sandbox-address"))) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(product.Data, "sandbox-key"))).Trim());
        return client;
    }
}

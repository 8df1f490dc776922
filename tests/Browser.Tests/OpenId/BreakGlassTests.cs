using Coordination.Testing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests.OpenId;

/// <summary>Accounts of our own for the day on which the provider is away.</summary>
[Collection(SignInCollection.Name)]
public sealed class BreakGlassTests(SignInProduct product)
{
    private const string Journal =
        "select string_agg(event, ', ' order by number) from journal where stream = 'break-glass/' || (select staff_id from staff_identity where subject = $1)";

    private const string UserName = "select user_name from break_glass where staff_id = (select staff_id from staff_identity where subject = $1)";

    [Fact]
    public async Task Passkey_SignsIn_WhileTheProviderIsAway_AndAlarms_UntilSomebodyElseHasSeenIt()
    {
        var (manager, page) = await PeopleAsync("gwen", "Gwen Hart");
        await page.AddAuthenticatorAsync();
        await page.SetUpAsync();
        await AccessibilityTests.AuditAsync(page);
        await page.AddPasskeyAsync("Key on my ring");
        await Expect(page.Locator("[data-glass-state=ready]")).ToContainTextAsync("You have not tried it yet.");
        await AccessibilityTests.AuditAsync(page);
        await page.Context.ClearCookiesAsync();

        await product.StopProviderAsync();
        try
        {
            await page.GotoAsync("/sign-in?returnUrl=%2Fholds");
            await page.Locator("[data-sign-in]").ClickAsync();
            await page.ComesToAsync("/sign-in/problem\\?why=provider-away$");
            await page.Locator("[data-break-glass]").ClickAsync();
            await page.ComesToAsync("/sign-in/break-glass");
            await AccessibilityTests.AuditAsync(page);
            var form = page.GetByRole(AriaRole.Region, new() { Name = "With a passkey" });
            await form.GetByLabel("Why this way?").FillAsync("Provider is down, fire at <b>Aston</b>");
            await form.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
            await Expect(page).ToHaveURLAsync(product.Address.AbsoluteUri);
            await page.LiveAsync();
            await Expect(page.Locator("[data-glass-own]")).ToContainTextAsync("You are signed in by your break-glass account until");
            await Expect(page.Locator(".rail")).ToContainTextAsync("Comms officer");
            await Expect(page.Locator("[data-glass-alarms]")).ToContainTextAsync("Waits for somebody else of Comms.");

            // Everybody of Comms sees it, without having to load anything.
            await Expect(manager.Locator("[data-glass-alarms]")).ToContainTextAsync("Gwen Hart signed in with a break-glass account");
            await Expect(manager.Locator("[data-glass-alarms]")).ToContainTextAsync(", by a passkey: Provider is down, fire at <b>Aston</b>");
            await AccessibilityTests.AuditAsync(manager);
            await manager.GetByRole(AriaRole.Button, new() { Name = "Seen: Gwen Hart" }).ClickAsync();
            await Expect(manager.Locator("[data-alarm]").Filter(new() { HasText = "Gwen Hart" })).ToHaveCountAsync(0);
            await Expect(page.Locator("[data-alarm]").Filter(new() { HasText = "Gwen Hart" })).ToHaveCountAsync(0);

            // Whoever is in by the account changes nothing about it.
            await page.GotoAsync("/me/break-glass");
            await page.LiveAsync();
            await Expect(page.Locator("main")).ToContainTextAsync("You are signed in by this account, so you can only look.");
            await Expect(page.GetByLabel("What you call it")).ToBeDisabledAsync();

            await page.Locator(".rail form button").ClickAsync();
            await page.ComesToAsync("/sign-in\\?out=glass$");
            await page.GotoAsync("/holds");
            await page.ComesToAsync("/sign-in\\?returnUrl=");
        }
        finally
        {
            await product.StartProviderAsync("after break-glass");
        }

        Assert.Equal(
            "break-glass-granted, break-glass-password-set, break-glass-codes-made, break-glass-passkey-added, break-glass-used, break-glass-seen",
            await product.AskAsync(Journal, "gwen"));
    }

    [Fact]
    public async Task Password_LetsInWithAnAppsCode_AndWithEachRecoveryCode_Once()
    {
        var (manager, page) = await PeopleAsync("omar", "Omar Pryce");
        var codes = await page.SetUpAsync();
        var key = await page.ConnectAppAsync();
        await Expect(page.Locator("[data-glass-state=ready]")).ToBeVisibleAsync();
        var user = await product.AskAsync(UserName, "omar");
        Assert.Equal("omar-pryce", user);

        await page.Context.ClearCookiesAsync();
        var code = GlassSteps.Code(key);
        await page.GlassByPasswordAsync(user, GlassSteps.Password, code);
        await InAsync(page);
        await page.Context.ClearCookiesAsync();
        await page.GlassByPasswordAsync(user, GlassSteps.Password, code);
        await page.SaysNoAsync();
        await AccessibilityTests.AuditAsync(page);

        await page.GlassByPasswordAsync(user, GlassSteps.Password, codes[3].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal));
        await InAsync(page);
        await page.Context.ClearCookiesAsync();
        await page.GlassByPasswordAsync(user, GlassSteps.Password, codes[3]);
        await page.SaysNoAsync();

        await manager.GotoAsync("/break-glass");
        await manager.LiveAsync();
        await Expect(manager.GetByRole(AriaRole.Article, new() { Name = "Omar Pryce" })).ToContainTextAsync("9 recovery codes left");
        await Expect(manager.GetByRole(AriaRole.Article, new() { Name = "Omar Pryce" })).ToContainTextAsync("Last worked today");
        await AccessibilityTests.AuditAsync(manager);
        await SeeAllAsync(manager, "Omar Pryce", 2);
    }

    [Fact]
    public async Task WrongGuesses_LockThePassword_AndAlarm()
    {
        var (manager, page) = await PeopleAsync("lena", "Lena Voss");
        await page.SetUpAsync();
        var key = await page.ConnectAppAsync();
        await page.Context.ClearCookiesAsync();
        for (var i = 0; i < 3; i++)
        {
            await page.GlassByPasswordAsync("lena-voss", GlassSteps.Password + i, GlassSteps.Code(key));
            await page.SaysNoAsync();
        }

        await page.GlassByPasswordAsync("lena-voss", GlassSteps.Password, GlassSteps.Code(key));
        await page.SaysNoAsync();
        await Expect(manager.Locator("[data-glass-alarms]")).ToContainTextAsync("The break-glass account of Lena Voss was locked");
        await Expect(manager.GetByRole(AriaRole.Article, new() { Name = "Lena Voss" })).ToContainTextAsync("Passwords locked until");
        await SeeAllAsync(manager, "Lena Voss", 1);
        Assert.EndsWith(
            "break-glass-app-connected, break-glass-failed, break-glass-failed, break-glass-locked, break-glass-seen", await product.AskAsync(Journal, "lena"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakenBack_EndsTheOpenPage_Connections_AndRequests()
    {
        var (manager, page) = await PeopleAsync("theo", "Theo Lind");
        await page.SetUpAsync();
        var key = await page.ConnectAppAsync();
        await page.Context.ClearCookiesAsync();
        await page.GlassByPasswordAsync("theo-lind", GlassSteps.Password, GlassSteps.Code(key));
        await InAsync(page);
        Assert.Equal(200, (await page.APIRequest.GetAsync("/api/accounts")).Status);
        var cookie = Assert.Single(await page.Context.CookiesAsync(), c => c.Name is "coordination").Value;
        var closed = new TaskCompletionSource();
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(product.Address, "/hubs/coordination"), options => options.Cookies.Add(product.Address, new System.Net.Cookie("coordination", cookie))).Build();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync(TestContext.Current.CancellationToken);
        await SeeAllAsync(manager, "Theo Lind", 1);

        await manager.GetByRole(AriaRole.Button, new() { Name = "Take back Theo Lind’s account" }).ClickAsync();
        await manager.GetByLabel("Why?").FillAsync("Lost the phone");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(manager.GetByRole(AriaRole.Article, new() { Name = "Theo Lind" })).ToHaveCountAsync(0);
        await page.ComesToAsync("/sign-in\\?out=ended");
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await Eventually.Becomes(async () => (await page.APIRequest.GetAsync("/api/accounts")).Status == 401, "requests are refused");
        await page.GlassByPasswordAsync("theo-lind", GlassSteps.Password, GlassSteps.Code(key));
        await page.SaysNoAsync();
    }

    private static async Task InAsync(IPage page)
    {
        await Expect(page.Locator("[data-glass-own]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.LiveAsync();
    }

    // A page shows them a moment after they were made: who looks too early leaves one for the next test.
    private static async Task SeeAllAsync(IPage manager, string name, int alarms)
    {
        var seen = manager.GetByRole(AriaRole.Button, new() { Name = "Seen: " + name });
        await Expect(seen).ToHaveCountAsync(alarms);
        for (var left = alarms; left > 0; left--)
        {
            await seen.First.ClickAsync();
            await Expect(seen).ToHaveCountAsync(left - 1);
        }
    }

    // A manager on the list's page who has just given the other, who is signed in, an account.
    private async Task<(IPage Manager, IPage Page)> PeopleAsync(string login, string name)
    {
        var page = await product.BrowserAsync();
        await product.PersonAsync(login, name, SignInProduct.Officers);
        await page.SignInToAsync("/me/break-glass", login);
        await Expect(page.Locator("main")).ToContainTextAsync("You have none");
        var manager = await product.BrowserAsync();
        await product.PersonAsync("rhian", "Rhian Boss", SignInProduct.Managers);
        await manager.SignInToAsync("/break-glass", "rhian");
        await manager.GiveGlassAsync(name);
        return (manager, page);
    }
}

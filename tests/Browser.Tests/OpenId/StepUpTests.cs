using Coordination.Testing;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests.OpenId;

/// <summary>A fresh sign-in by the real provider: it has to ask anew, to say when it did, and to have asked the same person. And a sign-in that was ended, for whoever has a copy of it.</summary>
[Collection(SignInCollection.Name)]
public sealed class StepUpTests(SignInProduct product)
{
    private const string Record = "select string_agg(what || coalesce(' ' || why, ''), ', ' order by id) from sign_in_record where subject = $1";
    private const string MakeOld = "update sign_in_session set authenticated_at = clock_timestamp() - interval '1 hour' where staff_id = (select staff_id from staff_identity where subject = $1) and ended_at is null returning id::text";
    private const string Says = "select authenticated_at::text from sign_in_session where staff_id = (select staff_id from staff_identity where subject = $1) and ended_at is null";

    [Fact]
    public async Task OldSignIn_IsConfirmedAtTheProvider_WhichHasToAskAnew()
    {
        var page = await product.BrowserAsync();
        await product.PersonAsync("una", "Una Fresh", SignInProduct.Managers);
        await page.SignInToAsync("/break-glass", "una");
        Assert.NotEqual("", await product.AskAsync(Says, "una"));
        Assert.False(await IsOldAsync(page));

        await GrowOldAsync(page, "una");
        await page.GotoAsync("/break-glass");
        await page.LiveAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Confirm that it is you first.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Confirm that it is you" }).ClickAsync();
        await page.ComesToAsync("/sign-in/again\\?returnUrl=%2Fbreak-glass$");
        await Expect(page.Locator("[data-confirm]")).ToBeVisibleAsync();
        Assert.Empty((await page.RunAxe()).Violations);
        await page.Locator("[data-confirm]").ClickAsync();

        // They are signed in there still, and are asked all the same.
        await page.AtProviderAsync("una", agrees: false);
        await page.ComesToAsync("/break-glass$");
        await page.LiveAsync();
        await Expect(page.GetByText("Confirm that it is you first.")).ToHaveCountAsync(0);
        Assert.False(await IsOldAsync(page));
        Assert.Equal("signed-in, signed-in", await product.AskAsync(Record, "una"));
    }

    [Fact]
    public async Task SomebodyElse_ConfirmsNothing()
    {
        var page = await product.BrowserAsync();
        await product.PersonAsync("vera", "Vera First", SignInProduct.Managers);
        await product.PersonAsync("wim", "Wim Second", SignInProduct.Managers);
        await page.SignInToAsync("/holds", "vera");
        await GrowOldAsync(page, "vera");
        await page.GotoAsync("/sign-in/again?returnUrl=%2Fholds");
        await page.Locator("[data-confirm]").ClickAsync();
        await page.AtProviderAsync("wim");
        await page.ComesToAsync("/sign-in/problem\\?why=somebody-else$");
        await Expect(page.Locator(".note[role=alert]")).ToContainTextAsync("That was somebody else’s account");
        Assert.True(await IsOldAsync(page));
        await page.GotoAsync("/holds");
        await page.LiveAsync();
        await Expect(page.Locator(".rail")).ToContainTextAsync("Vera First");
        Assert.Equal("refused somebody-else", await product.AskAsync(Record, "wim"));
    }

    // The provider's own sign-in answers without a question: who strips the request of what asks for one has proved nothing.
    [Theory]
    [InlineData(-600)]
    [InlineData(null)]
    public async Task ProviderThatDidNotAsk_ConfirmsNothing(int? shift)
    {
        var login = shift is null ? "xena" : "zoe";
        var page = await product.BrowserAsync();
        await product.PersonAsync(login, "Xena Stale", SignInProduct.Managers);
        await page.SignInToAsync("/holds", login);
        await GrowOldAsync(page, login);
        var to = await page.BeginConfirmingAsync("/holds");
        Assert.Contains("prompt=login", to, StringComparison.Ordinal);
        Assert.Contains("max_age=0", to, StringComparison.Ordinal);
        await product.ShiftAuthTimeAsync(shift is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        try
        {
            await page.GotoAsync(to.Replace("&prompt=login", "", StringComparison.Ordinal).Replace("&max_age=0", "", StringComparison.Ordinal));
            await page.ComesToAsync("/sign-in/problem\\?why=not-fresh$");
            await Expect(page.Locator(".note[role=alert]")).ToContainTextAsync("It is not certain that you signed in just now");
            Assert.True(await IsOldAsync(page));

            // An ordinary sign-in with a provider that does not say when is one that is not fresh.
            if (shift is null)
            {
                var other = await product.BrowserAsync();
                await other.SignInToAsync("/holds", login);
                Assert.True(await IsOldAsync(other));
            }
        }
        finally
        {
            await product.ShiftAuthTimeAsync(TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task CopiedCookie_CountsNoMore_OnceItsPersonSignedOut()
    {
        var page = await product.BrowserAsync();
        await product.PersonAsync("yan", "Yan Copied", SignInProduct.Managers);
        await page.SignInToAsync("/holds", "yan");
        var thief = await product.BrowserAsync();
        await thief.Context.AddCookiesAsync([.. (await page.Context.CookiesAsync()).Where(c => c.Name is "coordination").Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path, HttpOnly = c.HttpOnly, SameSite = c.SameSite })]);
        await thief.GotoAsync("/holds");
        await thief.LiveAsync();
        await Expect(thief.Locator(".rail")).ToContainTextAsync("Yan Copied");
        var cookie = (await page.Context.CookiesAsync()).Single(c => c.Name is "coordination");
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(product.Address, "/hubs/coordination"), options => options.Headers["Cookie"] = $"{cookie.Name}={cookie.Value}").Build();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync(TestContext.Current.CancellationToken);

        await page.Locator(".rail form button").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Yes") }).ClickAsync();
        await page.ComesToAsync("/sign-in\\?out=done$");

        await thief.ComesToAsync("/sign-in\\?out=ended&returnUrl=%2Fholds$");
        await Eventually.Becomes(async () => (await thief.APIRequest.GetAsync("/api/accounts")).Status == 401, "requests are refused");
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<HttpRequestException>(async () => await hub.StartAsync(TestContext.Current.CancellationToken));
    }

    // A command that a fresh sign-in may give, and that is then refused for what it says.
    private static async Task<bool> IsOldAsync(IPage page)
    {
        var answer = await page.APIRequest.PostAsync("/api/holds/H-999999/lift", new() { DataObject = new { reason = "r" } });
        return (await answer.TextAsync()).Contains("fresh-sign-in-needed", StringComparison.Ordinal);
    }

    private async Task GrowOldAsync(IPage page, string login)
    {
        Assert.NotEqual("", await product.AskAsync(MakeOld, login));
        await Eventually.Becomes(() => IsOldAsync(page), "the sign-in is old");
    }
}

using System.Text.RegularExpressions;
using System.Web;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests.OpenId;

/// <summary>What comes back from the provider and was not asked for, or not so: a page in plain words, and nobody signed in.</summary>
[Collection(SignInCollection.Name)]
public sealed class TamperingTests(SignInProduct product)
{
    [Fact]
    public async Task Request_HasState_Nonce_AndAChallenge()
    {
        var page = await product.BrowserAsync();
        var asked = HttpUtility.ParseQueryString(new Uri(await page.BeginAsync()).Query);
        Assert.Equal(("code", "S256", "openid profile"), (asked["response_type"], asked["code_challenge_method"], asked["scope"]));
        Assert.All(["state", "nonce", "code_challenge"], name => Assert.True(asked[name]!.Length >= 43, name));
        Assert.Equal(product.Address.GetLeftPart(UriPartial.Authority) + "/sign-in/callback", asked["redirect_uri"]);
    }

    [Theory]
    [InlineData("/sign-in/callback")]
    [InlineData("/sign-in/callback?code=made-up")]
    [InlineData("/sign-in/callback?code=made-up&state=made-up")]
    [InlineData("/sign-in/callback?error=server_error&error_description=%3Cscript%3E&state=made-up")]
    public async Task Callback_IsRefused_WithAForgedState(string path)
    {
        var page = await product.BrowserAsync();
        await page.GotoAsync(path);
        await page.SaysAsync("again", "cannot be used any more");
    }

    [Fact]
    public async Task Callback_IsRefused_InAnotherBrowserThanItsOwn()
    {
        var (mine, theirs) = (await product.BrowserAsync(), await product.BrowserAsync());
        var state = HttpUtility.ParseQueryString(new Uri(await mine.BeginAsync()).Query)["state"];
        await theirs.GotoAsync("/sign-in/callback?code=made-up&state=" + state);
        await theirs.SaysAsync("again", "cannot be used any more");
    }

    [Fact]
    public async Task Callback_IsRefused_WithAForgedCode()
    {
        var page = await product.BrowserAsync();
        var state = HttpUtility.ParseQueryString(new Uri(await page.BeginAsync()).Query)["state"];
        await page.GotoAsync("/sign-in/callback?code=made-up&state=" + state);
        await page.SaysAsync("provider-refused", "sign-in service refused");
    }

    [Fact]
    public async Task Callback_IsRefused_WhenTheNonceIsAnother()
    {
        var page = await product.BrowserAsync();
        await product.PersonAsync("nia", "Nia Once", SignInProduct.Managers);
        await page.GotoAsync(Regex.Replace(await page.BeginAsync(), "nonce=[^&]*", "nonce=somebody-elses-nonce-of-another-time", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.AtProviderAsync("nia");
        await page.SaysAsync("untrusted", "could not be trusted");
        Assert.Equal("", await product.AskAsync("select staff_id from staff_identity where subject = $1", "nia"));
    }

    [Fact]
    public async Task Callback_IsRefused_TheSecondTime()
    {
        var page = await product.BrowserAsync();
        await product.PersonAsync("rae", "Rae Play", SignInProduct.Managers);
        string? callback = null;
        page.Request += (_, request) => callback = request.Url.Contains("/sign-in/callback", StringComparison.Ordinal) ? request.Url : callback;
        await page.SignInToAsync("/holds", "rae");
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(callback!);
        await page.SaysAsync("again", "cannot be used any more");
    }

    [Fact]
    public async Task Person_WhoCancelsAtTheProvider_IsToldSo()
    {
        var page = await product.BrowserAsync();
        await page.GotoAsync("/");
        await page.Locator("[data-sign-in]").ClickAsync();
        await page.GetByText("Cancel").ClickAsync();
        await page.SaysAsync("declined", "was cancelled");
    }

    [Fact]
    public async Task RefusalPage_SaysNothing_ThatWasNotSealedHere()
    {
        var page = await product.BrowserAsync();
        await page.GotoAsync("/sign-in/refused?of=Your%20account%20is%20locked");
        await Expect(page.Locator(".note[role=alert]")).Not.ToContainTextAsync("locked");
        await Expect(page.Locator(".note[role=alert]")).ToContainTextAsync("You have no access to this service");
    }

    [Fact]
    public async Task Form_IsRefused_WithoutItsOwnToken()
    {
        var page = await product.BrowserAsync();
        Assert.Equal(400, (await page.APIRequest.PostAsync("/sign-in", new() { MaxRedirects = 0, Form = page.APIRequest.CreateFormData().Set("returnUrl", "/") })).Status);
    }
}

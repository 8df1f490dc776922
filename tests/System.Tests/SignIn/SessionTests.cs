using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.SignIn;

/// <summary>A sign-in is what the database has of it: a copy of its cookie, and what is open by it, end when it does.</summary>
public sealed class SessionTests(ServiceFixture fixture)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private Uri Address => fixture.Service.BaseAddress;

    [Fact]
    public async Task SignedOut_IsOut_ForACopyOfTheCookieToo_AndOtherSignInsOfThePersonGoOn()
    {
        using var browser = new Browser(Address);
        using var other = new Browser(Address);
        await browser.SignInAsync("quinn-demo");
        await other.SignInAsync("quinn-demo");
        var copy = browser.Cookies;
        var (hub, closed) = await browser.FollowAsync(copy);
        await using var _ = hub;
        var (stays, _) = await other.FollowAsync(other.Cookies);
        await using var __ = stays;
        (await browser.GetAsync("/api/accounts?limit=1", copy)).Expect(HttpStatusCode.OK);
        (await browser.GetAsync("/holds", copy)).Expect(HttpStatusCode.OK);

        Assert.Equal((HttpStatusCode.Redirect, "/sign-in"), await browser.FormAsync("/sign-out"));

        await Eventually.Becomes(async () => (await browser.GetAsync("/api/accounts?limit=1", copy)).Status == HttpStatusCode.Unauthorized, "a copy of the cookie is refused at the API", Soon);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/holds", copy)).Status);
        await closed.WaitAsync(Soon);
        await Assert.ThrowsAsync<HttpRequestException>(() => browser.FollowAsync(copy));
        (await other.GetAsync("/api/accounts?limit=1")).Expect(HttpStatusCode.OK);
        Assert.Equal(Microsoft.AspNetCore.SignalR.Client.HubConnectionState.Connected, stays.State);
    }

    [Fact]
    public async Task SigningInAgain_MakesTheFormerCookieNothing()
    {
        using var browser = new Browser(Address);
        await browser.SignInAsync("quinn-demo");
        var former = browser.Cookies;
        await browser.SignInAsync("quinn-demo");
        Assert.NotEqual(former, browser.Cookies);
        (await browser.GetAsync("/api/accounts?limit=1")).Expect(HttpStatusCode.OK);
        await Eventually.Becomes(async () => (await browser.GetAsync("/api/accounts?limit=1", former)).Status == HttpStatusCode.Unauthorized, "the former cookie is refused", Soon);

        var before = browser.Cookies;
        await browser.SignInAsync("morgan-demo");
        await Eventually.Becomes(async () => (await browser.GetAsync("/api/accounts?limit=1", before)).Status == HttpStatusCode.Unauthorized, "the former person's cookie is refused", Soon);
        (await browser.GetAsync("/api/accounts?limit=1")).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15", "Safari on macOS")]
    [InlineData("curl/8.5.0", "Unknown browser")]
    [InlineData("<script>alert(1)</script> Windows", "Unknown browser on Windows")]
    [InlineData("", "Unknown browser")]
    [InlineData(null, "Unknown browser")]
    public void Browser_IsKnownByAFewWords(string? agent, string words) => Assert.Equal(words, Dashboard.SignIn.Sessions.BrowserName.Of(agent));
}

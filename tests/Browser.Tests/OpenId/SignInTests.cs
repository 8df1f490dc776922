using System.Text.RegularExpressions;
using Coordination.Storage.People;
using Coordination.Testing;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests.OpenId;

/// <summary>Signing in with a brigade account, by a real provider.</summary>
[Collection(SignInCollection.Name)]
public sealed class SignInTests(SignInProduct product)
{
    private const string Record = "select string_agg(what || coalesce(' ' || why, ''), ', ' order by id) from sign_in_record where subject = $1 or staff_id = (select staff_id from staff_identity where subject = $1)";
    private const string Journal = "select string_agg(event, ', ' order by number) from journal where stream = 'staff/' || (select staff_id from staff_identity where subject = $1)";
    private const string StaffId = "select staff_id from staff_identity where subject = $1";

    [Fact]
    public async Task SignIn_GivesTheRoleOfTheGroup_AndSigningOutEndsItAtTheProviderToo()
    {
        var page = await product.BrowserAsync();
        await product.PersonAsync("jane", "Jane Marsh", SignInProduct.Managers, "group-of-nothing-here");
        await page.GotoAsync("/holds");
        await page.ComesToAsync("/sign-in\\?returnUrl=%2Fholds$");
        await AuditAsync(page);
        await page.SignInAsync("jane");
        await page.ComesToAsync("/holds$");
        await page.LiveAsync();
        await Expect(page.Locator(".rail")).ToContainTextAsync("Jane Marsh");
        await Expect(page.Locator(".rail")).ToContainTextAsync("Comms manager");
        await Expect(page.Locator(".demo")).ToHaveCountAsync(0);
        var cookie = Assert.Single(await page.Context.CookiesAsync(), c => c.Name is "coordination");
        Assert.Equal((true, SameSiteAttribute.Lax, "/"), (cookie.HttpOnly, cookie.SameSite, cookie.Path));

        await page.Locator(".rail form button").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Yes") }).ClickAsync();
        await page.ComesToAsync("/sign-in\\?out=done$");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("You are signed out.");
        await page.GotoAsync("/holds");
        await page.ComesToAsync("/sign-in\\?returnUrl=");

        // The provider has forgotten them, too: it asks for the name again.
        await page.Locator("[data-sign-in]").ClickAsync();
        await Expect(page.Locator("input[name=login]")).ToBeVisibleAsync();
        Assert.Equal("signed-in, signed-out", await product.AskAsync(Record, "jane"));
        Assert.Equal("staff-admitted", await product.AskAsync(Journal, "jane"));
    }

    [Fact]
    public async Task SignIn_IsRefused_WithoutAMappedGroup()
    {
        var page = await product.BrowserAsync();
        await product.PersonAsync("noel", "Noel <b>Nobody</b>", "group-of-nothing-here");
        await page.GotoAsync("/");
        await page.SignInAsync("noel");
        await page.ComesToAsync("/sign-in/refused");
        await Expect(page.Locator(".note[role=alert]")).ToContainTextAsync("You have no access to this service");
        await Expect(page.Locator(".note[role=alert]")).ToContainTextAsync("You are Noel <b>Nobody</b>");
        await Expect(page.Locator("main")).ToContainTextAsync("Ask the duty Comms officer");
        await Expect(page.Locator("main")).Not.ToContainTextAsync("group");
        await AuditAsync(page);
        await page.GotoAsync("/holds");
        await page.ComesToAsync("/sign-in\\?returnUrl=");
        Assert.Equal(("refused no-group", ""), (await product.AskAsync(Record, "noel"), await product.AskAsync(StaffId, "noel")));
    }

    [Fact]
    public async Task Role_FollowsTheGroups_AtTheNextSignIn_AndLeavesEveryOpenPageAtOnce()
    {
        var page = await product.BrowserAsync();
        await product.PersonAsync("sam", "Sam Ashton", SignInProduct.Officers);
        await page.SignInToAsync("/holds", "sam");
        await Expect(page.Locator(".rail")).ToContainTextAsync("Comms officer");

        await product.PersonAsync("sam", "Sam Ashton", SignInProduct.Auditors);
        var other = await product.BrowserAsync();
        await other.SignInToAsync("/holds", "sam");
        await Expect(other.Locator(".rail")).ToContainTextAsync("Auditor");
        await Expect(page.Locator(".rail")).ToContainTextAsync("Auditor", new() { Timeout = 30_000 });

        // Two groups that differ give neither: nobody guesses.
        await product.PersonAsync("sam", "Sam Ashton", SignInProduct.Auditors, SignInProduct.Officers);
        var third = await product.BrowserAsync();
        await third.GotoAsync("/");
        await third.SignInAsync("sam");
        await Expect(third.Locator(".note[role=alert]")).ToContainTextAsync("more than one role");
        await page.ComesToAsync("/sign-in\\?out=ended&returnUrl=%2Fholds$");
        await other.ComesToAsync("/sign-in\\?out=ended");

        await product.PersonAsync("sam", "Sam Ashton", SignInProduct.Officers);
        await page.Locator("[data-sign-in]").ClickAsync();
        await page.LiveAsync();
        Assert.Equal("staff-admitted, staff-role-changed, staff-lapsed, staff-returned", await product.AskAsync(Journal, "sam"));
    }

    [Fact]
    public async Task Leaver_LosesOpenPagesAndRequests_AndIsNotLetInAgain()
    {
        var page = await product.BrowserAsync();
        await product.PersonAsync("lee", "Lee Aver", SignInProduct.Coventry);
        await page.SignInToAsync("/calendar", "lee");
        var member = (await product.Staff.FindAsync(await product.AskAsync(StaffId, "lee"), TestContext.Current.CancellationToken))!;
        Assert.Equal(["coventry"], member.PublishesOn!.Areas!);
        Assert.Equal(200, (await page.APIRequest.GetAsync("/api/accounts")).Status);

        await product.Staff.SaveAsync([member with { Active = false }], TestContext.Current.CancellationToken);

        await page.ComesToAsync("/sign-in\\?out=ended&returnUrl=%2Fcalendar$");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Your sign-in has ended.");
        await Eventually.Becomes(async () => (await page.APIRequest.GetAsync("/api/accounts")).Status == 401, "requests are refused");
        await page.Locator("[data-sign-in]").ClickAsync();
        await page.ComesToAsync("/sign-in/refused");
        Assert.Equal("signed-in, refused inactive", await product.AskAsync(Record, "lee"));
    }

    [Fact]
    public async Task Leaver_LosesAnOpenConnectionOfAProgram()
    {
        await product.BrowserAsync();
        var member = new StaffMember("program-user", "Program User", Domain.People.Role.Auditor, null);
        await product.Staff.SaveAsync([member], TestContext.Current.CancellationToken);
        await product.Staff.SetTokenAsync(member.Id, "test", "a-token-of-the-test", TestContext.Current.CancellationToken);
        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(product.Address, "/hubs/coordination"), options => options.AccessTokenProvider = () => Task.FromResult<string?>("a-token-of-the-test")).Build();
        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync(TestContext.Current.CancellationToken);
        await hub.InvokeAsync("Follow", (string[])["all"], TestContext.Current.CancellationToken);

        await product.Staff.SaveAsync([member with { Active = false }], TestContext.Current.CancellationToken);

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<HttpRequestException>(async () => await hub.StartAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Provider_MayBeAway_AndComeBackWithAnotherKey()
    {
        var page = await product.BrowserAsync();
        await product.PersonAsync("kay", "Kay Rollover", SignInProduct.Managers);
        await page.SignInToAsync("/holds", "kay");
        var other = await product.BrowserAsync();
        await other.GotoAsync("/sign-in");
        var late = await product.BrowserAsync();
        await late.SignInToAsync("/holds", "kay");

        await product.StopProviderAsync();
        try
        {
            await page.GotoAsync("/calendar");
            await page.LiveAsync();
            await other.Locator("[data-sign-in]").ClickAsync();
            await other.SaysAsync("provider-away", "sign-in service does not answer");
            await late.Locator(".rail form button").ClickAsync();
            await late.ComesToAsync("/sign-in\\?out=here$");
            await Expect(late.GetByRole(AriaRole.Status)).ToContainTextAsync("close the browser");
        }
        finally
        {
            await product.StartProviderAsync("second");
        }

        await other.SignInToAsync("/holds", "kay");
        await Expect(other.Locator(".rail")).ToContainTextAsync("Kay Rollover");
    }

    [Fact]
    public async Task Sign_In_LeadsNowhereElse()
    {
        var page = await product.BrowserAsync();
        await product.PersonAsync("ruth", "Ruth Urn", SignInProduct.Auditors);
        await page.GotoAsync(await page.BeginAsync("//example.org/"));
        await page.AtProviderAsync("ruth");
        await page.ComesToAsync("^" + Regex.Escape(product.Address.AbsoluteUri) + "$");
        await page.GotoAsync("/sign-in?returnUrl=https://example.org/");
        await page.ComesToAsync("^" + Regex.Escape(product.Address.AbsoluteUri) + "$");
    }

    private static async Task AuditAsync(IPage page) => Assert.Empty((await page.RunAxe()).Violations);
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>An account's sign-in at its platform, set by a person: it goes by a plain form, and comes back to no screen.</summary>
[Collection(ProductCollection.Name)]
public sealed class PlatformSignInTests(Product product)
{
    private const string Account = "/accounts/x/demo_wmfs_willenhall";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SignIn_IsSet_Replaced_AndRemoved_AndNeverShown(bool phone)
    {
        var page = await product.OpenAsync(Account, phone: phone);
        await page.LiveAsync();
        var card = page.GetByRole(AriaRole.Region, new() { Name = "Sign-in at the platform" });
        await card.GetByRole(AriaRole.Link, new() { Name = "Set it" }).ClickAsync();
        await page.ComesToAsync("/sign-in$");
        await Expect(page.GetByText("Nothing is stored here.")).ToBeVisibleAsync();
        await AccessibilityTests.AuditAsync(page);

        // What no token can be is said so, and nothing that was typed comes back.
        await page.GetByRole(AriaRole.Link, new() { Name = "Access token" }).ClickAsync();
        await page.ComesToAsync("kind=access-token$");

        // The address changes before the page does, and what is typed into the former one is gone.
        await Expect(page.GetByLabel("The app’s secret")).ToHaveCountAsync(0);
        await page.GetByLabel("The account’s access token").FillAsync("two words");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "It was not set." })).ToContainTextAsync("has characters that no token has");
        await Expect(page.GetByLabel("The account’s access token")).ToHaveValueAsync("");

        const string secret = "a-token-of-willenhall-4711";
        await page.GetByLabel("The account’s access token").FillAsync(secret);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();
        await page.ComesToAsync(Account + "#sign-in$");
        await page.LiveAsync();
        Assert.DoesNotContain(secret, await page.ContentAsync(), StringComparison.Ordinal);

        await page.GotoAsync(Account + "/sign-in");
        await Expect(page.GetByText("It can be replaced; nobody can read it.")).ToContainTextAsync("access token, at https://api.x.com/");
        Assert.DoesNotContain(secret, await page.ContentAsync(), StringComparison.Ordinal);
        await AccessibilityTests.AuditAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove what is stored" }).ClickAsync();
        await page.ComesToAsync(Account + "#sign-in$");

        await page.GotoAsync("/journal?account=" + Uri.EscapeDataString("x/demo_wmfs_willenhall"));
        await page.LiveAsync();
        await Expect(page.GetByText("removed the stored sign-in of x/demo_wmfs_willenhall at its platform").First).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task WhoMayNotManageAccounts_SeesNoForm_AndIsRefusedByTheServerToo()
    {
        var page = await product.OpenAsync(Account, Product.Holder);
        await page.LiveAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Sign-in at the platform" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Set it" })).ToHaveCountAsync(0);
        await page.GotoAsync(Account + "/sign-in");
        await Expect(page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You may not set an account’s sign-in" })).ToBeVisibleAsync();

        // The form's address, without the field that only our own pages have, and without the right.
        var answer = await page.Context.APIRequest.PostAsync(new Uri(product.Service.BaseAddress, Account + "/sign-in").AbsoluteUri, new() { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Type"] = "application/x-www-form-urlencoded" }, DataString = "Kind=access-token&Token=abc", MaxRedirects = 0 });
        Assert.Contains(answer.Status, (int[])[302, 400, 403]);
        await page.Context.CloseAsync();
    }
}

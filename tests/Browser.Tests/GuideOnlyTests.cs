using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>A member of the Fire Authority and a volunteer: the guide, their own page, and nothing else.</summary>
[Collection(ProductCollection.Name)]
public sealed class GuideOnlyTests(Product product)
{
    [Theory]
    [InlineData("riley-demo", "Fire Authority member", false)]
    [InlineData("devon-demo", "Volunteer", true)]
    public async Task Guide_IsWhatTheySee(string who, string role, bool phone)
    {
        var page = await product.OpenAsync("/guide", who, phone);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The order in plain words" })).ToBeVisibleAsync();
        await Expect(page.Locator("main")).ToContainTextAsync($"You are a {role}.");
        await Expect(page.Locator(".rail, .bottom, .facts")).ToHaveCountAsync(0);
        await Expect(page.Locator("#starting")).ToBeHiddenAsync();
        await AccessibilityTests.AuditAsync(page);

        // From page to page inside the connection, and by address.
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Me" }).ClickAsync();
        await page.ComesToAsync("/who$");
        await Expect(page.GetByText("You have no brigade account to write on")).ToBeVisibleAsync();
        await Expect(page.Locator("main a[href='/tasks'], main a[href='/calendar'], main a[href='/compose']")).ToHaveCountAsync(0);
        await AccessibilityTests.AuditAsync(page);
        foreach (var closed in new[] { "/holds", "/calendar", "/compose", "/staff", "/journal", "/tasks", "/rota", "/accounts/x/demo_wmfs_aston" })
        {
            await page.GotoAsync(closed);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You may not open this page" })).ToBeVisibleAsync();
        }

        await AccessibilityTests.AuditAsync(page);
        await page.GotoAsync("/");
        await page.ComesToAsync("/guide$");
        Assert.Equal((403, 200), ((await page.APIRequest.GetAsync("/api/accounts")).Status, (await page.APIRequest.GetAsync("/api/permissions")).Status));
    }
}

using Coordination.Storage.Embedded;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>An auditor recomputes the record, on a desk and on a phone.</summary>
[Collection(ChangingProductCollection.Name)]
public sealed class VerifyTests(Product product)
{
    [Theory]
    [MemberData(nameof(Sizes.DeskFirst), MemberType = typeof(Sizes))]
    public async Task Auditor_FindsThePage_SeesThatAllAgrees_AndWhatDoesNot(bool phone)
    {
        var page = await product.OpenAsync(staffId: Product.Auditor, phone: phone);
        await page.LiveAsync();
        await page.Locator(phone ? "nav.bottom" : "nav.rail").GetByRole(AriaRole.Link, new() { Name = "Verify" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Verify");
        var checks = page.Locator("section[aria-label=Checks]");
        await Expect(checks.Locator(".vc")).ToHaveCountAsync(23);

        await VerifyAsync(page, "All agrees: ");
        await Expect(checks.Locator(".state.ok")).ToHaveCountAsync(23);
        await SoundAsync(page, phone);

        // Something is not as the journal has it: it is named, with a way to the account.
        await ExecuteAsync("insert into label_history values ('x/demo_stray', 1, 'x', 'local', 'coventry', null, null)");
        await VerifyAsync(page, "1 difference found.");
        await Expect(checks.Locator(".state.attention")).ToHaveTextAsync("1 difference");
        var line = checks.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "The history of labels has an account" });
        await Expect(line.GetByRole(AriaRole.Link, new() { Name = "x/demo_stray" })).ToHaveAttributeAsync("href", "/accounts/x/demo_stray");
        await SoundAsync(page, phone);
        await ExecuteAsync("delete from label_history where account = 'x/demo_stray'");
        await VerifyAsync(page, "All agrees: ");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Holder_IsToldWhoMay_AndHasNoLink()
    {
        var page = await product.OpenAsync("/verify", Product.Holder);
        await Expect(page.Locator("h1")).ToHaveTextAsync("You may not verify the journal");
        await Expect(page.Locator("nav a[href='/verify']")).ToHaveCountAsync(0);
    }

    private static async Task VerifyAsync(IPage page, string outcome)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify now" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = outcome })).ToBeVisibleAsync();
    }

    private static async Task SoundAsync(IPage page, bool phone)
    {
        Assert.Equal(phone ? 390 : 1440, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        // The phone shows the same elements.
        if (!phone)
        {
            await AccessibilityTests.AuditAsync(page);
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ServiceFile.Read(product.Data)!) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The tests' own text.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}

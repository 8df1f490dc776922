using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Coordination.Browser.Tests;

/// <summary>Every page against WCAG 2.2 A and AA, as far as a program can tell, in light and dark, on a desk and on a phone.</summary>
[Collection(ProductCollection.Name)]
public sealed class AccessibilityTests(Product product)
{
    private static readonly string[] Pages =
        ["/", "/?view=table", "/holds", "/holds/new", "/compose", "/handback", "/accounts/import", "/accounts/x/demo_wmfs_aston", "/accounts/x/nobody", "/who", "/nowhere"];

    private static readonly AxeRunOptions Wcag = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    public static TheoryData<string, ColorScheme, bool> Everything()
    {
        var data = new TheoryData<string, ColorScheme, bool>();
        foreach (var page in Pages)
        {
            data.Add(page, ColorScheme.Light, false);
            data.Add(page, ColorScheme.Dark, false);
            data.Add(page, ColorScheme.Light, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Page_PassesTheAudit_InEveryThemeAndSize(string path, ColorScheme theme, bool phone)
    {
        var page = await product.OpenAsync(path, phone: phone, theme: theme);
        await page.LiveAsync();

        await AuditAsync(page);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Proof_PassesTheAudit_WhileAHoldStands(ColorScheme theme)
    {
        var page = await product.OpenAsync(phone: true, theme: theme);
        await page.LiveAsync();
        var hold = await page.FreezeFromPhoneAsync("Dudley", "Account taken over");

        await AuditAsync(page);
        foreach (var path in new[] { "/", "/accounts/x/demo_wmfs_stourbridge", "/holds" })
        {
            await page.GotoAsync(path);
            await page.LiveAsync();
            await AuditAsync(page);
        }

        await page.LiftAsync(hold, "Account is ours again");
    }

    [Fact]
    public async Task SignIn_PassesTheAudit_BeforeAnybodyIsKnown()
    {
        var page = await product.OpenAsync();
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");

        await AuditAsync(page);
    }

    /// <summary>Asserts that the page, as it is now, passes.</summary>
    internal static async Task AuditAsync(IPage page)
    {
        var result = await page.RunAxe(Wcag);
        Assert.True(result.Violations.Length == 0, page.Url + "\n" + string.Join('\n', result.Violations.Select(v => $"{v.Id}: {v.Help} ({v.Nodes.Length}): {v.Nodes[0].Html}")));
    }
}

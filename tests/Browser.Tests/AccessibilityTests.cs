using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>Every page against WCAG 2.2 A and AA, as far as a program can tell, in light and dark, on a desk and on a phone.</summary>
[Collection(ProductCollection.Name)]
public sealed class AccessibilityTests(Product product)
{
    private static readonly string[] Pages =
        ["/", "/?view=table", "/holds", "/holds/new", "/incidents", "/incidents/new", "/incidents/file/none", "/exercises/file/none", "/exercises/line/0198a0a0-0000-7000-8000-000000000000", "/incidents/rules", "/incidents/rules/try", "/incidents/replay", "/scopes", "/compose", "/handback", "/approvals", "/rules", "/templates", "/repeats", "/calendar", "/calendar?view=list", "/sign-ins", "/messages/0198a0a0-0000-7000-8000-000000000000", "/tasks", "/rota", "/requests", "/staff", "/staff/new", "/staff/contacts", "/staff/sign-ins", "/staff/sam-demo", "/staff/nobody", "/accounts/import", "/accounts/x/demo_wmfs_aston", "/accounts/x/nobody", "/verify", "/journal", "/guide", "/proofs", "/exports", "/redactions", "/redactions?stream=export%2Fnone&number=1", "/retention", "/clients", "/who", "/break-glass", "/me/break-glass", "/nowhere"];

    private static readonly AxeRunOptions Wcag = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    private static readonly AxeRunOptions Contrast = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } };

    // What a smaller screen changes beside that: what a finger hits, and what scrolls; and where things stand.
    private static readonly AxeRunOptions OnAPhone = new()
    {
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["target-size", "scrollable-region-focusable", "meta-viewport", "region", "landmark-unique"] },
    };

    // ./test --all: everything in both themes and both sizes. An ordinary run audits each state once: one page on a desk and in the dark, the next on a phone.
    private static readonly bool Long = string.Equals(Environment.GetEnvironmentVariable("WMFS_ALL"), "1", StringComparison.Ordinal);

    public static TheoryData<string> Everything { get; } = new(Pages);

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Page_PassesTheAudit(string path)
    {
        var onAPhone = Array.IndexOf(Pages, path) % 2 == 1;
        var page = await product.OpenAsync(path);
        await page.LiveAsync();
        if (Long || !onAPhone)
        {
            await AuditAsync(page, Wcag);
            await AuditDarkAsync(page);
        }

        if (Long || onAPhone)
        {
            await page.SetViewportSizeAsync(390, 844);
            await Expect(page.Locator(".rail")).ToBeHiddenAsync();
            await AuditAsync(page, Wcag);
            await AuditAsync(page, OnAPhone);
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Proof_PassesTheAudit_WhileAHoldStands()
    {
        var page = await product.OpenAsync(phone: true);
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandBack_PassesTheAudit_WhileAPostIsDecidedAbout(bool phone)
    {
        var words = "Test your smoke alarm. " + Steps.Mark();
        var page = await product.OpenAsync(phone: phone);
        using var api = await product.Service.ClientAsync("comms-manager");
        var hold = await api.SendAsync("/api/holds", new { kind = "freeze", scope = new { stations = new[] { "stourbridge" } }, reason = "Account taken over" });
        await api.SendAsync("/api/messages", new { text = words, accounts = new[] { "x/demo_wmfs_stourbridge" } });

        await page.GotoAsync("/handback");
        var post = page.Locator("article.hb", new() { HasText = words });
        await post.GetByRole(AriaRole.Checkbox).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Discard 1 post…" })).ToBeVisibleAsync();
        await post.GetByRole(AriaRole.Button, new() { Name = "Discard…" }).ClickAsync();
        await AuditAsync(page);

        await post.GetByLabel("Why").FillAsync("Out of date");
        await post.GetByRole(AriaRole.Button, new() { Name = "Discard 1 post", Exact = true }).ClickAsync();
        await Expect(page.Locator("[aria-live=polite].rz-notification")).ToContainTextAsync("1 post discarded.");
        await Expect(post).ToHaveCountAsync(0);
        await AuditAsync(page);
        await page.LiftAsync(hold, "Account is ours again");
    }

    [Fact]
    public async Task Table_PassesTheAudit_AfterASortAndWithAChoiceOpen()
    {
        var page = await product.OpenAsync("/?view=table");
        await page.LiveAsync();
        await page.Locator("th button", new() { HasText = "State" }).ClickAsync();
        await Expect(page.Locator("th[aria-sort]")).ToContainTextAsync("State");
        await AuditAsync(page);

        await page.LiveAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Platform" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Option, new() { Name = "Facebook" })).ToBeVisibleAsync();
        await AuditAsync(page);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Compose_PassesTheAudit_WithAccountsChosenAndTheCalendarOpen()
    {
        var page = await product.OpenAsync("/compose?account=x%2Fdemo_wmfs_aston");
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "At" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Date and time: calendar" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Date and time" })).ToBeVisibleAsync();

        await AuditAsync(page);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task SignIn_PassesTheAudit_BeforeAnybodyIsKnown()
    {
        var page = await product.OpenAsync();
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");

        await AuditAsync(page);
    }

    /// <summary>Asserts that the page, as it is now, passes; and, in a long run, that its other theme's colours do.</summary>
    internal static async Task AuditAsync(IPage page)
    {
        await AuditAsync(page, Wcag);
        if (Long)
        {
            await AuditDarkAsync(page);
        }
    }

    private static async Task AuditDarkAsync(IPage page)
    {
        await ShowAsync(page, ColorScheme.Dark, "dark");
        await AuditAsync(page, Contrast);
        await ShowAsync(page, ColorScheme.Light, "light");
    }

    private static async Task AuditAsync(IPage page, AxeRunOptions rules)
    {
        // Before the audit, which brings a script of its own: nothing that the page does is refused by its security policy.
        Assert.Empty(await page.EvaluateAsync<string[]>("() => window.refusedByPolicy ?? []"));
        var result = await page.RunAxe(rules);
        Assert.True(result.Violations.Length == 0, page.Url + "\n" + string.Join('\n', result.Violations.Select(v => $"{v.Id}: {v.Help} ({v.Nodes.Length}): {v.Nodes[0].Html}")));
    }

    private static async Task ShowAsync(IPage page, ColorScheme theme, string name)
    {
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = theme });
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", name);
        await page.EvaluateAsync("() => Promise.all(document.getAnimations().filter(a => a.effect.getTiming().iterations !== Infinity).map(a => a.finished.catch(() => {})))");
    }
}

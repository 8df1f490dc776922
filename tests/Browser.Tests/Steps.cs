using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>What people do on the pages, as tests do it.</summary>
internal static class Steps
{
    private static int _marks;

    /// <summary>What tells a test's words from all others': figures alone, in which no content rule sees a number of anybody's.</summary>
    public static string Mark() => $"edition {Interlocked.Increment(ref _marks):000}";

    /// <summary>Waits until the page answers to a person: until its connection stands.</summary>
    public static Task LiveAsync(this IPage page) => Expect(page.Locator(".live.good")).ToBeVisibleAsync(new() { Timeout = 30_000 });

    /// <summary>Waits until the page's address is this.</summary>
    /// <remarks>Never for a navigation or a load: on a busy machine it can be over before anybody waits for it.</remarks>
    /// <param name="page">The page.</param>
    /// <param name="address">What the address holds, as a regular expression.</param>
    public static Task ComesToAsync(this IPage page, string address) => Expect(page).ToHaveURLAsync(new Regex(address), new() { Timeout = 30_000 });

    /// <summary>Places a freeze on one area from a phone: three taps and a reason.</summary>
    /// <returns>The id of the hold.</returns>
    public static async Task<string> FreezeFromPhoneAsync(this IPage phone, string area, string reason)
    {
        await phone.Locator(".bottom .btn.freeze").TapAsync();
        await phone.Locator(".pick .chip", new() { HasText = area }).TapAsync();
        await phone.GetByLabel("Why", new() { Exact = true }).FillAsync(reason);
        var freeze = phone.Locator(".foot-bar .btn.freeze");
        await Expect(freeze).ToHaveTextAsync(new Regex("^Freeze [0-9]+ accounts?$"));
        await freeze.TapAsync();
        await phone.ComesToAsync("/holds/H-");
        return phone.Url[(phone.Url.LastIndexOf('/') + 1)..];
    }

    /// <summary>Lifts a hold from its page.</summary>
    public static async Task LiftAsync(this IPage page, string holdId, string reason)
    {
        await page.GotoAsync("/holds/" + holdId);
        await page.GetByRole(AriaRole.Button, new() { Name = "Lift…" }).ClickAsync();
        await page.GetByLabel("Why is it safe now?").FillAsync(reason);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Lift the hold") }).ClickAsync();
        await Expect(page.Locator(".state", new() { HasText = "Lifted" })).ToBeVisibleAsync();
    }
}

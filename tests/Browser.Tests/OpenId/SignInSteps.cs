using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests.OpenId;

/// <summary>What people do to sign in, as tests do it.</summary>
internal static partial class SignInSteps
{
    /// <summary>Signs in from the sign-in page on, by the provider's own pages.</summary>
    public static async Task SignInAsync(this IPage page, string login)
    {
        await page.Locator("[data-sign-in]").ClickAsync();
        await page.AtProviderAsync(login);
    }

    /// <summary>Types a name at the provider, and agrees.</summary>
    /// <param name="page">The page.</param>
    /// <param name="login">The name.</param>
    /// <param name="agrees">Whether the provider asks for that: at a person's first sign-in in a browser.</param>
    public static async Task AtProviderAsync(this IPage page, string login, bool agrees = true)
    {
        await page.Locator("input[name=login]").FillAsync(login);
        await page.Locator("input[name=password]").FillAsync("any");
        await page.Locator("button[type=submit]").ClickAsync();
        if (agrees)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        }
    }

    /// <summary>Signs in and waits for the live page.</summary>
    public static async Task SignInToAsync(this IPage page, string path, string login)
    {
        await page.GotoAsync(path);
        await page.SignInAsync(login);
        await page.ComesToAsync(Regex.Escape(path) + "$");
        await page.LiveAsync();
    }

    /// <summary>Begins a sign-in without following it.</summary>
    /// <returns>The address at the provider that the browser is sent to.</returns>
    public static Task<string> BeginAsync(this IPage page, string returnUrl = "/") => BeginAsync(page, "/sign-in", returnUrl);

    /// <summary>Begins to confirm that it is the person who is signed in, without following it.</summary>
    /// <returns>The address at the provider that the browser is sent to.</returns>
    public static Task<string> BeginConfirmingAsync(this IPage page, string returnUrl) => BeginAsync(page, "/sign-in/again", returnUrl);

    private static async Task<string> BeginAsync(IPage page, string path, string returnUrl)
    {
        var form = await (await page.APIRequest.GetAsync(path)).TextAsync();
        var fields = page.APIRequest.CreateFormData();
        fields.Set("__RequestVerificationToken", Token().Match(form).Groups[1].Value);
        fields.Set("returnUrl", returnUrl);
        var answer = await page.APIRequest.PostAsync(path, new() { Form = fields, MaxRedirects = 0 });
        Assert.Equal(302, answer.Status);
        return answer.Headers["location"];
    }

    /// <summary>The page says that nobody was signed in, and why, and what to do.</summary>
    public static async Task SaysAsync(this IPage page, string code, string title)
    {
        await page.ComesToAsync("/sign-in/problem\\?why=" + code + "$");
        await Expect(page.Locator(".note[role=alert]")).ToContainTextAsync(title);
        await Expect(page.Locator("[data-sign-in]")).ToBeVisibleAsync();
        Assert.DoesNotContain("Exception", await page.ContentAsync(), StringComparison.Ordinal);
        await page.GotoAsync("/holds");
        await page.ComesToAsync("/sign-in\\?returnUrl=");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests.OpenId;

/// <summary>What people do with break-glass accounts, as tests do it.</summary>
internal static class GlassSteps
{
    public const string Password = "paper otter seven lanterns";

    /// <summary>Puts an authenticator into the page's browser that has a passkey made and used without a hand.</summary>
    public static async Task AddAuthenticatorAsync(this IPage page)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }

    /// <summary>Gives somebody an account, from the list's page.</summary>
    public static async Task GiveGlassAsync(this IPage manager, string name)
    {
        await manager.GotoAsync("/break-glass");
        await manager.LiveAsync();
        await manager.GetByRole(AriaRole.Button, new() { Name = "Give one…" }).ClickAsync();
        await manager.GetByRole(AriaRole.Combobox, new() { Name = "To" }).ClickAsync();
        await manager.GetByRole(AriaRole.Option, new() { NameRegex = new("^" + Regex.Escape(name)) }).ClickAsync();
        await Expect(manager.GetByRole(AriaRole.Combobox, new() { Name = "To" })).ToContainTextAsync(name);
        await manager.GetByLabel("Why?").FillAsync("On the call-out list");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Give it" }).ClickAsync();
        await Expect(manager.GetByRole(AriaRole.Article, new() { Name = name })).ToContainTextAsync("Not usable: needs a password, recovery codes, a passkey or an authenticator app");
    }

    /// <summary>Opens one's own page, sets a password and makes recovery codes.</summary>
    public static async Task<IReadOnlyList<string>> SetUpAsync(this IPage page)
    {
        await page.GotoAsync("/me/break-glass");
        await page.LiveAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Make 10 new codes" })).ToBeDisabledAsync();
        await page.GetByLabel("Password, 14 characters or more").FillAsync("too short");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Expect(page.Locator(".wrong")).ToContainTextAsync("at least 14 characters");
        await page.GetByLabel("Password, 14 characters or more").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Expect(page.GetByText("A password is set.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make 10 new codes" }).ClickAsync();
        await Expect(page.Locator("[data-glass-codes] code")).ToHaveCountAsync(10);
        return await page.Locator("[data-glass-codes] code").AllInnerTextsAsync();
    }

    /// <summary>Makes a passkey on one's own page.</summary>
    public static async Task AddPasskeyAsync(this IPage page, string name)
    {
        await page.GetByLabel("What you call it").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey…" }).ClickAsync();
        await page.ComesToAsync("/me/break-glass\\?passkey=added$");
        await page.LiveAsync();
        await Expect(page.Locator(".glass-key")).ToContainTextAsync(name);
    }

    /// <summary>Connects an authenticator app on one's own page.</summary>
    /// <returns>Its key.</returns>
    public static async Task<string> ConnectAppAsync(this IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect an app…" }).ClickAsync();
        var key = (await page.Locator("[data-glass-key]").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.GetByLabel("The code that the app shows now").FillAsync("12");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect it" }).ClickAsync();
        await Expect(page.Locator(".wrong")).ToContainTextAsync("That is not the code that the app shows now.");
        await page.GetByLabel("The code that the app shows now").FillAsync(Code(key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect it" }).ClickAsync();
        await Expect(page.GetByText("An app is connected")).ToBeVisibleAsync();
        return key;
    }

    /// <summary>Signs in from the break-glass page.</summary>
    public static async Task GlassByPasswordAsync(this IPage page, string user, string password, string code, string reason = "The sign-in is down")
    {
        await page.GotoAsync("/sign-in/break-glass");
        var form = page.GetByRole(AriaRole.Region, new() { Name = "With a password and a code" });
        await form.GetByLabel("Why this way?").FillAsync(reason);
        await form.GetByLabel("User name").FillAsync(user);
        await form.GetByLabel("Password").FillAsync(password);
        await form.GetByLabel("Code of your authenticator app, or a recovery code").FillAsync(code);
        await form.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>The page says that nobody was signed in, and no more.</summary>
    public static async Task SaysNoAsync(this IPage page)
    {
        await page.ComesToAsync("/sign-in/break-glass\\?why=failed$");
        await Expect(page.Locator(".note[role=alert]")).ToContainTextAsync("What was given does not let anybody in now.");
    }

    /// <summary>The six figures that an app shows for a key now (RFC 6238).</summary>
    public static string Code(string key)
    {
        var bits = string.Concat(key.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var step = BitConverter.GetBytes(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
        Array.Reverse(step);
#pragma warning disable CA5350 // What authenticator apps do.
        var hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var at = hash[^1] & 15;
        var number = ((hash[at] & 127) << 24) | (hash[at + 1] << 16) | (hash[at + 2] << 8) | hash[at + 3];
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }
}

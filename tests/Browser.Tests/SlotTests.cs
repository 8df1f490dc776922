using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Coordination.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>Queue slots as an account's holder uses them: set on its page, filled from the composer.</summary>
[Collection(ProductCollection.Name)]
public sealed class SlotTests(Product product)
{
    private const string Account = "x/demo_wmfs_kings_norton";
    private const string Holder = "alex-demo";

    [Theory]
    [MemberData(nameof(Sizes.DeskFirst), MemberType = typeof(Sizes))]
    public async Task Slots_AreSetOnTheAccountsPage_AndFilledInTurn(bool phone)
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var page = await product.OpenAsync("/accounts/" + Account, Holder, phone);
        var card = page.GetByRole(AriaRole.Region, new() { Name = "Queue slots" });
        await Expect(card).ToContainTextAsync("None yet.");
        await AddAsync(page, card, "Tuesday", "12:10");
        await AddAsync(page, card, "Friday", "12:10");
        await AddAsync(page, card, "Friday", "23:15");
        await Expect(card.Locator("[data-slot='fri 23:15']")).ToContainTextAsync("quiet hours");
        await AddAsync(page, card, "Friday", "09:00");
        await card.GetByRole(AriaRole.Button, new() { Name = "Take out Friday 09:00" }).ClickAsync();
        await Expect(card.Locator("[data-slot='fri 09:00']")).ToHaveCountAsync(0);
        await Expect(card.Locator("[data-next-free]")).ToContainTextAsync("12:10");
        await AccessibilityTests.AuditAsync(page);

        var next = (await manager.GetFromJsonAsync<JsonNode>($"/api/accounts/{Account}/slots"))!["next"]!.AsArray().Select(t => t!.GetValue<string>()).ToArray();
        await page.GotoAsync("/compose?account=" + Uri.EscapeDataString(Account));
        foreach (var due in next[..2])
        {
            var words = $"Test your smoke alarm ({Steps.Mark()}).";
            await page.GetByLabel("What to say").FillAsync(words);
            await page.GetByText("Next free slot", new() { Exact = true }).ClickAsync();
            await Expect(page.Locator("[data-slot-times]")).ToContainTextAsync(Account);
            await AccessibilityTests.AuditAsync(page);
            await page.GetByRole(AriaRole.Button, new() { Name = "Schedule on 1 account" }).ClickAsync();
            await Expect(page.Locator("[data-in-slots]")).ToContainTextAsync("12:10: " + Account);
            if (phone)
            {
                Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            }

            var posts = (await manager.GetFromJsonAsync<JsonNode>($"/api/accounts/{Account}/posts"))!["items"]!.AsArray();
            Assert.Equal(due, posts.Single(p => p!["text"]!.GetValue<string>() == words)!["dueAt"]!.GetValue<string>());

            // The page is empty again; the account is chosen anew.
            await page.GotoAsync("/compose?account=" + Uri.EscapeDataString(Account));
            await Expect(page.GetByLabel("What to say")).ToHaveValueAsync("");
        }

        foreach (var post in (await manager.GetFromJsonAsync<JsonNode>($"/api/accounts/{Account}/posts"))!["items"]!.AsArray().Where(p => p!["state"]!.GetValue<string>() == "scheduled"))
        {
            await manager.SendAsync($"/api/posts/{post!["id"]!.GetValue<string>()}/cancel", new { reason = "The test is over" });
        }

        var version = (await manager.GetFromJsonAsync<JsonNode>($"/api/accounts/{Account}/slots"))!["version"]!.GetValue<long>();
        using var cleared = await manager.PutAsJsonAsync($"/api/accounts/{Account}/slots", new { slots = Array.Empty<object>(), version });
        Assert.True(cleared.IsSuccessStatusCode, await cleared.Content.ReadAsStringAsync());
    }

    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task QuietHours_AreSaid_WithAWayOutOfThem(bool phone)
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var words = $"Test your smoke alarm ({Steps.Mark()}).";
        var (draft, night) = (Guid.NewGuid(), TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(2).AddHours(23).AddMinutes(30));
        using var kept = await manager.PutAsJsonAsync($"/api/drafts/{draft}", new { text = words, accounts = new[] { Account }, dueAt = night.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) });
        Assert.True(kept.IsSuccessStatusCode, await kept.Content.ReadAsStringAsync());
        var page = await product.OpenAsync($"/compose?draft={draft}", Holder, phone);
        await Expect(page.GetByLabel("What to say")).ToHaveValueAsync(words);
        var note = page.Locator("[data-quiet]");
        await Expect(note).ToContainTextAsync("Planned for the quiet hours, 22:00 to 07:00.");
        await Expect(note).ToContainTextAsync("The quiet hours of Comms’ rules.");
        await AccessibilityTests.AuditAsync(page);
        if (phone)
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        // A warning stops nothing; the button moves it out of them.
        await note.GetByRole(AriaRole.Button, new() { NameRegex = new("^Move it to .*07:00$") }).ClickAsync();
        await Expect(note).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule on 1 account" }).ClickAsync();
        await Expect(page.GetByText("Taken on 1 account.")).ToBeVisibleAsync();
        var post = (await manager.GetFromJsonAsync<JsonNode>($"/api/accounts/{Account}/posts"))!["items"]!.AsArray().Single(p => p!["text"]!.GetValue<string>() == words)!;
        var due = TimeZoneInfo.ConvertTime(DateTimeOffset.Parse(post["dueAt"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
        Assert.Equal((7, 0), (due.Hour, due.Minute));

        // Where Comms asks for a reason, the change of a post asks for it, too.
        var version = await SetQuietAsync(manager, new { from = "22:00", to = "07:00", act = "reason" });
        await page.GotoAsync("/posts/" + post["id"]!.GetValue<string>());
        await page.GetByRole(AriaRole.Button, new() { Name = "Change it…" }).ClickAsync();
        await Expect(page.Locator("[data-quiet]")).ToHaveCountAsync(0);
        await manager.SendAsync($"/api/posts/{post["id"]!.GetValue<string>()}/edit", new { revision = 1, text = words, dueAt = night, reasons = new Dictionary<string, string>(StringComparer.Ordinal) { ["quiet-hours"] = "For the night shift." } });
        await page.GetByRole(AriaRole.Button, new() { Name = "Take theirs" }).ClickAsync();
        await Expect(page.Locator("[data-quiet]").GetByLabel("Why can it not wait until 07:00?")).ToHaveValueAsync("For the night shift.");
        await AccessibilityTests.AuditAsync(page);
        await manager.SendAsync($"/api/posts/{post["id"]!.GetValue<string>()}/cancel", new { reason = "The test is over" });
        Assert.True(await SetQuietAsync(manager, null) > version);
    }

    [Fact]
    public async Task QuietHours_AreSetOnTheRulesPage()
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var page = await product.OpenAsync("/rules");
        var section = page.GetByRole(AriaRole.Region, new() { Name = "Quiet hours" });
        await Expect(section.GetByLabel("From", new() { Exact = true })).ToHaveValueAsync("22:00");
        await section.GetByLabel("From", new() { Exact = true }).FillAsync("23:00");
        await page.LiveAsync();
        await section.GetByRole(AriaRole.Combobox, new() { Name = "A time in the quiet hours: what it does" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Comms reads it first" }).ClickAsync();
        await AccessibilityTests.AuditAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the rules" }).ClickAsync();
        await Expect(page.GetByText("Set by Rowan Demo")).ToBeVisibleAsync();

        // Who set them stands there before, too, when another test has.
        try
        {
            await Eventually.Becomes(
                async () => (await manager.GetFromJsonAsync<JsonNode>("/api/rules"))!["quiet"]!,
                quiet => (quiet["from"]!.GetValue<string>(), quiet["to"]!.GetValue<string>(), quiet["act"]!.GetValue<string>()) == ("23:00", "07:00", "comms"),
                "the quiet hours are set");
        }
        finally
        {
            await SetQuietAsync(manager, null);
        }
    }

    [Fact]
    public async Task Slots_AreOnlyShown_ToWhoMayNotPublishThere()
    {
        var page = await product.OpenAsync("/accounts/" + Account, Product.Auditor);
        var card = page.GetByRole(AriaRole.Region, new() { Name = "Queue slots" });
        await Expect(card).ToContainTextAsync("None yet.");
        await Expect(card.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    // The rules are one set for all of the product: what is set here is taken back before the test ends.
    private static async Task<long> SetQuietAsync(HttpClient manager, object? quiet)
    {
        var rules = (await manager.GetFromJsonAsync<JsonNode>("/api/rules"))!;
        using var set = await manager.PutAsJsonAsync("/api/rules", new
        {
            version = rules["version"]!.GetValue<long>(),
            content = rules["content"]!.AsArray().Where(r => r!["act"]!.GetValue<string>() != r["usual"]!.GetValue<string>()).ToDictionary(r => r!["rule"]!.GetValue<string>(), r => r!["act"]!.GetValue<string>(), StringComparer.Ordinal),
            approvals = rules["approvals"],
            clashMinutes = rules["clashMinutes"]!.GetValue<int>(),
            quiet,
        });
        Assert.True(set.IsSuccessStatusCode, await set.Content.ReadAsStringAsync());
        return (await manager.GetFromJsonAsync<JsonNode>("/api/rules"))!["version"]!.GetValue<long>();
    }

    private static async Task AddAsync(IPage page, ILocator card, string day, string time)
    {
        await page.LiveAsync();
        await card.GetByRole(AriaRole.Combobox, new() { Name = "Day", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = day, Exact = true }).ClickAsync();
        // The choice answers by way of the browser: on a busy machine the button's click could come before it.
        await Expect(card.GetByRole(AriaRole.Combobox, new() { Name = "Day", Exact = true })).ToContainTextAsync(day);
        await card.GetByLabel("Time", new() { Exact = true }).FillAsync(time);
        await card.GetByRole(AriaRole.Button, new() { Name = "Add the slot" }).ClickAsync();
        await Expect(card.Locator($"[data-slot='{day[..3].ToLowerInvariant()} {time}']")).ToBeVisibleAsync();
    }
}

using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Coordination.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>A post that comes back: chosen in the composer, seen in the list and the calendar, stopped.</summary>
[Collection(ProductCollection.Name)]
public sealed class RepeatTests(Product product)
{
    private const string Account = "x/demo_wmfs_smethwick";

    // Noon on a Wednesday, some days from now: no change of the clocks' hour, and its day is known.
    private static DateTime Wednesday => TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(2 + ((10 - (int)TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(2).DayOfWeek) % 7)).AddHours(12);

    // The Sunday of next year on which the clocks go forward.
    private static DateTime Spring => new DateTime(TimeProvider.System.GetUtcNow().Year + 1, 3, 31) is var last ? last.AddDays(-(int)last.DayOfWeek) : default;

    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Repeat_IsStartedSeenAndStopped(bool phone)
    {
        var words = $"Test your smoke alarm ({Steps.Mark()}).";
        using var manager = await product.Service.ClientAsync("comms-manager");
        var draft = await DraftAsync(manager, words, Wednesday);
        var page = await product.OpenAsync("/compose?draft=" + draft, phone: phone);
        await Expect(page.GetByLabel("What to say")).ToHaveValueAsync(words);
        await ChooseAsync(page, "Repeats", "Every week, on days");
        var dates = page.Locator("[data-repeat-dates]");
        await Expect(dates).ToContainTextAsync("10 dates");
        var count = page.Locator(".repeats .rz-numeric input");
        await count.FillAsync("4");
        await count.BlurAsync();
        await Expect(dates).ToContainTextAsync("4 dates");
        await page.GetByLabel("Fri", new() { Exact = true }).CheckAsync();
        await Expect(dates.Locator("li").Nth(1)).ToContainTextAsync(Wednesday.AddDays(2).ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture));
        await AccessibilityTests.AuditAsync(page);

        // The draft keeps what was chosen: it is there again when the page is.
        await Eventually.Becomes(async () => (await manager.GetFromJsonAsync<JsonNode>("/api/drafts/" + draft))!["repeat"]?["rule"]?.GetValue<string>() == "FREQ=WEEKLY;BYDAY=WE,FR;COUNT=4", "the draft keeps the repeat");
        await page.ReloadAsync();
        await Expect(dates).ToContainTextAsync("4 dates");
        await Expect(page.GetByLabel("Fri", new() { Exact = true })).ToBeCheckedAsync();
        if (phone)
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Start the repeat on 1 account" }).ClickAsync();
        await page.Locator("[data-started]").GetByRole(AriaRole.Link, new() { Name = "See its dates" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Every week on Wednesday and Friday, 4 times" })).ToBeVisibleAsync();
        var section = page.GetByRole(AriaRole.Region, new() { Name = "Dates" });
        await Expect(section.GetByText("In the calendar")).ToHaveCountAsync(4);
        await AccessibilityTests.AuditAsync(page);

        // The post's page leads back; the list has it.
        var repeat = page.Url;
        await section.GetByRole(AriaRole.Link, new() { NameRegex = new("^Its post of") }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "It is one date of a repeat" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(repeat);
        await page.GotoAsync("/repeats");
        await Expect(page.GetByRole(AriaRole.Article).Filter(new() { HasText = words })).ToContainTextAsync("Goes on");

        await page.GotoAsync(repeat);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop the repeat" }).ClickAsync();
        await Expect(page.GetByText("Say why in a few words.")).ToBeVisibleAsync();
        await page.GetByLabel("Why", new() { Exact = true }).FillAsync("The campaign is over.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop the repeat" }).PressAsync("Enter");
        await Expect(section.GetByText("Taken back")).ToHaveCountAsync(4);
        await Expect(page.GetByText("The campaign is over.")).ToBeVisibleAsync();
        await AccessibilityTests.AuditAsync(page);
    }

    [Fact]
    public async Task Dates_SayWhatClocksAndHolidaysDo_AndRefusalsWhatToDo()
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var draft = await DraftAsync(manager, $"Night watch ({Steps.Mark()}).", Spring.AddDays(-1).AddMinutes(90));
        var holidays = await DraftAsync(manager, $"Winter ({Steps.Mark()}).", new DateTime(Spring.Year, 12, 24, 9, 0, 0));
        var page = await product.OpenAsync("/compose?draft=" + draft);
        await ChooseAsync(page, "Repeats", "Every day");
        var dates = page.Locator("[data-repeat-dates]");
        await Expect(dates).ToContainTextAsync("it goes out at 02:00 BST");

        await page.GotoAsync("/compose?draft=" + holidays);
        await Expect(page.GetByLabel("What to say")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^Winter"));
        await ChooseAsync(page, "Repeats", "Every day");
        await Expect(dates).ToContainTextAsync("Christmas Day");
        await page.GetByLabel("Leave bank holidays out").CheckAsync();
        await Expect(dates).ToContainTextAsync("Christmas Day: left out");

        await ChooseAsync(page, "Repeats", "By a rule (RRULE)");
        await page.GetByLabel("Rule, with COUNT or UNTIL").FillAsync("FREQ=WEEKLY");
        await page.GetByLabel("Rule, with COUNT or UNTIL").BlurAsync();
        await Expect(page.Locator("[data-repeat-refused=repeat-endless]")).ToContainTextAsync("Give it an end");
        await AccessibilityTests.AuditAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the repeat on 1 account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).GetByText("The rule never ends.")).ToBeVisibleAsync();
        foreach (var id in new[] { draft, holidays })
        {
            using var gone = await manager.DeleteAsync(new Uri($"/api/drafts/{id}?revision=1", UriKind.Relative));
        }
    }

    [Fact]
    public async Task Tolerance_IsChosen_AndShownAtThePost()
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var words = $"Open day ({Steps.Mark()}).";
        var draft = await DraftAsync(manager, words, Wednesday);
        var page = await product.OpenAsync("/compose?draft=" + draft);
        await ChooseAsync(page, "How late it may go out", "6 hours");
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule on 1 account" }).ClickAsync();
        await Expect(page.GetByText("Taken on 1 account.")).ToBeVisibleAsync();
        await page.GotoAsync($"/calendar?view=Day&date={Wednesday:yyyy-MM-dd}&account={Uri.EscapeDataString(Account)}");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new(System.Text.RegularExpressions.Regex.Escape(words)) }).ClickAsync();
        var chosen = page.GetByRole(AriaRole.Region, new() { Name = "Chosen post" });
        await Expect(chosen).ToContainTextAsync("At most 6 h late, then it is missed.");
        await chosen.GetByRole(AriaRole.Link, new() { Name = "Open it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "As it stands" })).ToContainTextAsync("6 h late, then it is missed");
    }

    private static async Task ChooseAsync(IPage page, string what, string option)
    {
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = what, Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = option, Exact = true }).ClickAsync();
    }

    // The time is set as another client would set it: the picker has tests of its own.
    private static async Task<string> DraftAsync(HttpClient manager, string words, DateTime wall)
    {
        var (id, zone) = (Guid.NewGuid().ToString("D"), TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
        var due = new DateTimeOffset(wall, zone.GetUtcOffset(wall)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        using var answer = await manager.PutAsJsonAsync("/api/drafts/" + id, new { text = words, accounts = new[] { Account }, dueAt = due });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return id;
    }
}

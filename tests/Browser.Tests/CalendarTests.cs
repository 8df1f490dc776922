using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>The calendar: what is planned, found by place, moved by hand and by keyboard.</summary>
[Collection(ProductCollection.Name)]
public sealed class CalendarTests(Product product)
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private const string Account = "x/demo_wmfs_bournbrook";

    // The middle of a month to come, at noon on a wall in London: neither clocks nor edges are near.
    private static readonly DateTime Noon = Middle(TimeProvider.System.GetUtcNow().UtcDateTime.AddMonths(2));

    [Fact]
    public async Task Post_IsDraggedToAnotherDay_AndPutBack()
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var id = await PostAsync(manager);
        var page = await product.OpenAsync(Address("Month"));
        var item = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^12:00 Bournbrook") });
        await item.DragToAsync(page.Locator($"[data-day='{Noon.AddDays(2):yyyy-MM-dd}']"));
        await Expect(page.GetByText("moved to")).ToContainTextAsync(Noon.AddDays(2).ToString("d MMMM yyyy HH:mm", CultureInfo.InvariantCulture));
        await Expect(page.Locator($"[data-day='{Noon.AddDays(2):yyyy-MM-dd}'] .it")).ToHaveCountAsync(1);
        Assert.Equal(Noon.AddDays(2), await DueAsync(manager, id));

        await page.GetByRole(AriaRole.Button, new() { Name = "Put it back" }).ClickAsync();
        await Expect(page.Locator($"[data-day='{Noon:yyyy-MM-dd}'] .it")).ToHaveCountAsync(1);
        Assert.Equal(Noon, await DueAsync(manager, id));
        await manager.SendAsync($"/api/posts/{id}/cancel", new { reason = "The test is over" });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_IsMovedByKeyboardAlone(bool phone)
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var id = await PostAsync(manager);
        var page = await product.OpenAsync(Address("Week"), phone: phone);
        var item = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^12:00 Bournbrook") });
        await item.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var chosen = page.GetByRole(AriaRole.Region, new() { Name = "Chosen post" });
        await Expect(chosen).ToContainTextAsync("Test your alarm");
        await AccessibilityTests.AuditAsync(page);
        var later = chosen.GetByRole(AriaRole.Button, new() { Name = "A day later" });
        await later.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("moved to")).ToBeVisibleAsync();
        Assert.Equal(Noon.AddDays(1), await DueAsync(manager, id));
        if (phone)
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        await manager.SendAsync($"/api/posts/{id}/cancel", new { reason = "The test is over" });
    }

    [Fact]
    public async Task Calendar_IsNarrowedToAStation_AndNamesHolidays()
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var id = await PostAsync(manager);
        var page = await product.OpenAsync(Address("List"));
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^12:00 Bournbrook") })).ToHaveCountAsync(1);
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Station" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Billesley", Exact = true }).ClickAsync();
        await page.ComesToAsync("station=billesley");
        await Expect(page.GetByText("Nothing is planned here")).ToBeVisibleAsync();

        // Who holds Coventry's accounts sees those, and everybody's when asked.
        var holder = await product.OpenAsync(Address("List"), Product.Holder);
        await Expect(holder.GetByText("Nothing is planned here")).ToBeVisibleAsync();
        await holder.LiveAsync();
        await holder.GetByRole(AriaRole.Combobox, new() { Name = "Whose accounts" }).ClickAsync();
        await holder.GetByRole(AriaRole.Option, new() { Name = "All accounts" }).ClickAsync();
        await holder.GetByRole(AriaRole.Button, new() { NameRegex = new("^12:00 Bournbrook") }).ClickAsync();
        await Expect(holder.GetByRole(AriaRole.Region, new() { Name = "Chosen post" })).ToContainTextAsync("Test your alarm");
        await Expect(holder.GetByRole(AriaRole.Button, new() { Name = "Move it" })).ToHaveCountAsync(0);

        await page.GotoAsync("/calendar?view=Month&date=2026-12-01");
        await Expect(page.Locator("[data-day='2026-12-28']")).ToContainTextAsync("Boxing Day");
        await manager.SendAsync($"/api/posts/{id}/cancel", new { reason = "The test is over" });
    }

    [Fact]
    public async Task Address_ForAnotherProgram_IsShownOnce_AndTakenBack()
    {
        var page = await product.OpenAsync("/calendar", Product.Holder);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make an address" }).ClickAsync();
        var field = page.Locator("[data-feed]");
        await Expect(field).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^http://.*/calendar\\.ics\\?token=.{43}$"));
        var address = await field.InputValueAsync();
        await AccessibilityTests.AuditAsync(page);
        using var program = new HttpClient();
        Assert.StartsWith("BEGIN:VCALENDAR", await program.GetStringAsync(new Uri(address)), StringComparison.Ordinal);

        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Make a new address" })).ToBeVisibleAsync();
        await Expect(field).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(page.GetByText("It is taken back.")).ToBeVisibleAsync();
        using var gone = await program.GetAsync(new Uri(address));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, gone.StatusCode);
    }

    private static string Address(string view) => $"/calendar?view={view}&date={Noon:yyyy-MM-dd}";

    private static Task<string> PostAsync(HttpClient client) => client.SendAsync($"/api/accounts/{Account}/posts", new { text = "Test your alarm.", dueAt = TimeZoneInfo.ConvertTimeToUtc(Noon, London) });

    private static async Task<DateTime> DueAsync(HttpClient client, string post) =>
        (await client.GetFromJsonAsync<JsonNode>($"/api/posts/{post}"))!["dueAt"]!.GetValue<DateTimeOffset>() is var due ? TimeZoneInfo.ConvertTime(due, London).DateTime : default;

    private static DateTime Middle(DateTime month) => new(month.Year, month.Month, 13, 12, 0, 0, DateTimeKind.Unspecified);
}

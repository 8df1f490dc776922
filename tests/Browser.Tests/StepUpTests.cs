using Coordination.Storage.Embedded;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>A page that has been open for longer than a sign-in is fresh: one press, and one goes on where one was.</summary>
[Collection(ProductCollection.Name)]
public sealed class StepUpTests(Product product)
{
    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Lift_AsksWhoIsThere_AndGoesOnWithWhatWasTyped(bool phone)
    {
        // Somebody of their own: a sign-in that is made old is old in all their pages.
        var id = $"taylor-{(phone ? "phone" : "desk")}-demo";
        var rowan = await product.OpenAsync("/staff", phone: phone);
        var made = await rowan.APIRequest.PutAsync($"/api/staff/{id}", new() { DataObject = new { name = "Taylor Turns", role = "comms-manager", reason = "A test needs them" } });
        Assert.True(made.Ok, await made.TextAsync());
        try
        {
            var page = await product.OpenAsync("/holds", id, phone);
            await page.LiveAsync();
            var placed = await page.APIRequest.PostAsync("/api/holds", new() { DataObject = new { kind = "freeze", scope = new { accounts = new[] { "x/demo_wmfs_oldbury" } }, reason = "Smoke over the road" } });
            var hold = (await placed.JsonAsync())!.Value.GetProperty("id").GetString()!;
            await page.GotoAsync("/holds/" + hold);
            await page.LiveAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Lift…" }).ClickAsync();
            await Expect(page.GetByText("Confirm that it is you first.")).ToHaveCountAsync(0);
            await page.GetByLabel("Why is it safe now?").FillAsync("The road is open again");

            // Their sign-in is fresh for a few seconds more: the page that is opened now outlasts that.
            await GrowOldAsync(id, "14 minutes 40 seconds");
            await SignInElsewhereAsync(id, phone);
            await page.GotoAsync($"/holds/{hold}?lift=true");
            await page.LiveAsync();
            await page.GetByLabel("Why is it safe now?").FillAsync("The road is open again");
            await Expect(page.GetByText("Confirm that it is you first.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
            var lift = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Lift the hold") });
            await lift.ClickAsync();
            var panel = page.GetByRole(AriaRole.Region, new() { Name = "Lift the hold" });
            await Expect(panel).ToContainTextAsync("you must have signed in a short time ago");
            await Expect(page.Locator(".state", new() { HasText = "Holding" })).ToBeVisibleAsync();
            await AccessibilityTests.AuditAsync(page);

            await panel.GetByRole(AriaRole.Link, new() { Name = "Confirm that it is you" }).ClickAsync();
            await page.ComesToAsync("/sign-in/again\\?returnUrl=%2Fholds%2F" + hold);
            await Expect(page.Locator("main")).ToContainTextAsync("You are signed in as Taylor Turns");
            await AccessibilityTests.AuditAsync(page);
            await page.GetByRole(AriaRole.Button, new() { Name = "I am Taylor Turns" }).ClickAsync();
            await page.ComesToAsync($"/holds/{hold}\\?lift=true$");
            await page.LiveAsync();
            await Expect(page.GetByLabel("Why is it safe now?")).ToHaveValueAsync("The road is open again");
            await Expect(page.GetByText("Confirm that it is you first.")).ToHaveCountAsync(0);
            await lift.ClickAsync();
            await Expect(page.Locator(".state", new() { HasText = "Lifted" })).ToBeVisibleAsync();
            await Expect(page.Locator("main")).ToContainTextAsync("The road is open again");

            // Whoever is fresh is not asked.
            await page.GotoAsync("/sign-in/again?returnUrl=%2Fholds");
            await page.ComesToAsync("/holds$");
        }
        finally
        {
            var version = (await (await rowan.APIRequest.GetAsync($"/api/staff/{id}")).JsonAsync())!.Value.GetProperty("version").GetInt64();
            await rowan.APIRequest.PutAsync($"/api/staff/{id}", new() { DataObject = new { name = "Taylor Turns", role = "auditor", active = false, version, reason = "The test is over" } });
        }
    }

    // The host that lets somebody in forgets what it remembered of their sign-ins.
    private async Task SignInElsewhereAsync(string id, bool phone)
    {
        var other = await product.OpenAsync("/who", id, phone);
        await other.Context.ClearCookiesAsync();
        await other.GotoAsync("/sign-in?returnUrl=%2Fwho");
        await other.Locator($"button[value={id}]").ClickAsync();
        await other.ComesToAsync("/who$");
        await other.LiveAsync();
    }

    private async Task GrowOldAsync(string id, string age)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ServiceFile.Read(product.Data)!) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("update sign_in_session set authenticated_at = clock_timestamp() - $2::interval where staff_id = $1", connection);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(age);
        Assert.True(await command.ExecuteNonQueryAsync() > 0);
    }
}

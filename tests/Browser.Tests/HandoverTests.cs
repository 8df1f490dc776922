using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>A turn of the duty rota is handed over by whoever had it, and taken by another with one press.</summary>
[Collection(ProductCollection.Name)]
public sealed class HandoverTests(Product product)
{
    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Turn_IsHandedOver_AndTakenWithOnePress(bool phone)
    {
        using var api = await product.Service.ClientAsync("comms-manager");
        var (path, now) = ($"/api/rota/shifts/{Guid.NewGuid()}", TimeProvider.System.GetUtcNow());
        using var set = await api.PutAsJsonAsync(path, new { role = "incident-cover", name = "Casey Demo", phone = "0121 496 0003", from = now.AddHours(-1), to = now.AddHours(4) });
        set.EnsureSuccessStatusCode();
        var version = (await set.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("version").GetInt64();

        var theirs = await product.OpenAsync("/rota", "casey-demo", phone);
        await theirs.LiveAsync();
        var turn = theirs.GetByRole(AriaRole.Article, new() { Name = "Turn of Casey Demo, Incident cover" });
        await turn.GetByRole(AriaRole.Button, new() { Name = "Hand over the turn of Casey Demo" }).ClickAsync();
        await turn.GetByRole(AriaRole.Button, new() { Name = "Hand it over" }).ClickAsync();
        await Expect(turn.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say what they have to know");
        await AccessibilityTests.AuditAsync(theirs);
        await turn.GetByLabel("What does the next one have to know?").FillAsync("Fire in Aston, the line is agreed");
        await turn.GetByRole(AriaRole.Button, new() { Name = "Hand it over" }).ClickAsync();
        await Expect(turn).ToContainTextAsync("Handed over, not taken");
        await Expect(turn.GetByRole(AriaRole.Button, new() { Name = "Take it over from Casey Demo" })).ToHaveCountAsync(0);
        Assert.True(await theirs.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "The page is wider than its window.");

        var next = await product.OpenAsync("/rota", "jo-demo", phone);
        await next.LiveAsync();
        var taken = next.GetByRole(AriaRole.Article, new() { Name = "Turn of Casey Demo, Incident cover" });
        await Expect(taken).ToContainTextAsync("Fire in Aston, the line is agreed");
        await AccessibilityTests.AuditAsync(next);
        await taken.GetByRole(AriaRole.Button, new() { Name = "Take it over from Casey Demo" }).ClickAsync();
        await Expect(taken).ToContainTextAsync("Taken over");
        await Expect(taken).ToContainTextAsync("taken over by Jo Demo");
        await Expect(turn).ToContainTextAsync("taken over by Jo Demo");
        using var removed = await api.PostAsJsonAsync(path + "/remove", new { version, reason = "The test is over" });
        removed.EnsureSuccessStatusCode();
    }
}

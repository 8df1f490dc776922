using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>How holds end on the pages: by two of Comms, or as their placer chose; and how they are looked at again.</summary>
[Collection(ProductCollection.Name)]
public sealed class HoldLiftTests(Product product)
{
    private const string Officer = "sam-demo";

    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task HoldFromAnIncident_IsLiftedByTwoOfComms_OnTheHoldsList(bool phone)
    {
        using var control = await product.Service.ClientAsync("fire-control");
        var hold = await control.SendAsync("/api/holds", new { kind = "centralCoordination", scope = new { stations = new[] { "oldbury" } }, reason = "Fire at the depot", incident = "INC-2041" });
        var asker = await product.OpenAsync("/holds/" + hold, phone: phone);
        await asker.GetByRole(AriaRole.Button, new() { Name = "Lift…" }).ClickAsync();
        await Expect(asker.GetByText("It needs two.")).ToBeVisibleAsync();
        await asker.GetByLabel("Why is it safe now?").FillAsync("The fire is out");
        await asker.GetByRole(AriaRole.Button, new() { Name = "Ask to lift the hold" }).ClickAsync();
        var request = asker.Locator($"[data-lift-ask='{hold}']");
        await Expect(request).ToContainTextAsync("You asked to lift it at");
        await Expect(request).ToContainTextAsync("It stands until another member of Comms confirms");
        await Expect(request.GetByRole(AriaRole.Button, new() { NameRegex = new("^Confirm") })).ToHaveCountAsync(0);
        if (!phone)
        {
            await AccessibilityTests.AuditAsync(asker);
        }

        // Everybody sees it; who has no right to it gets no button.
        var holder = await product.OpenAsync("/holds/" + hold, Product.Holder, phone);
        await Expect(holder.Locator($"[data-lift-ask='{hold}']")).ToContainTextAsync("Rowan Demo asked to lift it at");
        await Expect(holder.Locator($"[data-lift-ask='{hold}'] button")).ToHaveCountAsync(0);

        var second = await product.OpenAsync("/", Officer, phone);
        await Expect(second.Locator("[data-reminders]")).ToContainTextAsync("Rowan Demo asked to lift it at");
        await second.GotoAsync("/holds");
        var waiting = second.Locator($"[data-lift-ask='{hold}']");
        await Expect(waiting).ToContainTextAsync("The fire is out");
        await AccessibilityTests.AuditAsync(second);
        await waiting.GetByRole(AriaRole.Button, new() { NameRegex = new("^Confirm: lift the hold") }).ClickAsync();
        await Expect(waiting).ToHaveCountAsync(0);

        // The asker's page was never loaded again.
        await Expect(asker.Locator(".head .state", new() { HasText = "Lifted" })).ToBeVisibleAsync();
        await Expect(asker.Locator(".tl")).ToContainTextAsync("Lifted by Sam Demo, as Rowan Demo had asked: The fire is out");
    }

    [Fact]
    public async Task RequestToLift_IsDeclinedWithAReason_AndTheHoldStands()
    {
        using var control = await product.Service.ClientAsync("fire-control");
        using var manager = await product.Service.ClientAsync("comms-manager");
        var hold = await control.SendAsync("/api/holds", new { kind = "freeze", scope = new { stations = new[] { "oldbury" } }, reason = "Fire at the depot", incident = "INC-2042" });
        await manager.SendAsync($"/api/holds/{hold}/lift", new { reason = "The fire is out" });
        var page = await product.OpenAsync("/holds/" + hold, Officer);
        var request = page.Locator($"[data-lift-ask='{hold}']");

        await request.GetByRole(AriaRole.Button, new() { Name = "Decline…" }).ClickAsync();
        await request.GetByRole(AriaRole.Button, new() { Name = "Decline: the hold stands" }).ClickAsync();
        await Expect(request).ToContainTextAsync("Say why in a few words");
        await request.GetByLabel("Why should it stand? Rowan Demo reads it.").FillAsync("Smoke again");
        await request.GetByRole(AriaRole.Button, new() { Name = "Decline: the hold stands" }).ClickAsync();
        await Expect(request).ToHaveCountAsync(0);
        await Expect(page.Locator(".tl")).ToContainTextAsync("Request to lift declined or withdrawn, Sam Demo: Smoke again");
        await Expect(page.Locator(".head .state", new() { HasText = "Holding" })).ToBeVisibleAsync();

        using var officer = await product.Service.ClientAsync("comms-officer");
        await manager.SendAsync($"/api/holds/{hold}/lift", new { reason = "The fire is out" });
        await officer.SendAsync($"/api/holds/{hold}/lift", new { reason = "It is" });
    }

    [Fact]
    public async Task Review_RemindsWhenItIsDue_AndIsMovedWithAWord()
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var due = TimeProvider.System.GetUtcNow().AddSeconds(3);
        var hold = await manager.SendAsync("/api/holds", new { kind = "freeze", scope = new { stations = new[] { "oldbury" } }, reason = "Account taken over", reviewAt = due });
        var board = await product.OpenAsync("/", Officer);
        var reminder = board.Locator("[data-reminders] .note", new() { HasText = hold });
        await Expect(reminder).ToContainTextAsync("Review due since");
        await AccessibilityTests.AuditAsync(board);

        await reminder.GetByRole(AriaRole.Link, new() { Name = "Look again" }).ClickAsync();
        await Expect(board.Locator("[data-review-due]")).ToContainTextAsync("It stands until people lift it");
        await board.GetByRole(AriaRole.Button, new() { Name = "Move the review…" }).ClickAsync();
        await board.GetByLabel("A word why").FillAsync("Still not ours");
        await board.GetByRole(AriaRole.Button, new() { Name = "Move the review", Exact = true }).ClickAsync();
        await Expect(board.Locator("[data-review-due]")).ToHaveCountAsync(0);
        await Expect(board.Locator(".tl")).ToContainTextAsync("Time of review moved, Sam Demo: Still not ours");
        await Expect(board.Locator(".head .state", new() { HasText = "Holding" })).ToBeVisibleAsync();

        await manager.SendAsync($"/api/holds/{hold}/lift", new { reason = "Ours again" });
    }

    [Fact]
    public async Task ApprovalHold_SaysWhenItEndsAndWhoseChoiceThatWas_FromTheFormToTheList()
    {
        var page = await product.OpenAsync("/holds/new", Officer);
        await page.LiveAsync();
        await Expect(page.GetByLabel("Ends by itself")).ToHaveCountAsync(0);
        await page.Locator(".kind", new() { HasText = "Approval required" }).ClickAsync();
        await page.Locator(".pick .chip", new() { HasText = "Dudley" }).ClickAsync();
        await page.GetByLabel("Why", new() { Exact = true }).FillAsync("Pre-election period");
        var end = TimeProvider.System.GetUtcNow().AddDays(9).Date.AddHours(22);
        await page.Locator(".field", new() { HasText = "Ends by itself" }).Locator("input:visible").FillAsync(end.ToString("d/M/yyyy HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await page.Locator(".go .btn").ClickAsync();
        await page.ComesToAsync("/holds/H-");
        var words = $"ends by itself on {end.ToString("ddd d MMM HH:mm", System.Globalization.CultureInfo.InvariantCulture)}, as Sam Demo chose";
        await Expect(page.Locator(".head")).ToContainTextAsync(words);
        var hold = page.Url[(page.Url.LastIndexOf('/') + 1)..];
        await page.GotoAsync("/holds");
        await Expect(page.Locator(".hold-row", new() { HasText = hold })).ToContainTextAsync(words);

        using var manager = await product.Service.ClientAsync("comms-manager");
        await manager.SendAsync($"/api/holds/{hold}/lift", new { reason = "Called off" });
    }

    [Fact]
    public async Task WhatGotOut_IsRemovedByOnePress_OnTheHoldsPage()
    {
        const string Account = "x/demo_wmfs_oldbury";
        using var manager = await product.Service.ClientAsync("comms-manager");

        // Everything that takes a while comes before the post is on its way: it stays on the wire for eight seconds.
        var board = await product.OpenAsync("/", Officer);
        await board.LiveAsync();
        await product.SlowDownAsync("x_demo_wmfs_oldbury", TimeSpan.FromSeconds(8));
        await manager.SendAsync("/api/messages", new { text = "Doors open at ten.", accounts = new[] { Account } });
        await Expect(board.Locator(".side")).ToContainTextAsync("On the wire");
        var hold = await manager.SendAsync("/api/holds", new { kind = "freeze", scope = new { stations = new[] { "oldbury" } }, reason = "Wrong information out" });
        var page = await product.OpenAsync("/holds/" + hold, Officer);
        var line = page.Locator("[data-in-flight] [data-post]");
        await Expect(line).ToContainTextAsync(new System.Text.RegularExpressions.Regex("sent \\d\\d:\\d\\d:\\d\\d"), new() { Timeout = 30_000 });
        await AccessibilityTests.AuditAsync(page);
        var holder = await product.OpenAsync("/holds/" + hold, Product.Holder);
        await Expect(holder.Locator("[data-in-flight] [data-post]")).ToContainTextAsync("sent");
        await Expect(holder.Locator("[data-in-flight] button")).ToHaveCountAsync(0);

        await line.GetByRole(AriaRole.Button, new() { Name = "Remove the post on " + Account }).ClickAsync();
        await Expect(line).ToContainTextAsync(new System.Text.RegularExpressions.Regex("sent \\d\\d:\\d\\d:\\d\\d, removed \\d\\d:\\d\\d:\\d\\d by Sam Demo"), new() { Timeout = 30_000 });
        await Expect(line.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        await manager.SendAsync($"/api/holds/{hold}/lift", new { reason = "Corrected" });
    }
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>A post that somebody else reads first, from the composer to its approval, as its writer and its approver do it.</summary>
[Collection(ProductCollection.Name)]
public sealed class ReviewTests(Product product)
{
    private const string Account = "x/demo_wmfs_foleshill";

    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Post_IsSentToComms_SentBack_ChangedAndApproved(bool phone)
    {
        var words = $"Two people appeared in court over the fire ({Steps.Mark()}).";
        var writer = await product.OpenAsync("/compose?account=" + Uri.EscapeDataString(Account), Product.Holder, phone);
        await writer.GetByLabel("What to say").FillAsync(words);
        await Expect(writer.Locator("[data-rule=legal]")).ToContainTextAsync("Comms reads the post first");
        await writer.GetByText("At", new() { Exact = true }).ClickAsync();
        await Expect(writer.Locator("[data-review]")).ToContainTextAsync("Comms reads it first.");
        await AccessibilityTests.AuditAsync(writer);
        await writer.GetByRole(AriaRole.Button, new() { Name = "Send to Comms: 1 account" }).ClickAsync();
        await Expect(writer.GetByText("Sent for approval: 1 account.")).ToBeVisibleAsync();

        var comms = await product.OpenAsync("/approvals", phone: phone);
        var waiting = comms.GetByRole(AriaRole.Article).Filter(new() { HasText = words });
        await Expect(waiting.Locator("[data-rule=legal] q")).ToHaveTextAsync("in court");
        await waiting.GetByRole(AriaRole.Button, new() { Name = "Send back…" }).ClickAsync();
        await waiting.GetByRole(AriaRole.Button, new() { Name = "Send it back" }).ClickAsync();
        await Expect(waiting).ToContainTextAsync("Say in a few words what should change.");
        await waiting.GetByLabel("What should its writer change?").FillAsync("Leave the court to the police.");
        await AccessibilityTests.AuditAsync(comms);
        await waiting.GetByRole(AriaRole.Button, new() { Name = "Send it back" }).ClickAsync();
        await Expect(waiting).ToHaveCountAsync(0);

        // Its writer finds it with the comment, and sends it again: still with the court in it.
        await writer.GotoAsync("/approvals");
        var returned = writer.GetByRole(AriaRole.Article).Filter(new() { HasText = words });
        await Expect(returned).ToContainTextAsync("Leave the court to the police.");
        await returned.GetByRole(AriaRole.Link, new() { Name = "Change and send again" }).ClickAsync();
        await writer.ComesToAsync("/posts/");
        await writer.GetByRole(AriaRole.Button, new() { Name = "Change it…" }).ClickAsync();
        await writer.GetByLabel("What to say").FillAsync(words + " The police know more.");
        await AccessibilityTests.AuditAsync(writer);
        if (phone)
        {
            Assert.Equal(390, await writer.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        await writer.GetByRole(AriaRole.Button, new() { Name = "Send to Comms" }).ClickAsync();
        await Expect(writer.Locator(".head .state")).ToHaveTextAsync("Waits for approval");

        var again = comms.GetByRole(AriaRole.Article).Filter(new() { HasText = "The police know more." });
        await again.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Expect(again).ToHaveCountAsync(0);
        await Expect(writer.Locator(".head .state")).ToHaveTextAsync("Scheduled");
        await Expect(writer.GetByRole(AriaRole.Region, new() { Name = "As it stands" })).ToContainTextAsync("Rowan Demo");

        using var manager = await product.Service.ClientAsync("comms-manager");
        await manager.SendAsync($"/api/posts/{writer.Url[(writer.Url.LastIndexOf('/') + 1)..].Split('#')[0]}/cancel", new { reason = "The test is over" });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TwoWhoEditOnePost_LoseNothing(bool keepMine)
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var due = TimeProvider.System.GetUtcNow().AddHours(3);
        var id = await manager.SendAsync($"/api/accounts/{Account}/posts", new { text = "Open day on Saturday at ten.", dueAt = due });
        var page = await product.OpenAsync("/posts/" + id, Product.Holder);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change it…" }).ClickAsync();
        await page.GetByLabel("What to say").FillAsync("Open day on Saturday at ten, with cake.");

        // Somebody else is quicker: their words stand beside those typed here, and neither is lost.
        await manager.SendAsync($"/api/posts/{id}/edit", new { revision = 1, text = "Open day on Sunday at ten.", dueAt = due });
        var theirs = page.Locator("[data-theirs]");
        await Expect(theirs).ToContainTextAsync("Rowan Demo has changed it since you began");
        await Expect(theirs.Locator("ins")).ToContainTextAsync("Sunday");
        await Expect(page.GetByLabel("What to say")).ToHaveValueAsync("Open day on Saturday at ten, with cake.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Keep the change" })).ToBeDisabledAsync();
        await AccessibilityTests.AuditAsync(page);

        await theirs.GetByRole(AriaRole.Button, new() { Name = keepMine ? "Go on with mine" : "Take theirs" }).ClickAsync();
        await Expect(page.GetByLabel("What to say")).ToHaveValueAsync(keepMine ? "Open day on Saturday at ten, with cake." : "Open day on Sunday at ten.");
        if (keepMine)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Keep the change" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Region, new() { Name = "As it stands" })).ToContainTextAsync("with cake");
        }

        var post = (await manager.GetFromJsonAsync<JsonNode>($"/api/posts/{id}"))!;
        Assert.Equal((keepMine ? "Open day on Saturday at ten, with cake." : "Open day on Sunday at ten.", keepMine ? 3 : 2), (post["text"]!.GetValue<string>(), post["revision"]!.GetValue<int>()));
        await manager.SendAsync($"/api/posts/{id}/cancel", new { reason = "The test is over" });
    }

    [Theory]
    [MemberData(nameof(Sizes.DeskFirst), MemberType = typeof(Sizes))]
    public async Task Clash_IsShownSideBySide_WhileOneWrites(bool phone)
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var id = await manager.SendAsync("/api/accounts/facebook/demo_wmfs/posts", new { text = "Open day at headquarters.", topic = "event", dueAt = TimeProvider.System.GetUtcNow().AddMinutes(55) });
        var page = await product.OpenAsync("/compose?account=x/demo_wmfs", phone: phone);
        await page.GetByLabel("What to say").FillAsync("Exercise at the canal.");
        await page.GetByText("At", new() { Exact = true }).ClickAsync();
        var clash = page.Locator("[data-clash]");
        await Expect(clash).ToContainTextAsync("1 post within 30 minutes of this time.");
        await Expect(clash.Locator(".clash > div").First).ToContainTextAsync("Exercise at the canal.");
        await Expect(clash.Locator(".clash > div").Last).ToContainTextAsync("Open day at headquarters.");
        await AccessibilityTests.AuditAsync(page);
        await manager.SendAsync($"/api/posts/{id}/cancel", new { reason = "The test is over" });
    }

    [Fact]
    public async Task Rules_AreSetOnTheirPage_AndOthersOnlyLook()
    {
        var page = await product.OpenAsync("/rules");
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Somebody's email address: what it does" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Warn" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a rule" }).ClickAsync();
        await page.GetByLabel("Accounts", new() { Exact = true }).FillAsync("x/demo_wmfs_folshill");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the rules" }).ClickAsync();
        await Expect(page.Locator(".wrong")).ToContainTextAsync("Did you mean x/demo_wmfs_foleshill");
        await page.GetByLabel("Accounts", new() { Exact = true }).FillAsync(Account);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the rules" }).ClickAsync();
        await Expect(page.GetByText("Set by Rowan Demo")).ToBeVisibleAsync();

        var holder = await product.OpenAsync("/compose?account=" + Uri.EscapeDataString(Account), Product.Holder);
        await holder.GetByLabel("What to say").FillAsync("Write to jo@example.org.");
        await Expect(holder.Locator("[data-rule=email]")).ToHaveAttributeAsync("data-act", "Warn");
        await Expect(holder.Locator("[data-review]")).ToContainTextAsync("Posts of this account are approved before they go out.");

        var auditor = await product.OpenAsync("/rules", Product.Auditor);
        await Expect(auditor.GetByText("You may look.")).ToBeVisibleAsync();
        await Expect(auditor.GetByRole(AriaRole.Button, new() { Name = "Set the rules" })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Take out" }).ClickAsync();
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Somebody's email address: what it does" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Ask for a reason" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the rules" }).ClickAsync();
        await Expect(page.GetByText("They count from now on.").First).ToBeVisibleAsync();
    }
}

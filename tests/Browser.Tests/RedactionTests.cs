using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>Content is erased by two people on their pages, and data is taken out by itself once two have switched that on.</summary>
[Collection(ProductCollection.Name)]
public sealed class RedactionTests(Product product)
{
    private const string Account = "x/demo_wmfs_tipton";

    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Post_IsErased_AskedByOne_ConfirmedByAnother(bool phone)
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var words = $"Quill was seen in the street ({Steps.Mark()}).";
        var post = await manager.SendAsync($"/api/accounts/{Account}/posts", new { text = words, dueAt = TimeProvider.System.GetUtcNow().AddHours(5) });
        await manager.SendAsync($"/api/posts/{post}/cancel", new { reason = "The test is over" });

        var page = await product.OpenAsync($"/posts/{post}", phone: phone);
        await page.LiveAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "As it stands" })).ToContainTextAsync(words);
        await page.GetByRole(AriaRole.Link, new() { Name = "Have it erased…" }).ClickAsync();
        await page.ComesToAsync($"/redactions\\?post={post}$");
        await page.LiveAsync();
        var form = page.GetByRole(AriaRole.Form, new() { Name = "Ask for it to be erased" });
        await form.GetByRole(AriaRole.Button, new() { Name = "Ask for it" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("needs a reason");
        await AccessibilityTests.AuditAsync(page);
        await form.GetByLabel("Why", new() { Exact = true }).FillAsync("Case 12 of the data protection officer");
        await form.GetByRole(AriaRole.Button, new() { Name = "Ask for it" }).ClickAsync();
        await Expect(page.Locator(".note.good")).ToContainTextAsync("Nothing is erased before another member of Comms confirms.");
        var id = (await page.Locator(".note.good").InnerTextAsync()).Split("Asked for, as ")[1].Split('.')[0];
        var mine = page.GetByRole(AriaRole.Article, new() { Name = $"Redaction {id}", Exact = true });
        await Expect(mine).ToContainTextAsync("You asked for this");
        await Expect(mine.GetByRole(AriaRole.Button, new() { Name = $"Confirm {id}" })).ToHaveCountAsync(0);

        var theirs = await product.OpenAsync("/redactions", "sam-demo", phone);
        await theirs.LiveAsync();
        var item = theirs.GetByRole(AriaRole.Article, new() { Name = $"Redaction {id}", Exact = true });
        await item.GetByRole(AriaRole.Button, new() { Name = $"Confirm {id}" }).ClickAsync();
        await Expect(item).ToContainTextAsync("This cannot be undone.");
        await AccessibilityTests.AuditAsync(theirs);
        await item.GetByRole(AriaRole.Button, new() { Name = "Erase it for good" }).ClickAsync();
        await Expect(theirs.Locator(".note.good")).ToContainTextAsync($"{id}: erased for good.");
        await Expect(theirs.GetByRole(AriaRole.Region, new() { Name = "Done" }).GetByRole(AriaRole.Article, new() { Name = $"Redaction {id}", Exact = true })).ToContainTextAsync("Confirmed by Sam Demo");

        await page.GotoAsync($"/posts/{post}");
        await page.LiveAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "As it stands" })).ToContainTextAsync($"[erased: {id}]");
        await Expect(page.GetByText(words)).ToHaveCountAsync(0);
        await page.GotoAsync($"/journal?account={Account}");
        await page.LiveAsync();
        await Expect(page.GetByText($"What it said was erased by the redaction {id}; its hash stays.").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Auditor_ReadsAll_AndChangesNothing()
    {
        var page = await product.OpenAsync("/retention", Product.Auditor);
        await page.LiveAsync();
        await Expect(page.GetByRole(AriaRole.Article, new() { Name = "Messages about incidents, as they came" })).ToContainTextAsync("Fire Control answers for it");
        await page.GetByRole(AriaRole.Button, new() { Name = "Count now" }).ClickAsync();
        await Expect(page.Locator(".note.good")).ToContainTextAsync("Counted. Nothing was taken out.");
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Change: ") })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("on…$") })).ToHaveCountAsync(0);
        await page.GotoAsync("/redactions?stream=export%2Fnone&number=1");
        await page.LiveAsync();
        await Expect(page.GetByRole(AriaRole.Form)).ToHaveCountAsync(0);

        var holder = await product.OpenAsync("/retention", Product.Holder);
        await Expect(holder.GetByText("You may not see how long data is kept")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Retention_IsSet_ARecordIsKept_AndTakingOutIsSwitchedOnByTwo()
    {
        var page = await product.OpenAsync("/retention");
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Change: Drafts of posts" }).ClickAsync();
        var form = page.GetByRole(AriaRole.Form, new() { Name = "How long: Drafts of posts" });
        await form.GetByLabel("Days, from 30 to 1825").FillAsync("9");
        await form.GetByLabel("Why").FillAsync("As the schedule says");
        await form.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("30 to 1825 days");
        await AccessibilityTests.AuditAsync(page);
        await form.GetByLabel("Days, from 30 to 1825").FillAsync("400");
        await form.GetByRole(AriaRole.Button, new() { Name = "Set it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Article, new() { Name = "Drafts of posts" })).ToContainTextAsync("As the schedule says");

        await page.GetByRole(AriaRole.Button, new() { Name = "Keep a record…" }).ClickAsync();
        var keep = page.GetByRole(AriaRole.Form, new() { Name = "Keep a record" });
        await keep.GetByLabel("Its key").FillAsync("x/demo_wmfs_aston");
        await keep.GetByLabel("Why").FillAsync("Inquest 4");
        await keep.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep x/demo_wmfs_aston no longer" }).ClickAsync();
        var end = page.GetByRole(AriaRole.Form, new() { Name = "Keep x/demo_wmfs_aston no longer" });
        await end.GetByLabel("Why no longer").FillAsync("It is over");
        await end.GetByRole(AriaRole.Button, new() { Name = "Keep it no longer" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Article, new() { Name = "Kept: x/demo_wmfs_aston" })).ToHaveCountAsync(0);

        var region = page.GetByRole(AriaRole.Region, new() { Name = "Taking data out" });
        await region.GetByRole(AriaRole.Button, new() { Name = "Ask for it to be on…" }).ClickAsync();
        await region.GetByLabel("Why").FillAsync("The schedule stands");
        await region.GetByRole(AriaRole.Button, new() { Name = "Ask for it to be on" }).ClickAsync();
        await Expect(region).ToContainTextAsync("It takes a second person.");
        await Expect(region.GetByRole(AriaRole.Button, new() { Name = "Switch it on…" })).ToHaveCountAsync(0);

        var second = await product.OpenAsync("/retention", "quinn-demo");
        await second.LiveAsync();
        var theirs = second.GetByRole(AriaRole.Region, new() { Name = "Taking data out" });
        await theirs.GetByRole(AriaRole.Button, new() { Name = "Switch it on…" }).ClickAsync();
        await theirs.GetByLabel("Why").FillAsync("I have read it");
        await theirs.GetByRole(AriaRole.Button, new() { Name = "Switch it on", Exact = true }).ClickAsync();
        await theirs.GetByRole(AriaRole.Button, new() { Name = "Take out now" }).ClickAsync();
        await Expect(second.Locator(".note.good")).ToContainTextAsync("rows were taken out.");
        await theirs.GetByRole(AriaRole.Button, new() { Name = "Switch it off…" }).ClickAsync();
        await theirs.GetByLabel("Why").FillAsync("Not yet");
        await theirs.GetByRole(AriaRole.Button, new() { Name = "Switch it off", Exact = true }).ClickAsync();
        await Expect(theirs).ToContainTextAsync("Off: it is counted alone");
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>Comms' desk: tasks that a person confirms, the evidence of a removal, corrections, the duty rota, requests about accounts.</summary>
[Collection(ProductCollection.Name)]
public sealed class TeamTests(Product product)
{
    private const string Account = "x/demo_wmfs_oldbury", Sandboxed = "x_demo_wmfs_oldbury";

    [Fact]
    public async Task Task_IsOpenedByKeyboard_AndStaysOpenUntilAPersonConfirmsIt()
    {
        var what = "New picture, " + Steps.Mark();
        var page = await product.OpenAsync("/accounts/" + Account, "sam-demo");
        await page.LiveAsync();
        var card = page.GetByRole(AriaRole.Region, new() { Name = "Tasks" });
        await card.GetByRole(AriaRole.Button, new() { Name = "New task…" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await card.GetByLabel("What to do").FocusAsync();
        await page.Keyboard.TypeAsync(what);
        await card.GetByRole(AriaRole.Button, new() { Name = "Open the task" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(card.GetByRole(AriaRole.Article).Filter(new() { HasText = what })).ToContainTextAsync("Open");
        await Expect(page.Locator(".rail a[href='/tasks'] .n")).ToBeVisibleAsync();

        // Who does not look after the account sees it, and confirms nothing.
        var other = await product.OpenAsync("/tasks", "frankie-demo", phone: true);
        await other.LiveAsync();
        var seen = other.GetByRole(AriaRole.Article).Filter(new() { HasText = what });
        await Expect(seen).ToBeVisibleAsync();
        await Expect(seen.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        var phone = await product.OpenAsync("/tasks", "sam-demo", phone: true);
        await phone.LiveAsync();
        var task = phone.GetByRole(AriaRole.Article).Filter(new() { HasText = what });
        await task.GetByRole(AriaRole.Button, new() { NameRegex = new("^Confirm: ") }).TapAsync();
        await AccessibilityTests.AuditAsync(phone);
        await task.GetByRole(AriaRole.Button, new() { Name = "It is done" }).TapAsync();
        await Expect(task.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say in a few words");
        await task.GetByLabel("What did you do").FillAsync("Changed, seen on the platform");
        await task.GetByRole(AriaRole.Button, new() { Name = "It is done" }).TapAsync();
        await Expect(task).ToContainTextAsync("Sam Demo");
        await Expect(task).ToContainTextAsync("Changed, seen on the platform");
        await Expect(card.GetByRole(AriaRole.Article).Filter(new() { HasText = what })).ToHaveCountAsync(0);
        await Fits(phone);
    }

    [Fact]
    public async Task Removal_ThatThePlatformRefuses_LeavesATask_AndEvidenceOnThePostsPage()
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var words = $"Doors open at ten ({Steps.Mark()}).";
        await manager.SendAsync($"/api/accounts/{Account}/posts", new { text = words });
        var page = await product.OpenAsync("/accounts/" + Account, "sam-demo");
        var post = page.GetByRole(AriaRole.Article, new() { Name = "Post, Published" }).Filter(new() { HasText = words });
        await Expect(post).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await product.RefuseNextAsync(Sandboxed);
        await post.GetByRole(AriaRole.Button, new() { Name = "Remove from the platform…" }).ClickAsync();
        await post.GetByLabel("Why").FillAsync("The wrong street");
        await post.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        var card = page.GetByRole(AriaRole.Region, new() { Name = "Tasks" });
        await Expect(card.GetByRole(AriaRole.Article, new() { NameRegex = new("Delete a post by hand") })).ToBeVisibleAsync(new() { Timeout = 20_000 });

        await post.GetByRole(AriaRole.Link, new() { NameRegex = new("^History of the post") }).ClickAsync();
        var evidence = page.GetByRole(AriaRole.Region, new() { Name = "Evidence" });
        await Expect(evidence).ToContainTextAsync("Reconstruction from the stored text and images, not a screenshot");
        await Expect(evidence.Locator("figure")).ToContainTextAsync(words);
        await Expect(evidence).ToContainTextAsync("Open until a person confirms it.");
        await AccessibilityTests.AuditAsync(page);
        var download = await page.RunAndWaitForDownloadAsync(() => evidence.GetByRole(AriaRole.Link, new() { Name = "Download (JSON)" }).ClickAsync());
        Assert.Contains("\"sha256\":\"", await File.ReadAllTextAsync((await download.PathAsync())!), StringComparison.Ordinal);

        await evidence.GetByRole(AriaRole.Link, new() { Name = "Tasks" }).ClickAsync();
        var task = page.GetByRole(AriaRole.Article).Filter(new() { HasText = Account }).Filter(new() { HasText = "Delete this post" }).First;
        await task.GetByRole(AriaRole.Button, new() { NameRegex = new("^Confirm: ") }).ClickAsync();
        await task.GetByLabel("What did you do").FillAsync("Deleted in the app");
        await task.GetByRole(AriaRole.Button, new() { Name = "It is done" }).ClickAsync();
        await page.GotoAsync("/accounts/" + Account);
        await Expect(page.GetByRole(AriaRole.Article, new() { Name = "Post, Removed" }).Filter(new() { HasText = words })).ToContainTextAsync("Sam Demo confirmed that it is deleted on the platform itself: Deleted in the app");
    }

    [Fact]
    public async Task Correction_IsWrittenFromThePostsPage_AndBothShowTheLink()
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var words = $"Doors open at ten ({Steps.Mark()}).";
        await manager.SendAsync("/api/accounts/facebook/demo_wmfs_oldbury/posts", new { text = words });
        var page = await product.OpenAsync("/accounts/facebook/demo_wmfs_oldbury");
        var post = page.GetByRole(AriaRole.Article, new() { Name = "Post, Published" }).Filter(new() { HasText = words });
        await Expect(post).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await post.GetByRole(AriaRole.Link, new() { NameRegex = new("^History of the post") }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Correct it" }).ClickAsync();
        await page.ComesToAsync("/compose\\?corrects=");
        await Expect(page.Locator("[data-corrects]")).ToContainTextAsync(words);
        await Expect(page.Locator(".goes-to .tag")).ToContainTextAsync(["facebook/demo_wmfs_oldbury"]);
        await Expect(page.Locator("textarea[name=text]")).ToHaveValueAsync("");
        await AccessibilityTests.AuditAsync(page);

        var right = $"Doors open at eleven, not at ten ({Steps.Mark()}).";
        await page.Locator("textarea[name=text]").FillAsync(right);
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now on 1 account" }).ClickAsync();
        await Expect(page.GetByText("Taken on 1 account.")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-corrects]")).ToHaveCountAsync(0);

        await page.GotoAsync("/accounts/facebook/demo_wmfs_oldbury");
        var correction = page.GetByRole(AriaRole.Article, new() { Name = "Post, Published" }).Filter(new() { HasText = right });
        await Expect(correction).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await correction.GetByRole(AriaRole.Link, new() { NameRegex = new("^History of the post") }).ClickAsync();
        await page.Locator("[data-corrects] a").ClickAsync();
        await Expect(page.Locator("[data-corrected-by]")).ToContainTextAsync(right);
        await AccessibilityTests.AuditAsync(page);
    }

    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Change_OfWhatIsOut_IsWrittenFromThePostsPage_AndSeenThere(bool phone)
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var (words, right) = ($"Doors open at ten ({Steps.Mark()}).", $"Doors open at eleven ({Steps.Mark()}).");
        await manager.SendAsync("/api/messages", new { text = words, accounts = new[] { "mastodon/demo_wmfs_aldridge", "facebook/demo_wmfs_aldridge" } });
        var page = await product.OpenAsync("/accounts/mastodon/demo_wmfs_aldridge", "alex-demo", phone);
        var post = page.GetByRole(AriaRole.Article, new() { Name = "Post, Published" }).Filter(new() { HasText = words });
        await Expect(post).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await post.GetByRole(AriaRole.Link, new() { NameRegex = new("^History of the post") }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Correct it" }).ClickAsync();
        await page.ComesToAsync("/compose\\?corrects=");
        await Expect(page.Locator(".goes-to .tag")).ToHaveCountAsync(2);

        // By keyboard: the words are there to be changed, and where nothing can be changed the account is taken out.
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Write a new post" })).ToBeEnabledAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Write a new post" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("textarea[name=text]")).ToHaveValueAsync(words);
        await Expect(page.Locator("[data-not-in-place]")).ToContainTextAsync("facebook/demo_wmfs_aldridge");
        await Expect(page.Locator(".goes-to .tag")).ToContainTextAsync(["mastodon/demo_wmfs_aldridge"]);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Make it a thread…" })).ToHaveCountAsync(0);
        await AccessibilityTests.AuditAsync(page);
        if (phone)
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        await page.Locator("textarea[name=text]").FillAsync(right);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change it now on 1 account" }).ClickAsync();
        await Expect(page.GetByText("Taken on 1 account.")).ToBeVisibleAsync();

        await page.GotoAsync("/accounts/mastodon/demo_wmfs_aldridge");
        var change = page.GetByRole(AriaRole.Article, new() { Name = "Post, Published" }).Filter(new() { HasText = right });
        await Expect(change.Locator("[data-in-place]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await change.Locator("[data-in-place] a").ClickAsync();
        await Expect(page.Locator("[data-corrected-by]")).ToContainTextAsync($"It reads now: {right}");
        await AccessibilityTests.AuditAsync(page);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Rota_IsSetFromAPhone_AndShowsWhomToRing()
    {
        var phone = await product.OpenAsync("/rota", "sam-demo", phone: true);
        await phone.LiveAsync();
        await Expect(phone.Locator("[data-gaps='incident-cover']")).ToBeVisibleAsync();
        await phone.GetByRole(AriaRole.Button, new() { Name = "New shift…" }).TapAsync();
        await phone.GetByLabel("Full name").FillAsync("Kim Example");
        await phone.GetByLabel("Telephone").FillAsync("0121 496 0003");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Save the shift" }).TapAsync();
        await Expect(phone.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose both times");
        var now = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
        await phone.Locator("#shift-from-phone").FillAsync(Field(now.AddHours(-1)));
        await phone.Locator("#shift-to-phone").FillAsync(Field(now.AddHours(6)));
        await AccessibilityTests.AuditAsync(phone);
        await phone.GetByRole(AriaRole.Button, new() { Name = "Save the shift" }).TapAsync();
        var shift = phone.GetByRole(AriaRole.Article, new() { Name = "Duty Comms officer, Kim Example" });
        await Expect(shift).ToContainTextAsync("Now");
        await Expect(phone.Locator(".duty-foot a")).ToHaveAttributeAsync("href", "tel:01214960003");
        await Expect(phone.Locator(".duty-foot")).ToContainTextAsync("Incident cover: nobody is on the rota");
        await Fits(phone);

        // Whoever is at an incident sees it, and sets nothing.
        var officer = await product.OpenAsync("/holds", "frankie-demo");
        await Expect(officer.GetByRole(AriaRole.Region, new() { Name = "Duty" })).ToContainTextAsync("Kim Example");
        await Expect(officer.Locator(".rail .duty")).ToContainTextAsync("0121 496 0003");
        await officer.GotoAsync("/rota");
        await officer.LiveAsync();
        await Expect(officer.GetByRole(AriaRole.Article, new() { Name = "Duty Comms officer, Kim Example" })).ToBeVisibleAsync();
        await Expect(officer.GetByRole(AriaRole.Button, new() { Name = "New shift…" })).ToHaveCountAsync(0);

        // What goes to Comms says whom to ring.
        await officer.GotoAsync("/compose?account=x%2Fdemo_wmfs");
        await officer.LiveAsync();
        await Expect(officer.Locator(".compose .duty")).ToContainTextAsync("Kim Example");

        await shift.GetByRole(AriaRole.Button, new() { Name = "Take off Kim Example’s shift" }).TapAsync();
        await shift.GetByLabel("Why?").FillAsync("Ill");
        await shift.GetByRole(AriaRole.Button, new() { Name = "Take it off" }).TapAsync();
        await Expect(shift).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Account_IsAskedForByItsHolder_AndDecidedByComms()
    {
        var handle = "demo_wmfs_asked_" + Guid.NewGuid().ToString("N")[..6];
        var holder = await product.OpenAsync("/requests", Product.Holder, phone: true);
        await holder.LiveAsync();
        await holder.GetByRole(AriaRole.Button, new() { Name = "Ask for something…" }).TapAsync();
        await holder.GetByRole(AriaRole.Textbox, new() { Name = "Handle" }).FillAsync(handle);
        await holder.GetByLabel("The account’s name").FillAsync("Open days");
        await holder.LiveAsync();
        await holder.GetByRole(AriaRole.Combobox, new() { Name = "Where it belongs" }).TapAsync();
        await holder.GetByRole(AriaRole.Option, new() { Name = "Binley", Exact = true }).TapAsync();
        await holder.GetByLabel("Full name").FillAsync("Robin Example");
        await holder.GetByLabel("Telephone").FillAsync("0121 496 0004");
        await holder.GetByLabel("What is it for?").FillAsync("For our open days");
        await holder.GetByRole(AriaRole.Button, new() { Name = "Ask Comms" }).TapAsync();
        await Expect(holder.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say who owns the account.");
        await holder.GetByLabel("A person: it is somebody’s own").CheckAsync();
        await holder.GetByRole(AriaRole.Button, new() { Name = "Ask Comms" }).TapAsync();
        await Expect(holder.GetByRole(AriaRole.Alert)).ToContainTextAsync("A personal account cannot be registered");
        await AccessibilityTests.AuditAsync(holder);
        await holder.GetByLabel("The brigade: it speaks").CheckAsync();
        await holder.GetByRole(AriaRole.Button, new() { Name = "Ask Comms" }).TapAsync();
        var asked = holder.GetByRole(AriaRole.Article).Filter(new() { HasText = handle });
        await Expect(asked).ToContainTextAsync("Waits for Comms");
        await Expect(asked.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await Fits(holder);

        var comms = await product.OpenAsync("/requests", "sam-demo");
        await comms.LiveAsync();
        await Expect(comms.Locator(".rail a[href='/requests'] .n")).ToBeVisibleAsync();
        var request = comms.GetByRole(AriaRole.Article).Filter(new() { HasText = handle });
        await request.GetByRole(AriaRole.Button, new() { NameRegex = new("^Decline ") }).ClickAsync();
        await request.GetByRole(AriaRole.Button, new() { Name = "Decline it" }).ClickAsync();
        await Expect(request.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say why");
        await AccessibilityTests.AuditAsync(comms);
        await request.GetByLabel("Why not?").FillAsync("Use the area’s account");
        await request.GetByRole(AriaRole.Button, new() { Name = "Decline it" }).ClickAsync();
        await Expect(request).ToContainTextAsync("Use the area’s account");
        await Expect(asked).ToContainTextAsync("Declined");
    }

    private static string Field(DateTimeOffset wall) => wall.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    // Nothing is cut off beside the screen.
    private static async Task Fits(IPage phone) =>
        Assert.True(await phone.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), "The page is wider than the phone.");
}

using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>Comms imports a register and manages an account, on a desk and on a phone.</summary>
[Collection(ChangingProductCollection.Name)]
public sealed class ManageTests(Product product)
{
    private const string Header = "platform,handle,kind,area,station,department,display_name,contact_name,contact_email,contact_phone";

    [Theory]
    [MemberData(nameof(Sizes.DeskFirst), MemberType = typeof(Sizes))]
    public async Task Import_IsCheckedThenDone_AndTheAccountIsConnectedFromItsPage(bool phone)
    {
        var page = await product.OpenAsync("/accounts/import", phone: phone);
        await page.LiveAsync();
        await SoundAsync(page, phone);
        var handle = $"demo_import_{Guid.NewGuid().ToString("N")[..8]}";

        // First a file with bad rows: they are named, and there is nothing to press.
        await ChooseAsync(page, Row(handle), Row("two words"), Row(handle + "_b", station: "atlantis"));
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "2 faults in register.csv. Nothing was imported." })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "station 'atlantis' is not known" })).ToContainTextAsync("4");
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Register|Change) ") })).ToHaveCountAsync(0);
        await SoundAsync(page, phone);

        // Then the corrected one: what it would do, the button that says so, what it did.
        await ChooseAsync(page, Row(handle), Row("demo_wmfs_binley", name: "Demo WMFS Binley", contact: "Alex Example"));
        await Expect(page.GetByText("Importing register.csv would register 1")).ToBeVisibleAsync();
        await SoundAsync(page, phone);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Register 1 account") }).ClickAsync();
        await Expect(page.GetByText("1 account registered")).ToBeVisibleAsync();
        await SoundAsync(page, phone);

        await page.GetByRole(AriaRole.Link, new() { Name = "x/" + handle }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("A new station");
        await Expect(page.GetByText("Not connected", new() { Exact = true })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
        await Expect(page.GetByText("Connected. It can publish from now on.")).ToBeVisibleAsync();
        await Expect(page.Locator(".head .state.open")).ToBeVisibleAsync();

        // The importer's own deed, not the service's.
        await Expect(page.Locator("section[aria-label=Journal]")).ToContainTextAsync("Account approved · Rowan Demo");

        await page.GetByRole(AriaRole.Button, new() { Name = "Retire…" }).ClickAsync();
        await SoundAsync(page, phone);
        await page.GetByRole(AriaRole.Button, new() { Name = "Retire the account" }).ClickAsync();
        await Expect(page.GetByText("Say why in a few words")).ToBeVisibleAsync();
        await page.GetByLabel("Why?").FillAsync("The station closed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Retire the account" }).ClickAsync();
        await Expect(page.Locator(".head .state", new() { HasText = "Retired" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Theory]
    [MemberData(nameof(Sizes.PhoneFirst), MemberType = typeof(Sizes))]
    public async Task Contact_IsChanged_AndWhatIsWrongIsSaidBesideItsField(bool phone)
    {
        var page = await product.OpenAsync("/accounts/x/demo_wmfs_bilston", phone: phone);
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Change contact…" }).ClickAsync();
        var form = page.GetByRole(AriaRole.Form, new() { Name = "Named contact" });
        await SoundAsync(page, phone);

        await form.GetByLabel("E-mail").First.FillAsync("kim at example");
        await form.GetByLabel("Telephone").First.FillAsync("12");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save the contact" }).ClickAsync();
        await Expect(form.Locator("#contact-email-wrong")).ToContainTextAsync("is no e-mail address");
        await Expect(form.Locator("#contact-phone-wrong")).ToContainTextAsync("is no telephone number");
        await Expect(form.GetByLabel("E-mail").First).ToHaveAttributeAsync("aria-invalid", "true");
        await SoundAsync(page, phone);

        var name = "Kim Example " + Guid.NewGuid().ToString("N")[..6];
        await form.GetByLabel("Full name").First.FillAsync(name);
        await form.GetByLabel("E-mail").First.FillAsync("kim@example.org");
        await form.GetByLabel("Telephone").First.FillAsync("0121 496 0002");
        await form.GetByRole(AriaRole.Group, new() { NameRegex = new("^Deputy") }).GetByLabel("Full name").First.FillAsync("Pat Placeholder");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save the contact" }).ClickAsync();

        await Expect(form).ToHaveCountAsync(0);
        var card = page.Locator("section[aria-label=Contact]");
        await Expect(card).ToContainTextAsync(name);
        await Expect(card).ToContainTextAsync("Pat Placeholder");
        await Expect(page.Locator("section[aria-label=Journal]")).ToContainTextAsync("Contact changed");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Managing_IsNotOffered_ToAnAccountHolder()
    {
        var page = await product.OpenAsync("/accounts/x/demo_wmfs_aston", Product.Holder);
        await page.LiveAsync();
        await Expect(page.Locator("section[aria-label=Contact]")).ToBeVisibleAsync();
        await Expect(page.Locator("section[aria-label=Manage]")).ToHaveCountAsync(0);
        await page.GotoAsync("/accounts/import");
        await Expect(page.Locator("h1")).ToHaveTextAsync("You may not import a register");
    }

    [Fact]
    public async Task Import_IsFoundFromTheTable_ByComms()
    {
        var page = await product.OpenAsync("/?view=table");
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Import a register…" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Import a register");
    }

    // Fits its window, and passes the audit: on the desk alone, because the phone shows the same elements.
    private static async Task SoundAsync(IPage page, bool phone)
    {
        if (!phone)
        {
            await AccessibilityTests.AuditAsync(page);
        }

        Assert.Equal(phone ? 390 : 1440, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    private static async Task ChooseAsync(IPage page, params string[] rows)
    {
        var field = page.GetByLabel("Register, as CSV");
        await Expect(field).ToBeEnabledAsync();
        await field.SetInputFilesAsync(
            new FilePayload { Name = "register.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(string.Join('\n', [Header, .. rows])) });
    }

    private static string Row(string handle, string station = "binley", string name = "A new station", string contact = "Kim Example") =>
        $"x,{handle},local,,{station},,{name},{contact},kim@example.org,0121 496 0002";
}

/// <summary>A product of its own for the tests that change the register, whose accounts others count.</summary>
[CollectionDefinition(Name)]
public sealed class ChangingProductCollection : ICollectionFixture<Product>
{
    public const string Name = "changing product";
}

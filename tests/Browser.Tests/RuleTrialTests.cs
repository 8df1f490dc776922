using System.Globalization;
using System.Text;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.People;
using Coordination.Storage;
using Coordination.Storage.Incidents;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>Rules are tried on a small recording, the shipped ones beside a draft, on a desk and on a phone.</summary>
[Collection(ChangingProductCollection.Name)]
public sealed class RuleTrialTests(Product product)
{
    private const string Header = "Ref,date_of_call,hour_of_call,incident_group,property_category,property_type,ward_name,borough_name,incident_station_ground,num_pumps_attending";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Recording_IsTried_OnTheRulesInForceBesideADraft(bool phone)
    {
        // The page first: without a browser there is no product to write a draft into.
        var page = await product.OpenAsync("/incidents", Product.Auditor, phone);
        await using var database = new CoordinationDatabase(new StorageOptions { ConnectionString = await ConnectionAsync(product.Data) });
        var rules = new RuleBookStore(database);
        var staff = new Actor("rowan-demo", "Rowan Demo", Role.CommsManager);
        Assert.Equal(DraftOutcome.Done, await rules.SaveAsync([.. RuleBook.Default.Rules.Where(r => r.Id != "five-pumps"), FourPumps], 0, staff, CancellationToken.None));
        try
        {
            await page.LiveAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Try rules on recorded incidents" }).ClickAsync();
            await page.ComesToAsync("/incidents/rules/try$");
            await page.LiveAsync();
            await Expect(page.GetByText("Choose a file first.")).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Second rules" })).ToContainTextAsync("Draft");

            // A column has another name: nothing is tried before somebody says which one it is.
            await ChooseAsync(page);
            await Expect(page.Locator("[data-recording]")).ToContainTextAsync("no column is named for the number");
            await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Try them") })).ToBeDisabledAsync();
            await SoundAsync(page, phone);
            await page.GetByRole(AriaRole.Combobox, new() { Name = "Column: Number" }).ClickAsync();
            await page.GetByRole(AriaRole.Option, new() { Name = "Ref" }).ClickAsync();
            await Expect(page.Locator("[data-recording]")).ToContainTextAsync("9 incidents in storm.csv");
            await Expect(page.Locator("[data-faults]")).ToContainTextAsync("Line 11: '2017-02-23 24' is no date and hour");
            await page.GetByRole(AriaRole.Button, new() { Name = "Try them on 9 incidents" }).ClickAsync();

            await Expect(page.Locator("#trial-result")).ToHaveTextAsync("LFB incidents replayed on West Midlands geography");
            var (shipped, draft) = (page.Locator("[data-side=current]"), page.Locator("[data-side=draft]"));
            await Expect(shipped.Locator("[data-proposed] dd")).ToHaveTextAsync("1");
            await Expect(shipped.Locator("[data-notified] dd")).ToHaveTextAsync("1");
            await Expect(shipped.Locator("[data-unreplayed]")).ToContainTextAsync("“a major incident is declared” could not be tried");
            await Expect(draft.Locator("[data-at-once] dd")).ToHaveTextAsync("4");
            await Expect(draft.Locator("[data-most]")).ToContainTextAsync("Most together: 5 takeovers over");
            await Expect(draft.Locator("[data-takeovers] > li").First).ToContainTextAsync("Rule 9, four pumps or more");
            await page.GetByText("What differs between the two").ClickAsync();
            await Expect(page.Locator("[data-differences] li")).ToContainTextAsync(["four pumps or more"]);
            await draft.Locator("[data-takeovers] summary").First.ClickAsync();
            await Expect(draft.Locator("[data-takeovers] details").First).ToContainTextAsync("x/demo_wmfs_");
            await Expect(page.Locator(".trial-days tbody tr")).ToHaveCountAsync(2);
            await Expect(page.Locator("[data-assumptions]")).ToContainTextAsync("A hold is taken to last 4 h");
            await SoundAsync(page, phone);

            // Holds that last an hour stand less often together.
            await page.GetByLabel("A hold is taken to last, in hours").FillAsync("1");
            await page.GetByLabel("A hold is taken to last, in hours").PressAsync("Tab");
            await page.GetByRole(AriaRole.Button, new() { Name = "Try them on 9 incidents" }).ClickAsync();
            await Expect(page.Locator("[data-assumptions]")).ToContainTextAsync("A hold is taken to last 1 hour");
            await Expect(draft.Locator("[data-most]")).ToContainTextAsync("Most together: 3 takeovers over");

            await page.Locator(".seg").GetByText("Our own", new() { Exact = true }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Try them on our own incidents" }).ClickAsync();
            await Expect(page.Locator("#trial-result")).ToHaveTextAsync("The service’s own incidents of the last 30 days");
            await page.Context.CloseAsync();
        }
        finally
        {
            var revision = (await rules.DraftAsync(CancellationToken.None))!.Revision;
            await rules.StepAsync(DraftStep.Discard, revision, "The test is over", staff, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Trying_IsNotOffered_ToAnAccountHolder()
    {
        var page = await product.OpenAsync("/incidents/rules/try", Product.Holder);
        await page.LiveAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("You may not try rules on recorded incidents");
    }

    private static IncidentRule FourPumps => new()
    {
        Id = "four-pumps", Name = "four pumps or more", When = new PumpsAtLeast(4), Priority = 9, Owner = "Comms", Reason = "To see what would be.", ReviewBy = new DateOnly(2027, 1, 31),
        Then = new RuleEffect { Kind = HoldKind.CentralCoordination, Scope = new ScopeTemplate(RuleReach.IncidentArea), Mode = RuleMode.AtOnce },
    };

    private static async Task ChooseAsync(IPage page)
    {
        string[] rows =
        [
            Row("1", "2017-02-23", 16, 2), Row("2", "2017-02-23", 17, 4, "Bexley"), Row("3", "2017-02-23", 18, 4, "Enfield"), Row("4", "2017-02-23", 18, 12), Row("5", "2017-02-23", 19, 1, "Camden"),
            Row("6", "2017-02-23", 20, 5, "Camden"), Row("7", "2017-02-23", 22, 2), Row("8", "2017-02-24", 1, 1), Row("9", "2017-02-24", 2, 2), Row("10", "2017-02-23", 24, 2),
        ];
        var field = page.GetByLabel("Recording, as CSV");
        await Expect(field).ToBeEnabledAsync();
        await field.SetInputFilesAsync(new FilePayload { Name = "storm.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend(Header))) });
    }

    private static string Row(string number, string date, int hour, int pumps, string borough = "Barnet") =>
        FormattableString.Invariant($"{number},{date},{hour},Fire,Non Residential,Warehouse,WARD,{borough},Finchley,{pumps}");

    private static async Task SoundAsync(IPage page, bool phone)
    {
        await AccessibilityTests.AuditAsync(page);
        Assert.Equal(phone ? 390 : 1440, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    private static async Task<string> ConnectionAsync(string data)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(data, "pg_service.conf"));
        return new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = int.Parse(lines.Single(l => l.StartsWith("port=", StringComparison.Ordinal))["port=".Length..], CultureInfo.InvariantCulture),
            Username = "coordination",
            Password = (await File.ReadAllTextAsync(Path.Combine(data, "pgpass"))).Trim().Split(':')[^1],
            Database = "coordination",
        }.ConnectionString;
    }
}

using Coordination.SystemTests.Support;
using MimeKit;

namespace Coordination.SystemTests.Live;

/// <summary>Contacts and deputies are told of a hold by e-mail, over a real mail server: once each, and what could not be sent is seen.</summary>
[Collection(OwnProduct.Name)]
public sealed class NoticeTests(MailFixture fixture) : IClassFixture<MailFixture>, IDisposable
{
    private readonly ApiClient _comms = fixture.As(Roles.Manager);

    [Fact]
    public async Task HoldOfAnArea_TellsEachPersonOnce_AndSoDoesItsLift()
    {
        // One deputy has an address, of the contact of another station, and writes it otherwise.
        var quinn = new { name = "Quinn E.", email = "QUINN.Example@example.org" };
        (await _comms.PostAsync("/api/accounts/x/demo_wmfs_binley/contact", new { name = "Pat Example", email = "pat.example@example.org", deputies = new object[] { quinn, new { name = "Pat Placeholder" } } })).Expect(HttpStatusCode.OK);
        var shift = new { role = "duty-officer", name = "Kim Onduty", phone = "0121 496 0003", from = Steps.In(-TimeSpan.FromHours(1)), to = Steps.In(TimeSpan.FromHours(5)) };
        (await _comms.PutAsync($"/api/rota/shifts/{Guid.NewGuid()}", shift)).Expect(HttpStatusCode.OK);
        await _comms.ScheduleAsync("x/demo_wmfs_binley");

        var contacts = await ContactsAsync("coventry");
        var hold = (await _comms.PostAsync("/api/holds", new { kind = "centralCoordination", scope = new { areas = new[] { "coventry" } }, reason = "Fire at the paper works" })).Expect(HttpStatusCode.Created).Json;
        var round = await SettledAsync(hold, "placed");
        Assert.Equal((contacts.Count, 0, 0), (Count(round, "sent"), Count(round, "waiting"), Count(round, "notSent")));
        Assert.Equal(Count(round, "total") - contacts.Count, Count(round, "notReachable"));
        Assert.Contains(round["people"]!.AsArray(), p => p!.Text("name") == "Pat Placeholder" && p!.Text("state") == "no-address");
        Assert.All(contacts, address => Assert.Single(About(hold, address)));

        var message = Assert.Single(About(hold, "quinn.example@example.org"));
        Assert.Equal(("comms@example.org", "WMFS Comms"), (message.From.Mailboxes.Single().Address, message.From.Mailboxes.Single().Name));
        Assert.Equal(("quinn.example@example.org", "Quinn Example"), (message.To.Mailboxes.Single().Address, message.To.Mailboxes.Single().Name));
        Assert.Equal("Central coordination on 4 of your accounts", message.Subject);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.EndsWith("@example.org", message.MessageId, StringComparison.Ordinal);
        Assert.Equal(contacts.Count, contacts.Select(address => About(hold, address)[0].MessageId).Distinct().Count());
        Assert.InRange(message.Date, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(1));
        Assert.Equal("text/plain", Assert.IsType<TextPart>(message.Body).ContentType.MimeType);
        Assert.Contains($"https://coordination.example.org/sm/holds/{hold.Text("id")}", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("Why: Fire at the paper works", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("Duty Comms officer: Kim Onduty, 0121 496 0003", message.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("smoke alarm", message.TextBody, StringComparison.OrdinalIgnoreCase);

        await _comms.LiftAsync(hold);
        var lifted = await SettledAsync(hold, "lifted");
        Assert.Equal(contacts.Count, Count(lifted, "sent"));
        Assert.All(contacts, address => Assert.Equal(2, About(hold, address).Count));
        Assert.StartsWith("Lifted: central coordination", About(hold, "quinn.example@example.org")[1].Subject, StringComparison.Ordinal);
        Assert.Contains("none of them goes out by itself", About(hold, "quinn.example@example.org")[1].TextBody, StringComparison.Ordinal);

        using var auditor = fixture.As(Roles.Auditor);
        var record = (await auditor.PostAsync("/api/verify")).Expect(HttpStatusCode.OK).Json;
        Assert.True(record["agrees"]!.GetValue<bool>(), record.ToJsonString());
    }

    [Fact]
    public async Task AServerThatIsBusy_IsAskedAgain_UntilItTakesTheMessage()
    {
        const string Address = "busy@example.org";
        await ContactAsync("x/demo_wmfs_aston", "Busy Example", Address);
        fixture.Mail.BeBusy(Address, 3);
        var hold = await _comms.HoldAsync("freeze", "x/demo_wmfs_aston");
        var person = (await SettledAsync(hold, "placed"))["people"]![0]!;
        Golden.Match("hold-notices", await ReadAsync(hold));
        Assert.Equal(("sent", 4), (person.Text("state"), person["attempts"]!.GetValue<int>()));
        Assert.Equal(4, fixture.Mail.Asked(Address));
        Assert.Single(About(hold, Address));
        await _comms.LiftAsync(hold);
    }

    [Fact]
    public async Task AServerThatStaysBusy_IsAskedAsOftenAsItMay_ThenGivenUpVisibly()
    {
        const string Address = "always-busy@example.org";
        await ContactAsync("x/demo_wmfs_billesley", "Always Example", Address);
        fixture.Mail.BeBusy(Address, 1000);
        var hold = await _comms.HoldAsync("freeze", "x/demo_wmfs_billesley");
        var person = (await SettledAsync(hold, "placed"))["people"]![0]!;
        Assert.Equal(("gave-up", 5), (person.Text("state"), person["attempts"]!.GetValue<int>()));
        Assert.StartsWith("451", person.Text("why"), StringComparison.Ordinal);
        Assert.Equal(5, fixture.Mail.Asked(Address));
        fixture.Mail.BeBusy(Address, 0);
        await _comms.LiftAsync(hold);
        Assert.Equal("sent", (await SettledAsync(hold, "lifted"))["people"]![0]!.Text("state"));
    }

    [Fact]
    public async Task ARefusalForGood_IsSeen_AndNotTriedAgain()
    {
        const string Address = "gone@example.org";
        await ContactAsync("x/demo_wmfs_walsall", "Gone Example", Address);
        fixture.Mail.Unknown[Address] = true;
        var hold = await _comms.HoldAsync("freeze", "x/demo_wmfs_walsall");
        var round = await SettledAsync(hold, "placed");
        Golden.Match("hold-notices-refused", round);
        var person = round["people"]![0]!;
        Assert.Equal(("failed", 1, 1), (person.Text("state"), person["attempts"]!.GetValue<int>(), fixture.Mail.Asked(Address)));
        Assert.StartsWith("550 <(the address)> no such mailbox", person.Text("why"), StringComparison.Ordinal);
        await _comms.LiftAsync(hold);
    }

    [Fact]
    public async Task AServerThatDoesNotSayWhetherItTookAMessage_GetsItOnceMore_AsTheSameMessage()
    {
        const string Address = "silent@example.org";
        await ContactAsync("x/demo_wmfs_dudley", "Silent Example", Address);
        fixture.Mail.Silent[Address] = true;
        var hold = await _comms.HoldAsync("freeze", "x/demo_wmfs_dudley");
        var person = (await SettledAsync(hold, "placed"))["people"]![0]!;
        Assert.Equal(("gave-up", 2), (person.Text("state"), person["attempts"]!.GetValue<int>()));
        var given = fixture.Mail.Messages.Where(m => m.To == Address).ToArray();
        Assert.Equal(2, given.Length);
        Assert.Single(given.Select(m => m.Message.MessageId).Distinct());
        await _comms.LiftAsync(hold);
    }

    [Fact]
    public async Task AHoldThatDoesNotExist_HasNoNotices()
    {
        (await _comms.GetAsync("/api/holds/H-999999/notices")).ExpectProblem(HttpStatusCode.NotFound, "hold-unknown");
    }

    public void Dispose() => _comms.Dispose();

    private static int Count(JsonNode round, string what) => round[what]!.GetValue<int>();

    private async Task<JsonNode> ReadAsync(JsonNode hold) => (await _comms.GetAsync($"/api/holds/{hold.Text("id")}/notices")).Expect(HttpStatusCode.OK).Json;

    private async Task<JsonNode> SettledAsync(JsonNode hold, string kind)
    {
        var notices = await Eventually.Becomes(
            () => ReadAsync(hold), n => n["items"]!.AsArray().Any(r => r!.Text("kind") == kind && Count(r!, "waiting") == 0), $"nothing of {kind} waits any more", TimeSpan.FromMinutes(1));
        Assert.True(notices["on"]!.GetValue<bool>());
        return notices["items"]!.AsArray().Single(r => r!.Text("kind") == kind)!;
    }

    private async Task ContactAsync(string account, string name, string email) =>
        (await _comms.PostAsync($"/api/accounts/{account}/contact", new { name, email })).Expect(HttpStatusCode.OK);

    private async Task<IReadOnlyList<string>> ContactsAsync(string area)
    {
        var accounts = (await _comms.GetAsync($"/api/accounts?area={area}&limit=200")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        return [.. accounts.Select(a => a!["contact"]!.Text("email")).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private List<MimeMessage> About(JsonNode hold, string address) =>
        [.. fixture.Mail.Of(address).Where(m => m.TextBody!.Contains($"/holds/{hold.Text("id")}", StringComparison.Ordinal))];
}

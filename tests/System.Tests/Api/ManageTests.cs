using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Comms manages an account: approve, connect, contact, labels, retire.</summary>
[Collection(ChangingService.Collection)]
public sealed class ManageTests(ChangingService service)
{
    private readonly ApiClient _comms = service.Fixture.As(Roles.Officer);

    [Fact]
    public async Task Account_ComesIntoServiceAndLeavesIt()
    {
        var account = await NewAsync();
        Assert.Equal("attention", (await _comms.PostAsync(account + "/approve", new { })).Expect(HttpStatusCode.OK).Json.Text("state"));

        // One call connects: the sandbox learns of the account, and what is posted appears there.
        var connected = (await _comms.PostAsync(account + "/connect", new { })).Expect(HttpStatusCode.OK).Json;
        Golden.Match("account-managed", connected);
        Assert.Equal("open", connected.Text("state"));
        var post = (await _comms.PostAsync(account + "/posts", new { text = "First words." })).Expect(HttpStatusCode.Created).Json;
        await _comms.PostBecomesAsync(post.Text("id"), "published");

        var waiting = (await _comms.PostAsync(account + "/posts", new { text = "Later.", dueAt = Steps.In(TimeSpan.FromHours(3)) })).Expect(HttpStatusCode.Created).Json.Text("id");
        var retired = (await _comms.PostAsync(account + "/retire", new { reason = "The station closed." })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("retired", retired.Text("state"));
        Assert.Equal(0, retired["scheduled"]!.GetValue<int>());
        Assert.Equal("cancelled", (await _comms.GetAsync("/api/posts/" + waiting)).Json.Text("state"));
        (await _comms.PostAsync(account + "/connect", new { })).ExpectProblem(HttpStatusCode.Conflict, "account-retired");
        (await _comms.PostAsync(account + "/posts", new { text = "Too late." })).ExpectProblem(HttpStatusCode.Conflict, "account-retired");
    }

    [Fact]
    public async Task Contact_IsChanged_AndWhatIsWrongIsNamedByItsField()
    {
        var account = await NewAsync();
        var body = new { name = " Kim Example ", email = "kim@example.org", phone = "", deputies = new[] { new { name = "Pat Placeholder", phone = "0121 496 0009" } } };
        var contact = (await _comms.PostAsync(account + "/contact", body)).Expect(HttpStatusCode.OK).Json["contact"]!;
        Assert.Equal("""{"name":"Kim Example","email":"kim@example.org","deputies":[{"name":"Pat Placeholder","phone":"0121 496 0009","deputies":[]}]}""", contact.ToJsonString());

        var wrong = (await _comms.PostAsync(account + "/contact", new { name = "=Kim", email = "kim", deputies = new[] { new { phone = "12" } } }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "contact-invalid");
        Golden.Match("contact-invalid", wrong.Json);
        Assert.Equal(["name", "email", "deputies[0].name", "deputies[0].phone"], wrong.Json["faults"]!.AsArray().Select(f => f!.Text("field")));
        (await _comms.PostAsync(account + "/contact", new { name = "Kim" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "contact-invalid");
        Assert.Equal("Kim Example", (await _comms.GetAsync(account)).Json["contact"]!.Text("name"));
    }

    [Fact]
    public async Task Contact_IsChangedOnce_WhenTheRequestIsRepeated()
    {
        var (account, key) = (await NewAsync(), Guid.NewGuid());
        var body = new { name = "Kim Example", phone = "0121 496 0002" };
        var first = (await _comms.PostAsync(account + "/contact", body, key)).Expect(HttpStatusCode.OK).Json;
        var again = (await _comms.PostAsync(account + "/contact", body, key)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(first["version"]!.GetValue<long>(), again["version"]!.GetValue<long>());
        (await _comms.PostAsync(account + "/contact", new { name = "Another", body.phone }, key)).ExpectProblem(HttpStatusCode.Conflict, "operation-reused");
    }

    [Fact]
    public async Task Labels_AreChanged_ButNotOutOfAStandingHold()
    {
        var account = await NewAsync();
        var moved = (await _comms.PostAsync(account + "/labels", new { kind = "local", station = "aston" })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("birmingham", "aston"), (moved.Text("area"), moved.Text("station")));
        var wrong = (await _comms.PostAsync(account + "/labels", new { kind = "local", station = "atlantis" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "labels-invalid");
        Assert.Equal("station", wrong.Json["faults"]![0]!.Text("field"));

        var hold = await _comms.HoldAsync("freeze", account["/api/accounts/".Length..]);
        using var manager = service.Fixture.As(Roles.Manager);
        await manager.LiftAsync(hold);
        hold = (await _comms.PostAsync("/api/holds", new { kind = "freeze", scope = new { stations = new[] { "aston" } }, reason = "A test needs it" })).Expect(HttpStatusCode.Created).Json;
        try
        {
            var refused = (await _comms.PostAsync(account + "/labels", new { kind = "local", station = "binley" })).ExpectProblem(HttpStatusCode.Conflict, "relabel-leaves-hold");
            Assert.Contains(hold.Text("id"), refused.Detail, StringComparison.Ordinal);
        }
        finally
        {
            await manager.LiftAsync(hold);
        }

        (await _comms.PostAsync(account + "/labels", new { kind = "local", station = "binley" })).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("approve", "{}")]
    [InlineData("connect", "{}")]
    [InlineData("retire", """{"reason":"r"}""")]
    [InlineData("contact", """{"name":"Kim Example","phone":"0121 496 0002"}""")]
    [InlineData("labels", """{"kind":"corporate"}""")]
    public async Task Command_IsRefused_OnAnAccountThatDoesNotExist(string verb, string body) =>
        (await _comms.PostTextAsync("/api/accounts/x/nobody_at_all/" + verb, body, "application/json")).ExpectProblem(HttpStatusCode.NotFound, "account-unknown");

    [Fact]
    public async Task Retire_NeedsAReason()
    {
        var account = await NewAsync();
        (await _comms.PostAsync(account + "/retire", new { })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");
        (await _comms.PostAsync(account + "/retire", new { reason = new string('a', 1001) })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-too-long");
        Assert.Equal("attention", (await _comms.GetAsync(account)).Json.Text("state"));
    }

    private async Task<string> NewAsync()
    {
        var handle = Register.Handle("managed");
        (await _comms.ImportAsync([Register.Row(handle)])).Expect(HttpStatusCode.OK);
        return "/api/accounts/x/" + handle;
    }
}

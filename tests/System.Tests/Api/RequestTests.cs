using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Accounts are asked for by staff, and decided and carried out by Comms; nobody registers their own.</summary>
[Collection(ChangingService.Collection)]
public sealed class RequestTests(ChangingService service)
{
    private readonly ApiClient _holder = service.Fixture.As(Roles.Holder);
    private readonly ApiClient _officer = service.Fixture.As(Roles.Officer);
    private readonly ApiClient _manager = service.Fixture.As(Roles.Manager);

    [Fact]
    public async Task Account_IsAskedForApprovedRenamedAndClosed()
    {
        var (handle, key) = (Register.Handle("asked"), Guid.NewGuid());
        var asked = (await _holder.PostAsync("/api/requests", Create(handle), key)).Expect(HttpStatusCode.Created).Json;
        Assert.Equal(asked.ToJsonString(), (await _holder.PostAsync("/api/requests", Create(handle), key)).Expect(HttpStatusCode.Created).Json.ToJsonString());
        (await _holder.PostAsync("/api/requests", Create(handle + "x"), key)).ExpectProblem(HttpStatusCode.Conflict, "operation-reused");
        (await _officer.GetAsync("/api/accounts/x/" + handle)).ExpectProblem(HttpStatusCode.NotFound, "account-unknown");
        Assert.Contains((await _officer.GetAsync("/api/requests?open=true")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray(), r => r!.Text("id") == asked.Text("id"));

        var path = "/api/requests/" + asked.Text("id");
        var approve = Guid.NewGuid();
        var approved = (await _officer.PostAsync(path + "/approve", new { reason = "Good" }, approve)).Expect(HttpStatusCode.OK).Json;
        Golden.Match("request", approved);
        Assert.Equal(("approved", "Sam Demo", "Good"), (approved.Text("state"), approved.Text("decidedByName"), approved.Text("answer")));
        (await _officer.PostAsync(path + "/approve", new { }, approve)).Expect(HttpStatusCode.OK);
        (await _manager.PostAsync(path + "/decline", new { reason = "No" })).ExpectProblem(HttpStatusCode.Conflict, "request-decided");
        var account = (await _officer.GetAsync("/api/accounts/x/" + handle)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("Asked for", "binley", "Kim Example"), (account.Text("displayName"), account.Text("station"), account["contact"]!.Text("name")));

        // Another handle is another account here, and a task says what is left to do.
        var next = Register.Handle("renamed");
        var renaming = await AskAsync(_officer, new { kind = "rename", account = "x/" + handle, owner = "brigade", why = "The station has another name", newHandle = next });
        (await _officer.PostAsync($"/api/requests/{renaming}/approve", new { })).ExpectProblem(HttpStatusCode.Forbidden, "own-request");
        (await _manager.PostAsync($"/api/requests/{renaming}/approve", new { })).Expect(HttpStatusCode.OK);
        Assert.Equal("binley", (await _officer.GetAsync("/api/accounts/x/" + next)).Expect(HttpStatusCode.OK).Json.Text("station"));
        Assert.Contains("Change the handle", (await TaskOfAsync(handle)).Text("what"), StringComparison.Ordinal);

        var closing = await AskAsync(_officer, new { kind = "close", account = "x/" + next, owner = "brigade", why = "The station closed" });
        (await _manager.PostAsync($"/api/requests/{closing}/approve", new { })).Expect(HttpStatusCode.OK);
        Assert.Equal("retired", (await _officer.GetAsync("/api/accounts/x/" + next)).Json.Text("state"));
        Assert.Contains("Close the account", (await TaskOfAsync(next)).Text("what"), StringComparison.Ordinal);

        using var auditor = service.Fixture.As(Roles.Auditor);
        Assert.True((await auditor.PostAsync("/api/verify")).Expect(HttpStatusCode.OK).Json["agrees"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Request_IsDeclined_ForAReason_AndNothingIsRegistered()
    {
        var handle = Register.Handle("declined");
        var id = await AskAsync(_holder, Create(handle));
        (await _officer.PostAsync($"/api/requests/{id}/decline", new { })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");
        Assert.Equal("declined", (await _officer.PostAsync($"/api/requests/{id}/decline", new { reason = "There is one already" })).Expect(HttpStatusCode.OK).Json.Text("state"));
        (await _officer.GetAsync("/api/accounts/x/" + handle)).ExpectProblem(HttpStatusCode.NotFound, "account-unknown");
    }

    [Fact]
    public async Task Approval_IsRefused_WhereTheAccountRefusesIt_AndTheRequestStaysOpen()
    {
        var handle = Register.Handle("taken");
        var id = await AskAsync(_holder, Create(handle));
        (await _officer.ImportAsync([Register.Row(handle)])).Expect(HttpStatusCode.OK);
        (await _officer.PostAsync($"/api/requests/{id}/approve", new { })).ExpectProblem(HttpStatusCode.Conflict, "account-exists");
        Assert.Contains((await _officer.GetAsync("/api/requests?open=true")).Json["items"]!.AsArray(), r => r!.Text("id") == id);
        (await _officer.PostAsync($"/api/requests/{id}/decline", new { reason = "It is there" })).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("personal-account", "person", "demo_wmfs_own", "Own", "binley")]
    [InlineData("owner-missing", null, "demo_wmfs_own", "Own", "binley")]
    [InlineData("personal-account", "brigade", "alex_demo", "Alex at work", "binley")]
    [InlineData("personal-account", "brigade", "aalex", "Alex Demo", "binley")]
    [InlineData("request-invalid", "brigade", "demo_wmfs_own", "Own", "atlantis")]
    [InlineData("request-invalid", "brigade", "demo_wmfs_own", "", "binley")]
    public async Task Request_IsRefused_AndNothingIsAskedFor(string code, string? owner, string handle, string name, string station)
    {
        var refused = (await _holder.PostAsync("/api/requests", Create(handle, owner, name, station))).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
        Assert.Equal(code is "personal-account", refused.Detail.Contains("“Any staff, Fire Authority members", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Register_TakesNoPersonalAccount()
    {
        var import = (await _officer.ImportAsync([Register.Row("alex.demo", name: "Alex in Binley"), Register.Row(Register.Handle("other"))])).Expect(HttpStatusCode.OK).Json;
        Assert.Equal([1, 0, 0, 1], import.Counts());
        Assert.Equal("personal-account", import.Of("x/alex.demo").Text("code"));
        (await _officer.GetAsync("/api/accounts/x/alex.demo")).ExpectProblem(HttpStatusCode.NotFound, "account-unknown");
    }

    private static object Create(string handle, string? owner = "brigade", string name = "Asked for", string station = "binley") => new
    {
        kind = "create", account = "x/" + handle, owner, why = "For the open day", displayName = name, labels = new { kind = "local", station }, contact = new { name = "Kim Example", phone = "0121 496 0003" },
    };

    private static async Task<string> AskAsync(ApiClient client, object wish) => (await client.PostAsync("/api/requests", wish)).Expect(HttpStatusCode.Created).Json.Text("id");

    private async Task<JsonNode> TaskOfAsync(string handle) =>
        Assert.Single((await _officer.GetAsync($"/api/tasks?open=true&account=x/{handle}")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray())!;
}

using Coordination.SystemTests.Support;
using Microsoft.AspNetCore.SignalR.Client;

namespace Coordination.SystemTests.Api;

/// <summary>The staff directory over the API.</summary>
[Collection(ChangingService.Collection)]
public sealed class StaffTests(ChangingService service)
{
    private readonly ApiClient _manager = service.Fixture.As(Roles.Manager);

    [Fact]
    public async Task Person_IsAddedFoundChangedAndEnded_EachWithItsReason()
    {
        var path = $"/api/staff/jane-{Guid.NewGuid():N}"[..30];
        var id = path["/api/staff/".Length..];
        var body = new { name = " Jane Marsh ", role = "account-holder", publishesOn = new { stations = new[] { "aston" } }, firstDay = "2026-01-01", lastDay = "2030-06-30", reason = "Ticket 1" };
        var added = (await _manager.PutAsync(path, body)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(added.ToJsonString(), (await _manager.PutAsync(path, body)).Expect(HttpStatusCode.OK).Json.ToJsonString());
        Golden.Match("staff", added);
        (await _manager.PutAsync(path, new { name = "Another", body.role, body.reason })).ExpectProblem(HttpStatusCode.Conflict, "staff-id-taken");

        using var auditor = service.Fixture.As(Roles.Auditor);
        foreach (var query in new[] { "?q=marsh&state=active", "?role=account-holder&station=aston", $"?q={id}" })
        {
            Assert.Contains((await auditor.GetAsync("/api/staff" + query)).Expect(HttpStatusCode.OK).Json["items"]!.AsArray(), s => s!.Text("id") == id);
        }

        Assert.DoesNotContain((await auditor.GetAsync("/api/staff?role=account-holder&station=canley")).Json["items"]!.AsArray(), s => s!.Text("id") == id);
        (await auditor.GetAsync("/api/staff?role=cook")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "role-unknown");
        (await auditor.GetAsync("/api/staff?state=asleep")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "state-unknown");

        var version = added["version"]!.GetValue<long>();
        var officer = (await _manager.PutAsync(path, new { name = "Jane Hill", role = "comms-officer", reason = "Ticket 2", version })).Expect(HttpStatusCode.OK).Json;
        Assert.Null(officer["publishesOn"]);
        Assert.Null(officer["lastDay"]);
        (await _manager.PutAsync(path, new { name = "Jane Hill", role = "auditor", reason = "Ticket 3", version })).ExpectProblem(HttpStatusCode.Conflict, "staff-changed");
        var ended = (await _manager.PutAsync(path, new { name = "Jane Hill", role = "comms-officer", active = false, reason = "Left", version = officer["version"]!.GetValue<long>() })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("inactive", ended.Text("state"));

        var journal = (await _manager.GetAsync($"/api/journal?event=staff-changed&limit=200")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Where(e => e!.Text("stream") == "staff/" + id).ToArray();
        Assert.Equal(["Left", "Ticket 2"], journal.Select(e => e!.Text("reason")));
    }

    [Theory]
    [InlineData("""{"role":"auditor","reason":"Why"}""", "name-invalid")]
    [InlineData("""{"name":"Kim","reason":"Why"}""", "role-unknown")]
    [InlineData("""{"name":"Kim","role":"system","reason":"Why"}""", "role-unknown")]
    [InlineData("""{"name":"Kim","role":"auditor"}""", "reason-missing")]
    [InlineData("""{"name":"Kim","role":"auditor","reason":"Why","lastDay":"31/03/2030"}""", "day-not-understood")]
    [InlineData("""{"name":"Kim","role":"auditor","reason":"Why","lastDay":"9999-12-31"}""", "day-not-understood")]
    [InlineData("""{"name":"Kim","role":"auditor","reason":"Why","lastDay":"2020-03-31"}""", "term-over")]
    [InlineData("""{"name":"Kim","role":"auditor","reason":"Why","firstDay":"2030-04-01","lastDay":"2030-03-31"}""", "term-ends-first")]
    [InlineData("""{"name":"Kim","role":"account-holder","reason":"Why","publishesOn":{"stations":["atlantis"]}}""", "label-unknown")]
    [InlineData("""{"name":"Kim","role":"account-holder","reason":"Why","publishesOn":{"accounts":["x/nobody_at_all"]}}""", "label-unknown")]
    [InlineData("""{"name":"Kim","role":"account-holder","reason":"Why","publishesOn":{"kinds":["corporate"]}}""", "scope-not-local")]
    [InlineData("""{"name":"Kim","role":"account-holder","reason":"Why","publishesOn":{"stations":[null]}}""", "label-unknown")]
    public async Task Person_IsRefused_AndNobodyIsAdded(string body, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/staff/kim-example") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        (await _manager.SendAsync(request)).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
        (await _manager.GetAsync("/api/staff/kim-example")).ExpectProblem(HttpStatusCode.NotFound, "staff-unknown");
    }

    [Fact]
    public async Task Nobody_ChangesTheirOwnEntry()
    {
        var own = (await _manager.GetAsync("/api/staff/rowan-demo")).Expect(HttpStatusCode.OK).Json;
        var version = own["version"]!.GetValue<long>();
        (await _manager.PutAsync("/api/staff/rowan-demo", new { name = "Rowan Demo", role = "comms-manager", lastDay = "2030-01-01", reason = "Why", version })).ExpectProblem(HttpStatusCode.Forbidden, "staff-own");
        (await _manager.PostAsync("/api/staff/rowan-demo/identities", new { issuer = "https://id.example", subject = "1", reason = "Why" })).ExpectProblem(HttpStatusCode.Forbidden, "staff-own");
        Assert.Equal(version, (await _manager.GetAsync("/api/staff/rowan-demo")).Json["version"]!.GetValue<long>());
    }

    [Fact]
    public async Task Identity_IsLinkedToOnePerson_AndTakenBack()
    {
        var subject = Guid.NewGuid().ToString();
        var link = new { issuer = "https://id.example/tenant", subject, reason = "Ticket 4" };
        var linked = (await _manager.PostAsync("/api/staff/sam-demo/identities", link)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(subject, linked["identities"]!.AsArray().Single()!.Text("subject"));
        (await _manager.PostAsync("/api/staff/sam-demo/identities", link)).Expect(HttpStatusCode.OK);
        (await _manager.PostAsync("/api/staff/jo-demo/identities", link)).ExpectProblem(HttpStatusCode.Conflict, "identity-taken");
        (await _manager.PostAsync("/api/staff/nobody-at-all/identities", link)).ExpectProblem(HttpStatusCode.NotFound, "staff-unknown");
        (await _manager.PostAsync("/api/staff/sam-demo/identities", new { link.issuer, subject = "", link.reason })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "identity-invalid");
        (await _manager.PostAsync("/api/staff/sam-demo/identities/remove", new { link.issuer, subject })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");
        Assert.Empty((await _manager.PostAsync("/api/staff/sam-demo/identities/remove", link)).Expect(HttpStatusCode.OK).Json["identities"]!.AsArray());
    }

    [Fact]
    public async Task Deputy_IsNamedAndEnded_EachWithItsReason()
    {
        var (holder, deputy) = ($"holder-{Guid.NewGuid():N}"[..20], $"deputy-{Guid.NewGuid():N}"[..20]);
        foreach (var id in new[] { holder, deputy })
        {
            (await _manager.PutAsync("/api/staff/" + id, new { name = "Dee Marsh", role = "account-holder", publishesOn = new { stations = new[] { "aston" } }, reason = "Ticket 1" })).Expect(HttpStatusCode.OK);
        }

        var (path, key) = ($"/api/staff/{holder}/deputies", Guid.NewGuid());
        var last = TimeProvider.System.GetUtcNow().AddDays(20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var made = (await _manager.PostAsync(path, new { deputy, lastDay = last, reason = "Leave" }, key)).Expect(HttpStatusCode.Created).Json;
        Assert.Equal(made.ToJsonString(), (await _manager.PostAsync(path, new { deputy, lastDay = last, reason = "Leave" }, key)).Expect(HttpStatusCode.Created).Json.ToJsonString());
        Golden.Match("deputising", made);
        (await _manager.PostAsync(path, new { deputy, lastDay = last, reason = "Leave" })).ExpectProblem(HttpStatusCode.Conflict, "deputy-twice");
        (await _manager.PostAsync(path, new { deputy = "nobody-at-all", lastDay = last, reason = "Leave" })).ExpectProblem(HttpStatusCode.NotFound, "staff-unknown");
        (await _manager.PostAsync(path, new { deputy, lastDay = "soon", reason = "Leave" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "day-not-understood");
        (await _manager.PostAsync(path, new { deputy, reason = "Leave" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "last-day-missing");
        (await _manager.PostAsync(path, new { deputy = "sam-demo", lastDay = last, reason = "Leave" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "deputy-no-holder");

        using var auditor = service.Fixture.As(Roles.Auditor);
        Assert.Equal("current", (await auditor.GetAsync($"/api/staff/{deputy}/deputies")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Single()!.Text("state"));
        var end = $"{path}/{made.Text("id")}/end";
        (await _manager.PostAsync(end, new { })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");
        (await _manager.PostAsync($"{path}/{Guid.NewGuid()}/end", new { reason = "Back" })).ExpectProblem(HttpStatusCode.NotFound, "deputy-unknown");
        Assert.Equal("ended", (await _manager.PostAsync(end, new { reason = "Back" })).Expect(HttpStatusCode.OK).Json.Text("state"));
        Assert.Equal("ended", (await _manager.PostAsync(end, new { reason = "Back" })).Expect(HttpStatusCode.OK).Json.Text("state"));
        Assert.Equal("Back", (await _manager.GetAsync("/api/journal?event=deputy-ended&limit=200")).Json["items"]!.AsArray().Single(e => e!.Text("stream") == "staff/" + deputy)!.Text("reason"));
    }

    // All at once: the token and the connection that is open.
    [Fact]
    public async Task Leaver_LosesTokenAndOpenConnection_AndGetsThemBack()
    {
        using var auditor = service.Fixture.As(Roles.Auditor);
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(service.Fixture.Service.BaseAddress, "/hubs/coordination"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(service.Fixture.Token(Roles.Auditor)))
            .Build();
        var closed = new TaskCompletionSource();
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await connection.StartAsync(TestContext.Current.CancellationToken);
        (await auditor.GetAsync("/api/accounts")).Expect(HttpStatusCode.OK);

        var morgan = (await _manager.GetAsync("/api/staff/morgan-demo")).Expect(HttpStatusCode.OK).Json;
        var ended = (await _manager.PutAsync("/api/staff/morgan-demo", new { name = "Morgan Demo", role = "auditor", active = false, reason = "Left", version = morgan["version"]!.GetValue<long>() })).Expect(HttpStatusCode.OK).Json;
        try
        {
            (await auditor.GetAsync("/api/accounts")).ExpectProblem(HttpStatusCode.Unauthorized, "token-unknown");
            await Eventually.Becomes(() => closed.Task.IsCompleted, "the open connection ends");
        }
        finally
        {
            (await _manager.PutAsync("/api/staff/morgan-demo", new { name = "Morgan Demo", role = "auditor", reason = "Came back", version = ended["version"]!.GetValue<long>() })).Expect(HttpStatusCode.OK);
        }

        (await auditor.GetAsync("/api/accounts")).Expect(HttpStatusCode.OK);
    }
}

using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>The duty rota over the API.</summary>
[Collection(ChangingService.Collection)]
public sealed class RotaTests(ChangingService service)
{
    private readonly ApiClient _comms = service.Fixture.As(Roles.Officer);

    [Fact]
    public async Task Shift_IsSetSeenChangedAndTakenOff()
    {
        var path = $"/api/rota/shifts/{Guid.NewGuid()}";
        var body = new { role = "incident-cover", name = " Kim Example ", phone = "0121 496 0003", from = Steps.In(-TimeSpan.FromHours(1)), to = Steps.In(TimeSpan.FromHours(5)) };
        var set = (await _comms.PutAsync(path, body)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(set.ToJsonString(), (await _comms.PutAsync(path, body)).Expect(HttpStatusCode.OK).Json.ToJsonString());
        (await _comms.PutAsync(path, new { body.role, name = "Another", body.phone, body.from, body.to })).ExpectProblem(HttpStatusCode.Conflict, "shift-changed");

        using var fds = service.Fixture.As(Roles.Fds);
        var rota = (await fds.GetAsync("/api/rota")).Expect(HttpStatusCode.OK).Json;
        Golden.Match("rota", rota);
        Assert.Contains(rota["now"]!.AsArray(), on => on!.Text("name") == "Kim Example" && on!.Text("phone") == "0121 496 0003" && on!.Text("role") == "incident-cover");
        Assert.NotEmpty(rota["gaps"]!.AsArray());

        var version = set["version"]!.GetValue<long>();
        var changed = (await _comms.PutAsync(path, new { body.role, name = "Lee Example", body.phone, body.from, body.to, version })).Expect(HttpStatusCode.OK).Json;
        (await _comms.PostAsync(path + "/remove", new { version, reason = "Ill" })).ExpectProblem(HttpStatusCode.Conflict, "shift-changed");
        (await _comms.PostAsync(path + "/remove", new { version = changed["version"]!.GetValue<long>(), reason = "" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");
        (await _comms.PostAsync(path + "/remove", new { version = changed["version"]!.GetValue<long>(), reason = "Ill" })).Expect(HttpStatusCode.NoContent);
        Assert.DoesNotContain((await fds.GetAsync("/api/rota")).Json["shifts"]!.AsArray(), s => s!.Text("name") == "Lee Example");
    }

    [Fact]
    public async Task Turn_IsHandedOverByOne_AndTakenByAnother()
    {
        var id = Guid.NewGuid();
        var (path, name) = ($"/api/rota/shifts/{id}", "Frankie Demo");
        (await _comms.PutAsync(path, new { role = "duty-officer", name, phone = "0121 496 0003", from = Steps.In(-TimeSpan.FromHours(1)), to = Steps.In(TimeSpan.FromHours(5)) })).Expect(HttpStatusCode.OK);
        using var theirs = service.Fixture.As(Roles.Fds);
        using var other = service.Fixture.As(Roles.FireControl);
        using var manager = service.Fixture.As(Roles.Manager);
        (await theirs.PostAsync(path + "/take-over", new { })).ExpectProblem(HttpStatusCode.NotFound, "handover-unknown");
        (await other.PostAsync(path + "/hand-over", new { notes = "Quiet" })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await theirs.PostAsync(path + "/hand-over", new { notes = " " })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");
        (await theirs.PostAsync($"/api/rota/shifts/{Guid.NewGuid()}/hand-over", new { notes = "Quiet" })).ExpectProblem(HttpStatusCode.NotFound, "shift-unknown");
        var given = (await theirs.PostAsync(path + "/hand-over", new { notes = "Two fires in Aston" })).Expect(HttpStatusCode.OK).Json;
        Golden.Match("handover", given);
        (await theirs.PostAsync(path + "/take-over", new { })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await other.PostAsync(path + "/take-over", new { })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await manager.PostAsync(path + "/take-over", new { })).Expect(HttpStatusCode.OK);
        (await manager.PostAsync(path + "/take-over", new { })).Expect(HttpStatusCode.OK);
        (await _comms.PostAsync(path + "/take-over", new { })).ExpectProblem(HttpStatusCode.Conflict, "handover-taken");
        (await theirs.PostAsync(path + "/hand-over", new { notes = "Three fires" })).ExpectProblem(HttpStatusCode.Conflict, "handover-taken");

        var turn = (await other.GetAsync("/api/rota")).Json["turns"]!.AsArray().Single(t => t!.Text("shift") == id.ToString())!;
        Assert.Equal("Rowan Demo", turn["handover"]!.Text("takenBy"));
        var rota = (await other.GetAsync("/api/rota")).Json["shifts"]!.AsArray().Single(s => s!.Text("id") == id.ToString())!;
        (await _comms.PostAsync(path + "/remove", new { version = rota["version"]!.GetValue<long>(), reason = "Done" })).Expect(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("""{"role":"cook","name":"Kim","phone":"0121 496 0003","from":"2099-01-01T10:00:00Z","to":"2099-01-01T12:00:00Z"}""", "role-unknown")]
    [InlineData("""{"role":"duty-officer","name":"Kim","phone":"0121 496 0003","from":"2099-01-01T10:00:00Z"}""", "time-missing")]
    [InlineData("""{"role":"duty-officer","name":"Kim","phone":"0121 496 0003","from":"soon","to":"2099-01-01T12:00:00Z"}""", "time-not-understood")]
    [InlineData("""{"role":"duty-officer","name":"Kim","phone":"0121 496 0003","from":"2099-01-01T10:00:00Z","to":"2099-01-01T12:00:00Z"}""", "time-too-far")]
    [InlineData("""{"role":"duty-officer","phone":"0121 496 0003","from":"2099-01-01T10:00:00Z","to":"2099-01-01T12:00:00Z"}""", "name-invalid")]
    [InlineData("""{"role":"duty-officer","name":"Kim","phone":"no","from":"2099-01-01T10:00:00Z","to":"2099-01-01T12:00:00Z"}""", "phone-invalid")]
    public async Task Shift_IsRefused_AndNothingIsSet(string body, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/rota/shifts/{Guid.NewGuid()}") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        (await _comms.SendAsync(request)).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
    }
}

using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>What is no agreed line is said so, and nothing is sent.</summary>
public sealed class LineTests(ServiceFixture fixture)
{
    private const string Account = "x/demo_wmfs_sutton_coldfield";

    private readonly ApiClient _comms = fixture.As(Roles.Manager);

    [Fact]
    public async Task Message_ThatCannotBeALine_IsRefusedPlainly()
    {
        async Task<ApiAnswer> SendAsync(string? takeover, string? hold) =>
            await _comms.PostAsync("/api/messages", new { text = "Stay indoors.", accounts = new[] { Account, "mastodon/demo_wmfs_sutton_coldfield" }, takeover, hold });
        (await SendAsync("none", null)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "takeover-unknown");
        (await SendAsync(Guid.NewGuid().ToString(), null)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "takeover-unknown");
        (await SendAsync(Guid.NewGuid().ToString(), "H-000001")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "line-twice");
        (await SendAsync(null, "H-999999")).ExpectProblem(HttpStatusCode.NotFound, "hold-unknown");

        // An exercise has no real line, and a proposal that nobody carried out has no hold.
        using var control = fixture.As(Roles.FireControl);
        var drill = (await control.ReportAsync(Reports.Of(Reports.Number(), exercise: true, major: true))).Expect(HttpStatusCode.OK).Json["takeovers"]![0]!.Text("id");
        (await SendAsync(drill, null)).ExpectProblem(HttpStatusCode.Conflict, "line-of-exercise");
        (await _comms.PostAsync($"/api/takeovers/{drill}/end")).Expect(HttpStatusCode.OK);
        var proposal = (await control.ReportAsync(Reports.Of(Reports.Number(), pumps: 12))).Expect(HttpStatusCode.Accepted).Json["takeovers"]![0]!.Text("id");
        (await SendAsync(proposal, null)).ExpectProblem(HttpStatusCode.Conflict, "line-no-hold");
        (await _comms.PostAsync($"/api/takeovers/{proposal}/veto", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);

        var freeze = await _comms.HoldAsync("freeze", Account);
        (await SendAsync(null, freeze.Text("id"))).ExpectProblem(HttpStatusCode.Conflict, "line-not-central");
        await _comms.LiftAsync(freeze);
        var loose = await _comms.HoldAsync("centralCoordination", Account);
        (await SendAsync(null, loose.Text("id"))).ExpectProblem(HttpStatusCode.Conflict, "line-no-incident");
        Assert.Empty((await _comms.GetAsync($"/api/holds/{loose.Text("id")}/lines")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray());
        await _comms.LiftAsync(loose);
        (await _comms.GetAsync("/api/holds/H-999999/lines")).ExpectProblem(HttpStatusCode.NotFound, "hold-unknown");
        Assert.DoesNotContain((await _comms.GetAsync($"/api/accounts/{Account}/posts")).Json["items"]!.AsArray(), p => p!.Text("text") == "Stay indoors.");
    }

    [Fact]
    public async Task Draft_OfALine_KeepsItsHold()
    {
        var path = "/api/drafts/" + Guid.NewGuid();
        var kept = (await _comms.PutAsync(path, new { text = "Stay indoors.", accounts = new[] { Account }, line = "H-000001" })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("H-000001", kept.Text("line"));
        Assert.Equal("H-000001", (await _comms.GetAsync(path)).Json.Text("line"));
        Assert.Null((await _comms.PutAsync(path, new { revision = 1, text = "Stay indoors." })).Expect(HttpStatusCode.OK).Json["line"]);
        (await _comms.PutAsync(path, new { revision = 2, text = "Stay indoors.", line = "" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "hold-unknown");
        (await _comms.DeleteAsync(path + "?revision=2")).Expect(HttpStatusCode.NoContent);
    }
}

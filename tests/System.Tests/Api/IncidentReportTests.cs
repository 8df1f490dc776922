using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Incident reports, from the message to the hold: at once, proposed, vetoed, an exercise, a duplicate, a message that came late.</summary>
public sealed class IncidentReportTests(ServiceFixture fixture)
{
    private readonly ApiClient _control = fixture.As(Roles.FireControl);
    private readonly ApiClient _comms = fixture.As(Roles.Manager);

    [Fact]
    public async Task MajorIncident_HoldsItsAreaAtOnce_Once_AndItsStopLiftsNothing()
    {
        var number = Reports.Number();
        var report = Reports.Of(number, major: true, area: "Dudley");
        var answer = (await _control.ReportAsync(report)).Expect(HttpStatusCode.Created).Json;
        Golden.Match("incident-report-hold", answer);
        Assert.Equal("hold", answer.Text("decision"));
        var hold = (await _comms.GetAsync($"/api/holds/{answer["takeovers"]![0]!.Text("holdId")}")).Expect(HttpStatusCode.OK).Json;
        try
        {
            Assert.Equal(("centralCoordination", number), (hold.Text("kind"), hold.Text("incident")));
            Assert.Equal("[\"dudley\"]", hold["scope"]!["areas"]!.ToJsonString());
            Assert.Equal("[\"local\"]", hold["scope"]!["kinds"]!.ToJsonString());

            // The same message, the same revision in other spacing, a later revision, a duplicate: one hold.
            var again = (await _control.ReportAsync(report)).Expect(HttpStatusCode.OK).Json;
            Assert.True(again["repeated"]!.GetValue<bool>());
            (await _control.PostTextAsync(Reports.Intake, " " + report.ToJsonString(), "application/json")).Expect(HttpStatusCode.OK);
            (await _control.ReportAsync(Reports.Of(number, revision: 2, major: true, area: "dudley", pumps: 12))).Expect(HttpStatusCode.OK);
            var twin = Reports.Number();
            (await _control.ReportAsync(Reports.Of(twin, major: true, area: "dudley", duplicateOf: number))).Expect(HttpStatusCode.OK);
            Assert.Single(await HoldsAsync(number));
            Assert.Empty(await HoldsAsync(twin));

            // Its end lifts nothing: a person is asked.
            Assert.Equal("ask", (await _control.ReportAsync(Reports.Of(number, revision: 3, area: "dudley", status: "closed"))).Expect(HttpStatusCode.Accepted).Json.Text("decision"));
            Assert.Single(await HoldsAsync(number));
            await SettleAsync(number);
            var file = (await _control.GetAsync($"/api/incidents/files/{number}")).Expect(HttpStatusCode.OK).Json;
            Golden.Match("incident-file", file);
            Assert.Equal("closed", file["now"]!.Text("status"));
            Assert.True(file["everMajor"]!.GetValue<bool>());
            Assert.Equal(twin, file["belongsWith"]![0]!.GetValue<string>());
            Assert.Equal("placed", file["takeovers"]![0]!.Text("state"));
        }
        finally
        {
            using var officer = fixture.As(Roles.Officer);
            await _comms.LiftTogetherAsync(officer, hold);
        }

        // Comms has lifted it: a further revision of the same incident does not hold again by itself.
        (await _control.ReportAsync(Reports.Of(number, revision: 4, major: true, area: "dudley"))).Expect(HttpStatusCode.OK);
        Assert.Empty(await HoldsAsync(number));
    }

    [Fact]
    public async Task ClosedIncident_HoldsNothing_WhateverItsReportSays_AndAsksAPerson_UntilItIsOpenedAgain()
    {
        var number = Reports.Number();
        var closed = (await _control.ReportAsync(Reports.Of(number, revision: 2, major: true, area: "dudley", status: "closed"))).Expect(HttpStatusCode.Accepted).Json;
        Assert.Equal(("ask", 0), (closed.Text("decision"), closed["takeovers"]!.AsArray().Count));
        Assert.Contains("the incident is closed", closed.Text("reason"), StringComparison.Ordinal);
        await SettleAsync(number);

        // What it said before arrives now.
        Assert.Empty((await _control.ReportAsync(Reports.Of(number, revision: 1, major: true, area: "dudley"))).Expect(HttpStatusCode.OK).Json["takeovers"]!.AsArray());
        Assert.Empty(await HoldsAsync(number));

        var opened = (await _control.ReportAsync(Reports.Of(number, revision: 3, major: true, area: "dudley"))).Expect(HttpStatusCode.Created).Json;
        var hold = (await _comms.GetAsync($"/api/holds/{opened["takeovers"]![0]!.Text("holdId")}")).Expect(HttpStatusCode.OK).Json;
        using var officer = fixture.As(Roles.Officer);
        await _comms.LiftTogetherAsync(officer, hold);
    }

    [Fact]
    public async Task Proposal_WaitsForAVeto_AndAVetoedOneHoldsNothing()
    {
        var number = Reports.Number();
        var answer = (await _control.ReportAsync(Reports.Of(number, pumps: 12))).Expect(HttpStatusCode.Accepted).Json;
        Assert.Equal("proposed", answer.Text("decision"));
        var takeover = answer["takeovers"]![0]!;
        Golden.Match("takeover-pending", takeover);
        var path = $"/api/takeovers/{takeover.Text("id")}";
        Assert.Contains((await _comms.GetAsync("/api/takeovers")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray(), t => t!.Text("id") == takeover.Text("id"));

        (await _comms.PostAsync(path + "/veto", new { reason = " " })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");
        (await _control.PostAsync(path + "/veto", new { reason = "We would like to" })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await _comms.PostAsync(path + "/end", new { })).ExpectProblem(HttpStatusCode.Conflict, "takeover-decided");
        var vetoed = (await _comms.PostAsync(path + "/veto", new { reason = "A drill tower, the crews say" })).Expect(HttpStatusCode.OK).Json;
        Golden.Match("takeover-vetoed", vetoed);
        Assert.Equal("vetoed", vetoed.Text("state"));
        (await _comms.PostAsync(path + "/forward", new { })).ExpectProblem(HttpStatusCode.Conflict, "takeover-decided");
        Assert.Empty(await HoldsAsync(number));

        // The next revision says the same: the rule has heard the answer.
        Assert.Equal("ignored", (await _control.ReportAsync(Reports.Of(number, revision: 2, pumps: 12))).Expect(HttpStatusCode.OK).Json.Text("decision"));
        Assert.DoesNotContain((await _comms.GetAsync("/api/takeovers")).Json["items"]!.AsArray(), t => t!.Text("incident") == number);
    }

    [Fact]
    public async Task Proposal_BroughtForward_HoldsAtOnce()
    {
        var number = Reports.Number();
        var takeover = (await _control.ReportAsync(Reports.Of(number, pumps: 15))).Expect(HttpStatusCode.Accepted).Json["takeovers"]![0]!;
        var placed = (await _comms.PostAsync($"/api/takeovers/{takeover.Text("id")}/forward", new { })).Expect(HttpStatusCode.OK).Json;
        Golden.Match("takeover-placed", placed);
        var hold = (await _comms.GetAsync($"/api/holds/{placed.Text("holdId")}")).Expect(HttpStatusCode.OK).Json;
        using var officer = fixture.As(Roles.Officer);
        await _comms.LiftTogetherAsync(officer, hold);
    }

    [Fact]
    public async Task Exercise_PlacesAShadow_AndHoldsNoAccount_WhateverItSays()
    {
        var number = Reports.Number();
        var answer = (await _control.ReportAsync(Reports.Of(number, exercise: true, major: true, type: "Terrorist attack"))).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("shadow", answer.Text("decision"));
        Assert.NotEmpty(answer["takeovers"]!.AsArray());
        Assert.All(answer["takeovers"]!.AsArray(), t => Assert.Equal("shadow", t!.Text("state")));
        Assert.Empty(await HoldsAsync(number));
        (await _control.GetAsync($"/api/incidents/files/{number}")).ExpectProblem(HttpStatusCode.NotFound, "incident-unknown");
        Assert.True((await _control.GetAsync($"/api/exercises/files/{number}")).Expect(HttpStatusCode.OK).Json["exercise"]!.GetValue<bool>());
        foreach (var takeover in answer["takeovers"]!.AsArray())
        {
            Assert.Equal("ended", (await _comms.PostAsync($"/api/takeovers/{takeover!.Text("id")}/end", new { })).Expect(HttpStatusCode.OK).Json.Text("state"));
        }
    }

    [Fact]
    public async Task Report_WithoutAPlace_AsksAPerson_AndOneThatCameLateChangesNothing()
    {
        var number = Reports.Number();
        Assert.Equal("ask", (await _control.ReportAsync(Reports.Of(number, revision: 5, major: true, area: null))).Expect(HttpStatusCode.Accepted).Json.Text("decision"));
        (await _control.ReportAsync(Reports.Of(number, revision: 4, area: "dudley", type: "Bin fire"))).Expect(HttpStatusCode.OK);
        var now = (await _control.GetAsync($"/api/incidents/files/{number}")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(5, now["now"]!["revision"]!.GetValue<int>());
        Assert.Equal(2, now["reports"]!.AsArray().Count);
        await SettleAsync(number);
    }

    [Theory]
    [InlineData("{", 811, 400, "report-malformed")]
    [InlineData("{}", 812, 422, "report-invalid")]
    [InlineData("""{"number":"T-1","revision":1,"reportedAt":"2026-11-27T10:00:00Z","excercise":true,"status":"open","typeAtCall":"Fire"}""", 813, 422, "report-invalid")]
    public async Task BadReport_IsRefusedPlainly_AndKept(string body, int bytes, int status, string code)
    {
        // Its length finds it again.
        var text = body.PadRight(bytes);
        (await _control.PostTextAsync(Reports.Intake, text, "application/json")).ExpectProblem((HttpStatusCode)status, code);
        var kept = (await _control.GetAsync("/api/incidents/messages?limit=200&open=true")).Json["items"]!.AsArray().First(m => m!["bytes"]!.GetValue<int>() == bytes)!;
        Assert.Equal("refused", kept.Text("decision"));
        (await _comms.PostAsync($"/api/incidents/messages/{kept.Text("id")}/settle", new { note = "The test is over" })).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/api/incidents/files/none", 404, "incident-unknown")]
    [InlineData("/api/incidents/files/no%20number", 404, "incident-unknown")]
    [InlineData("/api/exercises/files/none", 404, "incident-unknown")]
    [InlineData("/api/takeovers/none", 404, "takeover-unknown")]
    [InlineData("/api/takeovers/0198a0a0-0000-7000-8000-000000000000", 404, "takeover-unknown")]
    [InlineData("/api/incidents?cursor=bm9uZQ", 422, "cursor-unknown")]
    [InlineData("/api/exercises?limit=0", 422, "limit-out-of-range")]
    public async Task BadQuestion_IsAnsweredPlainly(string path, int status, string code) => (await _control.GetAsync(path)).ExpectProblem((HttpStatusCode)status, code);

    [Fact]
    public async Task Schema_IsPublished()
    {
        using var anybody = fixture.As(null);
        Assert.Contains("additionalProperties", (await anybody.GetAsync("/schemas/incident-report-1.json")).Expect(HttpStatusCode.OK).Text, StringComparison.Ordinal);
    }

    private async Task SettleAsync(string number)
    {
        var open = (await _control.GetAsync("/api/incidents/messages?limit=200&open=true")).Json["items"]!.AsArray().First(m => m!["incident"]?.GetValue<string>() == number)!;
        (await _comms.PostAsync($"/api/incidents/messages/{open.Text("id")}/settle", new { note = "The test is over" })).Expect(HttpStatusCode.OK);
    }

    private async Task<JsonNode[]> HoldsAsync(string number) =>
        [.. (await _comms.GetAsync("/api/holds?limit=200&active=true")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Where(h => h!["incident"]?.GetValue<string>() == number).OfType<JsonNode>()];
}

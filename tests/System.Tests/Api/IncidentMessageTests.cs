using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>What was reported, as people look through it: nothing is left out, and what was left to a person stays open until one says what was done.</summary>
public sealed class IncidentMessageTests(ServiceFixture fixture)
{
    private const string Intake = "/api/incidents/cap", Messages = "/api/incidents/messages", ContentType = "application/cap+xml";
    private readonly ApiClient _control = fixture.As(Roles.FireControl);

    [Fact]
    public async Task Message_ThatAsksAPerson_StaysOpen_UntilOneSaysWhatWasDone()
    {
        var name = "OPEN-" + Guid.NewGuid().ToString("N");
        (await _control.PostTextAsync(Intake, Cap.Message("atlantis", identifier: name), ContentType)).Expect(HttpStatusCode.Accepted);
        var message = await FindAsync(m => Is(m, "identifier", name), open: true);
        Golden.Match("incident-message", message);
        Assert.Equal(("ask", name), (message.Text("decision"), message.Text("incident")));
        var path = $"{Messages}/{message.Text("id")}";
        Assert.Equal(message.ToJsonString(), (await _control.GetAsync(path)).Expect(HttpStatusCode.OK).Json.ToJsonString());

        var raw = (await _control.GetAsync(path + "/raw")).Expect(HttpStatusCode.OK);
        Assert.Contains(name, raw.Text, StringComparison.Ordinal);
        Assert.Equal("application/octet-stream", raw.Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", raw.Message.Content.Headers.ContentDisposition!.DispositionType);

        (await _control.PostAsync(path + "/settle", new { note = " " })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");
        var settled = (await _control.PostAsync(path + "/settle", new { note = "Rang the sender: a typing error" })).Expect(HttpStatusCode.OK).Json;
        Golden.Match("incident-message-settled", settled);
        Assert.False(settled["open"]!.GetValue<bool>());

        // The first settlement stands.
        var again = (await fixture.As(Roles.Officer).PostAsync(path + "/settle", new { note = "Something else" })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("Rang the sender: a typing error", again["settled"]!.Text("note"));
        Assert.DoesNotContain((await ItemsAsync(open: true)), m => Is(m, "identifier", name));
    }

    [Fact]
    public async Task Message_ThatIsNotUnderstood_IsKept_Shown_AndCountedForItsSource()
    {
        var mark = Guid.NewGuid().ToString("N");
        (await _control.PostTextAsync(Intake, $"<alert {mark}", ContentType)).ExpectProblem(HttpStatusCode.BadRequest, "cap-malformed");
        JsonNode? kept = null;
        foreach (var message in await ItemsAsync(open: true))
        {
            kept = Is(message!, "decision", "refused") && (await _control.GetAsync($"{Messages}/{message!.Text("id")}/raw")).Text.Contains(mark, StringComparison.Ordinal) ? message : kept;
        }

        Assert.NotNull(kept);
        Assert.StartsWith("Not valid", kept.Text("reason"), StringComparison.Ordinal);
        var source = (await _control.GetAsync("/api/incidents/sources")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Single(s => Is(s!, "id", kept.Text("receivedBy")))!;
        Golden.Match("incident-source", source);
        Assert.True(source["dayRefused"]!.GetValue<int>() >= 1);
        (await _control.PostAsync($"{Messages}/{kept.Text("id")}/settle", new { note = "The test is over" })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Message_ThatHeldOrNeededNothing_IsNoPersonsTask()
    {
        var name = "NONE-" + Guid.NewGuid().ToString("N");
        (await _control.PostTextAsync(Intake, Cap.Message("walsall", identifier: name, status: "Test"), ContentType)).Expect(HttpStatusCode.OK);
        var message = await FindAsync(m => Is(m, "identifier", name), open: false);
        Assert.False(message["open"]!.GetValue<bool>());
        (await _control.PostAsync($"{Messages}/{message.Text("id")}/settle", new { note = "Seen" })).ExpectProblem(HttpStatusCode.Conflict, "message-not-open");
    }

    [Theory]
    [InlineData("/nothing", 404, "message-unknown")]
    [InlineData("/0198a0a0-0000-7000-8000-000000000000", 404, "message-unknown")]
    [InlineData("/0198a0a0-0000-7000-8000-000000000000/raw", 404, "message-unknown")]
    [InlineData("?open=maybe", 422, "filter-unknown")]
    [InlineData("?cursor=bm9uZQ", 422, "cursor-unknown")]
    [InlineData("?limit=0", 422, "limit-out-of-range")]
    public async Task BadQuestion_IsAnsweredPlainly(string path, int status, string code) =>
        (await _control.GetAsync(Messages + path)).ExpectProblem((HttpStatusCode)status, code);

    private async Task<JsonNode> FindAsync(Func<JsonNode, bool> which, bool open) => (await ItemsAsync(open)).First(m => which(m!))!;

    private async Task<JsonArray> ItemsAsync(bool open) =>
        (await _control.GetAsync($"{Messages}?limit=200{(open ? "&open=true" : "")}")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();

    private static bool Is(JsonNode? message, string field, string value) => string.Equals(message![field]?.GetValue<string>(), value, StringComparison.Ordinal);
}

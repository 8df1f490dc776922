using System.Text;
using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>What Fire Control's system reports.</summary>
public sealed class IncidentTests(ServiceFixture fixture)
{
    private const string Intake = "/api/incidents/cap";
    private const string ContentType = "application/cap+xml";

    private readonly ApiClient _control = fixture.As(Roles.FireControl);
    private readonly ApiClient _comms = fixture.As(Roles.Manager);

    [Fact]
    public async Task MajorIncident_HoldsTheAreasLocalAccounts_Once()
    {
        var message = Cap.Message("walsall");
        var answer = (await _control.PostTextAsync(Intake, message, ContentType)).Expect(HttpStatusCode.Created).Json;
        Golden.Match("incident-hold", answer);
        Assert.Equal("hold", answer.Text("decision"));
        var hold = answer["holds"]![0]!;
        try
        {
            Assert.Equal("centralCoordination", hold.Text("kind"));
            await Eventually.Becomes(
                async () => (await _comms.GetAsync("/api/accounts?area=walsall&kind=local&limit=200")).Json["items"]!.AsArray(),
                items => items.Count > 0 && items.All(item => string.Equals(item!.Text("state"), "held", StringComparison.Ordinal)),
                "every local account of Walsall shows as held");
            Assert.DoesNotContain("held", (await _comms.GetAsync("/api/accounts?area=dudley&limit=200")).Json["items"]!.AsArray().Select(i => i!.Text("state")));

            var again = (await _control.PostTextAsync(Intake, message, ContentType)).Expect(HttpStatusCode.OK).Json;
            Assert.True(again["repeated"]!.GetValue<bool>());
            Assert.Equal(hold.Text("id"), again["holds"]![0]!.Text("id"));
        }
        finally
        {
            using var officer = fixture.As(Roles.Officer);
            await _comms.LiftTogetherAsync(officer, hold);
        }
    }

    [Theory]
    [InlineData("Test", "Major incident: industrial fire")]
    [InlineData("System", "Major incident: industrial fire")]
    [InlineData("Draft", "Major incident: industrial fire")]
    [InlineData("Actual", "Required Monthly Test")]
    public async Task NoRealIncident_HoldsNothing(string status, string eventName)
    {
        var answer = (await _control.PostTextAsync(Intake, Cap.Message("walsall", status: status, eventName: eventName), ContentType)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("ignored", answer.Text("decision"));
        Assert.Empty(answer["holds"]!.AsArray());
        Assert.DoesNotContain("held", (await _comms.GetAsync("/api/accounts?area=walsall&limit=200")).Json["items"]!.AsArray().Select(i => i!.Text("state")));
    }

    [Fact]
    public async Task Exercise_LeavesAShadow_AndHoldsNothing()
    {
        var name = "EXERCISE-" + Guid.NewGuid().ToString("N");
        var answer = (await _control.PostTextAsync(Intake, Cap.Message("walsall", identifier: name, status: "Exercise"), ContentType)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("shadow", name, true), (answer.Text("decision"), answer.Text("incident"), answer["exercise"]!.GetValue<bool>()));
        Assert.Empty(answer["holds"]!.AsArray());
        Assert.DoesNotContain("held", (await _comms.GetAsync("/api/accounts?area=walsall&limit=200")).Json["items"]!.AsArray().Select(i => i!.Text("state")));
        (await _control.GetAsync($"/api/incidents/files/{name}")).ExpectProblem(HttpStatusCode.NotFound, "incident-unknown");
        var shadow = Assert.Single((await _control.GetAsync($"/api/exercises/files/{name}")).Expect(HttpStatusCode.OK).Json["takeovers"]!.AsArray())!;
        (await _comms.PostAsync($"/api/takeovers/{shadow.Text("id")}/end", new { })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Alert_IsAnIncident_WithItsUpdatesAndItsEnd_AndHoldsByTheRuleBookOnce()
    {
        var (name, sent) = ("CHAIN-" + Guid.NewGuid().ToString("N"), TimeProvider.System.GetUtcNow().AddMinutes(-2));
        var first = (await _control.PostTextAsync(Intake, Cap.Message("walsall", identifier: name, sent: sent), ContentType)).Expect(HttpStatusCode.Created).Json;
        var hold = first["holds"]![0]!;
        try
        {
            // An update of it, under a name of its own, spreads; what is held already is not held again.
            var spread = (await _control.PostTextAsync(Intake, Cap.Message("sandwell", sent: sent.AddMinutes(1), updates: (name, sent)), ContentType)).Expect(HttpStatusCode.Created).Json;
            var second = spread["holds"]![0]!;
            Assert.Equal((name, "[\"sandwell\"]"), (second.Text("incident"), second["scope"]!["areas"]!.ToJsonString()));
            using var officer = fixture.As(Roles.Officer);
            await _comms.LiftTogetherAsync(officer, second);

            var cancel = Cap.Message("walsall", sent: sent.AddMinutes(2), updates: (name, sent), type: "Cancel");
            var ended = (await _control.PostTextAsync(Intake, cancel, ContentType)).Expect(HttpStatusCode.Accepted).Json;
            Assert.Equal(("ask", name), (ended.Text("decision"), ended.Text("incident")));
            var file = (await _control.GetAsync($"/api/incidents/files/{name}")).Expect(HttpStatusCode.OK).Json;
            Golden.Match("incident-file-alert", file);
            Assert.Equal("closed", file["now"]!.Text("status"));
            Assert.Equal(3, file["reports"]!.AsArray().Count);
            Assert.All(file["takeovers"]!.AsArray(), t => Assert.Equal("extreme-alert", t!.Text("rule")));
            Assert.True((await _comms.GetAsync($"/api/holds/{hold.Text("id")}")).Json["active"]!.GetValue<bool>());
            var open = (await _control.GetAsync("/api/incidents/messages?limit=200&open=true")).Json["items"]!.AsArray().First(m => m!["incident"]?.GetValue<string>() == name)!;
            (await _comms.PostAsync($"/api/incidents/messages/{open.Text("id")}/settle", new { note = "The test is over" })).Expect(HttpStatusCode.OK);
        }
        finally
        {
            using var officer = fixture.As(Roles.Officer);
            await _comms.LiftTogetherAsync(officer, hold);
        }
    }

    [Fact]
    public async Task DoubtfulAlert_HoldsNothing_AlsoWhenSomebodyReportsOfItsNumberLater()
    {
        var name = "DOUBT-" + Guid.NewGuid().ToString("N");
        var asked = (await _control.PostTextAsync(Intake, Cap.Message("walsall", identifier: name, eventName: "Terrorist attack on test track"), ContentType)).Expect(HttpStatusCode.Accepted).Json;
        Assert.Equal("ask", asked.Text("decision"));
        var open = (await _control.GetAsync("/api/incidents/messages?limit=200&open=true")).Json["items"]!.AsArray().First(m => m!["identifier"]?.GetValue<string>() == name)!;
        (await _comms.PostAsync($"/api/incidents/messages/{open.Text("id")}/settle", new { note = "It was a test" })).Expect(HttpStatusCode.OK);

        // Fire Control closes it: that makes nothing of the alert true.
        var closed = (await _control.ReportAsync(Reports.Of(name, status: "closed", area: "walsall", type: "Test"))).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("ignored", 0), (closed.Text("decision"), closed["takeovers"]!.AsArray().Count));
        Assert.DoesNotContain((await _comms.GetAsync("/api/holds?limit=200&active=true")).Json["items"]!.AsArray(), h => h!["incident"]?.GetValue<string>() == name);
    }

    [Fact]
    public async Task UnknownPlace_AsksAPerson()
    {
        var answer = (await _control.PostTextAsync(Intake, Cap.Message("atlantis"), ContentType)).Expect(HttpStatusCode.Accepted).Json;
        Golden.Match("incident-ask", answer);
        Assert.Contains("'atlantis' is no area", answer["alsoAsks"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("ask", answer.Text("decision"));
    }

    [Fact]
    public async Task UnknownSender_IsRefused() => (await _control.PostTextAsync(Intake, Cap.Message("walsall", sender: "somebody@example.org"), ContentType))
        .ExpectProblem(HttpStatusCode.Forbidden, "sender-unknown");

    [Theory]
    [InlineData("<alert", 400, "cap-malformed")]
    [InlineData("not xml", 400, "cap-malformed")]
    [InlineData("", 400, "cap-malformed")]
    [InlineData("<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"/>", 422, "cap-invalid")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x \"boom\">]><alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">&x;</alert>", 400, "cap-malformed")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE a SYSTEM \"file:///etc/passwd\"><alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"/>", 400, "cap-malformed")]
    public async Task Message_IsRefused_WhenItIsNoCap(string body, int status, string code) =>
        (await _control.PostTextAsync(Intake, body, ContentType)).ExpectProblem((HttpStatusCode)status, code);

    [Fact]
    public async Task Message_IsRefused_WhenItIsTooLarge() => (await _control.PostBytesAsync(
            Intake, Encoding.UTF8.GetBytes(Cap.Message("walsall") + new string(' ', 300 * 1024)), ContentType))
        .ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");

    [Fact]
    public async Task Message_IsRefused_WhenItIsNoXmlByName() =>
        (await _control.PostTextAsync(Intake, "{}", "application/json")).ExpectProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
}

using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>How holds end: by two of Comms, by one, or at the time their placer chose; and how they are looked at again.</summary>
public sealed class HoldLiftTests(ServiceFixture fixture)
{
    private const string Account = "x/demo_wmfs_highgate";
    private const string Other = "facebook/demo_wmfs_highgate";

    private readonly ApiClient _manager = fixture.As(Roles.Manager);
    private readonly ApiClient _officer = fixture.As(Roles.Officer);
    private readonly ApiClient _control = fixture.As(Roles.FireControl);

    [Fact]
    public async Task Lift_IsAskedForAndThenConfirmedByAnother_WhenTheHoldComesFromAnIncident()
    {
        var hold = await IncidentAsync(Account);
        Assert.True(hold["liftNeedsSecond"]!.GetValue<bool>());
        var path = $"/api/holds/{hold.Text("id")}";
        (await _officer.PostAsync(path + "/lift", new { reason = "Fire out" })).ExpectProblem(HttpStatusCode.Forbidden, "lift-not-asked");

        var key = Guid.NewGuid();
        var asked = (await _manager.PostAsync(path + "/lift", new { reason = "Fire out" }, key)).Expect(HttpStatusCode.Accepted).Json;
        Golden.Match("lift-awaits", asked);
        Assert.Equal(("awaiting-confirmation", "a second, different member of Comms"), (asked.Text("state"), asked.Text("awaiting")));
        var request = asked["hold"]!["liftAsk"]!["sequence"]!.GetValue<long>();
        foreach (var again in (Guid?[])[key, null])
        {
            var same = (await _manager.PostAsync(path + "/lift", new { reason = "Fire out" }, again)).Expect(HttpStatusCode.Accepted).Json;
            Assert.Equal(request, same["hold"]!["liftAsk"]!["sequence"]!.GetValue<long>());
        }

        var standing = (await _control.GetAsync(path)).Expect(HttpStatusCode.OK).Json;
        Assert.True(standing["active"]!.GetValue<bool>());
        Assert.Equal("Rowan Demo", standing["liftAsk"]!.Text("byName"));
        Assert.Equal("held", (await _manager.GetAsync($"/api/accounts/{Account}")).Json.Text("state"));
        (await _officer.PostAsync(path + "/lift", new { confirms = request - 1 })).ExpectProblem(HttpStatusCode.Conflict, "lift-ask-over");

        var lifted = (await _officer.PostAsync(path + "/lift", new { confirms = request })).Expect(HttpStatusCode.OK).Json;
        Golden.Match("hold-lifted-by-two", lifted);
        Assert.Equal(("Sam Demo", "Rowan Demo", "Fire out"), (lifted.Text("liftedBy"), lifted["liftAsk"]!.Text("byName"), lifted.Text("liftReason")));
        Assert.False(lifted["alreadyLifted"]!.GetValue<bool>());
        Assert.Equal("open", (await _manager.GetAsync($"/api/accounts/{Account}")).Json.Text("state"));
        Assert.True((await _manager.PostAsync(path + "/lift", new { reason = "Fire out" }, key)).Expect(HttpStatusCode.OK).Json["alreadyLifted"]!.GetValue<bool>());
    }

    [Fact]
    public async Task RequestToLift_IsDeclined_AndTheHoldStands()
    {
        var hold = await IncidentAsync(Account);
        var path = $"/api/holds/{hold.Text("id")}";
        (await _manager.PostAsync(path + "/lift", new { reason = "Fire out" })).Expect(HttpStatusCode.Accepted);

        var declined = (await _officer.PostAsync(path + "/lift/decline", new { reason = "Smoke again" })).Expect(HttpStatusCode.OK).Json;
        Golden.Match("lift-declined", declined);
        Assert.True(declined["active"]!.GetValue<bool>());
        (await _manager.PostAsync(path + "/lift/decline", new { reason = "Never mind" })).ExpectProblem(HttpStatusCode.Conflict, "lift-not-asked");

        await _manager.LiftTogetherAsync(_officer, hold);
        (await _manager.PostAsync(path + "/lift/decline", new { reason = "Late" })).ExpectProblem(HttpStatusCode.Conflict, "hold-lifted");
    }

    [Fact]
    public async Task HoldOfComms_IsLiftedByOne_AlsoWithAnIncidentsReference()
    {
        var hold = (await _manager.PostAsync("/api/holds", Body("freeze", Other, incident: "INC-2041"))).Expect(HttpStatusCode.Created).Json;
        Assert.False(hold["liftNeedsSecond"]!.GetValue<bool>());
        await _manager.LiftAsync(hold);
    }

    [Fact]
    public async Task ApprovalHold_EndsAtTheTimeItsPlacerChose_AndWhatItStoppedStillWaits()
    {
        // Long enough ahead to be taken; the database ends it.
        var hold = (await _officer.PostAsync("/api/holds", Body("approvalRequired", Other, endsAt: Steps.In(TimeSpan.FromSeconds(4))))).Expect(HttpStatusCode.Created).Json;
        Golden.Match("hold-ending", hold);
        var post = await _manager.PostAsync($"/api/accounts/{Other}/posts", new { text = "This one has to wait." });

        var ended = await Eventually.Becomes(
            async () => (await _manager.GetAsync($"/api/holds/{hold.Text("id")}")).Expect(HttpStatusCode.OK).Json, h => !h["active"]!.GetValue<bool>(), "the hold ends by itself");

        // Whether an account was looked through in so short a hold is another test's question.
        Assert.True(ended.AsObject().Remove("offSystem"));
        Golden.Match("hold-ended", ended);
        Assert.True(ended["endedByItself"]!.GetValue<bool>());
        Assert.True(DateTimeOffset.Parse(ended.Text("liftedAt"), System.Globalization.CultureInfo.InvariantCulture) >= DateTimeOffset.Parse(ended.Text("endsAt"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains("as Sam Demo chose", ended.Text("liftReason"), StringComparison.Ordinal);

        var id = post.Expect(HttpStatusCode.Created).Json.Text("id");
        Assert.Equal("held", (await _manager.GetAsync($"/api/posts/{id}")).Json.Text("state"));
        (await _manager.PostAsync($"/api/posts/{id}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Review_IsMovedByAMemberOfComms_AndLiftsNothing()
    {
        var hold = await _manager.HoldAsync("freeze", Other);
        var at = Steps.In(TimeSpan.FromHours(3));
        var moved = (await _officer.PostAsync($"/api/holds/{hold.Text("id")}/review", new { reviewAt = at, reason = "Still smoke" })).Expect(HttpStatusCode.OK).Json;
        Golden.Match("hold-reviewed", moved);
        Assert.True(moved["active"]!.GetValue<bool>());
        Assert.Equal(at[..^1] + ".000000Z", moved.Text("reviewAt"));

        await _manager.LiftAsync(hold);
        (await _officer.PostAsync($"/api/holds/{hold.Text("id")}/review", new { reviewAt = at })).ExpectProblem(HttpStatusCode.Conflict, "hold-lifted");
    }

    private static object Body(string kind, string account, string? incident = null, string? endsAt = null) =>
        new { kind, scope = new { accounts = new[] { account } }, reason = "A test needs it", incident, endsAt };

    private async Task<JsonNode> IncidentAsync(string account) =>
        (await _control.PostAsync("/api/holds", Body("freeze", account, incident: "INC-2041"))).Expect(HttpStatusCode.Created).Json;
}

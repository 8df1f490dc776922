using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>A post that is older than a major incident says so until somebody has read it again.</summary>
public sealed class WrittenBeforeTests(ServiceFixture fixture)
{
    private const string Account = "facebook/demo_wmfs_bilston";

    private readonly ApiClient _comms = fixture.As(Roles.Manager);
    private readonly ApiClient _second = fixture.As(Roles.Officer);
    private readonly ApiClient _fds = fixture.As(Roles.Fds);

    [Fact]
    public async Task Post_SaysWhichIncidentItIsOlderThan_UntilItIsConfirmedOrReleased()
    {
        var (later, soon) = ((await _comms.ScheduleAsync(Account)).Text("id"), (await _comms.ScheduleAsync(Account, TimeSpan.FromSeconds(3))).Text("id"));
        var hold = await MajorIncidentAsync("INC-7");
        string during;
        try
        {
            await _comms.PostBecomesAsync(soon, "held");
            during = (await _comms.ScheduleAsync(Account)).Text("id");
        }
        finally
        {
            await _comms.LiftTogetherAsync(_second, hold);
        }

        var post = (await _comms.GetAsync($"/api/posts/{later}")).Expect(HttpStatusCode.OK).Json;
        Golden.Match("post-written-before", post);
        Assert.Equal(("scheduled", "INC-7", hold.Text("id")), (post.Text("state"), post["writtenBefore"]![0]!.Text("incident"), post["writtenBefore"]![0]!.Text("hold")));
        Assert.Equal(hold.Text("acknowledgedAt"), post["writtenBefore"]![0]!.Text("at"));
        Assert.Equal("INC-7", (await WaitingAsync(soon))["writtenBefore"]![0]!.Text("incident"));
        Assert.Null((await WaitingAsync(during))["writtenBefore"]);

        var confirmed = (await _comms.PostAsync($"/api/posts/{later}/confirm", new { })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(post.Text("dueAt"), confirmed.Text("dueAt"));
        Assert.Null((await _comms.GetAsync($"/api/posts/{later}")).Json["writtenBefore"]);
        (await _comms.PostAsync($"/api/posts/{soon}/confirm", new { })).ExpectProblem(HttpStatusCode.Conflict, "post-waits");
        (await _comms.PostAsync($"/api/posts/{soon}/release", new { reason = "Still true", dueAt = Steps.In(TimeSpan.FromHours(1)) })).Expect(HttpStatusCode.OK);
        Assert.Null((await _comms.GetAsync($"/api/posts/{soon}")).Json["writtenBefore"]);

        (await _comms.PostAsync("/api/handback", new { act = "discard", posts = new[] { later, soon, during }, reason = "The test is over" })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Post_SaysNothing_AfterAHoldThatNoMajorIncidentCaused_OrThatCoveredOthers()
    {
        var id = (await _comms.ScheduleAsync(Account)).Text("id");
        await _comms.LiftAsync(await _comms.HoldAsync("freeze", Account));
        await _comms.LiftTogetherAsync(_second, await MajorIncidentAsync("INC-8", "mastodon/demo_wmfs_bilston"));

        Assert.Null((await _comms.GetAsync($"/api/posts/{id}")).Json["writtenBefore"]);
        (await _comms.PostAsync($"/api/posts/{id}/cancel", new { })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Post_GoesByTheLabelsOfTheTime_WhenItsAccountMovedSince()
    {
        const string moving = "bluesky/demo_wmfs_fallings_park";
        var id = (await _comms.ScheduleAsync(moving)).Text("id");
        object there = new { stations = new[] { "fallings-park" }, platforms = new[] { "bluesky" } };
        await _comms.LiftTogetherAsync(_second, await MajorIncidentOverAsync("INC-9", there));
        (await _comms.PostAsync($"/api/accounts/{moving}/labels", new { kind = "local", station = "tettenhall" })).Expect(HttpStatusCode.OK);
        try
        {
            await _comms.LiftTogetherAsync(_second, await MajorIncidentOverAsync("INC-10", there));
            var post = (await _comms.GetAsync($"/api/posts/{id}")).Expect(HttpStatusCode.OK).Json;
            Assert.Equal("INC-9", Assert.Single(post["writtenBefore"]!.AsArray())!.Text("incident"));
        }
        finally
        {
            (await _comms.PostAsync($"/api/accounts/{moving}/labels", new { kind = "local", station = "fallings-park" })).Expect(HttpStatusCode.OK);
            (await _comms.PostAsync($"/api/posts/{id}/cancel", new { })).Expect(HttpStatusCode.OK);
        }
    }

    private Task<JsonNode> MajorIncidentAsync(string incident, string account = Account) => MajorIncidentOverAsync(incident, new { accounts = new[] { account } });

    private async Task<JsonNode> MajorIncidentOverAsync(string incident, object scope) =>
        (await _fds.PostAsync("/api/holds", new { kind = "freeze", scope, reason = "Smoke over the road", incident })).Expect(HttpStatusCode.Created).Json;

    private async Task<JsonNode> WaitingAsync(string id) =>
        (await _comms.GetAsync($"/api/handback?limit=200&account={Account}")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray()
            .Single(i => string.Equals(i!.Text("id"), id, StringComparison.Ordinal))!;
}

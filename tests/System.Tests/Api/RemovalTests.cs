using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Comms take a published post off its platform; no hold stops them.</summary>
public sealed class RemovalTests(ServiceFixture fixture)
{
    private const string Account = "x/demo_wmfs_handsworth";
    private const string Slow = "facebook/demo_wmfs_handsworth";

    private readonly ApiClient _manager = fixture.As(Roles.Manager);
    private readonly ApiClient _officer = fixture.As(Roles.Officer);

    [Fact]
    public async Task Post_IsTakenOffThePlatform_WhileAHoldStands()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        var id = await PublishAsync(Account);
        var hold = await _manager.HoldAsync("freeze", Account);
        (await _officer.PostAsync($"/api/posts/{id}/remove", new { reason = " " })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");

        var key = Guid.NewGuid();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            (await _officer.PostAsync($"/api/posts/{id}/remove", new { reason = "The wrong street" }, key)).Expect(HttpStatusCode.OK);
        }

        var removed = await _manager.PostBecomesAsync(id, "removed");
        Golden.Match("post-removed", removed);
        Assert.Equal(("Sam Demo", "The wrong street"), (removed.Text("removalAskedBy"), removed.Text("note")));
        Assert.Equal(1, await sandbox.DeletedAsync(Account));
        await _manager.LiftAsync(hold);
    }

    [Fact]
    public async Task Removal_IsRefused_WhileNothingIsOut()
    {
        var scheduled = (await _manager.ScheduleAsync(Account)).Text("id");
        (await _manager.PostAsync($"/api/posts/{scheduled}/remove", new { reason = "Wrong" })).ExpectProblem(HttpStatusCode.Conflict, "post-not-out");
        (await _manager.PostAsync($"/api/posts/{scheduled}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Removal_IsAskedForAgain_WhenTheAnswerIsLost_AndSaidToBeOpenMeanwhile()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        const string Lossy = "mastodon/demo_wmfs_handsworth";
        var id = await PublishAsync(Lossy);
        await sandbox.MisbehaveAsync(Lossy, "drop-answer", count: 1);

        var asked = (await _officer.PostAsync($"/api/posts/{id}/remove", new { reason = "The wrong street" })).Expect(HttpStatusCode.OK).Json;
        Golden.Match("post-removal-asked", asked);
        Assert.Equal("published", asked.Text("state"));
        await _manager.PostBecomesAsync(id, "removed", TimeSpan.FromSeconds(60));
        Assert.Equal(1, await sandbox.DeletedAsync(Lossy));
    }

    [Fact]
    public async Task WhatWasOnTheWireUnderAHold_SaysWhenItLandedAndWhoTookItOff()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        await sandbox.MisbehaveAsync(Slow, "slow", count: 1, delayMs: 3000);
        var id = (await _manager.PostAsync($"/api/accounts/{Slow}/posts", new { text = "Doors open at ten." })).Expect(HttpStatusCode.Created).Json.Text("id");
        await _manager.PostBecomesAsync(id, "publishing");
        var hold = await _manager.HoldAsync("freeze", Slow);
        Assert.Equal(id, Assert.Single(hold["inFlight"]!.AsArray())!.Text("postId"));

        await _manager.PostBecomesAsync(id, "published");

        // A person decides, unless the brigade has set it otherwise: it is out still when another call has taken three beats of the sweeps.
        await sandbox.MisbehaveAsync(Account, "slow", count: 1, delayMs: 3000);
        await PublishAsync(Account);
        Assert.Equal("published", (await _manager.GetAsync($"/api/posts/{id}")).Json.Text("state"));
        (await _officer.PostAsync($"/api/posts/{id}/remove", new { reason = "It was on the wire" })).Expect(HttpStatusCode.OK);
        await _manager.PostBecomesAsync(id, "removed");
        var line = (await _manager.GetAsync($"/api/holds/{hold.Text("id")}")).Expect(HttpStatusCode.OK).Json["inFlight"]![0]!;
        Golden.Match("hold-in-flight-removed", line);
        Assert.Equal(("sent", "Sam Demo"), (line.Text("outcome"), line.Text("removalAskedBy")));
        await _manager.LiftAsync(hold);
    }

    private async Task<string> PublishAsync(string account)
    {
        var id = (await _manager.PostAsync($"/api/accounts/{account}/posts", new { text = "Doors open at ten." })).Expect(HttpStatusCode.Created).Json.Text("id");
        await _manager.PostBecomesAsync(id, "published");
        return id;
    }
}

using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Where a hold asks for Comms' approval: what is written waits for it, and goes out with it alone.</summary>
public sealed class ApprovalTests(ServiceFixture fixture)
{
    private const string Account = "x/demo_wmfs_tettenhall";
    private const string Other = "facebook/demo_wmfs_tettenhall";

    private readonly ApiClient _manager = fixture.As(Roles.Manager);
    private readonly ApiClient _officer = fixture.As(Roles.Officer);

    [Fact]
    public async Task Post_WaitsForAnApproval_AndGoesOutWithIt()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        var hold = await _manager.HoldAsync("approvalRequired", Account);
        var post = (await _manager.PostAsync($"/api/accounts/{Account}/posts", new { text = "Meet the crew on Saturday.", dueAt = Steps.In(TimeSpan.FromSeconds(8)) })).Expect(HttpStatusCode.Created).Json;
        Golden.Match("post-awaits-approval", post);
        var id = post.Text("id");
        Assert.Contains(id, await WaitingAsync());

        (await _officer.PostAsync($"/api/posts/{id}/approve", new { })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "revision-missing");
        (await _officer.PostAsync($"/api/posts/{id}/approve", new { revision = 2 })).ExpectProblem(HttpStatusCode.Conflict, "post-changed");
        var key = Guid.NewGuid();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var approved = (await _officer.PostAsync($"/api/posts/{id}/approve", new { revision = 1 }, key)).Expect(HttpStatusCode.OK).Json;
            Golden.Match("post-approved", approved);
            Assert.Equal("Sam Demo", approved.Text("approvedBy"));
        }

        Assert.DoesNotContain(id, await WaitingAsync());
        await _manager.PostBecomesAsync(id, "published");
        Assert.Single(await sandbox.PublishedAsync(), p => p.Post == id);
        await _manager.LiftAsync(hold);
    }

    [Fact]
    public async Task Post_ThatNobodyApprovedInTime_IsHeld_AndItsReleaseIsTheApproval()
    {
        var hold = await _manager.HoldAsync("approvalRequired", Other);
        var now = (await _manager.PostAsync($"/api/accounts/{Other}/posts", new { text = "Out now, please." })).Expect(HttpStatusCode.Created).Json;
        Assert.Equal("held", now.Text("state"));
        var soon = (await _manager.PostAsync($"/api/accounts/{Other}/posts", new { text = "In a moment.", dueAt = Steps.In(TimeSpan.FromSeconds(2)) })).Expect(HttpStatusCode.Created).Json.Text("id");
        await _manager.PostBecomesAsync(soon, "held");
        (await _officer.PostAsync($"/api/posts/{soon}/approve", new { revision = 1 })).ExpectProblem(HttpStatusCode.Conflict, "post-waits");

        (await _officer.PostAsync($"/api/posts/{soon}/release", new { reason = "Still true" })).Expect(HttpStatusCode.OK);
        var published = await _manager.PostBecomesAsync(soon, "published");
        Assert.Equal("Sam Demo", published.Text("approvedBy"));

        // The other was approved by nobody, so it stays where it is when the hold is gone.
        await _manager.LiftAsync(hold);
        Assert.Equal("held", (await _manager.GetAsync($"/api/posts/{now.Text("id")}")).Json.Text("state"));
        (await _manager.PostAsync($"/api/posts/{now.Text("id")}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Approval_EndsWithAnotherTime_AndIsRefusedWhereNoHoldAsksForIt()
    {
        var free = (await _manager.ScheduleAsync(Account)).Text("id");
        (await _officer.PostAsync($"/api/posts/{free}/approve", new { revision = 1 })).ExpectProblem(HttpStatusCode.Conflict, "approval-not-needed");

        var hold = await _manager.HoldAsync("approvalRequired", Account);
        (await _officer.PostAsync($"/api/posts/{free}/approve", new { revision = 1 })).Expect(HttpStatusCode.OK);
        var moved = (await _manager.PostAsync($"/api/posts/{free}/reschedule", new { dueAt = Steps.In(TimeSpan.FromHours(7)) })).Expect(HttpStatusCode.OK).Json;
        Assert.True(moved["awaitsApproval"]!.GetValue<bool>());
        Assert.Null(moved["approvedBy"]);
        Assert.Contains(free, await WaitingAsync());
        await _manager.LiftAsync(hold);
        (await _manager.PostAsync($"/api/posts/{free}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
    }

    private async Task<string[]> WaitingAsync() =>
        [.. (await _officer.GetAsync("/api/approvals?limit=200")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Select(p => p!.Text("id"))];
}

using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>The same key again answers what the first request did.</summary>
public sealed class IdempotencyTests(ServiceFixture fixture)
{
    private readonly ApiClient _comms = fixture.As(Roles.Manager);

    [Fact]
    public async Task Post_IsScheduledOnce_WhenTheRequestIsRepeated()
    {
        var (key, due) = (Guid.NewGuid(), Steps.In(TimeSpan.FromHours(4)));
        var first = await _comms.PostAsync("/api/accounts/x/demo_wmfs_brierley_hill/posts", new { text = "Once.", dueAt = due }, key);
        var again = await _comms.PostAsync("/api/accounts/x/demo_wmfs_brierley_hill/posts", new { text = "Once.", dueAt = due }, key);
        Assert.Equal(first.Expect(HttpStatusCode.Created).Json.Text("id"), again.Expect(HttpStatusCode.Created).Json.Text("id"));
        Assert.Equal(key.ToString("D"), first.Message.Headers.GetValues("Idempotency-Key").Single());

        var other = await _comms.PostAsync("/api/accounts/x/demo_wmfs_brierley_hill/posts", new { text = "Something else.", dueAt = due }, key);
        other.Expect(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Message_IsSentOnce_WhenTheRequestIsRepeated()
    {
        var key = Guid.NewGuid();
        var body = new { text = "Once each.", accounts = new[] { "x/demo_wmfs_brierley_hill", "facebook/demo_wmfs_brierley_hill" }, dueAt = Steps.In(TimeSpan.FromHours(4)) };
        var first = (await _comms.PostAsync("/api/messages", body, key)).Expect(HttpStatusCode.Created).Json;
        var again = (await _comms.PostAsync("/api/messages", body, key)).Expect(HttpStatusCode.Created).Json;
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
    }

    [Fact]
    public async Task Hold_IsPlacedOnce_WhenTheRequestIsRepeated()
    {
        var key = Guid.NewGuid();
        object Body(string reason) => new { kind = "freeze", scope = new { accounts = new[] { "x/demo_wmfs_brierley_hill" } }, reason };
        var first = (await _comms.PostAsync("/api/holds", Body("One"), key)).Expect(HttpStatusCode.Created).Json;
        try
        {
            var again = (await _comms.PostAsync("/api/holds", Body("One"), key)).Expect(HttpStatusCode.Created).Json;
            Assert.Equal(first.Text("id"), again.Text("id"));
            Assert.Equal(first["sequence"]!.GetValue<long>(), again["sequence"]!.GetValue<long>());
            Assert.True(again["repeated"]!.GetValue<bool>());
            (await _comms.PostAsync("/api/holds", Body("Another"), key)).ExpectProblem(HttpStatusCode.Conflict, "operation-reused");
        }
        finally
        {
            await _comms.LiftAsync(first);
        }
    }

    [Fact]
    public async Task Cancel_AnswersTheSame_WhenTheRequestIsRepeated()
    {
        var id = (await _comms.ScheduleAsync("x/demo_wmfs_brierley_hill")).Text("id");
        var key = Guid.NewGuid();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal("cancelled", (await _comms.PostAsync($"/api/posts/{id}/cancel", new { reason = "Twice" }, key)).Expect(HttpStatusCode.OK).Json.Text("state"));
        }
    }

    [Fact]
    public async Task Release_ForNow_IsDoneOnce_WhenTheRequestIsRepeated()
    {
        var hold = await _comms.HoldAsync("freeze", "x/demo_wmfs_brierley_hill");
        string id;
        try
        {
            id = (await _comms.ScheduleAsync("x/demo_wmfs_brierley_hill")).Text("id");
        }
        finally
        {
            await _comms.LiftAsync(hold);
        }

        var key = Guid.NewGuid();
        (await _comms.PostAsync($"/api/posts/{id}/release", new { reason = "Still true" }, key)).Expect(HttpStatusCode.OK);
        (await _comms.PostAsync($"/api/posts/{id}/release", new { reason = "Still true" }, key)).Expect(HttpStatusCode.OK);
    }
}

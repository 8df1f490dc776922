using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Each route, state and field name of the API: a contract with clients.</summary>
public sealed class GoldenTests(ServiceFixture fixture)
{
    private const string Account = "x/demo_wmfs_canley";
    private const string Held = "facebook/demo_wmfs_canley";

    private readonly ApiClient _comms = fixture.As(Roles.Manager);

    [Fact]
    public async Task Accounts_HaveTheContractsFields()
    {
        var list = (await _comms.GetAsync("/api/accounts?station=foleshill&limit=2")).Expect(HttpStatusCode.OK).Json;
        Golden.Match("accounts", list);
        Golden.Match("account", (await _comms.GetAsync("/api/accounts/x/demo_wmfs_foleshill")).Expect(HttpStatusCode.OK).Json);
    }

    [Fact]
    public async Task Posts_HaveTheContractsFieldsAndStates_FromScheduledToCancelled()
    {
        var other = await _comms.ScheduleAsync(Account);
        var post = await _comms.ScheduleAsync(Account);
        Golden.Match("post", post);
        Assert.Equal("scheduled", post.Text("state"));
        var id = post.Text("id");
        Assert.Equal(post.ToJsonString(), (await _comms.GetAsync($"/api/posts/{id}")).Expect(HttpStatusCode.OK).Json.ToJsonString());
        Golden.Match("account-posts", (await _comms.GetAsync($"/api/accounts/{Account}/posts?limit=1")).Expect(HttpStatusCode.OK).Json);

        var moved = (await _comms.PostAsync($"/api/posts/{id}/reschedule", new { dueAt = Steps.In(TimeSpan.FromHours(8)) })).Expect(HttpStatusCode.OK).Json;
        Golden.Match("post-rescheduled", moved);
        Assert.Equal("scheduled", moved.Text("state"));

        var cancelled = (await _comms.PostAsync($"/api/posts/{id}/cancel", new { reason = "Not needed" })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("cancelled", cancelled.Text("state"));
        Assert.Equal("cancelled", (await _comms.GetAsync($"/api/posts/{id}")).Json.Text("state"));
        (await _comms.PostAsync($"/api/posts/{other.Text("id")}/cancel", new { reason = "Not needed" })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Post_IsPublished_WhenNoTimeIsGiven()
    {
        var answer = await _comms.PostAsync($"/api/accounts/{Account}/posts", new { text = "Doors open at ten." });
        var id = answer.Expect(HttpStatusCode.Created).Json.Text("id");
        Assert.Equal($"/api/posts/{id}", answer.Message.Headers.Location?.ToString());
        Golden.Match("post-published", await _comms.PostBecomesAsync(id, "published"));
    }

    [Fact]
    public async Task Hold_HasTheContractsFields_FromPreviewToHandBack()
    {
        Golden.Match("hold-preview", (await _comms.PostAsync("/api/holds/preview", new { scope = new { accounts = new[] { Held } } })).Expect(HttpStatusCode.OK).Json);

        var answer = (await _comms.PostAsync("/api/holds", new { kind = "freeze", scope = new { accounts = new[] { Held } }, reason = "A test needs it" })).Expect(HttpStatusCode.Created);
        var hold = answer.Json;
        Golden.Match("hold-placed", hold);
        var holdId = hold.Text("id");
        Assert.Equal($"/api/holds/{holdId}", answer.Message.Headers.Location?.ToString());
        Assert.Equal(1, hold["covered"]!.GetValue<int>());

        var account = (await _comms.GetAsync($"/api/accounts/{Held}")).Json;
        Assert.Equal("held", account.Text("state"));
        Assert.Equal(holdId, account["holds"]![0]!.GetValue<string>());

        var post = (await _comms.PostAsync($"/api/accounts/{Held}/posts", new { text = "This one has to wait." })).Expect(HttpStatusCode.Created).Json;
        Golden.Match("post-held", post);
        Assert.Equal("held", post.Text("state"));
        Assert.Equal(holdId, post["heldBy"]![0]!.GetValue<string>());

        Golden.Match("holds", (await _comms.GetAsync("/api/holds?active=true&limit=200")).Expect(HttpStatusCode.OK).Json);
        var receipts = await Eventually.Becomes(
            async () => (await _comms.GetAsync($"/api/holds/{holdId}")).Expect(HttpStatusCode.OK).Json, h => h["acknowledged"]!.GetValue<int>() == 1 && h["offSystem"]!["checked"]!.GetValue<int>() == 1,
            "the account has acknowledged and was looked through");
        Golden.Match("hold", receipts);
        // Other classes leave posts in the review, too, some of them by a hold that is lifted already.
        var waiting = (await _comms.GetAsync("/api/handback?limit=200")).Expect(HttpStatusCode.OK).Json;
        var others = waiting["items"]!.AsArray().Where(i => i!.Text("account") != Held).ToList();
        others.ForEach(i => waiting["items"]!.AsArray().Remove(i));
        Golden.Match("handback", waiting);

        Golden.Match("hold-lifted", (await _comms.PostAsync($"/api/holds/{holdId}/lift", new { reason = "All clear" })).Expect(HttpStatusCode.OK).Json);
        var again = (await _comms.PostAsync($"/api/holds/{holdId}/lift", new { reason = "All clear" })).Expect(HttpStatusCode.OK).Json;
        Assert.True(again["alreadyLifted"]!.GetValue<bool>());

        // Nothing goes out by itself: the post still waits, and a person releases it.
        var id = post.Text("id");
        Assert.Equal("held", (await _comms.GetAsync($"/api/posts/{id}")).Json.Text("state"));
        Golden.Match("post-released", (await _comms.PostAsync($"/api/posts/{id}/release", new { reason = "Still true" })).Expect(HttpStatusCode.OK).Json);
        await _comms.PostBecomesAsync(id, "published");
    }

    [Fact]
    public async Task Message_AnswersForEachAccount()
    {
        var accounts = new[] { "x/demo_wmfs_binley", "x/demo_wmfs_nowhere" };
        var message = (await _comms.PostAsync("/api/messages", new { text = "Stay safe tonight.", accounts, dueAt = Steps.In(TimeSpan.FromHours(5)) })).Expect(HttpStatusCode.Created).Json;
        Golden.Match("message", message);
        var parts = message["posts"]!.AsArray().ToDictionary(p => p!.Text("account"), p => p!, StringComparer.Ordinal);
        Assert.Equal("scheduled", parts[accounts[0]]["post"]!.Text("state"));
        Assert.Equal("account-unknown", parts[accounts[1]]["refusal"]!.Text("code"));
        Golden.Match("message-refusal", parts[accounts[1]]);
    }

    [Fact]
    public async Task Problem_HasTheContractsFields() => Golden.Match("problem", (await _comms.GetAsync("/api/accounts/x/nobody_at_all")).ExpectProblem(HttpStatusCode.NotFound, "account-unknown").Json);

    [Fact]
    public async Task Health_IsToldToAnybody()
    {
        using var nobody = fixture.As(null);
        Golden.Match("health-live", (await nobody.GetAsync("/health/live")).Expect(HttpStatusCode.OK).Json);
        Golden.Match("health-ready", (await nobody.GetAsync("/health/ready")).Expect(HttpStatusCode.OK).Json);
    }
}

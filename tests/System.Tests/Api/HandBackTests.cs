using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Posts that a hold stopped are decided upon in bulk, for a reason that each of them keeps.</summary>
public sealed class HandBackTests(ServiceFixture fixture)
{
    private const string Account = "x/demo_wmfs_bilston";

    private readonly ApiClient _comms = fixture.As(Roles.Manager);

    [Fact]
    public async Task Decision_AnswersForEachPost_AndStandsInItsRecord()
    {
        var posts = await HeldAsync(3);
        var gone = Guid.NewGuid().ToString("D");
        var due = Steps.In(TimeSpan.FromHours(2));
        var key = Guid.NewGuid();
        object Release(string reason) => new { act = "release", posts = posts[..2].Append(gone), reason, dueAt = due, spacingSeconds = 300 };

        var answer = (await _comms.PostAsync("/api/handback", Release("The street is open again"), key)).Expect(HttpStatusCode.OK).Json;

        Golden.Match("handback-decided", answer);
        Assert.Equal(["released", "released", "refused"], Results(answer));
        Golden.Match("handback-refused", answer["items"]![2]!);
        Assert.Equal("post-unknown", answer["items"]![2]!["refusal"]!.Text("code"));
        var times = answer["items"]!.AsArray().Take(2).Select(i => i!["post"]!["dueAt"]!.GetValue<DateTimeOffset>()).ToArray();
        Assert.Equal(TimeSpan.FromMinutes(5), times[1] - times[0]);

        // The same request again answers the same; with another reason it is another wish.
        Assert.Equal(["released", "released", "refused"], Results((await _comms.PostAsync("/api/handback", Release("The street is open again"), key)).Expect(HttpStatusCode.OK).Json));
        Assert.Equal(2, (await _comms.GetAsync($"/api/posts/{posts[0]}")).Json["revision"]!.GetValue<int>());
        Assert.Equal("operation-reused", (await _comms.PostAsync("/api/handback", Release("Another reason"), key)).Json["items"]![0]!["refusal"]!.Text("code"));

        var discarded = (await _comms.PostAsync("/api/handback", new { act = "discard", posts, reason = "Out of date" })).Expect(HttpStatusCode.OK).Json;
        Assert.All(Results(discarded), r => Assert.Equal("discarded", r));
        Assert.All(discarded["items"]!.AsArray(), i => Assert.Equal("Out of date", i!["post"]!.Text("note")));
    }

    [Fact]
    public async Task Decision_LeavesThePostWaiting_WhileAHoldStands()
    {
        var hold = await _comms.HoldAsync("freeze", Account);
        string[] posts;
        try
        {
            posts = [(await _comms.ScheduleAsync(Account)).Text("id")];
            var answer = (await _comms.PostAsync("/api/handback", new { act = "release", posts, reason = "Still true" })).Expect(HttpStatusCode.OK).Json;
            Assert.Equal("still-held", Assert.Single(Results(answer)));
        }
        finally
        {
            await _comms.LiftAsync(hold);
        }

        await DiscardAsync(posts);
    }

    [Fact]
    public async Task List_IsNarrowed_ToAnAccountAHoldOrAnArea()
    {
        var posts = await HeldAsync(1);
        var hold = (await _comms.GetAsync($"/api/posts/{posts[0]}")).Json["heldBy"]![0]!.GetValue<string>();
        foreach (var (filter, found) in new[] { ($"hold={hold}", true), ($"account={Account}&area=wolverhampton", true), ("area=coventry", false), ("account=x/demo_wmfs_aston", false), ("hold=H-999999", false) })
        {
            var items = (await _comms.GetAsync($"/api/handback?limit=200&{filter}")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
            Assert.Equal(found, items.Any(i => string.Equals(i!.Text("id"), posts[0], StringComparison.Ordinal)));
        }

        (await _comms.GetAsync("/api/handback?area=%00")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "filter-unknown");
        await DiscardAsync(posts);
    }

    [Fact]
    public async Task OnePost_IsNotReleased_WithoutAReason()
    {
        var posts = await HeldAsync(1);
        (await _comms.PostAsync($"/api/posts/{posts[0]}/release", new { })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");
        Assert.Equal("held", (await _comms.GetAsync($"/api/posts/{posts[0]}")).Json.Text("state"));
        await DiscardAsync(posts);
    }

    [Fact]
    public async Task OnePost_IsNotDiscarded_WithoutAReason_UnlessItOnlyWaitsForItsTime()
    {
        var posts = await HeldAsync(1);
        (await _comms.PostAsync($"/api/posts/{posts[0]}/cancel", new { })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");
        Assert.Equal("held", (await _comms.GetAsync($"/api/posts/{posts[0]}")).Json.Text("state"));
        await DiscardAsync(posts);

        var own = (await _comms.ScheduleAsync(Account)).Text("id");
        Assert.Equal("Taken back.", (await _comms.PostAsync($"/api/posts/{own}/cancel", new { })).Expect(HttpStatusCode.OK).Json.Text("note"));
    }

    [Fact]
    public async Task OnePost_GoesOutInOtherWords_WhenItsReleaseChangesThem()
    {
        var posts = await HeldAsync(1);
        (await _comms.PostAsync($"/api/posts/{posts[0]}/release", new { reason = "Still true", text = new string('a', 281) })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "text-too-long");

        var edited = (await _comms.PostAsync($"/api/posts/{posts[0]}/release", new { reason = "Put right", text = "The road is open.", dueAt = Steps.In(TimeSpan.FromHours(2)) })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("The road is open.", 2), (edited.Text("text"), edited["revision"]!.GetValue<int>()));
        Assert.Equal("The road is open.", (await _comms.GetAsync($"/api/posts/{posts[0]}")).Json.Text("text"));
        (await _comms.PostAsync($"/api/posts/{posts[0]}/release", new { reason = "Again", text = "Other words." })).ExpectProblem(HttpStatusCode.Conflict, "post-scheduled");
        await DiscardAsync(posts);
    }

    private static string[] Results(JsonNode answer) => [.. answer["items"]!.AsArray().Select(i => i!.Text("result"))];

    private async Task<string[]> HeldAsync(int count)
    {
        var hold = await _comms.HoldAsync("freeze", Account);
        try
        {
            var posts = new List<string>();
            for (var i = 0; i < count; i++)
            {
                posts.Add((await _comms.ScheduleAsync(Account)).Text("id"));
            }

            return [.. posts];
        }
        finally
        {
            await _comms.LiftAsync(hold);
        }
    }

    private async Task DiscardAsync(string[] posts) =>
        (await _comms.PostAsync("/api/handback", new { act = "discard", posts, reason = "The test is over" })).Expect(HttpStatusCode.OK);
}

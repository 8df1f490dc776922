using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Changes of a post that is out, through the whole product: over it at the platform, under a permit of their own, and stopped by a hold like any post.</summary>
public sealed class EditInPlaceTests(ServiceFixture fixture)
{
    private const string Account = "mastodon/demo_wmfs_aldridge", Elsewhere = "x/demo_wmfs_aldridge";
    private readonly ApiClient _manager = fixture.As(Roles.Manager);

    [Fact]
    public async Task Edit_ChangesThePostWhereItStands_AndBothAreKept()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        var first = await PublishAsync("Doors open at ten.");
        var deleted = await sandbox.DeletedAsync(Account);
        var answer = (await EditAsync(first, "Doors open at eleven.")).Expect(HttpStatusCode.Created);
        Golden.Match("post-edit", answer.Json);
        var edit = await _manager.PostBecomesAsync(answer.Json.Text("id"), "published");
        Assert.Equal(first.Text("url"), edit.Text("url"));
        Assert.DoesNotContain(await sandbox.PublishedAsync(), p => p.Post == edit.Text("id"));

        var status = await sandbox.StatusAsync(first.Text("url"));
        Assert.Equal("<p>Doors open at eleven.</p>", status.Text("content"));
        Assert.NotNull(status["edited_at"]);
        Assert.Equal("Doors open at ten.", (await ReadAsync(first)).Text("text"));
        Assert.Equal([edit.Text("id")], (await _manager.GetAsync($"/api/posts/{first.Text("id")}/corrections")).Json["items"]!.AsArray().Select(p => p!.Text("id")));

        // A change of the change is one of the post; then all of it goes by one removal, asked for at the change.
        var again = (await EditAsync(edit, "Doors open at noon.")).Expect(HttpStatusCode.Created).Json;
        Assert.Equal(first.Text("id"), again.Text("corrects"));
        await _manager.PostBecomesAsync(again.Text("id"), "published");
        (await _manager.PostAsync($"/api/posts/{again.Text("id")}/remove", new { reason = "The wrong week" })).Expect(HttpStatusCode.OK);
        foreach (var post in new[] { first, edit, again })
        {
            Assert.Equal("The wrong week", (await _manager.PostBecomesAsync(post.Text("id"), "removed")).Text("note"));
        }

        Assert.Equal(deleted + 1, await sandbox.DeletedAsync(Account));
        var evidence = (await _manager.GetAsync($"/api/posts/{first.Text("id")}/evidence")).Expect(HttpStatusCode.OK).Json;
        Golden.Match("evidence-edits", evidence);
        Assert.Equal(["Doors open at eleven.", "Doors open at noon."], evidence["record"]!["changes"]!.AsArray().Select(c => c!.Text("text")));
        (await EditAsync(first, "Doors open at one.")).ExpectProblem(HttpStatusCode.Conflict, "correction-not-out");
    }

    [Fact]
    public async Task Hold_StopsAChange_AndItsLiftSendsNothing()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        var first = await PublishAsync("Cook with care.");
        var hold = await _manager.HoldAsync("freeze", Account);
        var edit = (await EditAsync(first, "Cook with care, and never leave a pan alone.")).Expect(HttpStatusCode.Created).Json;
        await _manager.PostBecomesAsync(edit.Text("id"), "held");
        (await EditAsync(first, "Another change.")).ExpectProblem(HttpStatusCode.Conflict, "edit-waiting");
        await _manager.LiftAsync(hold);
        Assert.Equal("held", (await ReadAsync(edit)).Text("state"));
        Assert.Equal("<p>Cook with care.</p>", (await sandbox.StatusAsync(first.Text("url"))).Text("content"));

        (await _manager.PostAsync($"/api/posts/{edit.Text("id")}/release", new { reason = "Still true" })).Expect(HttpStatusCode.OK);
        await _manager.PostBecomesAsync(edit.Text("id"), "published");
        Assert.Equal("<p>Cook with care, and never leave a pan alone.</p>", (await sandbox.StatusAsync(first.Text("url"))).Text("content"));
    }

    [Fact]
    public async Task Change_ThatWasOnTheWire_IsListedByTheHold_AndTakenOffWithItsPost()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        var first = await PublishAsync("Check your chimney.");
        await sandbox.MisbehaveAsync(Account, "slow", count: 1, delayMs: 3000);
        var edit = (await EditAsync(first, "Have your chimney swept.")).Expect(HttpStatusCode.Created).Json;
        await _manager.PostBecomesAsync(edit.Text("id"), "publishing");
        var hold = await _manager.HoldAsync("freeze", Account);
        Assert.Equal(edit.Text("id"), Assert.Single(hold["inFlight"]!.AsArray())!.Text("postId"));
        await _manager.PostBecomesAsync(edit.Text("id"), "published");
        var line = await Eventually.Becomes(async () => await LineAsync(hold), l => l.Text("outcome") == "sent", "the change that was on the wire is known to be out");
        Assert.Equal(first.Text("url"), line.Text("url"));

        (await _manager.PostAsync($"/api/posts/{edit.Text("id")}/remove", new { reason = "It got out" })).Expect(HttpStatusCode.OK);
        await _manager.PostBecomesAsync(first.Text("id"), "removed");
        line = await Eventually.Becomes(async () => await LineAsync(hold), l => l["removedAt"] is not null, "the hold says that it is gone");
        Assert.NotNull(line["removalAskedBy"]);
        await _manager.LiftAsync(hold);
    }

    [Fact]
    public async Task Change_WhoseAnswerIsLost_IsFoundByWhatThePostReads()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        var first = await PublishAsync("Plan your way out.");
        await sandbox.MisbehaveAsync(Account, "drop-answer", count: 1);
        var edit = (await EditAsync(first, "Plan two ways out.")).Expect(HttpStatusCode.Created).Json;
        await _manager.PostBecomesAsync(edit.Text("id"), "published");
        Assert.Equal("<p>Plan two ways out.</p>", (await sandbox.StatusAsync(first.Text("url"))).Text("content"));
    }

    [Fact]
    public async Task Change_OfWhatIsGone_IsMissed_AndReleasedNoMore()
    {
        var first = await PublishAsync("Stay low in smoke.");
        var due = TimeProvider.System.GetUtcNow().AddSeconds(8);
        var edit = (await EditAsync(first, "Stay low, and get out.", due)).Expect(HttpStatusCode.Created).Json;
        (await _manager.PostAsync($"/api/posts/{first.Text("id")}/remove", new { reason = "The wrong week" })).Expect(HttpStatusCode.OK);
        await _manager.PostBecomesAsync(first.Text("id"), "removed");
        var missed = await _manager.PostBecomesAsync(edit.Text("id"), "missed");
        Assert.StartsWith("The post that it changes is not out any more", missed.Text("note"), StringComparison.Ordinal);
        (await _manager.PostAsync($"/api/posts/{edit.Text("id")}/release", new { reason = "Still true" })).ExpectProblem(HttpStatusCode.Conflict, "correction-not-out");
        (await _manager.PostAsync($"/api/posts/{edit.Text("id")}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WhereNothingCanBeChanged_OrNotLikeThis_ItIsRefused()
    {
        var there = (await _manager.PostAsync($"/api/accounts/{Elsewhere}/posts", new { text = "Fit a smoke alarm." })).Expect(HttpStatusCode.Created).Json;
        await _manager.PostBecomesAsync(there.Text("id"), "published");
        (await _manager.PostAsync($"/api/accounts/{Elsewhere}/posts", new { text = "Fit two smoke alarms.", corrects = there.Text("id"), inPlace = true })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "edit-not-there");

        var first = await PublishAsync("Fit a smoke alarm.");
        (await EditAsync(first, "Fit a smoke alarm.")).ExpectProblem(HttpStatusCode.Conflict, "edit-same");
        (await _manager.PostAsync($"/api/accounts/{Account}/posts", new { text = "Fit two.", inPlace = true })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "edit-of-nothing");
        (await _manager.PostAsync($"/api/accounts/{Account}/posts", new { text = "Fit two.", thread = new[] { "Or three." }, corrects = first.Text("id"), inPlace = true }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "edit-words-only");
    }

    private async Task<JsonNode> PublishAsync(string text)
    {
        var post = (await _manager.PostAsync($"/api/accounts/{Account}/posts", new { text })).Expect(HttpStatusCode.Created).Json;
        return await _manager.PostBecomesAsync(post.Text("id"), "published");
    }

    private async Task<ApiAnswer> EditAsync(JsonNode post, string text, DateTimeOffset? dueAt = null) =>
        await _manager.PostAsync($"/api/accounts/{Account}/posts", new { text, corrects = post.Text("id"), inPlace = true, dueAt });

    private async Task<JsonNode> ReadAsync(JsonNode post) => (await _manager.GetAsync($"/api/posts/{post.Text("id")}")).Expect(HttpStatusCode.OK).Json;

    private async Task<JsonNode> LineAsync(JsonNode hold) => (await _manager.GetAsync($"/api/holds/{hold.Text("id")}")).Expect(HttpStatusCode.OK).Json["inFlight"]![0]!;
}

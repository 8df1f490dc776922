using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Threads through the whole product: part after part on the platform, and a hold that comes in between.</summary>
public sealed class ThreadTests(ServiceFixture fixture)
{
    private const string Account = "x/demo_wmfs_ward_end";
    private const string Slow = "bluesky/demo_wmfs_ward_end";
    private const string Stubborn = "mastodon/demo_wmfs_haden_cross";
    private const string Whole = "facebook/demo_wmfs_ward_end";
    private static readonly string[] Parts = ["Test your smoke alarm today.", "Press the button until it sounds.", "Ask us for a free visit."];

    private readonly ApiClient _manager = fixture.As(Roles.Manager);
    private readonly ApiClient _officer = fixture.As(Roles.Officer);

    [Fact]
    public async Task Thread_GoesOutPartAfterPart_EachAnAnswerToTheOneBefore()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        var answer = (await _manager.PostAsync($"/api/accounts/{Account}/posts", new { text = Parts[0], thread = Parts[1..] })).Expect(HttpStatusCode.Created);
        Golden.Match("post-thread", answer.Json);
        var id = answer.Json.Text("id");

        var published = await _manager.PostBecomesAsync(id, "published");
        Golden.Match("post-thread-published", published);
        Assert.Equal(Parts, published["parts"]!.AsArray().Select(p => p!.Text("text")));
        Assert.Equal(published.Text("url"), published["parts"]![0]!.Text("url"));
        Assert.Equal(published.Text("publishedAt"), published["parts"]![2]!.Text("publishedAt"));
        Assert.Equal(3, (await sandbox.PublishedAsync()).Count(p => p.Post == id));
        foreach (var part in new[] { 1, 2 })
        {
            var status = await sandbox.StatusAsync(published["parts"]![part]!.Text("url"));
            Assert.Equal(new Uri(published["parts"]![part - 1]!.Text("url")).Segments[^1], status.Text("in_reply_to_id"));
        }

        var life = (await _manager.GetAsync($"/api/posts/{id}/life")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Equal(
            ["post-scheduled", "permit-issued", "post-part-published", "permit-issued", "post-part-published", "permit-issued", "post-part-published", "post-published"],
            life.Select(m => m!.Text("event")));

        // All of it is taken off, the last part first.
        (await _officer.PostAsync($"/api/posts/{id}/remove", new { reason = "The wrong week" })).Expect(HttpStatusCode.OK);
        await _manager.PostBecomesAsync(id, "removed");
        Assert.Equal(3, await sandbox.DeletedAsync(Account));
        var evidence = (await _manager.GetAsync($"/api/posts/{id}/evidence")).Expect(HttpStatusCode.OK).Json;
        Golden.Match("evidence-thread", evidence);
        Assert.Equal(string.Join("\n\n", Parts), evidence["record"]!.Text("text"));
    }

    [Fact]
    public async Task Hold_BetweenTwoParts_StopsTheRest_AndSaysWhatIsOut()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        await sandbox.MisbehaveAsync(Slow, "slow", count: 1, delayMs: 3000);
        var id = (await _manager.PostAsync($"/api/accounts/{Slow}/posts", new { text = Parts[0], thread = Parts[1..] })).Expect(HttpStatusCode.Created).Json.Text("id");
        await _manager.PostBecomesAsync(id, "publishing");
        var hold = await _manager.HoldAsync("freeze", Slow);

        var held = await _manager.PostBecomesAsync(id, "held");
        Golden.Match("post-thread-held", held);
        Assert.NotNull(held["parts"]![0]!["publishedAt"]);
        Assert.Null(held["parts"]![1]!["publishedAt"]);
        Assert.Single(await sandbox.PublishedAsync(), p => p.Post == id);
        var inFlight = await Eventually.Becomes(
            async () => (await _manager.GetAsync($"/api/holds/{hold.Text("id")}")).Json["inFlight"]!.AsArray(), f => f.Count == 1 && f[0]!.Text("outcome") == "sent", "the part that was on the wire is known to be out");
        Assert.Equal(held["parts"]![0]!.Text("url"), inFlight[0]!.Text("url"));
        (await _manager.PostAsync($"/api/posts/{id}/release", new { reason = "Still true", text = "Other words" })).ExpectProblem(HttpStatusCode.Conflict, "post-partly-out");

        await _manager.LiftAsync(hold);
        (await _manager.PostAsync($"/api/posts/{id}/release", new { reason = "Still true" })).Expect(HttpStatusCode.OK);
        var published = await _manager.PostBecomesAsync(id, "published");
        Assert.Equal(3, (await sandbox.PublishedAsync()).Count(p => p.Post == id));
        Assert.Equal(held["parts"]![0]!.Text("url"), published.Text("url"));
    }

    [Fact]
    public async Task WhatIsOutOfAHeldThread_IsTakenOff_ByAPersonWhereThePlatformRefuses_AndTheRestNeverGoes()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        await sandbox.MisbehaveAsync(Stubborn, "slow", count: 1, delayMs: 3000);
        var id = (await _manager.PostAsync($"/api/accounts/{Stubborn}/posts", new { text = Parts[0], thread = Parts[1..] })).Expect(HttpStatusCode.Created).Json.Text("id");
        await _manager.PostBecomesAsync(id, "publishing");
        var hold = await _manager.HoldAsync("freeze", Stubborn);
        var held = await _manager.PostBecomesAsync(id, "held");

        await sandbox.MisbehaveAsync(Stubborn, "fail", count: 1, status: 403);
        var asked = (await _officer.PostAsync($"/api/posts/{id}/remove", new { reason = "The wrong week" })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("cancelled", asked.Text("state"));
        var task = await Eventually.Becomes(
            async () => (await _officer.GetAsync($"/api/tasks?open=true&account={Uri.EscapeDataString(Stubborn)}")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray(), t => t.Count == 1, "the task is open");
        Assert.Equal((id, held["parts"]![0]!.Text("url")), (task[0]!.Text("post"), task[0]!.Text("link")));
        await _manager.LiftAsync(hold);
        (await _officer.PostAsync($"/api/tasks/{id}/done", new { note = "Deleted in the app, seen gone" })).Expect(HttpStatusCode.OK);
        await _manager.PostBecomesAsync(id, "removed");
        Assert.Single(await sandbox.PublishedAsync(), p => p.Post == id);
        (await _manager.PostAsync($"/api/posts/{id}/release", new { reason = "Still true" })).ExpectProblem(HttpStatusCode.Conflict, "post-finished");
    }

    [Fact]
    public async Task PlatformWithoutThreads_GetsAllOfItAsOneText_AndBadPartsAreNamed()
    {
        var whole = (await _manager.PostAsync($"/api/accounts/{Whole}/posts", new { text = Parts[0], thread = Parts[1..], dueAt = Steps.In(TimeSpan.FromHours(4)) })).Expect(HttpStatusCode.Created).Json;
        Assert.Equal(string.Join("\n\n", Parts), whole.Text("text"));
        Assert.Null(whole["parts"]);
        (await _manager.PostAsync($"/api/posts/{whole.Text("id")}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);

        await RefusedAsync("text-empty", Parts[0], "  ");
        await RefusedAsync("text-too-long", Parts[0], new string('x', 281));
        await RefusedAsync("thread-repeats", Parts[0], Parts[0]);
        await RefusedAsync("thread-too-long", [.. Enumerable.Range(1, 26).Select(i => $"Part {i}")]);
    }

    [Fact]
    public async Task Draft_KeepsTheParts_AndAnEditChangesThem()
    {
        var draft = (await _manager.PutAsync($"/api/drafts/{Guid.NewGuid()}", new { text = Parts[0], accounts = new[] { Account }, thread = Parts[1..] })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(Parts[1..], draft["thread"]!.AsArray().Select(p => p!.GetValue<string>()));
        (await _manager.DeleteAsync($"/api/drafts/{draft.Text("id")}?revision=1")).Expect(HttpStatusCode.NoContent);

        var due = Steps.In(TimeSpan.FromHours(9));
        var post = (await _manager.PostAsync($"/api/accounts/{Account}/posts", new { text = Parts[0], thread = Parts[1..], dueAt = due })).Expect(HttpStatusCode.Created).Json;
        var changed = (await _manager.PostAsync($"/api/posts/{post.Text("id")}/edit", new { revision = 1, text = Parts[0], dueAt = due, thread = new[] { "Another second part." } })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal([Parts[0], "Another second part."], changed["parts"]!.AsArray().Select(p => p!.Text("text")));
        (await _manager.PostAsync($"/api/posts/{post.Text("id")}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
    }

    private async Task RefusedAsync(string code, params string[] parts) =>
        (await _manager.PostAsync($"/api/accounts/{Account}/posts", new { text = parts[0], thread = parts[1..], dueAt = Steps.In(TimeSpan.FromHours(4)) })).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
}

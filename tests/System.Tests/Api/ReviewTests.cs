using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Posts that somebody else reads before they go out: who asks, who approves, what becomes of them.</summary>
public sealed class ReviewTests(ServiceFixture fixture) : IDisposable
{
    // The rules are one set for all of the service: what is set here is for accounts that no other test writes on.
    private const string Local = "x/demo_wmfs_northfield";
    private const string TwoPeople = "facebook/demo_wmfs_northfield";
    private const string Corporate = "x/demo_wmfs";
    private const string Court = "Two people appeared in court over the fire in Aston Road.";

    private readonly ApiClient _manager = fixture.As(Roles.Manager);
    private readonly ApiClient _officer = fixture.As(Roles.Officer);
    private readonly ApiClient _holder = fixture.As(Roles.Holder);
    private readonly ApiClient _fds = fixture.As(Roles.Fds);

    [Fact]
    public async Task Post_GoesToComms_AndOutWhenItIsApproved()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        var post = await WriteAsync(_holder, Local, new { text = Court, dueAt = Steps.In(TimeSpan.FromHours(2)) });
        Golden.Match("post-submitted", post);
        Assert.Equal("submitted", post.Text("state"));
        var id = post.Text("id");
        Assert.Contains(id, await WaitingAsync(_manager));
        Assert.DoesNotContain(id, await WaitingAsync(_holder, "?for=me"));

        // Its writer cannot approve it, nor can somebody of no part in it.
        (await _holder.PostAsync($"/api/posts/{id}/approve", new { revision = 1 })).ExpectProblem(HttpStatusCode.Forbidden, "approve-own");
        (await _fds.PostAsync($"/api/posts/{id}/approve", new { revision = 1 })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await _officer.PostAsync($"/api/posts/{id}/approve", new { revision = 2 })).ExpectProblem(HttpStatusCode.Conflict, "post-changed");
        (await _officer.PostAsync($"/api/posts/{id}/approve", new { revision = 1, dueAt = "tomorrow" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "time-not-understood");

        // For another time, which is near: nothing here hurries against the clock.
        var (key, approval) = (Guid.NewGuid(), new { revision = 1, dueAt = Steps.In(TimeSpan.FromSeconds(2)) });
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal("Sam Demo", (await _officer.PostAsync($"/api/posts/{id}/approve", approval, key)).Expect(HttpStatusCode.OK).Json.Text("approvedBy"));
        }

        var published = await _manager.PostBecomesAsync(id, "published");
        Assert.Equal("Sam Demo", published.Text("approvedBy"));
        Assert.Single(await sandbox.PublishedAsync(), p => p.Post == id);

        var life = (await _manager.GetAsync($"/api/posts/{id}/life")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Equal(["post-submitted", "post-approved", "permit-issued", "post-published"], life.Select(m => m!.Text("event")));
    }

    [Fact]
    public async Task Post_ThatNobodyApprovedInTime_IsMissed_AndNeverSent()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        var id = (await WriteAsync(_holder, Local, new { text = Court, dueAt = Steps.In(TimeSpan.FromSeconds(5)) })).Text("id");
        var missed = await _manager.PostBecomesAsync(id, "missed");
        Assert.Contains("approved", missed.Text("note"), StringComparison.Ordinal);
        (await _officer.PostAsync($"/api/posts/{id}/approve", new { revision = 1 })).ExpectProblem(HttpStatusCode.Conflict, "post-waits");

        // A person of Comms lets it go after all, with a time before them.
        (await _officer.PostAsync($"/api/posts/{id}/release", new { reason = "Still true" })).Expect(HttpStatusCode.OK);
        await _manager.PostBecomesAsync(id, "published");
        Assert.Single(await sandbox.PublishedAsync(), p => p.Post == id);
    }

    [Fact]
    public async Task Post_IsSentBack_ChangedAndSentAgain()
    {
        var id = (await WriteAsync(_holder, Local, new { text = Court, dueAt = Steps.In(TimeSpan.FromHours(5)) })).Text("id");
        (await _officer.PostAsync($"/api/posts/{id}/return", new { revision = 1, comment = " " })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");
        (await _officer.PostAsync($"/api/posts/{id}/return", new { comment = "x" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "revision-missing");
        (await _holder.PostAsync($"/api/posts/{id}/return", new { revision = 1, comment = "Mine." })).ExpectProblem(HttpStatusCode.Forbidden, "approve-own");
        var returned = (await _officer.PostAsync($"/api/posts/{id}/return", new { revision = 1, comment = "Leave the court out." })).Expect(HttpStatusCode.OK).Json;
        Golden.Match("post-returned", returned);
        Assert.Contains(id, (await _holder.GetAsync("/api/approvals/returned")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Select(p => p!.Text("id")));
        Assert.DoesNotContain(id, await WaitingAsync(_manager));

        // Two people edit: the later one is told, and nothing of the first is lost.
        var due = Steps.In(TimeSpan.FromHours(6));
        var again = (await _holder.PostAsync($"/api/posts/{id}/edit", new { revision = 1, text = "A fire in Aston Road is out.", dueAt = due })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("scheduled", 2), (again.Text("state"), again["revision"]!.GetValue<int>()));
        (await _manager.PostAsync($"/api/posts/{id}/edit", new { revision = 1, text = "Mine", dueAt = due })).ExpectProblem(HttpStatusCode.Conflict, "post-changed");
        Assert.Equal("A fire in Aston Road is out.", (await _manager.GetAsync($"/api/posts/{id}")).Json.Text("text"));
        (await _holder.PostAsync($"/api/posts/{id}/cancel", new { reason = "" })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Change_AfterAnApproval_AsksForAnother()
    {
        var id = (await WriteAsync(_holder, Local, new { text = Court, dueAt = Steps.In(TimeSpan.FromHours(5)) })).Text("id");
        (await _officer.PostAsync($"/api/posts/{id}/approve", new { revision = 1, dueAt = Steps.In(TimeSpan.FromHours(7)) })).Expect(HttpStatusCode.OK);
        var moved = (await _holder.PostAsync($"/api/posts/{id}/reschedule", new { dueAt = Steps.In(TimeSpan.FromHours(8)) })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("submitted", 2), (moved.Text("state"), moved["revision"]!.GetValue<int>()));
        Assert.Null(moved["approvedBy"]);
        (await _holder.PostAsync($"/api/posts/{id}/cancel", new { })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Finding_AsksForAReason_ThatStandsInTheRecord()
    {
        var wish = new { text = "Well done to Olivia Turner, who rang 999.", dueAt = Steps.In(TimeSpan.FromHours(5)) };
        var asked = (await _holder.PostAsync($"/api/accounts/{Local}/posts", wish)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-needed");
        Assert.Contains("Whose consent", asked.Detail, StringComparison.Ordinal);
        (await _manager.PostAsync($"/api/accounts/{Local}/posts", wish)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-needed");
        var taken = await WriteAsync(_holder, Local, new { wish.text, wish.dueAt, reasons = new { person = "Her mother, by email on 1 May." } });
        Golden.Match("post-with-reason", taken);
        Assert.Equal("Her mother, by email on 1 May.", taken["reasons"]!.Text("person"));
        (await _holder.PostAsync($"/api/posts/{taken.Text("id")}/cancel", new { })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Corporate_IsForIncidents_UnlessOneIsOfComms()
    {
        var due = Steps.In(TimeSpan.FromHours(5));
        (await _fds.PostAsync($"/api/accounts/{Corporate}/posts", new { text = "Crews are at a warehouse fire.", topic = "incident" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "incident-missing");
        (await _fds.PostAsync($"/api/accounts/{Corporate}/posts", new { text = "Crews are at a warehouse fire.", topic = "weather" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "topic-unknown");
        (await _fds.PostAsync($"/api/accounts/{Corporate}/posts", new { text = "We are recruiting." })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "review-needs-time");
        var ids = new List<string>();
        foreach (var (wish, state) in new (object, string)[]
        {
            (new { text = "Crews are at a warehouse fire.", dueAt = due, topic = "incident", incident = "INC-2026-1" }, "scheduled"),
            (new { text = "We are recruiting.", dueAt = due }, "submitted"),
            (new { text = "Exercise at the canal on Sunday.", dueAt = due, topic = "exercise" }, "submitted"),
        })
        {
            var post = await WriteAsync(_fds, Corporate, wish);
            Assert.Equal(state, post.Text("state"));
            ids.Add(post.Text("id"));
        }

        Assert.Equal("scheduled", (await WriteAsync(_officer, Corporate, new { text = "Open day on Sunday.", dueAt = due, topic = "event" }, ids)).Text("state"));

        // What is due near that time is shown, whoever wrote it and wherever it is corporate.
        var near = (await _fds.PostAsync("/api/clashes", new { accounts = new[] { Corporate }, at = due, except = ids[0] })).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Equal(ids.Skip(1).Order(StringComparer.Ordinal), near.Select(p => p!.Text("id")).Intersect(ids, StringComparer.Ordinal).Order(StringComparer.Ordinal));
        foreach (var id in ids)
        {
            (await _manager.PostAsync($"/api/posts/{id}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Clashes_SayWhatIsWrongWithTheQuestion()
    {
        var at = Steps.In(TimeSpan.FromHours(1));
        (await _fds.PostAsync("/api/clashes", new { accounts = new[] { Local } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "time-missing");
        (await _fds.PostAsync("/api/clashes", new { at })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "accounts-missing");
        (await _fds.PostAsync("/api/clashes", new { at, accounts = new[] { "x/nobody_at_all" } })).ExpectProblem(HttpStatusCode.NotFound, "account-unknown");
        (await _fds.PostAsync("/api/clashes", new { at, accounts = new[] { Local }, except = "x" })).ExpectProblem(HttpStatusCode.NotFound, "post-unknown");
    }

    [Fact]
    public async Task Rules_AreSetByComms_AndCountAtOnce_AlsoForWhatIsScheduled()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        var before = (await _holder.GetAsync("/api/rules")).Expect(HttpStatusCode.OK).Json;
        Golden.Match("rules", before);
        var version = before["version"]!.GetValue<long>();

        (await _officer.PutAsync("/api/rules", new { version })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await _manager.PutAsync("/api/rules", new { })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "version-missing");
        (await _manager.PutAsync("/api/rules", new { version, content = new { phone = "stop" } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "rule-act-unknown");
        (await _manager.PutAsync("/api/rules", new { version, content = new { fax = "warn" } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "rule-unknown");
        (await _manager.PutAsync("/api/rules", new { version, approvals = new[] { new { @for = "x/demo_wmfs_astn", need = "two" } } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "approval-for-unknown");
        (await _manager.PutAsync("/api/rules", new { version, approvals = new[] { new { @for = "local", need = "one", approvers = new[] { "nobody" } } } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "approver-unknown");
        (await _manager.PutAsync("/api/rules", new { version = version + 7, clashMinutes = 5 })).ExpectProblem(HttpStatusCode.Conflict, "rules-changed");
        // A phone number only warns; a post with one is scheduled, and the rule becomes stricter before its time.
        var scheduled = (await WriteAsync(_holder, TwoPeople, new { text = "Ring 0121 496 0123 for a visit.", dueAt = Steps.In(TimeSpan.FromSeconds(8)) })).Text("id");
        var strict = new { version, content = new { phone = "comms" }, approvals = new[] { new { @for = TwoPeople, need = "two", approvers = new[] { "robin-demo" } } }, clashMinutes = 30 };
        var set = (await _manager.PutAsync("/api/rules", strict)).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(version + 1, set["version"]!.GetValue<long>());
        Assert.Equal(version + 1, (await _manager.PutAsync("/api/rules", strict)).Expect(HttpStatusCode.OK).Json["version"]!.GetValue<long>());

        var stopped = await _manager.PostBecomesAsync(scheduled, "missed");
        Assert.Contains("A phone number", stopped.Text("note"), StringComparison.Ordinal);
        Assert.DoesNotContain(await sandbox.PublishedAsync(), p => p.Post == scheduled);

        // Two people: whoever wrote it does not approve it, Comms included.
        var own = (await WriteAsync(_manager, TwoPeople, new { text = "Come and see us on Sunday.", dueAt = Steps.In(TimeSpan.FromHours(5)) })).Text("id");
        (await _manager.PostAsync($"/api/posts/{own}/approve", new { revision = 1 })).ExpectProblem(HttpStatusCode.Forbidden, "approve-own");
        (await _officer.PostAsync($"/api/posts/{own}/approve", new { revision = 1 })).Expect(HttpStatusCode.OK);

        (await _manager.PostAsync($"/api/posts/{own}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
        (await _manager.PostAsync($"/api/posts/{scheduled}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
        (await _manager.PutAsync("/api/rules", new { version = version + 1 })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Message_AnswersForEachAccount_AlsoWhereItIsReadFirst()
    {
        var answer = (await _fds.PostAsync("/api/messages", new { text = "We are recruiting.", accounts = new[] { Corporate, Local }, dueAt = Steps.In(TimeSpan.FromHours(5)) })).Expect(HttpStatusCode.Created).Json;
        var parts = answer["posts"]!.AsArray();
        Assert.Equal("submitted", parts.Single(p => p!.Text("account") == Corporate)!["post"]!.Text("state"));
        Assert.Equal("forbidden", parts.Single(p => p!.Text("account") == Local)!["refusal"]!.Text("code"));
        (await _manager.PostAsync($"/api/posts/{parts.Single(p => p!.Text("account") == Corporate)!["post"]!.Text("id")}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
    }

    public void Dispose()
    {
        _manager.Dispose();
        _officer.Dispose();
        _holder.Dispose();
        _fds.Dispose();
    }

    private static async Task<JsonNode> WriteAsync(ApiClient client, string account, object wish, List<string>? ids = null)
    {
        var post = (await client.PostAsync($"/api/accounts/{account}/posts", wish)).Expect(HttpStatusCode.Created).Json;
        ids?.Add(post.Text("id"));
        return post;
    }

    private static async Task<IEnumerable<string>> WaitingAsync(ApiClient client, string query = "") =>
        (await client.GetAsync("/api/approvals" + query)).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Select(p => p!.Text("id"));
}

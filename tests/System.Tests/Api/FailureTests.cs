using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>What a post that could not be sent says, and how a person sends it again, over the real HTTP of API and platform.</summary>
public sealed class FailureTests(ServiceFixture fixture) : IDisposable
{
    private const string Revoked = "x/demo_wmfs_tipton";
    private const string Busy = "facebook/demo_wmfs_tipton";
    private const string TooLong = "bluesky/demo_wmfs_oldbury";
    private const string Fussy = "mastodon/demo_wmfs_smethwick";
    private const string Ending = "x/demo_wmfs_smethwick";
    private const string Court = "Two people appeared in court over the fire in Aston Road.";

    private readonly ApiClient _manager = fixture.As(Roles.Manager);
    private readonly ApiClient _officer = fixture.As(Roles.Officer);
    private readonly ApiClient _holder = fixture.As(Roles.Holder);

    [Fact]
    public async Task TokenRevokedBetweenApprovalAndPublication_FailsThePost_LosesNothing_AndItGoesOutAsItWasApproved()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        var id = (await WriteAsync(_holder, Revoked, new { text = Court, dueAt = Steps.In(TimeSpan.FromHours(2)) })).Text("id");
        await sandbox.TokenAsync(Revoked, revoked: true);
        (await _officer.PostAsync($"/api/posts/{id}/approve", new { revision = 1, dueAt = Steps.In(TimeSpan.FromSeconds(2)) })).Expect(HttpStatusCode.OK);

        var failed = await _manager.PostBecomesAsync(id, "failed");
        Golden.Match("post-failed", failed);
        var failure = failed["failure"]!;
        Assert.Equal(("needs-you", "sign-in", "The access token was revoked"), (failure.Text("class"), failure.Text("cause"), failure.Text("says")));
        Assert.Contains("Connect the account again", failure.Text("toDo"), StringComparison.Ordinal);
        Assert.DoesNotContain(await sandbox.PublishedAsync(), p => p.Post == id);

        // Still revoked: it fails again, as another attempt, and still nothing is out.
        (await _holder.PostAsync($"/api/posts/{id}/retry")).Expect(HttpStatusCode.OK);
        await Eventually.Becomes(
            async () => (await _manager.GetAsync($"/api/posts/{id}")).Json,
            p => p.Text("state") == "failed" && p["failure"]!.Text("at") != failure.Text("at"),
            "the post fails a second time");
        Assert.DoesNotContain(await sandbox.PublishedAsync(), p => p.Post == id);
        var signIn = await SignInBecomesAsync(Revoked, "refused");
        Golden.Match("sign-in", signIn);
        Assert.Contains("The access token was revoked", signIn.Text("why"), StringComparison.Ordinal);
        Assert.Contains((await _manager.GetAsync("/api/sign-ins")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray(), s => s!.Text("account") == Revoked);

        await sandbox.TokenAsync(Revoked);
        (await _manager.PostAsync($"/api/accounts/{Revoked}/sign-in/check")).Expect(HttpStatusCode.Accepted);
        await SignInBecomesAsync(Revoked, "works");
        (await _manager.PostAsync($"/api/accounts/{Revoked}/connect")).Expect(HttpStatusCode.OK);
        var (key, answers) = (Guid.NewGuid(), new List<ApiAnswer>());
        foreach (var _ in Enumerable.Range(0, 3))
        {
            answers.Add((await _holder.PostAsync($"/api/posts/{id}/retry", null, key)).Expect(HttpStatusCode.OK));
        }

        Assert.All(answers, a => Assert.Equal("Sam Demo", a.Json.Text("approvedBy")));
        var published = await _manager.PostBecomesAsync(id, "published");
        Assert.Equal(("Sam Demo", 1, Court), (published.Text("approvedBy"), published["revision"]!.GetValue<int>(), published.Text("text")));
        Assert.Null(published["failure"]);
        Assert.Single(await sandbox.PublishedAsync(), p => p.Post == id);

        var life = (await _manager.GetAsync($"/api/posts/{id}/life")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Equal(
            ["post-submitted", "post-approved", "permit-issued", "post-failed", "post-retried", "permit-issued", "post-failed", "post-retried", "permit-issued", "post-published"],
            life.Select(m => m!.Text("event")));
    }

    [Fact]
    public async Task PlatformThatAsksToWait_IsWaitedFor_InsideTheTolerance()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        await sandbox.FailAsync(Busy, 429, retryAfterSeconds: 3);
        var id = (await WriteAsync(_manager, Busy, new { text = "Test your smoke alarm today." })).Text("id");

        var waiting = await Eventually.Becomes(async () => (await _manager.GetAsync($"/api/posts/{id}")).Json, p => p["failure"] is not null, "the first try fails");
        Golden.Match("post-will-retry", waiting);
        var failure = waiting["failure"]!;
        Assert.Equal(("scheduled", "will-retry", "rate-limit"), (waiting.Text("state"), failure.Text("class"), failure.Text("cause")));
        var wait = DateTimeOffset.Parse(failure.Text("retryAt"), System.Globalization.CultureInfo.InvariantCulture) - DateTimeOffset.Parse(failure.Text("at"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(TimeSpan.FromSeconds(3), wait);

        var published = await _manager.PostBecomesAsync(id, "published");
        Assert.True(DateTimeOffset.Parse(published.Text("publishedAt"), System.Globalization.CultureInfo.InvariantCulture) >= DateTimeOffset.Parse(failure.Text("retryAt"), System.Globalization.CultureInfo.InvariantCulture) - TimeSpan.FromSeconds(1));
        Assert.Single(await sandbox.PublishedAsync(), p => p.Post == id);
    }

    [Fact]
    public async Task PlatformThatAsksForLongerThanThePostMayBeLate_MissesIt_AndSaysSoAtOnce()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        await sandbox.FailAsync(TooLong, 503, retryAfterSeconds: 600);
        var id = (await WriteAsync(_manager, TooLong, new { text = "Test your smoke alarm today." })).Text("id");

        var missed = await _manager.PostBecomesAsync(id, "missed");
        Golden.Match("post-missed-after-failure", missed);
        Assert.Equal(("needs-you", "closed"), (missed["failure"]!.Text("class"), missed["failure"]!.Text("cause")));
        Assert.Contains("hand-back", missed["failure"]!.Text("toDo"), StringComparison.Ordinal);
        Assert.DoesNotContain(await sandbox.PublishedAsync(), p => p.Post == id);
        (await _manager.PostAsync($"/api/posts/{id}/retry")).ExpectProblem(HttpStatusCode.Conflict, "post-waits");
        (await _manager.PostAsync($"/api/posts/{id}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task TextThatThePlatformRefuses_NeverGoesOut_AndSaysSo()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        await sandbox.FailAsync(Fussy, 422);
        var id = (await WriteAsync(_manager, Fussy, new { text = "Test your smoke alarm today." })).Text("id");

        var rejected = await _manager.PostBecomesAsync(id, "rejected");
        Golden.Match("post-rejected", rejected);
        Assert.Equal(("never", "text", "The sandbox was told to fail"), (rejected["failure"]!.Text("class"), rejected["failure"]!.Text("cause"), rejected["failure"]!.Text("says")));
        (await _manager.PostAsync($"/api/posts/{id}/retry")).ExpectProblem(HttpStatusCode.Conflict, "post-rejected");
        (await _manager.PostAsync("/api/posts/0198a0a0-0000-7000-8000-000000000000/retry")).ExpectProblem(HttpStatusCode.NotFound, "post-unknown");
        Assert.DoesNotContain(await sandbox.PublishedAsync(), p => p.Post == id);
    }

    [Fact]
    public async Task SignInThatEnds_IsAnnounced_WithTheDaysThatAreLeft()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        await sandbox.TokenAsync(Ending, expiresAt: TimeProvider.System.GetUtcNow().AddDays(6).AddHours(1));
        (await _officer.PostAsync($"/api/accounts/{Ending}/sign-in/check")).Expect(HttpStatusCode.Accepted);
        var ending = await SignInBecomesAsync(Ending, "ends-soon");
        Assert.Contains("will stop working in 6 days: reconnect it before then", ending.Text("detail"), StringComparison.Ordinal);
        Golden.Match("sign-ins", (await _manager.GetAsync("/api/sign-ins")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().First(s => s!.Text("account") == Ending)!);

        await sandbox.TokenAsync(Ending);
        (await _officer.PostAsync($"/api/accounts/{Ending}/sign-in/check")).Expect(HttpStatusCode.Accepted);
        await SignInBecomesAsync(Ending, "works");
        (await _officer.PostAsync("/api/accounts/x/nobody_at_all/sign-in/check")).ExpectProblem(HttpStatusCode.NotFound, "account-unknown");
    }

    [Fact]
    public async Task Queue_HasTheContractsFields()
    {
        var queue = (await _manager.GetAsync("/api/queue")).Expect(HttpStatusCode.OK).Json;
        Assert.False(queue["behind"]!.GetValue<bool>(), queue.ToJsonString());
        Golden.Match("queue", queue);
    }

    public void Dispose()
    {
        foreach (var client in (ApiClient[])[_manager, _officer, _holder])
        {
            client.Dispose();
        }
    }

    private Task<JsonNode> SignInBecomesAsync(string account, string state) => Eventually.Becomes(
        async () => (await _manager.GetAsync($"/api/accounts/{account}/sign-in")).Expect(HttpStatusCode.OK).Json,
        s => s.Text("state") == state,
        $"the sign-in of {account} is {state}");

    private static async Task<JsonNode> WriteAsync(ApiClient client, string account, object wish) =>
        (await client.PostAsync($"/api/accounts/{account}/posts", wish)).Expect(HttpStatusCode.Created).Json;
}

using System.Globalization;
using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Live;

/// <summary>What a platform takes is kept to before it has to refuse, and said ahead.</summary>
public sealed class RateTests(ServiceFixture fixture) : IDisposable
{
    private const string Closing = "bluesky/demo_wmfs_tipton";
    private const string Full = "x/demo_wmfs_wednesbury";
    private const string Busiest = "x/demo_wmfs_willenhall";
    private readonly ApiClient _manager = fixture.As(Roles.Manager);

    [Fact]
    public async Task AccountThatItsPlatformClosed_SendsNothingBeforeItsTime_AndTakesNoPermit()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        await sandbox.FailAsync(Closing, 429, retryAfterSeconds: 6);
        var first = await PostAsync(Closing, "Test your smoke alarm today.");
        var retryAt = Time((await Eventually.Becomes(async () => (await _manager.GetAsync($"/api/posts/{first}")).Json, p => p["failure"] is not null, "the first is refused"))["failure"]!, "retryAt");

        // The others do not run into the same refusal: they wait, without a permit, and go out after it.
        var second = await PostAsync(Closing, "Doors open at ten.");
        var published = await _manager.PostBecomesAsync(second, "published");
        Assert.True(Time(published, "publishedAt") >= retryAt.AddSeconds(-1), $"{published.ToJsonString()} before {retryAt:O}");
        await _manager.PostBecomesAsync(first, "published");
        var life = (await _manager.GetAsync($"/api/posts/{second}/life")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Equal(["post-scheduled", "permit-issued", "post-published"], life.Select(m => m!.Text("event")));
    }

    [Fact]
    public async Task MoreThanThePlatformTakes_IsNotSent_AndTakesNoPermit()
    {
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        var ids = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            ids.Add(await PostAsync(Busiest, $"Test your smoke alarm, {i}."));
        }

        foreach (var id in ids)
        {
            await _manager.PostBecomesAsync(id, "published");
        }

        // X takes 100 in a quarter of an hour, and this one may be five minutes late.
        var missed = await _manager.PostBecomesAsync(await PostAsync(Busiest, "Doors open at ten."), "missed");
        Assert.StartsWith("X takes at most 100 posts of an account in 15 minutes.", missed.Text("note"), StringComparison.Ordinal);
        var life = (await _manager.GetAsync($"/api/posts/{missed.Text("id")}/life")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Equal(["post-scheduled", "post-missed"], life.Select(m => m!.Text("event")));

        // One that may be later waits for its place.
        var patient = (await _manager.PostAsync($"/api/accounts/{Busiest}/posts", new { text = "Doors open at eleven.", toleranceSeconds = 7200 })).Expect(HttpStatusCode.Created).Json.Text("id");
        var wait = await Eventually.Becomes(
            async () => (await _manager.GetAsync($"/api/accounts/{Busiest}/rate")).Expect(HttpStatusCode.OK).Json, r => r["until"] is not null, "the account's posts wait");
        Golden.Match("rate", wait);
        Assert.Equal("scheduled", (await _manager.GetAsync($"/api/posts/{patient}")).Json.Text("state"));
        Assert.False((await _manager.GetAsync("/api/queue")).Json["behind"]!.GetValue<bool>());
        Assert.DoesNotContain(await sandbox.PublishedAsync(), p => p.Post == patient || p.Post == missed.Text("id"));
        foreach (var id in (string[])[patient, missed.Text("id")])
        {
            (await _manager.PostAsync($"/api/posts/{id}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task PlanThatIsMoreThanThePlatformTakes_IsSaidAhead()
    {
        var due = Steps.In(TimeSpan.FromHours(30));
        var wish = new { accounts = new[] { Full }, at = due };
        Assert.Empty((await _manager.PostAsync("/api/rates", wish)).Expect(HttpStatusCode.OK).Json["items"]!.AsArray());
        var ids = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            ids.Add((await _manager.PostAsync($"/api/accounts/{Full}/posts", new { text = $"Test your smoke alarm, {i}.", dueAt = due })).Expect(HttpStatusCode.Created).Json.Text("id"));
        }

        var excess = (await _manager.PostAsync("/api/rates", wish)).Expect(HttpStatusCode.OK).Json;
        Golden.Match("rates", excess);
        var only = Assert.Single(excess["items"]!.AsArray())!;
        Assert.Equal((Full, 100, 101), (only.Text("of"), only["posts"]!.GetValue<int>(), only["planned"]!.GetValue<int>()));
        Assert.Empty((await _manager.PostAsync("/api/rates", new { wish.accounts, wish.at, except = ids[0] })).Expect(HttpStatusCode.OK).Json["items"]!.AsArray());
        (await _manager.PostAsync("/api/rates", new { wish.at })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "accounts-missing");
        foreach (var id in ids)
        {
            (await _manager.PostAsync($"/api/posts/{id}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
        }
    }

    public void Dispose() => _manager.Dispose();

    private async Task<string> PostAsync(string account, string text) =>
        (await _manager.PostAsync($"/api/accounts/{account}/posts", new { text })).Expect(HttpStatusCode.Created).Json.Text("id");

    private static DateTimeOffset Time(JsonNode node, string field) => DateTimeOffset.Parse(node.Text(field), CultureInfo.InvariantCulture);
}

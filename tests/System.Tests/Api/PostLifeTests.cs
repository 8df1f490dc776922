using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>A post's whole life is read from the journal, by those who may.</summary>
public sealed class PostLifeTests(ServiceFixture fixture) : IDisposable
{
    private const string Account = "x/demo_wmfs_oldbury";
    private readonly ApiClient _manager = fixture.As(Roles.Manager);

    [Fact]
    public async Task Life_HasEverythingThatHappened_AndTheTextsAsTheyWere()
    {
        var hold = await _manager.HoldAsync("freeze", Account);
        var id = (await _manager.PostAsync($"/api/accounts/{Account}/posts", new { text = "Doors open at nine." })).Expect(HttpStatusCode.Created).Json.Text("id");
        await _manager.PostBecomesAsync(id, "held");
        await _manager.LiftAsync(hold);
        (await _manager.PostAsync($"/api/posts/{id}/release", new { reason = "The time was wrong", text = "Doors open at ten." })).Expect(HttpStatusCode.OK);
        await _manager.PostBecomesAsync(id, "published");
        (await _manager.PostAsync($"/api/posts/{id}/remove", new { reason = "The day was wrong, too" })).Expect(HttpStatusCode.OK);
        await _manager.PostBecomesAsync(id, "removed");
        var other = (await _manager.ScheduleAsync(Account, TimeSpan.FromHours(1))).Text("id");

        var life = (await _manager.GetAsync($"/api/posts/{id}/life")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Equal(
            ["post-scheduled", "post-held", "post-rescheduled", "permit-issued", "post-published", "post-removal-asked", "post-removed"],
            life.Select(m => m!.Text("event")));
        Assert.Equal("Doors open at nine.", life[0]!.Text("text"));
        Assert.Equal([hold.Text("id")], life[1]!["holdIds"]!.AsArray().Select(h => h!.GetValue<string>()));
        Assert.Equal(("Doors open at ten.", "The time was wrong"), (life[2]!.Text("text"), life[2]!.Text("why")));
        Assert.Equal("The day was wrong, too", life[5]!.Text("why"));
        Golden.Match("post-life-scheduled", life[0]!);
        Golden.Match("post-life-held", life[1]!);
        Golden.Match("post-life-permit", life[3]!);
        Golden.Match("post-life-published", life[4]!);

        // The other post's life is its own; and a page ends where it was told to.
        Assert.Equal(["post-scheduled"], (await _manager.GetAsync($"/api/posts/{other}/life")).Json["items"]!.AsArray().Select(m => m!.Text("event")));
        var first = (await _manager.GetAsync($"/api/posts/{id}/life?limit=5")).Expect(HttpStatusCode.OK).Json;
        var second = (await _manager.GetAsync($"/api/posts/{id}/life?limit=5&cursor={first.Text("next")}")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(life.Select(m => m!["number"]!.GetValue<long>()), first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(m => m!["number"]!.GetValue<long>()));
        Assert.Null(second["next"]);
        (await _manager.GetAsync($"/api/posts/{other}/life?cursor={first.Text("next")}")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "cursor-unknown");
        (await _manager.PostAsync($"/api/posts/{other}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Life_IsForWhoReadsTheJournal_AndForItsOwnPeople()
    {
        using var holder = fixture.As(Roles.Holder);
        using var auditor = fixture.As(Roles.Auditor);
        using var control = fixture.As(Roles.FireControl);
        var own = (await holder.ScheduleAsync(Account, TimeSpan.FromHours(1))).Text("id");
        var comms = (await _manager.ScheduleAsync(Account, TimeSpan.FromHours(1))).Text("id");

        (await holder.GetAsync($"/api/posts/{own}/life")).Expect(HttpStatusCode.OK);
        (await auditor.GetAsync($"/api/posts/{own}/life")).Expect(HttpStatusCode.OK);
        foreach (var (client, post) in new[] { (holder, comms), (control, own) })
        {
            var problem = (await client.GetAsync($"/api/posts/{post}/life")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
            Assert.Contains("Who may: ", problem.Detail, StringComparison.Ordinal);
        }

        // Somebody else's confirmation makes it go out for them; who wrote it may still read what became of it.
        (await _manager.PostAsync($"/api/posts/{own}/confirm")).Expect(HttpStatusCode.OK);
        (await holder.GetAsync($"/api/posts/{own}/life")).Expect(HttpStatusCode.OK);
        foreach (var post in new[] { own, comms })
        {
            (await _manager.PostAsync($"/api/posts/{post}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
        }
    }

    [Theory]
    [InlineData("/api/posts/nonsense/life", HttpStatusCode.NotFound, "post-unknown")]
    [InlineData("/api/posts/0198a0a0-0000-7000-8000-000000000000/life", HttpStatusCode.NotFound, "post-unknown")]
    [InlineData("/api/posts/0198a0a0-0000-7000-8000-000000000000/life?limit=0", HttpStatusCode.UnprocessableEntity, "limit-out-of-range")]
    public async Task Life_SaysWhatIsWrongWithTheQuestion(string path, HttpStatusCode status, string code) =>
        (await _manager.GetAsync(path)).ExpectProblem(status, code);

    public void Dispose() => _manager.Dispose();
}

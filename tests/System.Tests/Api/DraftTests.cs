using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Drafts over the API: kept, shared with those who may publish there, never written over unseen.</summary>
public sealed class DraftTests(ServiceFixture fixture) : IDisposable
{
    private const string Account = "x/demo_wmfs_northfield";

    private readonly ApiClient _holder = fixture.As(Roles.Holder);
    private readonly ApiClient _comms = fixture.As(Roles.Officer);
    private readonly ApiClient _fds = fixture.As(Roles.Fds);

    [Fact]
    public async Task Draft_IsKept_ChangedByAnother_AndDiscarded()
    {
        var path = "/api/drafts/" + Guid.NewGuid();
        var mine = new { text = "Open day", accounts = new[] { Account }, dueAt = Steps.In(TimeSpan.FromDays(2)), topic = "event", reasons = new { person = "Her own." } };
        var kept = (await _holder.PutAsync(path, mine)).Expect(HttpStatusCode.OK).Json;
        Golden.Match("draft", kept);
        Assert.Equal(1, (await _holder.PutAsync(path, mine)).Expect(HttpStatusCode.OK).Json["revision"]!.GetValue<int>());

        // Who publishes there, too, may write at it; who does not cannot tell that it is there.
        (await _fds.GetAsync(path)).ExpectProblem(HttpStatusCode.NotFound, "draft-unknown");
        (await _fds.PutAsync(path, new { revision = 1, text = "Mine" })).ExpectProblem(HttpStatusCode.NotFound, "draft-unknown");
        (await _fds.SendAsync(new HttpRequestMessage(HttpMethod.Delete, path + "?revision=1"))).ExpectProblem(HttpStatusCode.NotFound, "draft-unknown");
        Assert.Contains(kept.Text("id"), (await _comms.GetAsync("/api/drafts")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Select(d => d!.Text("id")));
        Assert.DoesNotContain(kept.Text("id"), (await _fds.GetAsync("/api/drafts")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Select(d => d!.Text("id")));
        (await _comms.PutAsync(path, new { revision = 1, text = "Open day, with cake", accounts = new[] { Account } })).Expect(HttpStatusCode.OK);

        var late = (await _holder.PutAsync(path, new { revision = 1, text = "Open day at ten", accounts = new[] { Account } })).ExpectProblem(HttpStatusCode.Conflict, "draft-changed");
        Assert.Equal("Open day, with cake", late.Json["draft"]!.Text("text"));
        var over = (await _holder.PutAsync(path, new { revision = 2, text = "Open day at ten, with cake", accounts = new[] { Account } })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("Open day, with cake", over["former"]![0]!.Text("text"));

        (await _holder.SendAsync(new HttpRequestMessage(HttpMethod.Delete, path))).ExpectProblem(HttpStatusCode.UnprocessableEntity, "revision-missing");
        (await _holder.SendAsync(new HttpRequestMessage(HttpMethod.Delete, path + "?revision=2"))).ExpectProblem(HttpStatusCode.Conflict, "draft-changed");
        (await _holder.SendAsync(new HttpRequestMessage(HttpMethod.Delete, path + "?revision=3"))).Expect(HttpStatusCode.NoContent);
        (await _holder.PutAsync(path, new { revision = 3, text = "Again" })).ExpectProblem(HttpStatusCode.NotFound, "draft-unknown");
    }

    [Fact]
    public async Task Draft_KeepsWhatWasChosenForItsTime()
    {
        var path = "/api/drafts/" + Guid.NewGuid();
        var kept = (await _holder.PutAsync(path, new { text = "Test your alarm", dueAt = Steps.In(TimeSpan.FromDays(2)), toleranceSeconds = 3600, slot = "next", repeat = new { rule = "FREQ=WEEKLY", skipHolidays = true } })).Expect(HttpStatusCode.OK).Json;
        Golden.Match("draft-plan", kept);
        Assert.Equal(("FREQ=WEEKLY", 3600, "next"), (kept["repeat"]!.Text("rule"), kept["toleranceSeconds"]!.GetValue<int>(), kept.Text("slot")));
        (await _holder.SendAsync(new HttpRequestMessage(HttpMethod.Delete, path + "?revision=1"))).Expect(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Draft_SaysWhatIsWrongWithIt()
    {
        var path = "/api/drafts/" + Guid.NewGuid();
        (await _holder.PutAsync("/api/drafts/mine", new { text = "x" })).ExpectProblem(HttpStatusCode.NotFound, "draft-unknown");
        (await _holder.PutAsync(path, new { text = "x", accounts = new[] { "x/nobody_at_all" } })).ExpectProblem(HttpStatusCode.NotFound, "account-unknown");
        (await _holder.PutAsync(path, new { text = "x", accounts = new[] { "nonsense" } })).ExpectProblem(HttpStatusCode.NotFound, "account-unknown");
        (await _holder.PutAsync(path, new { text = "x", dueAt = "tomorrow" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "time-not-understood");
        (await _holder.PutAsync(path, new { text = "x", topic = "weather" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "topic-unknown");
        (await _holder.PutAsync(path, new { text = "x", slot = "tomorrow" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "slot-unknown");
        (await _holder.PutAsync(path, new { text = "x", toleranceSeconds = -5 })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "tolerance-out-of-range");
        (await _holder.PutAsync(path, new { text = "x", repeat = new { rule = new string('X', 201) } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "repeat-rule-too-long");
        (await _holder.PutAsync(path, new { text = new string('a', 65_001) })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "text-too-long");
        (await _holder.GetAsync(path)).ExpectProblem(HttpStatusCode.NotFound, "draft-unknown");
    }

    public void Dispose()
    {
        _holder.Dispose();
        _comms.Dispose();
        _fds.Dispose();
    }
}

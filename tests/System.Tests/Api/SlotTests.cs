using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Queue slots over the API: who sets them, which post gets which, and what is refused.</summary>
public sealed class SlotTests(ServiceFixture fixture) : IDisposable
{
    // Accounts that no other test writes on.
    private const string Account = "x/demo_wmfs_perry_barr";
    private const string Other = "mastodon/demo_wmfs_perry_barr";
    private const string Without = "facebook/demo_wmfs_perry_barr";

    private static readonly object[] Daily = [.. new[] { "mon", "tue", "wed", "thu", "fri", "sat", "sun" }.Select(day => new { day, time = "12:10" })];

    private readonly ApiClient _manager = fixture.As(Roles.Manager);
    private readonly ApiClient _officer = fixture.As(Roles.Officer);
    private readonly ApiClient _holder = fixture.As(Roles.Holder);
    private readonly ApiClient _fds = fixture.As(Roles.Fds);
    private readonly ApiClient _auditor = fixture.As(Roles.Auditor);

    [Fact]
    public async Task Slots_AreSetSeenAndFilled_EachOnce()
    {
        var none = (await _auditor.GetAsync($"/api/accounts/{Account}/slots")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("""{"slots":[],"next":[],"version":0}"""), none.ToJsonString());
        (await _fds.PutAsync($"/api/accounts/{Account}/slots", new { slots = Daily, version = 0 })).ExpectProblem(HttpStatusCode.Forbidden, "not-your-account");
        (await _holder.PutAsync("/api/accounts/x/demo_wmfs/slots", new { slots = Daily, version = 0 })).ExpectProblem(HttpStatusCode.Forbidden, "not-your-account");

        var set = await SetAsync(Account, [.. Daily, new { day = "tue", time = "23:00" }]);
        Golden.Match("slots", set);
        Assert.Equal(set.ToJsonString(), (await _manager.PutAsync($"/api/accounts/{Account}/slots", new { slots = new object[] { new { day = "tue", time = "23:00" } }.Concat(Daily), version = 0 })).Expect(HttpStatusCode.OK).Json.ToJsonString());
        (await _officer.PutAsync($"/api/accounts/{Account}/slots", new { slots = Daily, version = 0 })).ExpectProblem(HttpStatusCode.Conflict, "slots-changed");
        var quiet = set["slots"]!.AsArray().Single(s => s!["quiet"] is not null)!;
        Assert.Equal(("tue", "23:00"), (quiet.Text("day"), quiet.Text("time")));
        string[] next = [.. set["next"]!.AsArray().Select(t => t!.GetValue<string>())];
        Assert.Equal(10, next.Length);

        // Many at once, each of them twice: nobody gets another's slot, and a repeat gets its own.
        var keys = Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7()).ToArray();
        var posts = await Task.WhenAll(keys.Concat(keys).Select(key => _manager.PostAsync($"/api/accounts/{Account}/posts", new { text = "Test your smoke alarm today.", slot = "next" }, key)));
        var due = posts.Select(p => p.Expect(HttpStatusCode.Created).Json).GroupBy(p => p.Text("id"), p => p.Text("dueAt")).ToDictionary(g => g.Key, g => g.Distinct().Single());
        Assert.Equal(next[..4], due.Values.Order(StringComparer.Ordinal));
        Assert.Equal(next[4], (await _auditor.GetAsync($"/api/accounts/{Account}/slots")).Json["next"]![0]!.GetValue<string>());
        var again = (await _manager.PostAsync($"/api/accounts/{Account}/posts", new { text = "Test your smoke alarm today.", slot = "next" }, keys[0])).Expect(HttpStatusCode.Created).Json;
        Assert.Equal(due[again.Text("id")], again.Text("dueAt"));

        // A message: each account its own slot, and who has none says so for itself.
        await SetAsync(Other, [new { day = "wed", time = "09:20" }]);
        var message = (await _manager.PostAsync("/api/messages", new { text = "Come and see us.", accounts = new[] { Account, Other, Without }, slot = "next" })).Expect(HttpStatusCode.Created).Json["posts"]!.AsArray();
        Assert.Equal(next[4], Part(message, Account)["post"]!.Text("dueAt"));
        Assert.Equal(DayOfWeek.Wednesday, DateTimeOffset.Parse(Part(message, Other)["post"]!.Text("dueAt"), System.Globalization.CultureInfo.InvariantCulture).DayOfWeek);
        Assert.Equal("no-slots", Part(message, Without)["refusal"]!.Text("code"));
        Assert.Contains(Without, Part(message, Without)["refusal"]!.Text("detail"), StringComparison.Ordinal);

        foreach (var id in due.Keys.Concat(message.Where(p => p!["post"] is not null).Select(p => p!["post"]!.Text("id"))))
        {
            (await _manager.PostAsync($"/api/posts/{id}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
        }

        // What was taken back is free again; a repeat of what took stays what it was, also without slots.
        Assert.Equal(next[0], (await _auditor.GetAsync($"/api/accounts/{Account}/slots")).Json["next"]![0]!.GetValue<string>());
        await SetAsync(Account, []);
        await SetAsync(Other, []);
        Assert.Equal(again.Text("id"), (await _manager.PostAsync($"/api/accounts/{Account}/posts", new { text = "Test your smoke alarm today.", slot = "next" }, keys[0])).Expect(HttpStatusCode.Created).Json.Text("id"));
        (await _manager.PostAsync($"/api/accounts/{Account}/posts", new { text = "Test your smoke alarm today.", slot = "next" })).ExpectProblem(HttpStatusCode.Conflict, "no-slots");
    }

    [Theory]
    [InlineData("""{"slots":[{"day":"mon","time":"09:00"}]}""", "version-missing")]
    [InlineData("""{"slots":[{"day":"monday","time":"09:00"}],"version":0}""", "slot-not-understood")]
    [InlineData("""{"slots":[{"day":"mon","time":"9:00"}],"version":0}""", "slot-not-understood")]
    [InlineData("""{"slots":[{"day":"mon"}],"version":0}""", "slot-not-understood")]
    [InlineData("""{"slots":[null],"version":0}""", "slot-not-understood")]
    [InlineData("""{"slots":[{"day":"mon","time":"09:00"},{"day":"mon","time":"09:00"}],"version":0}""", "slot-twice")]
    public async Task Slots_AreRefused_AndNothingIsSet(string body, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/accounts/{Without}/slots") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        Assert.Contains("Nothing was changed.", (await _manager.SendAsync(request)).ExpectProblem(HttpStatusCode.UnprocessableEntity, code).Detail, StringComparison.Ordinal);
        Assert.Equal(0, (await _auditor.GetAsync($"/api/accounts/{Without}/slots")).Expect(HttpStatusCode.OK).Json["version"]!.GetValue<long>());
    }

    [Fact]
    public async Task Slots_OfNoAccount_AreNotThere()
    {
        (await _auditor.GetAsync("/api/accounts/x/nobody_at_all/slots")).ExpectProblem(HttpStatusCode.NotFound, "account-unknown");
        (await _manager.PutAsync("/api/accounts/x/nobody_at_all/slots", new { version = 0 })).ExpectProblem(HttpStatusCode.NotFound, "account-unknown");
    }

    [Theory]
    [InlineData("next", true, "slot-and-time")]
    [InlineData("soon", false, "slot-unknown")]
    [InlineData("", false, "slot-unknown")]
    public async Task Post_HasASlotOrATime(string slot, bool timed, string code)
    {
        var due = timed ? Steps.In(TimeSpan.FromHours(3)) : null;
        (await _manager.PostAsync($"/api/accounts/{Without}/posts", new { text = "Come and see us.", slot, dueAt = due })).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
        (await _manager.PostAsync("/api/messages", new { text = "Come and see us.", accounts = new[] { Without }, slot, dueAt = due })).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
    }

    public void Dispose()
    {
        _manager.Dispose();
        _officer.Dispose();
        _holder.Dispose();
        _fds.Dispose();
        _auditor.Dispose();
    }

    private async Task<JsonNode> SetAsync(string account, object[] slots)
    {
        var version = (await _manager.GetAsync($"/api/accounts/{account}/slots")).Expect(HttpStatusCode.OK).Json["version"]!.GetValue<long>();
        return (await _manager.PutAsync($"/api/accounts/{account}/slots", new { slots, version })).Expect(HttpStatusCode.OK).Json;
    }

    private static JsonNode Part(JsonArray parts, string account) => parts.Single(p => p!.Text("account") == account)!;
}

using System.Globalization;
using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Posts that come back: what is refused, what is made ahead, what becomes of it when the repeat is stopped.</summary>
public sealed class RepeatTests(ServiceFixture fixture) : IDisposable
{
    private const string Account = "x/demo_wmfs_tipton";
    private const string Other = "facebook/demo_wmfs_tipton";
    private const string Coventry = "x/demo_wmfs_canley";

    private readonly ApiClient _manager = fixture.As(Roles.Manager);
    private readonly ApiClient _officer = fixture.As(Roles.Officer);
    private readonly ApiClient _holder = fixture.As(Roles.Holder);
    private readonly ApiClient _auditor = fixture.As(Roles.Auditor);
    private readonly ApiClient _fds = fixture.As(Roles.Fds);

    // Noon in London, some days from now: near no change of the clocks' hour.
    private static string Noon(int days) => TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(days).ToString("yyyy-MM-dd'T'12:00", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Preview_ShowsClocksAndHolidays_AndKeepsNothing()
    {
        var before = (await _manager.GetAsync("/api/repeats?limit=1")).Json.ToJsonString();
        var sunday = LastSunday(3);
        var spring = (await _manager.PostAsync("/api/repeats/preview", Wish("FREQ=DAILY;COUNT=2", At(sunday.AddDays(-1), "01:30")))).Expect(HttpStatusCode.OK).Json;
        Assert.Equal([At(sunday.AddDays(-1), "01:30"), At(sunday, "01:00")], spring["dates"]!.AsArray().Select(d => d!.Text("dueAt")[..16]));
        Assert.Equal("skipped", spring["dates"]![1]!.Text("clocks"));

        // Every hour of that night: the hour that is not there has no post of its own.
        var hourly = (await _manager.PostAsync("/api/repeats/preview", Wish("FREQ=HOURLY;COUNT=4", At(sunday, "00:00")))).Expect(HttpStatusCode.OK).Json;
        Assert.Equal([At(sunday, "00:00"), At(sunday, "02:00"), At(sunday, "03:00")], hourly["dates"]!.AsArray().Select(d => d!.Text("local")));

        var autumn = (await _manager.PostAsync("/api/repeats/preview", Wish("FREQ=DAILY;COUNT=1", At(LastSunday(10), "01:30")))).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("twice", At(LastSunday(10), "00:30")), (autumn["dates"]![0]!.Text("clocks"), autumn["dates"]![0]!.Text("dueAt")[..16]));
        Golden.Match("repeat-preview", autumn);
        var elsewhere = (await _manager.PostAsync("/api/repeats/preview", Wish("FREQ=DAILY;COUNT=1", At(new DateTime(Next, 7, 1), "09:00"), "Asia/Kolkata"))).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(At(new DateTime(Next, 7, 1), "03:30"), elsewhere["dates"]![0]!.Text("dueAt")[..16]);

        var christmas = (await _manager.PostAsync("/api/repeats/preview", Wish("FREQ=DAILY;COUNT=6", At(new DateTime(Next, 12, 24), "09:00")))).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(["Boxing Day", "Christmas Day"], christmas["dates"]!.AsArray().Where(d => d!["leftOut"] is not null).Select(d => d!.Text("holiday")).Order(StringComparer.Ordinal));
        Assert.Equal(before, (await _manager.GetAsync("/api/repeats?limit=1")).Json.ToJsonString());
    }

    [Theory]
    [InlineData("FREQ=WEEKLY", 90, "repeat-endless")]
    [InlineData("FREQ=SECONDLY;COUNT=5", 90, "repeat-too-often")]
    [InlineData("FREQ=HOURLY;BYMINUTE=0,1,2;COUNT=5", 90, "repeat-too-often")]
    [InlineData("FREQ=WEEKLY;UNTIL=20990101", 90, "repeat-too-far")]
    [InlineData("FREQ=WEEKLY;COUNT=3", 800, "repeat-too-far")]
    [InlineData("FREQ=HOURLY;COUNT=400", 90, "repeat-too-many")]
    [InlineData("FREQ=DAILY;UNTIL=20990101", 90, "repeat-too-many")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", 90, "repeat-no-dates")]
    [InlineData("FREQ=WEEKLY;COUNT=3", -1, "time-in-past")]
    [InlineData("weekly", 90, "repeat-rule-malformed")]
    public async Task Start_IsRefused_AndNothingIsStarted(string rule, int days, string code)
    {
        var answer = (await _manager.PostAsync("/api/repeats", Wish(rule, Noon(days)))).ExpectProblem(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains("Nothing was started.", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AsksForTheSameRightsAndReasons_AsAPostDoes()
    {
        (await _holder.PostAsync("/api/repeats", Wish("FREQ=DAILY;COUNT=2", Noon(2) + ":00Z"))).ExpectProblem(HttpStatusCode.UnprocessableEntity, "time-not-understood");
        (await _holder.PostAsync("/api/repeats", new { text = "Test your alarm.", accounts = new[] { Coventry, "x/demo_wmfs" }, rule = "FREQ=DAILY;COUNT=2", first = Noon(2) })).ExpectProblem(HttpStatusCode.Forbidden, "not-your-account");
        (await _manager.PostAsync("/api/repeats", new { text = "Test your alarm.", accounts = new[] { "x/nobody_at_all" }, rule = "FREQ=DAILY;COUNT=2", first = Noon(2) })).ExpectProblem(HttpStatusCode.NotFound, "account-unknown");
        (await _manager.PostAsync("/api/repeats", new { text = "Test your alarm.", accounts = Array.Empty<string>(), rule = "FREQ=DAILY;COUNT=2", first = Noon(2) })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "accounts-missing");
        (await _manager.PostAsync("/api/repeats", new { text = "Test your alarm.", accounts = new[] { Account }, rule = "FREQ=DAILY;COUNT=2", first = Noon(2), zone = "Mars/Olympus" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "zone-unknown");
        (await _holder.PostAsync("/api/repeats", new { text = "Well done to Olivia Turner, who rang 999.", accounts = new[] { Coventry }, rule = "FREQ=DAILY;COUNT=2", first = Noon(2) })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-needed");
    }

    [Fact]
    public async Task Repeat_MakesItsPostsAhead_Once_AndTakesBackWhatIsAsWritten()
    {
        var (key, wish) = (Guid.CreateVersion7(), new { text = "Test your alarm this week.", accounts = new[] { Account, Other }, rule = "FREQ=WEEKLY;COUNT=8", first = Noon(2), toleranceSeconds = 900 });
        var started = (await _officer.PostAsync("/api/repeats", wish, key)).Expect(HttpStatusCode.Created).Json;
        var id = started.Text("id");
        Assert.Equal(16, started["dates"]!.AsArray().Count);
        Assert.Equal(id, (await _officer.PostAsync("/api/repeats", wish, key)).Expect(HttpStatusCode.Created).Json.Text("id"));
        (await _officer.PostAsync("/api/repeats", new { wish.text, wish.accounts, wish.first, rule = "FREQ=WEEKLY;COUNT=7" }, key)).ExpectProblem(HttpStatusCode.Conflict, "operation-reused");

        // Five weeks ahead, and no further.
        var made = await BecomesAsync(id, r => Dates(r, "made").Length == 10, "the next five weeks are made");
        Assert.Equal(6, Dates(made, "planned").Length);
        var post = (await _auditor.GetAsync("/api/posts/" + Dates(made, "made")[0].Text("postId"))).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("scheduled", "Sam Demo", id, 900), (post.Text("state"), post.Text("posterName"), post.Text("repeatId"), post["toleranceSeconds"]!.GetValue<int>()));
        Assert.Contains((await _manager.GetAsync("/api/repeats?owner=sam-demo")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray(), r => r!.Text("id") == id && r!["next"]!.AsArray().Count == 3);
        Assert.Equal(2, Dates(made, "made").Count(d => d.Text("local") == wish.first));

        // Somebody changes one: that one is theirs from then on.
        var changed = Dates(made, "made")[3].Text("postId");
        var row = (await _manager.GetAsync("/api/posts/" + changed)).Json;
        (await _manager.PostAsync($"/api/posts/{changed}/edit", new { revision = 1, text = "Test your alarm, and your neighbour’s.", dueAt = row.Text("dueAt") })).Expect(HttpStatusCode.OK);

        (await _fds.PostAsync($"/api/repeats/{id}/stop", new { reason = "Mine now" })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await _officer.PostAsync($"/api/repeats/{id}/stop", new { reason = " " })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-missing");
        (await _officer.PostAsync("/api/repeats/0198a0a0-0000-7000-8000-000000000000/stop", new { reason = "x" })).ExpectProblem(HttpStatusCode.NotFound, "repeat-unknown");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal("stopped", (await _manager.PostAsync($"/api/repeats/{id}/stop", new { reason = "Another campaign" })).Expect(HttpStatusCode.OK).Json.Text("state"));
        }

        var stopped = await BecomesAsync(id, r => Dates(r, "made").Length == 0, "what was made is taken back");
        Assert.Equal((9, 1, 6), (Dates(stopped, "takenBack").Length, Dates(stopped, "kept").Length, Dates(stopped, "planned").Length));
        Golden.Match("repeat-stopped", stopped);
        Assert.Equal("scheduled", (await _manager.GetAsync("/api/posts/" + changed)).Json.Text("state"));
        var taken = (await _manager.GetAsync("/api/posts/" + Dates(stopped, "takenBack")[0].Text("postId"))).Json;
        Assert.Equal("cancelled", taken.Text("state"));
        var life = (await _manager.GetAsync($"/api/posts/{taken.Text("id")}/life")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
        Assert.Equal(["post-scheduled by Sam Demo", "post-cancelled by Rowan Demo"], life.Select(m => $"{m!.Text("event")} by {m!.Text("actorName")}"));
        (await _manager.PostAsync($"/api/posts/{changed}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Stop_LeavesNothing_OfWhatIsNotMadeYet()
    {
        const string far = "facebook/demo_wmfs_canley";
        var started = (await _holder.PostAsync("/api/repeats", new { text = "Test your alarm on Tuesday.", accounts = new[] { far }, rule = "FREQ=DAILY;COUNT=2", first = Noon(50) })).Expect(HttpStatusCode.Created).Json;
        Golden.Match("repeat", started);
        var id = started.Text("id");
        Assert.Equal(2, Dates((await _holder.GetAsync("/api/repeats/" + id)).Json, "planned").Length);
        Assert.Equal("stopped", (await _holder.PostAsync($"/api/repeats/{id}/stop", new { reason = "Not yet made" })).Expect(HttpStatusCode.OK).Json.Text("state"));
        var stopped = (await _holder.GetAsync("/api/repeats/" + id)).Json;
        Assert.Equal((2, "Not yet made"), (Dates(stopped, "planned").Length, stopped.Text("why")));
    }

    [Fact]
    public async Task List_RefusesACursorOfAnother()
    {
        (await _manager.GetAsync("/api/repeats?cursor=bm9uZQ")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "cursor-unknown");
        (await _manager.GetAsync("/api/repeats?limit=0")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "limit-out-of-range");
        (await _manager.GetAsync("/api/repeats/nothing")).ExpectProblem(HttpStatusCode.NotFound, "repeat-unknown");
    }

    public void Dispose()
    {
        _manager.Dispose();
        _officer.Dispose();
        _holder.Dispose();
        _auditor.Dispose();
        _fds.Dispose();
    }

    private static int Next => TimeProvider.System.GetUtcNow().Year + 1;

    private static DateTime LastSunday(int month) => new DateTime(Next, month, 31).AddDays(-(int)new DateTime(Next, month, 31).DayOfWeek);

    private static string At(DateTime day, string time) => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}T{time}");

    private static object Wish(string rule, string first, string? zone = null) => new { text = "Test your alarm.", accounts = new[] { Account, Other }, rule, first, zone, skipHolidays = true };

    private static JsonNode[] Dates(JsonNode repeat, string state) => [.. repeat["dates"]!.AsArray().Select(d => d!).Where(d => d.Text("state") == state)];

    private async Task<JsonNode> BecomesAsync(string id, Func<JsonNode, bool> until, string what) => await Eventually.Becomes(
        async () => (await _manager.GetAsync("/api/repeats/" + id)).Expect(HttpStatusCode.OK).Json, until, what);
}

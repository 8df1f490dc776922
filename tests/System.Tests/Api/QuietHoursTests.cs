using System.Globalization;
using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>The quiet hours of Comms' rules over the API: what is planned for them, what is published now, what changes meanwhile.</summary>
[Collection(ChangingService.Collection)]
public sealed class QuietHoursTests(ChangingService service) : IAsyncDisposable
{
    private const string Account = "x/demo_wmfs_canley";

    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    private readonly ApiClient _manager = service.Fixture.As(Roles.Manager);
    private readonly ApiClient _officer = service.Fixture.As(Roles.Officer);
    private readonly ApiClient _holder = service.Fixture.As(Roles.Holder);

    [Fact]
    public async Task Quiet_AsksForAReason_OrForComms_AndStandsInTheRecord()
    {
        var due = Later(TimeSpan.FromHours(3));
        await SetAsync("reason", due);
        var asked = (await WriteAsync(new { text = "Come and see us.", dueAt = Text(due) })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-needed");
        Assert.Contains("(quiet-hours): Why can it not wait until", asked.Detail, StringComparison.Ordinal);
        var answered = (await WriteAsync(new { text = "Come and see us.", dueAt = Text(due), reasons = new Dictionary<string, string> { ["quiet-hours"] = "For the night shift." } })).Expect(HttpStatusCode.Created).Json;
        Assert.Equal(("scheduled", "For the night shift."), (answered.Text("state"), answered["reasons"]!.Text("quiet-hours")));
        Assert.Equal("scheduled", (await WriteAsync(new { text = "Crews are at a fire.", dueAt = Text(due), topic = "incident", incident = "INC-1" })).Expect(HttpStatusCode.Created).Json.Text("state"));

        // By another time nothing is asked; moving it there is planning it for there.
        var early = (await WriteAsync(new { text = "Come and see us.", dueAt = Text(due.AddHours(-1)) })).Expect(HttpStatusCode.Created).Json.Text("id");
        (await _holder.PostAsync($"/api/posts/{early}/reschedule", new { dueAt = Text(due) })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-needed");

        await SetAsync("comms", due);
        var submitted = (await _holder.PostAsync($"/api/posts/{early}/reschedule", new { dueAt = Text(due) })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("submitted", "quiet-hours"), (submitted.Text("state"), submitted["review"]!["why"]![0]!.Text("rule")));
        var approved = (await _officer.PostAsync($"/api/posts/{early}/approve", new { revision = 2 })).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("scheduled", approved.Text("state"));
    }

    [Fact]
    public async Task Quiet_StopsNothing_ThatIsPublishedNow()
    {
        await SetAsync("comms", TimeProvider.System.GetUtcNow(), 10);
        var id = (await WriteAsync(new { text = "Come and see us now." })).Expect(HttpStatusCode.Created).Json.Text("id");
        await _manager.PostBecomesAsync(id, "published");
    }

    [Fact]
    public async Task Quiet_IsLookedAtAgain_WhenItsTimeComes()
    {
        await SetAsync("warn", TimeProvider.System.GetUtcNow(), 10);
        var id = (await WriteAsync(new { text = "Come and see us later.", dueAt = Steps.In(TimeSpan.FromSeconds(8)) })).Expect(HttpStatusCode.Created).Json.Text("id");
        await SetAsync("comms", TimeProvider.System.GetUtcNow(), 10);
        var missed = await _manager.PostBecomesAsync(id, "missed");
        Assert.Contains("Planned for the quiet hours", missed.Text("note"), StringComparison.Ordinal);

        // Comms lets it go now: that settles it.
        (await _officer.PostAsync($"/api/posts/{id}/release", new { reason = "Still true" })).Expect(HttpStatusCode.OK);
        await _manager.PostBecomesAsync(id, "published");
    }

    [Fact]
    public async Task Quiet_IsMarkedInARepeat_WhichCarriesTheAnswer()
    {
        var due = Later(TimeSpan.FromDays(2));
        await SetAsync("reason", due);
        var wall = TimeZoneInfo.ConvertTime(due, London);
        var wish = new { text = "Test your alarm tonight.", accounts = new[] { Account }, rule = "FREQ=DAILY;COUNT=2", first = wall.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), reasons = (Dictionary<string, string>?)null };
        var preview = (await _holder.PostAsync("/api/repeats/preview", wish)).Expect(HttpStatusCode.OK).Json;
        Assert.All(preview["dates"]!.AsArray(), d => Assert.True(d!["quiet"]!.GetValue<bool>()));
        Assert.Equal("reason-needed", preview["refusal"]!.Text("code"));
        (await _holder.PostAsync("/api/repeats", wish)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "reason-needed");

        var started = (await _holder.PostAsync("/api/repeats", wish with { reasons = new Dictionary<string, string>(StringComparer.Ordinal) { ["quiet-hours"] = "For the night shift." } })).Expect(HttpStatusCode.Created).Json;
        var repeat = await Eventually.Becomes(
            async () => (await _holder.GetAsync($"/api/repeats/{started.Text("id")}")).Expect(HttpStatusCode.OK).Json,
            r => r["dates"]!.AsArray().All(d => d!.Text("state") == "made"),
            "the posts of the repeat are made");
        var post = (await _holder.GetAsync($"/api/posts/{repeat["dates"]![0]!.Text("postId")}")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("scheduled", "For the night shift."), (post.Text("state"), post["reasons"]!.Text("quiet-hours")));
        (await _manager.PostAsync($"/api/repeats/{started.Text("id")}/stop", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("25:00", "07:00", "warn")]
    [InlineData("22:00", null, "warn")]
    [InlineData("22:00", "7:00", "warn")]
    [InlineData("22:00", "07:00", "stop")]
    [InlineData("22:00", "07:00", null)]
    public async Task Quiet_IsRefused_WhenItIsNotUnderstood(string from, string? to, string? act)
    {
        var before = (await _manager.GetAsync("/api/rules")).Expect(HttpStatusCode.OK).Json;
        (await _manager.PutAsync("/api/rules", new { version = before["version"]!.GetValue<long>(), quiet = new { from, to, act } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "quiet-not-understood");
        Assert.Equal(before["quiet"]!.ToJsonString(), (await _manager.GetAsync("/api/rules")).Json["quiet"]!.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        // The rules as they were, and nothing that waits.
        await PutAsync(null);
        foreach (var post in (await _manager.GetAsync($"/api/accounts/{Account}/posts")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Where(p => p!.Text("state") is "scheduled" or "submitted"))
        {
            (await _manager.PostAsync($"/api/posts/{post!.Text("id")}/cancel", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
        }

        _manager.Dispose();
        _officer.Dispose();
        _holder.Dispose();
    }

    private static DateTimeOffset Later(TimeSpan time) => TimeProvider.System.GetUtcNow() + time;

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // Some minutes around a time, which no other test is near.
    private Task SetAsync(string act, DateTimeOffset around, int minutes = 3)
    {
        var wall = TimeZoneInfo.ConvertTime(around, London);
        return PutAsync(new { from = Wall(wall.AddMinutes(-minutes)), to = Wall(wall.AddMinutes(minutes)), act });
    }

    private static string Wall(DateTimeOffset wall) => wall.ToString("HH:mm", CultureInfo.InvariantCulture);

    private async Task PutAsync(object? quiet)
    {
        var version = (await _manager.GetAsync("/api/rules")).Expect(HttpStatusCode.OK).Json["version"]!.GetValue<long>();
        (await _manager.PutAsync("/api/rules", new { version, quiet })).Expect(HttpStatusCode.OK);
    }

    private Task<ApiAnswer> WriteAsync(object body) => _holder.PostAsync($"/api/accounts/{Account}/posts", body);
}

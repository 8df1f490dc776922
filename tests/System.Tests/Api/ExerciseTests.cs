using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>The line of an exercise, its report, and that what is real was seen, over the API.</summary>
public sealed class ExerciseTests(ServiceFixture fixture)
{
    private readonly ApiClient _control = fixture.As(Roles.FireControl);
    private readonly ApiClient _comms = fixture.As(Roles.Manager);

    [Fact]
    public async Task Line_IsWrittenOnce_MarkedEverywhere_AndWhatWasGivenUpIsTriedAgain()
    {
        var (number, takeover) = await DrillAsync();
        var path = $"/api/exercises/lines/{takeover}";
        using var sandbox = await SandboxRecord.OfAsync(fixture.Data);
        using var network = await ExerciseRecord.OfAsync(fixture.Data);
        try
        {
            (await _comms.GetAsync(path)).ExpectProblem(HttpStatusCode.NotFound, "line-unknown");
            (await _comms.PostAsync(path, new { text = " " })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "text-empty");
            (await _comms.PostAsync(path, new { text = new string('a', 300) })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "text-too-long");
            (await _comms.PostAsync(path, new { text = "a", variants = new { myspace = "b" } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "platform-unknown");
            using (var holder = fixture.As(Roles.Holder))
            {
                (await holder.PostAsync(path, new { text = "a" })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
            }

            const string Refused = "x/demo_wmfs_dudley", Lost = "x/demo_wmfs_stourbridge";
            await sandbox.MisbehaveTowardsAsync(ExerciseRecord.StandInOf(Refused), "fail", count: 1, status: 422);
            await sandbox.MisbehaveTowardsAsync(ExerciseRecord.StandInOf(Lost), "drop-answer", count: 1);
            var (text, key) = ("We are dealing with a major incident in Dudley. " + number, Guid.NewGuid());
            var written = (await _comms.PostAsync(path, new { text, variants = new { facebook = "Longer. " + number } }, key)).Expect(HttpStatusCode.Created).Json;
            Assert.Equal(written["total"]!.GetValue<int>(), (await _comms.PostAsync(path, new { text }, key)).Expect(HttpStatusCode.Created).Json["total"]!.GetValue<int>());
            (await _comms.PostAsync(path, new { text })).ExpectProblem(HttpStatusCode.Conflict, "line-written");

            var total = written["total"]!.GetValue<int>();
            var now = await BecomesAsync(path, l => l["out"]!.GetValue<int>() + l["failed"]!.GetValue<int>() == total);
            var failed = Assert.Single(now["standIns"]!.AsArray(), s => s!.Text("state") == "failed")!;
            Assert.Equal(Refused, failed.Text("account"));
            Assert.Contains("refused it", failed.Text("why"), StringComparison.Ordinal);
            Assert.Equal(2, now["standIns"]!.AsArray().Single(s => s!.Text("account") == Lost)!["attempts"]!.GetValue<int>());
            (await _comms.PostAsync(path + "/retry", new { })).Expect(HttpStatusCode.OK);
            now = await BecomesAsync(path, l => l["out"]!.GetValue<int>() == total);
            Assert.All(now["standIns"]!.AsArray(), s => Assert.StartsWith("EXERCISE – ", s!.Text("text"), StringComparison.Ordinal));
            Assert.All(now["standIns"]!.AsArray(), s => Assert.Contains("/exercise/lines/", s!.Text("url"), StringComparison.Ordinal));

            var lines = (await network.LinesAsync()).Where(l => l.Text.Contains(number, StringComparison.Ordinal)).ToArray();
            Assert.Equal(now["standIns"]!.AsArray().Select(s => ExerciseRecord.StandInOf(s!.Text("account"))).Order(StringComparer.Ordinal), lines.Select(l => l.Username));
            Assert.Equal("EXERCISE – Longer. " + number, lines.First(l => l.Username.StartsWith("exercise_facebook_", StringComparison.Ordinal)).Text);
            Assert.Contains(number, await network.PageAsync("/exercise"), StringComparison.Ordinal);
            Assert.DoesNotContain(number, await network.PageAsync("/"), StringComparison.Ordinal);
        }
        finally
        {
            await EndAsync(takeover);
        }

        var report = (await _control.GetAsync($"/api/exercises/reports/{number}")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(
            ["incident-reported", "shadow-placed", "exercise-line-written", "exercise-line-first-out", "exercise-line-partly-out", "exercise-line-retried", "exercise-line-out", "shadow-ended"],
            report["steps"]!.AsArray().Select(s => s!.Text("event")));
        Assert.Equal(6, report["times"]!.AsArray().Count);
        Assert.All(report["times"]!.AsArray(), t => Assert.True(t!["seconds"]!.GetValue<double>() >= 0));
        Assert.NotNull(report["endedAt"]);
        (await _comms.PostAsync($"/api/exercises/lines/{takeover}/retry", new { })).ExpectProblem(HttpStatusCode.Conflict, "exercise-over");
    }

    [Fact]
    public async Task Line_IsOnlyForAShadow()
    {
        const string None = "/api/exercises/lines/0198a0a0-0000-7000-8000-000000000000";
        (await _comms.PostAsync(None, new { text = "a" })).ExpectProblem(HttpStatusCode.NotFound, "takeover-unknown");
        (await _comms.PostAsync("/api/exercises/lines/none", new { text = "a" })).ExpectProblem(HttpStatusCode.NotFound, "takeover-unknown");
        (await _comms.GetAsync("/api/exercises/reports/none")).ExpectProblem(HttpStatusCode.NotFound, "incident-unknown");

        // A real one, which waits for a veto: whatever is sent to the exercise's address goes nowhere.
        var real = (await _control.ReportAsync(Reports.Of(Reports.Number(), pumps: 12))).Expect(HttpStatusCode.Accepted).Json["takeovers"]![0]!.Text("id");
        (await _comms.PostAsync($"/api/exercises/lines/{real}", new { text = "a" })).ExpectProblem(HttpStatusCode.Conflict, "line-not-of-exercise");
        (await _comms.PostAsync($"/api/exercises/seen", new { takeover = real })).ExpectProblem(HttpStatusCode.Conflict, "no-exercise");
        (await _comms.PostAsync($"/api/takeovers/{real}/veto", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
        (await _comms.GetAsync($"/api/exercises/lines/{real}")).ExpectProblem(HttpStatusCode.NotFound, "line-unknown");
    }

    [Fact]
    public async Task Seen_IsKeptOnce_WithTheNameOfTheFirst_AndStandsInTheReport()
    {
        var (number, takeover) = await DrillAsync();
        var real = Reports.Number();
        var proposal = (await _control.ReportAsync(Reports.Of(real, pumps: 12))).Expect(HttpStatusCode.Accepted).Json["takeovers"]![0]!.Text("id");
        var hold = await _comms.HoldAsync("freeze", "x/demo_wmfs_bickenhill");
        try
        {
            (await _control.PostAsync("/api/exercises/seen", new { takeover })).ExpectProblem(HttpStatusCode.NotFound, "real-unknown");
            (await _control.PostAsync("/api/exercises/seen", new { hold = "H-999999" })).ExpectProblem(HttpStatusCode.NotFound, "real-unknown");
            (await _control.PostAsync("/api/exercises/seen", new { })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "seen-malformed");
            (await _control.PostAsync("/api/exercises/seen", new { hold = "H-1", takeover = proposal })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "seen-malformed");
            (await _control.PostAsync("/api/exercises/seen", new { takeover = proposal })).Expect(HttpStatusCode.NoContent);
            (await _comms.PostAsync("/api/exercises/seen", new { takeover = proposal })).Expect(HttpStatusCode.NoContent);
            (await _comms.PostAsync("/api/exercises/seen", new { hold = hold.Text("id") })).Expect(HttpStatusCode.NoContent);
        }
        finally
        {
            await _comms.LiftAsync(hold);
            (await _comms.PostAsync($"/api/takeovers/{proposal}/veto", new { reason = "The test is over" })).Expect(HttpStatusCode.OK);
            await EndAsync(takeover);
        }

        var seen = (await _control.GetAsync($"/api/exercises/reports/{number}")).Expect(HttpStatusCode.OK).Json["steps"]!.AsArray().Where(s => s!.Text("event") == "real-seen").ToArray();
        Assert.Equal(["Casey Demo", "Rowan Demo"], seen.Select(s => s!.Text("by")));
        Assert.Equal(["incident " + real, hold.Text("id")], seen.Select(s => s!.Text("why")));
    }

    private async Task<(string Number, string Takeover)> DrillAsync()
    {
        var number = Reports.Number();
        var answer = (await _control.ReportAsync(Reports.Of(number, exercise: true, major: true, area: "Dudley"))).Expect(HttpStatusCode.OK).Json;
        return (number, Assert.Single(answer["takeovers"]!.AsArray())!.Text("id"));
    }

    private async Task EndAsync(string takeover) => (await _comms.PostAsync($"/api/takeovers/{takeover}/end", new { })).Expect(HttpStatusCode.OK);

    private Task<JsonNode> BecomesAsync(string path, Func<JsonNode, bool> so) => Eventually.Becomes(
        async () => (await _comms.GetAsync(path)).Expect(HttpStatusCode.OK).Json, so, "the exercise line goes out", TimeSpan.FromSeconds(60));
}

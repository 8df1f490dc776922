using Coordination.Storage.Embedded;
using Coordination.SystemTests.Support;
using Npgsql;

namespace Coordination.SystemTests.Live;

/// <summary>Recorded incidents are replayed through the API: shadow holds and no real one, one replay at a time, and a program that is killed in the middle neither loses nor repeats a report.</summary>
[Collection(OwnProduct.Name)]
public sealed class ReplayTests
{
    private const string Replays = "/api/incidents/replays";
    private const string Header = "incident_number,date_of_call,hour_of_call,incident_group,property_category,borough_name,num_pumps_attending,exercise";

    [Fact]
    public async Task Recording_GivesShadowHolds_AndNoRealOne_AndOutlivesTheProgram()
    {
        using var folder = new TemporaryFolder("replay");
        string id;
        await using (var first = await StartAsync(folder.Path))
        {
            var tokens = await first.TokensAsync();
            using var control = new ApiClient(first.BaseAddress, tokens[Roles.FireControl], asksAgain: true);
            (await control.GetAsync(Replays + "/current")).ExpectProblem(HttpStatusCode.NotFound, "replay-none");
            await ShadowAsync(control);

            // A long one, an hour in a second: killed in the middle, by whoever has it.
            var file = Csv([.. Enumerable.Range(0, 20).Select(h => Row($"n-{h}", h, 2))]);
            id = (await control.PostTextAsync(Replays + "?speed=3600", file, "text/csv")).Expect(HttpStatusCode.Created).Json.Text("id");
            var refused = (await control.PostTextAsync(Replays, file, "text/csv")).ExpectProblem(HttpStatusCode.Conflict, "replay-running");
            Assert.Contains("There is one at a time", refused.Detail, StringComparison.Ordinal);
            await CurrentAsync(control, r => r["sent"]!.GetValue<int>() >= 3, "some are sent");
            await first.KillAllAsync();
        }

        await using var second = await StartAsync(folder.Path);
        using var comms = new ApiClient(second.BaseAddress, (await second.TokensAsync())[Roles.Manager], asksAgain: true);

        // The lease of the one that was killed ends by itself; nobody here waits for that.
        await ExecuteAsync(folder.Path, "update replay set leased_until = clock_timestamp() where leased_until is not null");
        var ended = await CurrentAsync(comms, r => r.Text("state") == "finished", "another program goes on to the end");
        Assert.Equal((id, 20, 20), (ended.Text("id"), ended["sent"]!.GetValue<int>(), ended["total"]!.GetValue<int>()));
        var messages = (await comms.GetAsync("/api/incidents/messages?limit=200")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Where(m => m!["incident"]?.GetValue<string>().StartsWith(ended.Text("numbers"), StringComparison.Ordinal) ?? false).ToArray();
        Assert.Equal(20, messages.Length);
        Assert.All(messages, m => Assert.Equal(("replay", "Exercise"), (m!.Text("receivedBy"), m!.Text("status"))));
        Assert.Empty((await comms.GetAsync("/api/incidents")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray());
        Assert.Empty((await comms.GetAsync("/api/holds?limit=200")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray());
        Assert.True((await comms.PostAsync("/api/verify", new { })).Expect(HttpStatusCode.OK).Json["agrees"]!.GetValue<bool>());

        // A real report has the screen to itself.
        var third = (await comms.PostTextAsync(Replays + "?speed=1", Csv(Row("a", 1, 2), Row("b", 9, 2)), "text/csv")).Expect(HttpStatusCode.Created).Json.Text("id");
        var number = Reports.Number();
        (await comms.ReportAsync(Reports.Of(number))).Expect(HttpStatusCode.OK);
        var paused = await CurrentAsync(comms, r => r.Text("state") == "paused", "something real came");
        Assert.Contains(number, paused.Text("why"), StringComparison.Ordinal);
        Assert.Equal("running", (await comms.PostAsync($"{Replays}/{third}/resume")).Expect(HttpStatusCode.OK).Json.Text("state"));
        Assert.Equal("paused", (await comms.PostAsync($"{Replays}/{third}/pause")).Expect(HttpStatusCode.OK).Json.Text("state"));
        var stopped = (await comms.PostAsync($"{Replays}/{third}/stop")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("stopped", stopped.Text("state"));
        (await comms.PostAsync($"{Replays}/{third}/resume")).ExpectProblem(HttpStatusCode.Conflict, "replay-over");
        (await comms.PostAsync($"{Replays}/nothing/stop")).ExpectProblem(HttpStatusCode.NotFound, "replay-unknown");
        Assert.Contains((await comms.GetAsync("/api/incidents/sources")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray(), s => s!.Text("id") == "replay");
    }

    // What the shipped rules hold at once, and what they propose; a column called exercise says no, and is nobody's business.
    private static async Task ShadowAsync(ApiClient control)
    {
        var key = Guid.NewGuid();
        var started = (await control.PostTextAsync(Replays + "?speed=3600", Csv(Row("1", 1, 2, "Terrorist attack"), Row("2", 1, 12), Row("3", 25, 2), Row("4", 1, 1)), "text/csv", key.ToString("D"))).Expect(HttpStatusCode.Created).Json;
        Assert.Equal(key.ToString("D"), started.Text("id"));
        var ended = await CurrentAsync(control, r => r.Text("state") == "finished", "all is sent");
        Golden.Match("replay", ended);
        Assert.True(ended["exercise"]!.GetValue<bool>());
        Assert.Equal((3, 1, 2), (ended["sent"]!.GetValue<int>(), ended["badRows"]!.GetValue<int>(), ended["shadows"]!.GetValue<int>()));
        Assert.StartsWith("line 4: ", ended["faults"]![0]!.Text("words"), StringComparison.Ordinal);
        var file = (await control.GetAsync($"/api/exercises/files/{ended.Text("numbers")}-1")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal("shadow", file["takeovers"]![0]!.Text("state"));
        Assert.Null(file["takeovers"]![0]!["holdId"]);
        Assert.True(file["reports"]![0]!["report"]!["exercise"]!.GetValue<bool>());
        (await control.GetAsync($"/api/incidents/files/{ended.Text("numbers")}-1")).ExpectProblem(HttpStatusCode.NotFound, "incident-unknown");
        Assert.Empty((await control.GetAsync("/api/holds?limit=200")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray());
    }

    private static Task<JsonNode> CurrentAsync(ApiClient client, Func<JsonNode, bool> fits, string what) =>
        Eventually.Becomes(async () => (await client.GetAsync(Replays + "/current")).Expect(HttpStatusCode.OK).Json, fits, what, TimeSpan.FromSeconds(90));

    private static string Csv(params string[] rows) => string.Join('\n', rows.Prepend(Header));

    private static string Row(string number, int hour, int pumps, string group = "Fire") => FormattableString.Invariant($"{number},2017-02-23,{hour},{group},Dwelling,Barnet,{pumps},false");

    private static Task<RunningService> StartAsync(string folder) => RunningService.StartAsync(new RunningServiceOptions { DataDirectory = folder });

    private static async Task ExecuteAsync(string folder, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ServiceFile.Read(folder)!) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The test's own text.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}

using Coordination.Storage.Embedded;
using Coordination.SystemTests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Coordination.SystemTests.Faults;

/// <summary>The line of an exercise over a kill of everything, and towards a server that is not the sandbox: each stand-in out once, on the exercise network, and nothing anywhere else.</summary>
[Collection(OwnProduct.Name)]
public sealed class ExerciseLineTests
{
    private const string Key = "the-exercise-key-of-this-test";

    [Fact]
    public async Task Line_KilledInTheMiddle_IsOutOnceForEachStandIn_AndNowhereElse()
    {
        using var folder = new TemporaryFolder("exercise-line");
        string number, takeover;
        int total;
        await using (var first = await StartAsync(folder.Path))
        {
            using var comms = await CommsAsync(first);
            using var sandbox = await SandboxRecord.OfAsync(folder.Path);
            (number, takeover) = await DrillAsync(comms, "birmingham");
            await sandbox.MisbehaveTowardsAsync(null, "slow", count: null, delayMs: 300);
            total = (await comms.PostAsync($"/api/exercises/lines/{takeover}", new { text = "We are dealing with it." })).Expect(HttpStatusCode.Created).Json["total"]!.GetValue<int>();
            var half = await BecomesAsync(comms, takeover, l => l["out"]!.GetValue<int>() >= 2);
            Assert.InRange(half["out"]!.GetValue<int>(), 2, total - 1);
            await first.KillAllAsync();
        }

        await using var second = await StartAsync(folder.Path);
        using var again = await CommsAsync(second);

        // The killed worker's lease is over some time.
        await ScalarAsync(folder.Path, "update exercise_line set leased_until = clock_timestamp() where lease is not null");
        var line = await BecomesAsync(again, takeover, l => l["out"]!.GetValue<int>() == total);
        using var network = await ExerciseRecord.OfAsync(folder.Path);
        using var real = await SandboxRecord.OfAsync(folder.Path);
        var lines = await network.LinesAsync();
        Assert.Equal(line["standIns"]!.AsArray().Select(s => ExerciseRecord.StandInOf(s!.Text("account"))).Order(StringComparer.Ordinal), lines.Select(l => l.Username));
        Assert.All(lines, l => Assert.Equal("EXERCISE – We are dealing with it.", l.Text));
        Assert.Empty(await real.PublishedAsync());
        Assert.Empty((await again.GetAsync("/api/holds?limit=200")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray());
        Assert.Equal("0 0", await ScalarAsync(folder.Path, "select (select count(*) from post) || ' ' || (select count(*) from permit)"));
        (await again.PostAsync($"/api/takeovers/{takeover}/end", new { })).Expect(HttpStatusCode.OK);
        Assert.NotNull((await again.GetAsync($"/api/exercises/reports/{number}")).Expect(HttpStatusCode.OK).Json["endedAt"]);
        Assert.True((await again.PostAsync("/api/verify", new { })).Expect(HttpStatusCode.OK).Json["agrees"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Server_ThatDoesNotProveToBeTheSandbox_IsToldNothing()
    {
        using var folder = new TemporaryFolder("exercise-imposter");
        var asked = new System.Collections.Concurrent.ConcurrentBag<string>();
        await using var imposter = Imposter(asked);
        await imposter.StartAsync();
        await using var service = await StartAsync(folder.Path, new Dictionary<string, string>(StringComparer.Ordinal) { ["Exercises__Sandbox"] = imposter.Urls.First() + "/", ["Exercises__Key"] = Key });
        using var comms = await CommsAsync(service);
        var (_, takeover) = await DrillAsync(comms, "solihull");
        (await comms.PostAsync($"/api/exercises/lines/{takeover}", new { text = "We are dealing with it." })).Expect(HttpStatusCode.Created);
        var line = await BecomesAsync(comms, takeover, l => l["standIns"]!.AsArray().All(s => s!["attempts"]!.GetValue<int>() >= 2));
        Assert.All(line["standIns"]!.AsArray(), s => Assert.Contains("does not prove that it is the exercise sandbox", s!.Text("why"), StringComparison.Ordinal));
        Assert.NotEmpty(asked);
        Assert.All(asked, a => Assert.Equal("GET /exercise/api/identity, nobody", a));
        (await comms.PostAsync($"/api/takeovers/{takeover}/end", new { })).Expect(HttpStatusCode.OK);
        Assert.All((await comms.GetAsync($"/api/exercises/lines/{takeover}")).Expect(HttpStatusCode.OK).Json["standIns"]!.AsArray(), s => Assert.Equal("stopped", s!.Text("state")));
    }

    [Fact]
    public async Task WithoutASandbox_TheLineIsRefusedPlainly_AndTheDrillWorks()
    {
        using var folder = new TemporaryFolder("exercise-off");
        await using var service = await StartAsync(folder.Path, new Dictionary<string, string>(StringComparer.Ordinal) { ["Exercises__Sandbox"] = "" });
        using var comms = await CommsAsync(service);
        var (number, takeover) = await DrillAsync(comms, "solihull");
        var refused = (await comms.PostAsync($"/api/exercises/lines/{takeover}", new { text = "We are dealing with it." })).ExpectProblem(HttpStatusCode.Conflict, "exercises-off");
        Assert.Contains("Exercises:Sandbox", refused.Detail, StringComparison.Ordinal);
        (await comms.PostAsync($"/api/takeovers/{takeover}/end", new { })).Expect(HttpStatusCode.OK);
        Assert.NotNull((await comms.GetAsync($"/api/exercises/reports/{number}")).Expect(HttpStatusCode.OK).Json["endedAt"]);
    }

    [Fact]
    public async Task Start_IsRefused_WhenTheSandboxIsWhereAnAccountPublishes()
    {
        using var folder = new TemporaryFolder("exercise-address");
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(folder.Path, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Exercises__Sandbox"] = "https://social.wmfs.example/", ["Exercises__Key"] = Key, ["Connections__mastodon/wmfs__Server"] = "https://social.wmfs.example",
        }));
        Assert.Contains("where the account mastodon/wmfs publishes", failed.Message, StringComparison.Ordinal);
    }

    // It answers everything kindly, as a server might that takes whatever it is sent, and says what it was called by.
    private static WebApplication Imposter(System.Collections.Concurrent.ConcurrentBag<string> asked)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            asked.Add($"{context.Request.Method} {context.Request.Path}, {(context.Request.Headers.Authorization.Count == 0 ? "nobody" : "somebody")}");
            await context.Response.WriteAsJsonAsync(new { network = "wmfs-exercise-sandbox", version = 1, proof = context.Request.Query["nonce"].ToString(), token = "a-token", url = "http://127.0.0.1/1" });
        });
        return app;
    }

    private static async Task<(string Number, string Takeover)> DrillAsync(ApiClient comms, string area)
    {
        var number = Reports.Number();
        var answer = (await comms.ReportAsync(Reports.Of(number, exercise: true, major: true, area: area))).Expect(HttpStatusCode.OK).Json;
        return (number, Assert.Single(answer["takeovers"]!.AsArray())!.Text("id"));
    }

    private static async Task<ApiClient> CommsAsync(RunningService service) => new(service.BaseAddress, (await service.TokensAsync())[Roles.Manager], asksAgain: true);

    private static Task<JsonNode> BecomesAsync(ApiClient comms, string takeover, Func<JsonNode, bool> so) => Eventually.Becomes(
        async () => (await comms.GetAsync($"/api/exercises/lines/{takeover}")).Expect(HttpStatusCode.OK).Json, so, "the exercise line comes that far", TimeSpan.FromSeconds(90));

    private static Task<RunningService> StartAsync(string folder, IReadOnlyDictionary<string, string>? settings = null) => RunningService.StartAsync(new RunningServiceOptions
    {
        DataDirectory = folder,
        Environment = new Dictionary<string, string>(ServiceFixture.Sweep(TimeSpan.Zero).Concat(settings ?? new Dictionary<string, string>(StringComparer.Ordinal)), StringComparer.Ordinal),
    });

    private static async Task<string?> ScalarAsync(string folder, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ServiceFile.Read(folder)!) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The test's own text.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}

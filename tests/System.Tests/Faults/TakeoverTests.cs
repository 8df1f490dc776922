using Coordination.Storage.Embedded;
using Coordination.SystemTests.Support;
using Npgsql;

namespace Coordination.SystemTests.Faults;

/// <summary>Signed reports of a mobilising system, and proposals that outlive the program: killed in the middle of a countdown, it neither loses the hold nor places two.</summary>
[Collection(OwnProduct.Name)]
public sealed class TakeoverTests
{
    private const string Source = "vision";
    private static readonly string Secret = "whsec_" + Convert.ToBase64String(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray());
    private static readonly string Successor = "whsec_" + Convert.ToBase64String(Enumerable.Range(2, 32).Select(i => (byte)i).ToArray());

    [Fact]
    public async Task SignedProposal_OutlivesTheProgram_AndHoldsOnce()
    {
        using var folder = new TemporaryFolder("takeover");
        var number = Reports.Number();
        string takeover;
        await using (var first = await StartAsync(folder.Path))
        {
            using var anybody = new HttpClient { BaseAddress = first.BaseAddress };
            await CheckSignaturesAsync(anybody);
            using var answer = await Reports.SendSignedAsync(anybody, Source, Successor, "msg_1", TimeProvider.System.GetUtcNow(), Reports.Of(number, pumps: 12).ToJsonString());
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            takeover = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["takeovers"]![0]!.Text("id");
            await first.KillAllAsync();
        }

        await using var second = await StartAsync(folder.Path);
        using var comms = new ApiClient(second.BaseAddress, (await second.TokensAsync())[Roles.Manager], asksAgain: true);
        Assert.Equal("pending", (await comms.GetAsync($"/api/takeovers/{takeover}")).Expect(HttpStatusCode.OK).Json.Text("state"));
        await ExecuteAsync(folder.Path, $"update takeover set due_at = clock_timestamp() where id = '{takeover}'");
        var placed = await Eventually.Becomes(
            async () => (await comms.GetAsync($"/api/takeovers/{takeover}")).Expect(HttpStatusCode.OK).Json,
            t => string.Equals(t.Text("state"), "placed", StringComparison.Ordinal),
            "the proposal's hold is placed when its time has come",
            TimeSpan.FromSeconds(60));

        // One that was begun, and whose host stopped before the hold's id was written down, is finished with the same hold.
        await ExecuteAsync(folder.Path, $"update takeover set state = 'running', hold_id = null where id = '{takeover}'");
        var again = await Eventually.Becomes(
            async () => (await comms.GetAsync($"/api/takeovers/{takeover}")).Expect(HttpStatusCode.OK).Json,
            t => string.Equals(t.Text("state"), "placed", StringComparison.Ordinal),
            "a takeover that was left half done is finished",
            TimeSpan.FromSeconds(60));
        Assert.Equal(placed.Text("holdId"), again.Text("holdId"));
        Assert.Single((await comms.GetAsync("/api/holds?limit=200")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray(), h => h!["incident"]?.GetValue<string>() == number);
    }

    [Fact]
    public async Task RandomReports_HoldOnce_WhateverTheirOrder_AndNeverForAnExercise()
    {
        using var folder = new TemporaryFolder("reports");
        await using var service = await StartAsync(folder.Path);
        using var control = new ApiClient(service.BaseAddress, (await service.TokensAsync())[Roles.FireControl], asksAgain: true);
        using var comms = new ApiClient(service.BaseAddress, (await service.TokensAsync())[Roles.Manager], asksAgain: true);
        var random = new Random(125);
        var reports = Enumerable.Range(0, 90).Select(_ => Any(random)).DistinctBy(r => (r.Text("number"), r["revision"]!.GetValue<int>(), r["exercise"]!.GetValue<bool>())).ToArray();
        var real = reports.Where(r => !r["exercise"]!.GetValue<bool>()).Select(r => r.Text("number")).ToHashSet(StringComparer.Ordinal);
        Assert.Contains(reports, r => !real.Contains(r.Text("number")));

        // Several at a time, and each twice: a sender that got no answer.
        await Parallel.ForEachAsync(reports.Concat(reports.Reverse()), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (report, _) => await TakenAsync(control, report.ToJsonString()));
        var holds = await HoldsAsync(comms);
        Assert.NotEmpty(holds);
        Assert.All(holds, h => Assert.Contains(h!["incident"]!.GetValue<string>(), real));
        Assert.All(holds, h => Assert.True(h!["active"]!.GetValue<bool>()));

        // The same reports as other messages: the rules look at each incident again, and want nothing more.
        foreach (var report in reports)
        {
            await TakenAsync(control, " " + report.ToJsonString());
        }

        Assert.Equal(holds.Select(h => h!.Text("id")), (await HoldsAsync(comms)).Select(h => h!.Text("id")));

        // No account of the exercises' own is held, and theirs are shadows.
        var shadows = new List<string>();
        foreach (var number in reports.Where(r => r["exercise"]!.GetValue<bool>()).Select(r => r.Text("number")).Distinct(StringComparer.Ordinal))
        {
            var file = (await control.GetAsync($"/api/exercises/files/{number}")).Expect(HttpStatusCode.OK).Json;
            shadows.AddRange(file["takeovers"]!.AsArray().Select(t => t!.Text("state")));
            Assert.All(file["takeovers"]!.AsArray(), t => Assert.Null(t!["holdId"]));
        }

        Assert.Contains("shadow", shadows);
        Assert.DoesNotContain("placed", shadows);
        Assert.True((await comms.PostAsync("/api/verify", new { })).Expect(HttpStatusCode.OK).Json["agrees"]!.GetValue<bool>());
    }

    // Six numbers, of which two are exercises alone; revisions, links and places at random. What is closed holds nothing by itself: the first is declared, and never closed.
    private static JsonObject Any(Random random)
    {
        var n = random.Next(6);
        var report = Reports.Of(
            $"R-{n}",
            revision: random.Next(1, 9),
            exercise: n >= 4 || random.Next(4) == 0,
            major: random.Next(3) == 0 || n == 0,
            pumps: random.Next(3) switch { 0 => null, 1 => 3, _ => 12 },
            area: random.Next(4) switch { 0 => n == 0 ? "dudley" : null, 1 => "dudley", 2 => "walsall", _ => "coventry" },
            duplicateOf: random.Next(5) == 0 ? $"R-{(n + 1) % 6}" : null,
            status: random.Next(3) == 0 && n > 0 ? "closed" : "open");
        report["reportedAt"] = Steps.In(TimeSpan.FromMinutes(-random.Next(1, 600)));
        return report;
    }

    private static async Task TakenAsync(ApiClient control, string body)
    {
        var answer = await control.PostTextAsync(Reports.Intake, body, "application/json");
        Assert.True((int)answer.Status is >= 200 and < 300, answer.Text);
    }

    private static async Task<JsonArray> HoldsAsync(ApiClient comms) => (await comms.GetAsync("/api/holds?limit=200")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();

    private static async Task CheckSignaturesAsync(HttpClient anybody)
    {
        var (now, body) = (TimeProvider.System.GetUtcNow(), Reports.Of(Reports.Number()).ToJsonString());
        async Task<HttpStatusCode> SendAsync(string id, DateTimeOffset at, string text, string? signed = null, string? secret = null, string source = Source)
        {
            using var answer = await Reports.SendSignedAsync(anybody, source, secret ?? Secret, id, at, text, signed);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await SendAsync("msg_a", now, body));
        Assert.Equal(HttpStatusCode.OK, await SendAsync("msg_a", now, body));
        Assert.Equal(HttpStatusCode.OK, await SendAsync("msg_b", now, body, secret: Successor));
        Assert.Equal(HttpStatusCode.Conflict, await SendAsync("msg_a", now, Reports.Of(Reports.Number()).ToJsonString()));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync("msg_c", now, body, signed: body + " "));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync("msg_d", now - TimeSpan.FromMinutes(6), body));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync("msg_e", now + TimeSpan.FromMinutes(6), body));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync("msg_f", now, body, source: "nobody"));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync("msg_g", now, body, secret: "whsec_" + Convert.ToBase64String(new byte[32])));
        using var bare = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var unsigned = await anybody.PostAsync(new Uri($"{Reports.Intake}/{Source}", UriKind.Relative), bare);
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
        Assert.Contains("signature-invalid", await unsigned.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<RunningService> StartAsync(string folder) => RunningService.StartAsync(new RunningServiceOptions
    {
        DataDirectory = folder,
        Environment = new Dictionary<string, string>(ServiceFixture.Sweep(TimeSpan.Zero), StringComparer.Ordinal)
        {
            [$"Incidents__Sources__{Source}__Name"] = "Mobilising system",
            [$"Incidents__Sources__{Source}__Secrets__0"] = Secret,
            [$"Incidents__Sources__{Source}__Secrets__1"] = Successor,
        },
    });

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

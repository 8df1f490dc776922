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

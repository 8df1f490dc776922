using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Live;

/// <summary>A takeover with its agreed line, over real processes: the report, the hold, the line on every account but one, the one sent again, the next line; and who may not.</summary>
[Collection(OwnProduct.Name)]
public sealed class AgreedLineTests
{
    private const string Text = "We are dealing with a gas leak in Dudley. Keep away from the town centre.";

    [Fact]
    public async Task Takeover_SaysItsLine_OnceOnEachAccount_AndTheNextOneAfterIt()
    {
        using var folder = new TemporaryFolder("agreed-line");
        await using var service = await RunningService.StartAsync(new RunningServiceOptions { DataDirectory = folder.Path, Environment = ServiceFixture.Sweep(TimeSpan.Zero) });
        var tokens = await service.TokensAsync();
        using var control = new ApiClient(service.BaseAddress, tokens[Roles.FireControl]);
        using var comms = new ApiClient(service.BaseAddress, tokens[Roles.Manager], asksAgain: true);
        using var officer = new ApiClient(service.BaseAddress, tokens[Roles.Officer], asksAgain: true);
        using var holder = new ApiClient(service.BaseAddress, tokens[Roles.Holder]);
        using var sandbox = await SandboxRecord.OfAsync(folder.Path);

        var number = Reports.Number();
        var takeover = (await control.ReportAsync(Reports.Of(number, major: true))).Expect(HttpStatusCode.Created).Json["takeovers"]![0]!;
        var (id, hold) = (takeover.Text("id"), takeover.Text("holdId"));
        string[] accounts = [.. (await comms.GetAsync("/api/accounts?area=dudley&kind=local&limit=200")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Select(a => a!.Text("key"))];
        Assert.True(accounts.Length > 2);
        Assert.Null((await comms.GetAsync($"/api/takeovers/{id}")).Expect(HttpStatusCode.OK).Json["lines"]);

        // Whom the hold does not let through ties nothing to it, and sends nothing.
        (await holder.PostAsync("/api/messages", new { text = Text, accounts, takeover = id })).ExpectProblem(HttpStatusCode.Forbidden, "line-forbidden");
        (await control.PostAsync("/api/messages", new { text = Text, accounts, hold })).ExpectProblem(HttpStatusCode.Forbidden, "line-forbidden");
        Assert.Empty((await comms.GetAsync($"/api/holds/{hold}/lines")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray());
        Assert.All(await PostsAsync(comms, accounts), Assert.Empty);

        // One platform has its own words, and one account's next post is refused.
        var broken = accounts.First(a => a.StartsWith("x/", StringComparison.Ordinal));
        await sandbox.TokenAsync(broken, revoked: true);
        var (wish, body) = (Guid.NewGuid(), new { text = Text, accounts, takeover = id, topic = "incident", incident = number, variants = new { mastodon = Text + " We post here first." } });
        var sent = (await comms.PostAsync("/api/messages", body, wish)).Expect(HttpStatusCode.Created).Json;
        (await comms.PostAsync("/api/messages", body, wish)).Expect(HttpStatusCode.Created);
        var line = await StandsAsync(comms, hold, 1, accounts.Length - 1);
        Golden.Match("agreed-line", line);
        Assert.Equal((accounts.Length, 1, 0), (line["accounts"]!.GetValue<int>(), line["states"]!["failed"]!.GetValue<int>(), line["notTaken"]!.GetValue<int>()));
        Assert.Equal((id, number, sent.Text("messageId")), (line.Text("takeover"), line.Text("incident"), line["messages"]![0]!.GetValue<string>()));
        Assert.Equal(accounts.Length - 1, (await sandbox.PublishedAsync()).Count);
        Assert.Single((await comms.GetAsync($"/api/takeovers/{id}")).Expect(HttpStatusCode.OK).Json["lines"]!.AsArray());
        Assert.Equal(1, (await comms.GetAsync($"/api/incidents/files/{number}")).Expect(HttpStatusCode.OK).Json["lines"]![0]!["states"]!["failed"]!.GetValue<int>());

        // The one is mended and sent again: the same message, so the same line.
        await sandbox.TokenAsync(broken);
        (await comms.PostAsync($"/api/messages/{sent.Text("messageId")}/retry")).Expect(HttpStatusCode.OK);
        await StandsAsync(comms, hold, 1, accounts.Length);

        // The next line takes its place.
        (await officer.PostAsync("/api/messages", new { text = "The leak is closed. Dudley town centre is open again.", accounts, hold })).Expect(HttpStatusCode.Created);
        await StandsAsync(comms, hold, 2, accounts.Length);
        var lines = (await comms.GetAsync($"/api/holds/{hold}/lines")).Json["items"]!.AsArray();
        Assert.Equal(2, lines.Count);
        Golden.Match("agreed-line-superseded", lines[0]!);
        Assert.Equal(2, lines[0]!["supersededBy"]!.GetValue<int>());
        Assert.Null(lines[1]!["supersededBy"]);

        // After the lift no new one is said; what took is answered as before.
        await comms.LiftTogetherAsync(officer, (await comms.GetAsync($"/api/holds/{hold}")).Json);
        (await comms.PostAsync("/api/messages", new { text = Text, accounts, hold })).ExpectProblem(HttpStatusCode.Conflict, "line-hold-lifted");
        (await comms.PostAsync("/api/messages", body, wish)).Expect(HttpStatusCode.Created);
        Assert.Equal(2 * accounts.Length, (await sandbox.PublishedAsync()).Count);

        // One that people placed: its named poster of the local staff says the line, and nobody else of them.
        var byHand = (await comms.PostAsync("/api/holds", new { kind = "centralCoordination", scope = new { areas = new[] { "walsall" } }, reason = "Smoke", incident = "OLD-7", namedPosters = new[] { "alex-demo" } })).Expect(HttpStatusCode.Created).Json;
        var named = (await holder.PostAsync("/api/messages", new { text = "Keep your windows shut.", accounts = new[] { "x/demo_wmfs_walsall" }, hold = byHand.Text("id") })).Expect(HttpStatusCode.Created).Json;
        var said = await StandsAsync(comms, byHand.Text("id"), 1, 1);
        Assert.Equal(("OLD-7", named.Text("messageId")), (said.Text("incident"), said["messages"]![0]!.GetValue<string>()));
        Assert.Null(said["takeover"]);
        await comms.LiftAsync(byHand);

        var report = (await comms.PostAsync("/api/verify")).Expect(HttpStatusCode.OK).Json;
        Assert.True(report["agrees"]!.GetValue<bool>(), report.ToJsonString());
    }

    private static async Task<IEnumerable<JsonNode[]>> PostsAsync(ApiClient client, string[] accounts) => await Task.WhenAll(accounts.Select(async a =>
        (await client.GetAsync($"/api/accounts/{a}/posts")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().OfType<JsonNode>().Where(p => p.Text("text") == Text).ToArray()));

    // So many of the line are out, and none is under way.
    private static async Task<JsonNode> StandsAsync(ApiClient client, string hold, int line, int isOut) => await Eventually.Becomes(
        async () => (await client.GetAsync($"/api/holds/{hold}/lines")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().ElementAtOrDefault(line - 1)!,
        l => l?["out"]?.GetValue<int>() == isOut && l["states"]!["scheduled"] is null && l["states"]!["publishing"] is null,
        $"line {line} of {hold} is out on {isOut} accounts",
        TimeSpan.FromSeconds(60));
}

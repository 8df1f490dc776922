using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Live;

/// <summary>A message to 200 accounts of which 3 fail: 197 stand, 3 are named, and sending again touches only these.</summary>
[Collection(OwnProduct.Name)]
public sealed class MessageRetryTests
{
    private const int All = 200;

    [Fact]
    public async Task MessageTo200Accounts_OfWhich3Fail_StandsOn197_AndIsSentAgainOnThe3Alone()
    {
        using var folder = new TemporaryFolder("message-retry");
        await using var service = await RunningService.StartAsync(new RunningServiceOptions { DataDirectory = folder.Path, Environment = ServiceFixture.Sweep(TimeSpan.Zero) });
        using var comms = new ApiClient(service.BaseAddress, (await service.TokensAsync())[Roles.Manager], asksAgain: true);
        using var sandbox = await SandboxRecord.OfAsync(folder.Path);
        string[] accounts = [.. Enumerable.Range(1, All).Select(n => $"x/demo_many_{n:000}")];
        (await comms.ImportAsync(accounts.Select(a => Register.Row(a[2..])))).Expect(HttpStatusCode.OK);
        await sandbox.RegisterAsync(accounts);
        await Parallel.ForEachAsync(accounts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (account, _) =>
            (await comms.PostAsync($"/api/accounts/{account}/connect")).Expect(HttpStatusCode.OK));
        string[] broken = ["x/demo_many_007", "x/demo_many_077", "x/demo_many_177"];
        foreach (var account in broken)
        {
            await sandbox.TokenAsync(account, revoked: true);
        }

        // A busy database leaves some in doubt: the same wish again settles it, and nothing is sent twice.
        var wish = Guid.NewGuid();
        var sent = await Eventually.Becomes(
            async () => (await comms.PostAsync("/api/messages", new { text = "Test your smoke alarm today.", accounts }, wish)).Expect(HttpStatusCode.Created).Json,
            m => m["posts"]!.AsArray().All(p => p!["refusal"] is null),
            "every account has taken its post",
            TimeSpan.FromSeconds(60));
        var message = sent.Text("messageId");
        var standing = await StandsAsync(comms, message, "published", All - broken.Length);
        Golden.Match("message-standing", standing);
        Assert.Equal(broken.Length, standing["states"]!["failed"]!.GetValue<int>());
        Assert.Equal(broken, standing["posts"]!.AsArray().Where(p => p!.Text("state") == "failed").Select(p => p!.Text("account")));
        var first = await sandbox.PublishedAsync();
        Assert.Equal(All - broken.Length, first.Select(p => p.Post).Distinct().Count());
        Assert.Equal(All - broken.Length, first.Count);

        // One is repaired and two are not: those two fail again, and no other account hears of it.
        await sandbox.TokenAsync(broken[0]);
        var retried = (await comms.PostAsync($"/api/messages/{message}/retry")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(broken, retried["posts"]!.AsArray().Select(p => p!.Text("account")).Order(StringComparer.Ordinal));
        Assert.Equal(2, (await StandsAsync(comms, message, "published", All - 2))["states"]!["failed"]!.GetValue<int>());

        // Pressed by three at once, and again by those who heard nothing: each goes out once.
        await sandbox.TokenAsync(broken[1]);
        await sandbox.TokenAsync(broken[2]);
        var key = Guid.NewGuid();
        await Task.WhenAll(new Guid?[] { key, key, Guid.NewGuid(), Guid.NewGuid() }.Select(async k =>
            (await comms.PostAsync($"/api/messages/{message}/retry", null, k)).Expect(HttpStatusCode.OK)));
        await StandsAsync(comms, message, "published", All);
        var arrived = await sandbox.PublishedAsync();
        Assert.Equal(All, arrived.Count);
        Assert.Equal(All, arrived.Select(p => p.Post).Distinct().Count());

        Assert.Empty((await comms.PostAsync($"/api/messages/{message}/retry")).Expect(HttpStatusCode.OK).Json["posts"]!.AsArray());
        (await comms.PostAsync($"/api/messages/{Guid.NewGuid():D}/retry")).ExpectProblem(HttpStatusCode.NotFound, "message-unknown");
        var report = (await comms.PostAsync("/api/verify")).Expect(HttpStatusCode.OK).Json;
        Assert.True(report["agrees"]!.GetValue<bool>(), report.ToJsonString());
    }

    // Nothing of it moves any more, and so many are in that state.
    private static Task<JsonNode> StandsAsync(ApiClient client, string message, string state, int count) => Eventually.Becomes(
        async () => (await client.GetAsync($"/api/messages/{message}")).Expect(HttpStatusCode.OK).Json,
        m => m["states"]![state]?.GetValue<int>() == count && m["states"]!["scheduled"] is null && m["states"]!["publishing"] is null,
        $"{count} posts of the message are {state} and none is under way",
        TimeSpan.FromSeconds(60));
}

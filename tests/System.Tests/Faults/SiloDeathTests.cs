using System.Diagnostics;
using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Faults;

/// <summary>Three silos in three processes; one of them is killed while posts wait for their time.</summary>
[Collection(OwnProduct.Name)]
public sealed class SiloDeathTests
{
    // Half of what a call to a dead silo waits for: a freeze that asks one would take longer, on any machine.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task AFreezeTakesAtOnce_AndNothingIsLostOrDoubled_WhenASiloIsKilled()
    {
        using var folder = new TemporaryFolder("silos");
        await using var service = await RunningService.StartAsync(new RunningServiceOptions
        {
            DataDirectory = folder.Path, Silos = 3, Environment = ServiceFixture.Sweep(TimeSpan.Zero),
        });
        using var comms = new ApiClient(service.BaseAddress, (await service.TokensAsync())[Roles.Manager]);
        using var sandbox = await SandboxRecord.OfAsync(folder.Path);
        var covered = await KeysAsync(comms, "area=coventry&kind=local&state=open");
        var others = await KeysAsync(comms, "area=dudley&kind=local&state=open");

        // All silos have work, and their accounts are spread over them.
        var before = await SendAsync(comms, [.. covered, .. others], null);
        await AllBecomeAsync(comms, before, "published");
        var (held, free) = (await SendAsync(comms, covered, TimeSpan.FromSeconds(8)), await SendAsync(comms, others, TimeSpan.FromSeconds(8)));

        var silos = service.Running("Coordination.Silo");
        Assert.Equal(2, silos.Count); // The third lives in the web process.
        await Processes.SignalAsync(silos[0], "KILL");
        var watch = Stopwatch.StartNew();
        var hold = (await comms.PostAsync("/api/holds", new { kind = "freeze", scope = new { areas = new[] { "coventry" } }, reason = "Fire at the depot" }))
            .Expect(HttpStatusCode.Created).Json;
        Assert.True(watch.Elapsed < AtOnce, $"The freeze took {watch.Elapsed} while a silo was dead.");

        // The dead silo's accounts answer from elsewhere, and its posts end as they must.
        await Eventually.Becomes(
            async () => (await comms.GetAsync($"/api/holds/{hold.Text("id")}")).Expect(HttpStatusCode.OK).Json,
            h => h["acknowledged"]!.GetValue<int>() == hold["covered"]!.GetValue<int>(),
            "every covered account acknowledges, those of the dead silo too",
            TimeSpan.FromSeconds(60));
        await AllBecomeAsync(comms, held, "held");
        await AllBecomeAsync(comms, free, "published");

        // The silo is back, and its end was told.
        await Eventually.Becomes(
            () => service.Running("Coordination.Silo") is { Count: 2 } running && !running.Contains(silos[0]), "another process takes the dead silo's place");
        await Eventually.Becomes(() => service.Output.Contains("runs again", StringComparison.Ordinal), "the output says that it is back");
        Assert.Contains($"(process {silos[0]}) ended with code 137; it is started again.", service.Output, StringComparison.Ordinal);

        // At the platform: each post that is published once, none of the held ones.
        var arrived = (await sandbox.PublishedAsync()).Select(p => p.Post).ToList();
        Assert.Equal(arrived.Count, arrived.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(before.Concat(free).Order(StringComparer.Ordinal), arrived.Order(StringComparer.Ordinal));
    }

    private static async Task<string[]> KeysAsync(ApiClient client, string filter) =>
        [.. (await client.GetAsync($"/api/accounts?limit=200&{filter}")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Select(a => a!.Text("key"))];

    private static async Task<IReadOnlyList<string>> SendAsync(ApiClient client, string[] accounts, TimeSpan? later)
    {
        Assert.True(accounts.Length >= 8, "too few accounts to be spread over three silos");
        var (key, order) = (Guid.NewGuid(), new { text = "Test your smoke alarm today.", accounts, dueAt = later is { } span ? Steps.In(span) : null });

        // On a busy machine an account may not know yet whether it took its post: then the same message is sent again.
        var message = await Eventually.Becomes(
            async () => (await client.PostAsync("/api/messages", order, key)).Expect(HttpStatusCode.Created).Json,
            m => m["posts"]!.AsArray().All(p => p!["post"] is not null),
            "every account takes its post");
        return [.. message["posts"]!.AsArray().Select(p => p!["post"]!.Text("id"))];
    }

    private static async Task AllBecomeAsync(ApiClient client, IReadOnlyList<string> posts, string state)
    {
        foreach (var post in posts)
        {
            await client.PostBecomesAsync(post, state);
        }
    }
}

using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Live;

/// <summary>Where the brigade wants it so, what was on the wire when a hold came is taken off its platform by itself.</summary>
[Collection(OwnProduct.Name)]
public sealed class GotOutTests
{
    private const string Account = "x/demo_wmfs_aston";

    [Fact]
    public async Task WhatWasOnTheWire_IsRemovedByItself_AndWhatWasOutBeforeStays()
    {
        using var folder = new TemporaryFolder("got-out");
        await using var service = await RunningService.StartAsync(new RunningServiceOptions
        {
            DataDirectory = folder.Path,
            Environment = new Dictionary<string, string>(ServiceFixture.Sweep(TimeSpan.Zero), StringComparer.Ordinal) { ["Silo__RemoveWhatGotOut"] = "true" },
        });
        using var comms = new ApiClient(service.BaseAddress, (await service.TokensAsync())[Roles.Manager], asksAgain: true);
        using var sandbox = await SandboxRecord.OfAsync(folder.Path);
        var before = await PostAsync(comms, "Doors open at ten.");
        await comms.PostBecomesAsync(before, "published");

        await sandbox.MisbehaveAsync(Account, "slow", count: 1, delayMs: 3000);
        var onTheWire = await PostAsync(comms, "Doors are open.");
        await comms.PostBecomesAsync(onTheWire, "publishing");
        var hold = await comms.HoldAsync("freeze", Account);

        var removed = await comms.PostBecomesAsync(onTheWire, "removed");
        Assert.Equal(("The service", $"It was on the wire when the hold {hold.Text("id")} came into force."), (removed.Text("removalAskedBy"), removed.Text("note")));
        Assert.Equal(1, await sandbox.DeletedAsync(Account));
        Assert.Equal("published", (await comms.GetAsync($"/api/posts/{before}")).Json.Text("state"));
        await comms.LiftAsync(hold);
    }

    private static async Task<string> PostAsync(ApiClient client, string text) =>
        (await client.PostAsync($"/api/accounts/{Account}/posts", new { text })).Expect(HttpStatusCode.Created).Json.Text("id");
}

using System.Globalization;
using Coordination.Silo.Hosting;
using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Live;

/// <summary>Accounts' public figures stay fresh although nothing goes out.</summary>
[Collection(OwnProduct.Name)]
public sealed class CounterSweepTests
{
    private const string Account = "mastodon/demo_wmfs_aston";

    [Fact]
    public async Task AChangedFigure_Arrives_WithoutAPublication_AndAnUnchangedOneIsNoNews()
    {
        using var folder = new TemporaryFolder("counters");
        await using var service = await RunningService.StartAsync(new RunningServiceOptions
        {
            DataDirectory = folder.Path, Environment = ServiceFixture.Sweep(TimeSpan.FromSeconds(1)),
        });
        using var comms = new ApiClient(service.BaseAddress, (await service.TokensAsync())[Roles.Manager], asksAgain: true);
        using var sandbox = await SandboxRecord.OfAsync(folder.Path);
        var first = await UntilAsync(comms, a => a["counters"]!["readAt"] is not null, "the account's figures are read once");

        await sandbox.SetFollowersAsync(Account, 4711);
        var second = await UntilAsync(comms, a => a["counters"]!["followers"]!.GetValue<int>() == 4711, "the new number of followers arrives");
        Assert.Equal(first["version"]!.GetValue<long>() + 1, second["version"]!.GetValue<long>());
        Assert.Empty(await sandbox.PublishedAsync());

        // It went on looking between and since, as the next change shows, and each change was one change of the account.
        await sandbox.SetFollowersAsync(Account, 4712);
        var third = await UntilAsync(comms, a => a["counters"]!["followers"]!.GetValue<int>() == 4712, "the next number arrives, too");
        Assert.Equal(second["version"]!.GetValue<long>() + 1, third["version"]!.GetValue<long>());
    }

    [Fact]
    public async Task APostsFigures_AreReadWhileItIsOut()
    {
        using var folder = new TemporaryFolder("figures");
        await using var service = await RunningService.StartAsync(new RunningServiceOptions
        {
            DataDirectory = folder.Path, Environment = ServiceFixture.Sweep(TimeSpan.FromSeconds(1)),
        });
        using var comms = new ApiClient(service.BaseAddress, (await service.TokensAsync())[Roles.Manager], asksAgain: true);
        using var sandbox = await SandboxRecord.OfAsync(folder.Path);
        var id = (await comms.PostAsync($"/api/accounts/{Account}/posts", new { text = "Test your smoke alarm today." })).Expect(HttpStatusCode.Created).Json.Text("id");
        var post = await comms.PostBecomesAsync(id, "published");
        await sandbox.SetFiguresAsync(post.Text("url"), 7, 2, 1);

        var figures = await Eventually.Becomes(
            async () => (await comms.GetAsync($"/api/posts/{id}/figures")).Expect(HttpStatusCode.OK).Json, f => f["likes"]?.GetValue<int>() == 7, "the post's figures are read", TimeSpan.FromSeconds(90));
        Golden.Match("post-figures", figures);
        Assert.Equal((2, 1), (figures["reposts"]!.GetValue<int>(), figures["replies"]!.GetValue<int>()));
        (await comms.GetAsync($"/api/posts/{Guid.NewGuid()}/figures")).ExpectProblem(HttpStatusCode.NotFound, "post-unknown");
    }

    [Theory]
    [InlineData("00:00:00", true)]
    [InlineData("00:00:01", true)]
    [InlineData("7.00:00:00", true)]
    [InlineData("00:00:00.9", false)]
    [InlineData("-01:00:00", false)]
    [InlineData("7.00:00:01", false)]
    public void CountersEvery_IsRefusedInWords_OutsideItsRange(string every, bool fits)
    {
        var faults = new SiloOptions { CountersEvery = TimeSpan.Parse(every, CultureInfo.InvariantCulture) }.Validate().ToList();
        Assert.Equal(fits, faults.Count == 0);
        Assert.All(faults, f => Assert.Contains("Silo:CountersEvery", f, StringComparison.Ordinal));
    }

    private static async Task<JsonNode> UntilAsync(ApiClient client, Func<JsonNode, bool> fits, string what) =>
        await Eventually.Becomes(async () => (await client.GetAsync($"/api/accounts/{Account}")).Expect(HttpStatusCode.OK).Json, fits, what);
}

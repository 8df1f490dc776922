using System.Globalization;
using Coordination.SystemTests.Support;
using Npgsql;

namespace Coordination.SystemTests.Faults;

/// <summary>The disk under the whole product's data folder runs full, and gets room again.</summary>
[Collection(OwnProduct.Name)]
public sealed class DiskFullTests
{
    private const string Account = "x/demo_wmfs_aston";
    private const string Later = "x/demo_wmfs_binley";

    [Fact]
    public async Task NothingPublishes_AndNoHoldIsClaimedThatDoesNotStand_WhileTheDiskIsFull_AndAllGoesOnWhenThereIsRoom()
    {
        using var folder = new TemporaryFolder("disk-full");
        using var disk = SmallDisk.MountOrSkip(folder.Path, "420m");
        await using var service = await RunningService.StartAsync(new RunningServiceOptions
        {
            DataDirectory = folder.Path, Environment = ServiceFixture.Sweep(TimeSpan.Zero),
        });
        using var comms = new ApiClient(service.BaseAddress, (await service.TokensAsync())[Roles.Manager]);
        using var sandbox = await SandboxRecord.OfAsync(folder.Path);
        var due = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(15);
        var post = (await comms.ScheduleAsync(Later, TimeSpan.FromSeconds(15))).Text("id");

        disk.Fill();
        await UseUpAsync(folder.Path);
        var order = (Key: Guid.NewGuid(), Body: new { kind = "freeze", scope = new { accounts = new[] { Account } }, reason = "Smoke over the road" });
        var answers = new List<ApiAnswer>();
        await Eventually.Becomes(
            async () =>
            {
                answers.Add(await comms.PostAsync("/api/holds", order.Body, order.Key));
                return TimeProvider.System.GetUtcNow() > due + TimeSpan.FromSeconds(3);
            },
            "the post's time passes");

        // Before and after the post fell due: never success, and in words where it is certain.
        Assert.All(answers, a => Assert.True(a.Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.Accepted, $"{(int)a.Status}: {a.Text}"));
        Assert.All(answers.Where(a => a.Status == HttpStatusCode.ServiceUnavailable), a => Assert.Contains("did NOT take", a.Detail, StringComparison.Ordinal));
        Assert.Empty(await sandbox.PublishedAsync());
        Assert.Contains($"The disk that holds {folder.Path} is full", service.Output, StringComparison.Ordinal);

        disk.MakeRoom();
        var hold = await Eventually.Becomes(
            async () => await comms.PostAsync("/api/holds", order.Body, order.Key), a => a.Status == HttpStatusCode.Created, "the same hold takes once there is room");
        await Eventually.Becomes(
            async () => (await comms.GetAsync($"/api/accounts/{Account}")).Expect(HttpStatusCode.OK).Json.Text("state"), state => state == "held", "the board shows it");
        await comms.PostBecomesAsync(post, "published"); // Late, within its tolerance, and once.
        Assert.Equal([post], (await sandbox.PublishedAsync()).Select(p => p.Post));
        Assert.Equal(
            [hold.Json.Text("id")], (await comms.GetAsync("/api/holds?active=true")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray().Select(h => h!.Text("id")));
        await Eventually.Becomes(() => service.Output.Contains("has room again", StringComparison.Ordinal), "a line tells that there is room again");
    }

    // The server goes on with the files it has already: this uses them up, until it fails as it would hours later.
    private static async Task UseUpAsync(string data)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(data, "pg_service.conf"));
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = int.Parse(lines.Single(l => l.StartsWith("port=", StringComparison.Ordinal))["port=".Length..], CultureInfo.InvariantCulture),
            Username = "coordination",
            Password = (await File.ReadAllTextAsync(Path.Combine(data, "pgpass"))).Trim().Split(':')[^1],
            Database = "coordination",
            Pooling = false,
        };
        await Assert.ThrowsAnyAsync<NpgsqlException>(async () =>
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync();
            for (var i = 0; i < 50; i++)
            {
                await using var command = new NpgsqlCommand("select pg_logical_emit_message(false, 'test', 'x'); select pg_switch_wal()", connection);
                await command.ExecuteNonQueryAsync();
            }
        });
    }
}

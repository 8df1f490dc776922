using Coordination.Storage.Embedded;
using Coordination.SystemTests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Coordination.SystemTests.Api;

/// <summary>The database goes away and comes back: nobody is told that a hold took, and all recovers by itself.</summary>
[Collection(OwnProduct.Name)]
public sealed class StoreAwayTests
{
    private const string Account = "x/demo_wmfs_aston";

    [Fact]
    public async Task Hold_SaysThatItDidNotTake_WhileTheDatabaseIsAway_AndTakesWhenItIsBack()
    {
        using var folder = new TemporaryFolder("away");
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = Path.Combine(folder.Path, "db") }, NullLogger.Instance);
        var direct = new NpgsqlConnectionStringBuilder(postgres.ConnectionString);
        await using var door = new TcpDoor(FreePort.Next(), direct.Port);
        var through = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Host = "127.0.0.1", Port = door.Port };
        await using var service = await RunningService.StartAsync(new RunningServiceOptions
        {
            DataDirectory = Path.Combine(folder.Path, "data"), Arguments = ["--connection", through.ConnectionString],
        });
        var tokens = await service.TokensAsync();
        using var comms = new ApiClient(service.BaseAddress, tokens[Roles.Manager]);
        var key = Guid.NewGuid();
        var order = new { kind = "freeze", scope = new { accounts = new[] { Account } }, reason = "Smoke over the road" };
        var waiting = (await comms.ScheduleAsync(Account, TimeSpan.FromSeconds(4))).Text("id");

        await door.ShutAsync();
        var answer = (await comms.PostAsync("/api/holds", order, key)).ExpectProblem(HttpStatusCode.ServiceUnavailable, "hold-did-not-take");
        Assert.Contains("did NOT take", answer.Detail, StringComparison.Ordinal);
        Assert.NotNull(answer.Message.Headers.RetryAfter);
        Assert.Equal(key.ToString("D"), answer.Json.Text("operationId"));
        (await comms.PostAsync($"/api/accounts/{Account}/posts", new { text = "Not now." })).ExpectProblem(HttpStatusCode.ServiceUnavailable, "service-unavailable");
        (await comms.GetAsync("/api/holds")).ExpectProblem(HttpStatusCode.ServiceUnavailable, "service-unavailable");

        // What is known is still shown.
        Assert.Equal(Account, (await comms.GetAsync($"/api/accounts/{Account}")).Expect(HttpStatusCode.OK).Json.Text("key"));
        (await comms.GetAsync("/health/live")).Expect(HttpStatusCode.OK);

        door.Open();
        var hold = await Eventually.Becomes(
            async () => await comms.PostAsync("/api/holds", order, key), a => a.Status == HttpStatusCode.Created, "the same call takes once the database is back");
        Assert.Equal(hold.Json.Text("id"), (await comms.PostAsync("/api/holds", order, key)).Expect(HttpStatusCode.Created).Json.Text("id"));
        await Eventually.Becomes(async () => (await comms.GetAsync("/health/ready")).Status == HttpStatusCode.OK, "the host is ready again");
        await Eventually.Becomes(
            async () => (await comms.GetAsync($"/api/posts/{waiting}")).Json.Text("state"), state => state is "held" or "published", "the post that fell due is held, or was out before the hold");
        await comms.LiftAsync(hold.Json);
    }
}

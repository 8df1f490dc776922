using System.Diagnostics;
using System.Globalization;
using Coordination.Storage.Embedded;
using Coordination.SystemTests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Coordination.SystemTests.Api;

/// <summary>A dashboard host on its own, as in production, while there is no silo anywhere.</summary>
[Collection(OwnProduct.Name)]
public sealed class NoSiloTests
{
    [Fact]
    public async Task Hold_IsPlacedAndShownAndLifted_WithNoSiloAtAll()
    {
        using var folder = new TemporaryFolder("no-silo");
        await using var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataDirectory = Path.Combine(folder.Path, "db") }, NullLogger.Instance);
        IReadOnlyDictionary<string, string> tokens;
        await using (var service = await RunningService.StartAsync(new RunningServiceOptions
        {
            DataDirectory = Path.Combine(folder.Path, "data"), Arguments = ["--connection", postgres.ConnectionString],
        }))
        {
            tokens = await service.TokensAsync();
        }

        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));
        using var host = StartHost(address, postgres.ConnectionString);
        try
        {
            using var comms = new ApiClient(address, tokens[Roles.Manager]);
            await Eventually.Becomes(async () => (await comms.GetAsync("/health/ready")).Status == HttpStatusCode.OK, "the host is ready without a silo");
            var hold = (await comms.PostAsync("/api/holds", new { kind = "freeze", scope = new { areas = new[] { "coventry" } }, reason = "Fire at the depot" })).Expect(HttpStatusCode.Created).Json;
            Assert.Equal(12, hold["covered"]!.GetValue<int>());
            var items = (await comms.GetAsync("/api/accounts?area=coventry&limit=200")).Expect(HttpStatusCode.OK).Json["items"]!.AsArray();
            await Eventually.Becomes(
                async () => (await comms.GetAsync("/api/accounts?area=coventry&state=held&limit=200")).Json["items"]!.AsArray().Count == items.Count, "the board shows them held");
            await comms.LiftAsync(hold);

            // What does need a silo says so, and that a repeat is safe.
            var post = await comms.PostAsync("/api/accounts/x/demo_wmfs_aston/posts", new { text = "Nobody takes this." });
            post.ExpectProblem(HttpStatusCode.ServiceUnavailable, "service-unavailable");
            Assert.Contains("Idempotency-Key", post.Detail, StringComparison.Ordinal);
            var import = (await comms.ImportAsync([Register.Row("nobody_takes_this")])).Expect(HttpStatusCode.OK).Json;
            Assert.Equal([0, 0, 0, 1], import.Counts());
            Assert.Equal("not-known-yet", import.Of("x/nobody_takes_this").Text("code"));
            Assert.Contains("Idempotency-Key", import.Of("x/nobody_takes_this").Text("reason"), StringComparison.Ordinal);
        }
        finally
        {
            host.Kill();
            await host.WaitForExitAsync();
        }
    }

    private static Process StartHost(Uri address, string connection)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Binaries("Coordination.Dashboard"), "Coordination.Dashboard")) { UseShellExecute = false };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["Storage__ConnectionString"] = connection;
        start.Environment["SignIn__Mode"] = "Tokens";
        start.Environment["Logging__LogLevel__Default"] = "Error";
        return Process.Start(start)!;
    }
}

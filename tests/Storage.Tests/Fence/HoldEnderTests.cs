using Coordination.Domain.Holds;
using Coordination.Storage.Fence;
using Coordination.Storage.ReadModel;
using Coordination.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Fence;

/// <summary>Whoever drives the end, the database's clock decides it. The hosts' clocks are the test's.</summary>
public sealed class HoldEnderTests(FastPostgresFixture server)
{
    [Fact]
    public async Task AHold_EndsOnce_WhenManyHostsDriveIt_AndOneOfTheirClocksIsWrong()
    {
        await using var ground = await Ground.MakeAsync(server);
        var order = Ground.Order(Scope.Everything, HoldKind.ApprovalRequired) with { EndsAt = AccountDesk.Now + TimeSpan.FromHours(1) };
        var (due, later) = (await ground.PlaceAsync(order), await ground.PlaceAsync(order with { OperationId = Guid.NewGuid() }));
        await ground.ExecuteAsync("update hold set ends_at = clock_timestamp() - interval '1 second' where id = $1", due.Id);
        var clocks = ((double[])[-4, 0, 59, 600]).Select(minutes => new FakeTimeProvider(AccountDesk.Now + TimeSpan.FromMinutes(minutes))).ToArray();
        var hosts = new List<IDisposable>();
        foreach (var clock in clocks)
        {
            var board = new HoldBoard(ground.Database, new HoldReader(ground.Database), clock, NullLogger<HoldBoard>.Instance);
            await board.RefreshAsync(CancellationToken.None);
            var ender = new HoldEnder(ground.Fence, board, clock, NullLogger<HoldEnder>.Instance);
            await ender.StartAsync(CancellationToken.None);
            hosts.AddRange([board, ender]);
        }

        await Eventually.Becomes(
            async () =>
            {
                Array.ForEach(clocks, clock => clock.Advance(TimeSpan.FromSeconds(1)));
                return !(await ground.HoldAsync(due.Id)).Stands;
            },
            "the hold ends");
        hosts.ForEach(host => host.Dispose());

        Assert.Equal("hold-placed by jo-comms, hold-ended by system", await ground.JournalOfAsync(due.Id));
        Assert.True((await ground.HoldAsync(later.Id)).Stands);
    }
}

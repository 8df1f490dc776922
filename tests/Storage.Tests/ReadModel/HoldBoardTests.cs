using System.Collections.Concurrent;
using Coordination.Domain.Holds;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.ReadModel;

/// <summary>A host's copy of the standing holds heals by itself. The clock is the test's: no beat comes that the test did not give.</summary>
public sealed class HoldBoardTests(FastPostgresFixture server)
{
    private const string Listener = "select coalesce(max(pid), 0) from pg_stat_activity where application_name = 'coordination-listen' and datname = current_database()";
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task AHold_IsHeardOf_WithoutABeat()
    {
        await using var ground = await Ground.MakeAsync(server);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var board = new HoldBoard(ground.Database, new HoldReader(ground.Database), clock, new Lines());
        await board.StartAsync(CancellationToken.None);
        await UntilListeningAsync(ground, clock, besides: 0);

        var hold = await ground.PlaceAsync(Scope.Everything);
        await UntilStandingAsync(board, hold.Hold.Id);
        await ground.LiftAsync(hold.Hold.Id);
        await UntilStandingAsync(board);
        await board.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task ARequestToLiftAndAnotherReview_AreHeardOf_WithoutABeat()
    {
        await using var ground = await Ground.MakeAsync(server);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var board = new HoldBoard(ground.Database, new HoldReader(ground.Database), clock, new Lines());
        var hold = await ground.PlaceForIncidentAsync(Scope.Everything);
        await board.StartAsync(CancellationToken.None);
        await UntilListeningAsync(ground, clock, besides: 0);
        await UntilStandingAsync(board, hold.Id);

        await ground.LiftAsync(hold.Id);
        await Eventually.Becomes(() => board.Standing[0].LiftAsk is not null, "the request shows");
        await ground.TryDeclineAsync(hold.Id, Staff.Second);
        await Eventually.Becomes(() => board.Standing[0].LiftAsk is null, "the request is gone");
        await ground.Fence.MoveReviewAsync(
            new Storage.Fence.MoveReviewOrder(Guid.NewGuid(), hold.Id, clock.GetUtcNow(), null, Staff.Officer), Ground.Patience, CancellationToken.None);
        await Eventually.Becomes(() => board.Standing[0].ReviewAt is not null, "the time of review shows");
        await board.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task AHold_ShowsUp_WhenItWasPlacedWhileTheListenerWasDead_AndTheListenerComesBack()
    {
        await using var ground = await Ground.MakeAsync(server);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var lines = new Lines();
        using var board = new HoldBoard(ground.Database, new HoldReader(ground.Database), clock, lines);
        await board.StartAsync(CancellationToken.None);
        var first = await UntilListeningAsync(ground, clock, besides: 0);

        await ground.ExecuteAsync("select pg_terminate_backend($1, 10000)", first);
        await Eventually.Becomes(() => lines.Count("Cannot listen") > 0, "the board says that it can't listen");
        var meanwhile = await ground.PlaceAsync(Scope.Everything);
        clock.Advance(Beat);
        await UntilStandingAsync(board, meanwhile.Hold.Id);

        // And from then on a hold is heard of again, not only seen with the next beat.
        await UntilListeningAsync(ground, clock, besides: first);
        var later = await ground.PlaceAsync(Scope.Everything);
        await UntilStandingAsync(board, meanwhile.Hold.Id, later.Hold.Id);
        await board.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task TheCopyStaysWithItsAge_WhileTheDatabaseRefuses_AndHealsAfterwards()
    {
        await using var ground = await Ground.MakeAsync(server);
        await using var wire = new TcpCutter(new NpgsqlConnectionStringBuilder(ground.ConnectionString).Port);
        await using var remote = new CoordinationDatabase(new StorageOptions
        {
            ConnectionString = new NpgsqlConnectionStringBuilder(ground.ConnectionString) { Host = "127.0.0.1", Port = wire.Port }.ConnectionString,
        });
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var lines = new Lines();
        var before = await ground.PlaceAsync(Scope.Everything);
        using var board = new HoldBoard(remote, new HoldReader(remote), clock, lines);
        await board.StartAsync(CancellationToken.None);
        await UntilListeningAsync(ground, clock, besides: 0);
        await UntilStandingAsync(board, before.Hold.Id);

        wire.Refuse();
        wire.Cut();
        await Eventually.Becomes(() => lines.Count("Cannot listen") > 0, "the board says that it can't listen");
        var meanwhile = await ground.PlaceAsync(Scope.Everything);
        var failures = lines.Count("could not be read");
        for (var beat = 1; beat <= 3; beat++)
        {
            clock.Advance(Beat);
            var expected = failures + beat;
            await Eventually.Becomes(() => lines.Count("could not be read") >= expected, "one more reading fails");
        }

        Assert.Equal([before.Hold.Id], board.Standing.Select(h => h.Id));
        Assert.True(clock.GetUtcNow() - board.AsOf >= 3 * Beat, $"The copy claims to be of {board.AsOf:O}, and it is {clock.GetUtcNow():O}.");

        wire.CutAndHeal();
        await Eventually.Becomes(
            () =>
            {
                clock.Advance(Beat);
                return board.Standing.Length == 2 && clock.GetUtcNow() - board.AsOf < 3 * Beat;
            },
            "the copy is whole and new again");
        Assert.Equal([before.Hold.Id, meanwhile.Hold.Id], board.Standing.Select(h => h.Id));
        await board.StopAsync(CancellationToken.None);
    }

    private static async Task UntilStandingAsync(HoldBoard board, params string[] holds) => await Eventually.Becomes(
        () => board.AsOf is not null && board.Standing.Select(h => h.Id).SequenceEqual(holds, StringComparer.Ordinal), $"the board shows exactly '{string.Join(", ", holds)}'");

    // Its connection waits for the server after "listen" was carried out: only then would a notice reach it.
    private static async Task<int> UntilListeningAsync(Ground ground, FakeTimeProvider clock, int besides) => await Eventually.Becomes(
        async () =>
        {
            if (besides != 0)
            {
                clock.Advance(Beat);
            }

            return await ground.ScalarAsync<int>(Listener + " and state = 'idle' and query = 'listen coordination_holds'");
        },
        pid => pid != 0 && pid != besides,
        "the board listens");

    private sealed class Lines : ILogger<HoldBoard>
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public int Count(string words) => _lines.Count(l => l.Contains(words, StringComparison.Ordinal));

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception));
    }
}

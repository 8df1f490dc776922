using Coordination.Domain.Holds;
using Coordination.Storage.Fence;
using Coordination.Testing;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.Fence;

/// <summary>FENCE.md rule 6: it took, it did not, not known yet; and never the one for the other.</summary>
public sealed class FenceAnswerTests(FastPostgresFixture server)
{
    [Fact]
    public async Task PlaceHold_IsNotKnownYet_WhenTheAnswerIsLost_AndTheRepeatFindsTheOneHold()
    {
        await using var ground = await Ground.MakeAsync(server);
        await using var wire = Wire(ground);
        await using var remote = Remote(ground, wire);
        var fence = new FenceClient(remote, TimeProvider.System);
        var order = Order();
        await WarmAsync(fence);

        wire.SwallowAnswers();
        var placing = fence.PlaceHoldAsync(order, TimeSpan.Zero, CancellationToken.None);
        await Eventually.Becomes(
            () => ground.ScalarAsync<long>("select count(*) from hold where operation_id = $1", order.OperationId), n => n == 1, "the hold is committed");
        wire.Cut();

        var lost = Assert.IsType<FenceAnswer<PlacedHold>.NotKnownYet>(await placing);
        Assert.Equal(order.OperationId, lost.OperationId);

        wire.CutAndHeal();
        var known = Assert.IsType<FenceAnswer<PlacedHold>.Took>(await fence.PlaceHoldAsync(order, Ground.Patience, CancellationToken.None)).Result;
        Assert.True(known.Repeated);
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from hold where operation_id = $1", order.OperationId));
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from journal where operation_id = $1", order.OperationId));
    }

    [Fact]
    public async Task PlaceHold_AsksAgainByItself_WhenTheConnectionIsCutDuringTheCommit()
    {
        await using var ground = await Ground.MakeAsync(server);
        await using var wire = Wire(ground);
        await using var remote = Remote(ground, wire);
        var fence = new FenceClient(remote, TimeProvider.System);
        await WarmAsync(fence);

        // The call sits on the fence's lock while its wire is cut; then the lock is free and both the old and the new call go on.
        await using var permit = await ground.BeginAsync();
        await permit.RunAsync("select fence_shared()");
        var order = Order();
        var placing = fence.PlaceHoldAsync(order, Ground.Patience, CancellationToken.None);
        await ground.UntilBlockedOrDoneAsync(placing);
        wire.CutAndHeal();
        await permit.CommitAsync();

        var hold = Assert.IsType<FenceAnswer<PlacedHold>.Took>(await placing).Result.Hold;
        Assert.Equal(hold.Id, await ground.ScalarAsync<string>("select id from hold where operation_id = $1", order.OperationId));
    }

    [Fact]
    public async Task LiftHold_IsNotKnownYet_WhenTheAnswerIsLost_AndTheRepeatIsNoSecondLift()
    {
        await using var ground = await Ground.MakeAsync(server);
        var hold = await ground.PlaceAsync(Scope.Everything);
        await using var wire = Wire(ground);
        await using var remote = Remote(ground, wire);
        var fence = new FenceClient(remote, TimeProvider.System);
        await WarmAsync(fence);
        var order = new LiftHoldOrder(Guid.NewGuid(), hold.Hold.Id, "Out", Staff.Comms);

        wire.SwallowAnswers();
        var lifting = fence.LiftHoldAsync(order, TimeSpan.Zero, CancellationToken.None);
        await Eventually.Becomes(
            () => ground.ScalarAsync<bool>("select lifted_seq is not null from hold where id = $1", hold.Hold.Id), x => x, "the lift is committed");
        wire.Cut();
        Assert.IsType<FenceAnswer<LiftAnswer>.NotKnownYet>(await lifting);

        wire.CutAndHeal();
        var known = Assert.IsType<FenceAnswer<LiftAnswer>.Took>(await fence.LiftHoldAsync(order, Ground.Patience, CancellationToken.None)).Result;
        Assert.Equal(LiftOutcome.Lifted, known.Outcome);
    }

    [Fact]
    public async Task AskingForALift_IsNotKnownYet_WhenTheAnswerIsLost_AndTheRepeatIsNoConfirmation()
    {
        await using var ground = await Ground.MakeAsync(server);
        var hold = await ground.PlaceForIncidentAsync(Scope.Everything);
        await using var wire = Wire(ground);
        await using var remote = Remote(ground, wire);
        var fence = new FenceClient(remote, TimeProvider.System);
        await WarmAsync(fence);
        var order = new LiftHoldOrder(Guid.NewGuid(), hold.Id, "Out", Staff.Comms);

        wire.SwallowAnswers();
        var asking = fence.LiftHoldAsync(order, TimeSpan.Zero, CancellationToken.None);
        await Eventually.Becomes(
            () => ground.ScalarAsync<bool>("select lift_asked_seq is not null from hold where id = $1", hold.Id), x => x, "the request is committed");
        wire.Cut();
        Assert.IsType<FenceAnswer<LiftAnswer>.NotKnownYet>(await asking);

        wire.CutAndHeal();
        var known = Assert.IsType<FenceAnswer<LiftAnswer>.Took>(await fence.LiftHoldAsync(order, Ground.Patience, CancellationToken.None)).Result;
        Assert.Equal((LiftOutcome.Awaiting, true), (known.Outcome, known.Hold.Stands));
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from journal where event = 'lift-asked'"));
    }

    [Fact]
    public async Task TakePermit_IsUnavailable_WhenTheAnswerIsLost()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        await using var wire = Wire(ground);
        await using var remote = Remote(ground, wire);
        var fence = new FenceClient(remote, TimeProvider.System);
        await WarmAsync(fence);

        wire.SwallowAnswers();
        var taking = fence.TakePermitAsync(account.WishFor(post), CancellationToken.None);
        await Eventually.Becomes(() => ground.ScalarAsync<long>("select count(*) from permit"), n => n == 1, "the permit is committed");
        wire.Cut();

        Assert.IsType<PermitAnswer.Unavailable>(await taking);
        Assert.IsType<PermitAnswer.Taken>(await ground.TakeAsync(account.WishFor(post)));
    }

    [Fact]
    public async Task Fence_IsUnreachable_WhenNothingListens()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        await using var wire = Wire(ground);
        wire.Refuse();
        await using var remote = Remote(ground, wire);
        var fence = new FenceClient(remote, TimeProvider.System);

        Assert.IsType<FenceAnswer<PlacedHold>.Unreachable>(await fence.PlaceHoldAsync(Order(), TimeSpan.FromMilliseconds(200), CancellationToken.None));
        Assert.IsType<FenceAnswer<LiftAnswer>.Unreachable>(
            await fence.LiftHoldAsync(new LiftHoldOrder(Guid.NewGuid(), "H-000001", "Out", Staff.Comms), TimeSpan.Zero, CancellationToken.None));
        Assert.IsType<PermitAnswer.Unavailable>(await fence.TakePermitAsync(account.WishFor(post), CancellationToken.None));
        Assert.Equal(0, await ground.ScalarAsync<long>("select count(*) from hold"));
    }

    [Fact]
    public async Task Fence_NeverSaysYes_WhenTheServerWarns() // With a synchronous standby, a cancelled wait commits locally and warns.
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        var hold = await ground.PlaceAsync(new Scope { Areas = ["coventry"] });
        await ground.PatchAsync("fence_check_isolation", "begin\n", "begin raise warning 'canceling wait for synchronous replication'; \n");

        Assert.IsType<FenceAnswer<PlacedHold>.NotKnownYet>(await ground.TryPlaceAsync(Scope.Everything, patience: TimeSpan.Zero));
        Assert.IsType<FenceAnswer<LiftAnswer>.NotKnownYet>(
            await ground.Fence.LiftHoldAsync(new LiftHoldOrder(Guid.NewGuid(), hold.Hold.Id, "Out", Staff.Comms), TimeSpan.Zero, CancellationToken.None));
        await ground.ExecuteAsync("update hold set lifted_seq = nextval('fence_seq'), lifted_at = placed_at where lifted_seq is null");
        await ground.ExecuteAsync("update post set confirmed_seq = nextval('fence_seq')");
        Assert.IsType<PermitAnswer.Unavailable>(await ground.TakeAsync(account.WishFor(post)));
        await Assert.ThrowsAsync<CommitUnconfirmedException>(() => account.ScheduleAsync());
    }

    [Fact]
    public async Task PlaceHold_AsksAgain_WhenTheServerWarnedOnce()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.PatchAsync("place_hold", "if not repeated then", "if not repeated then raise warning 'canceling wait for synchronous replication';");

        var placed = Assert.IsType<FenceAnswer<PlacedHold>.Took>(await ground.TryPlaceAsync(Scope.Everything)).Result;

        Assert.True(placed.Repeated);
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from hold"));
    }

    [Fact]
    public async Task Fence_SaysNo_WhenTheDatabaseRefusesForCertain()
    {
        await using var ground = await Ground.MakeAsync(server);
        var hold = await ground.PlaceAsync(Scope.Everything);
        var order = new PlaceHoldOrder(Guid.NewGuid(), HoldKind.Freeze, Scope.Everything, "A\0B", Staff.Comms, []);

        var refused = Assert.IsType<FenceAnswer<PlacedHold>.Refused>(await ground.Fence.PlaceHoldAsync(order, Ground.Patience, CancellationToken.None));
        Assert.Equal("fence-refused", refused.Why.Code);
        var unknown = Assert.IsType<FenceAnswer<LiftAnswer>.Refused>(await ground.TryLiftAsync("H-999999"));
        Assert.Equal("hold-unknown", unknown.Why.Code);
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from hold where id = $1", hold.Hold.Id));
    }

    [Fact]
    public async Task LiftHold_IsRefused_WhenItsOperationIdWasUsedOtherwise()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (first, second) = (await ground.PlaceAsync(Scope.Everything), await ground.PlaceAsync(Scope.Everything));
        var operation = Guid.NewGuid();
        Assert.IsType<FenceAnswer<LiftAnswer>.Took>(await ground.TryLiftAsync(first.Hold.Id, operation));
        Assert.IsType<FenceAnswer<LiftAnswer>.Took>(await ground.TryLiftAsync(first.Hold.Id, operation));

        Assert.Equal("operation-reused", Assert.IsType<FenceAnswer<LiftAnswer>.Refused>(await ground.TryLiftAsync(second.Hold.Id, operation)).Why.Code);
        Assert.Equal("operation-reused", Assert.IsType<FenceAnswer<LiftAnswer>.Refused>(await ground.TryLiftAsync(first.Hold.Id, operation, "Another reason")).Why.Code);
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from hold where lifted_seq is null"));
    }

    [Fact]
    public async Task PlaceHold_SaysThatItDidNotTake_WhenTheFenceStaysBusy() // A lock time-out is a definite no.
    {
        await using var ground = await Ground.MakeAsync(server);
        await using var busy = await ground.BeginAsync();
        await busy.RunAsync("select fence_shared()");

        Assert.IsType<FenceAnswer<PlacedHold>.Unreachable>(await ground.Fence.PlaceHoldAsync(Order(), TimeSpan.Zero, CancellationToken.None));
        await busy.CommitAsync();
        Assert.Equal(0, await ground.ScalarAsync<long>("select count(*) from hold"));
    }

    [Fact]
    public async Task InFlight_IsWhatWasOpenThen_WhenTheCallIsRepeated()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        var permit = await ground.PermitAsync(account.WishFor(post));
        var operation = Guid.NewGuid();
        await ground.TryPlaceAsync(Scope.Everything, HoldKind.CentralCoordination, [Staff.Comms.Id], operation);
        await account.NotSentAsync(post, permit);
        var through = await account.ScheduleAsync(poster: Staff.Comms);
        await ground.PermitAsync(account.WishFor(through));

        var again = Assert.IsType<FenceAnswer<PlacedHold>.Took>(
            await ground.TryPlaceAsync(Scope.Everything, HoldKind.CentralCoordination, [Staff.Comms.Id], operation)).Result;

        Assert.Equal([(post.Value, "not-sent")], again.InFlight.Select(p => (p.PostId, p.Outcome)));
    }

    private static PlaceHoldOrder Order() => new(Guid.NewGuid(), HoldKind.Freeze, Scope.Everything, "Fire at the paper works", Staff.Comms, []);

    // One round so that the next call needs no new connection.
    private static async Task WarmAsync(FenceClient fence) =>
        Assert.IsType<FenceAnswer<LiftAnswer>.Refused>(
            await fence.LiftHoldAsync(new LiftHoldOrder(Guid.NewGuid(), "H-999999", "Warm", Staff.Comms), Ground.Patience, CancellationToken.None));

    private static TcpCutter Wire(Ground ground) => new(new NpgsqlConnectionStringBuilder(ground.ConnectionString).Port);

    private static CoordinationDatabase Remote(Ground ground, TcpCutter wire) => new(new StorageOptions
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(ground.ConnectionString) { Host = "127.0.0.1", Port = wire.Port }.ConnectionString,
    });
}

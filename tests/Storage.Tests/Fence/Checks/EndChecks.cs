using Coordination.Domain.Holds;
using Coordination.Storage.Fence;
using Xunit;
using static Coordination.Storage.Tests.Fence.Checks.PermitChecks;

namespace Coordination.Storage.Tests.Fence.Checks;

/// <summary>The end that a placer chose, and the time of review.</summary>
internal static class EndChecks
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>At its time it ends, once, by the database's clock, on record as its placer's choice; what has not come stands.</summary>
    public static async Task HoldEndsAtItsTime(Ground ground)
    {
        var (due, later) = (await ApprovalAsync(ground), await ApprovalAsync(ground));
        Assert.Empty(await ground.Fence.EndDueHoldsAsync(CancellationToken.None));
        await ComeAsync(ground, due, "1 second");

        Assert.Equal([due.Id], await ground.Fence.EndDueHoldsAsync(CancellationToken.None));
        Assert.Empty(await ground.Fence.EndDueHoldsAsync(CancellationToken.None));
        Assert.True((await ground.HoldAsync(later.Id)) is { Stands: true, EndedByItself: false });
        var ended = await ground.HoldAsync(due.Id);
        Assert.True(ended is { Stands: false, EndedByItself: true });
        Assert.Contains("as Jo Comms chose", ended.LiftReason, StringComparison.Ordinal);
        Assert.Equal("hold-placed by jo-comms, hold-ended by system", await ground.JournalOfAsync(due.Id));
        Assert.Equal("jo-comms", await ground.ScalarAsync<string>("select payload::jsonb ->> 'chosenBy' from journal where event = 'hold-ended'"));
    }

    /// <summary>Rule 4b: what fell due until it really ended waits for a person, also after the time that was chosen.</summary>
    public static async Task EndFreesNothingThatFellDue(Ground ground)
    {
        var account = await ground.AccountAsync();
        var hold = await ApprovalAsync(ground);
        var post = await account.ScheduleAsync();
        await ComeAsync(ground, hold, "1 minute");
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(post)));
        await ground.Fence.EndDueHoldsAsync(CancellationToken.None);

        Assert.Equal([hold.Id], Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(post))).HoldIds);
        await account.RescheduleAsync(post);
        await ground.PermitAsync(account.WishFor(post));
    }

    /// <summary>Rule 5: it ends in an exclusive moment, so that the numbers tell the truth.</summary>
    public static async Task EndIsExclusive(Ground ground)
    {
        await ComeAsync(ground, await ApprovalAsync(ground), "1 second");
        await using var permit = await ground.BeginAsync();
        await permit.RunAsync("select fence_shared()");
        var ending = ground.Fence.EndDueHoldsAsync(CancellationToken.None);
        await ground.UntilBlockedOrDoneAsync(ending);

        Assert.False(ending.IsCompleted);
        await permit.CommitAsync();
        Assert.Single(await ending);
    }

    /// <summary>Nothing but an approval hold of Comms' own can be given an end, whoever asks the database.</summary>
    public static async Task NothingElseEndsByItself(Ground ground)
    {
        var at = AccountDesk.Now + Hour;
        PlaceHoldOrder[] orders =
        [
            Ground.Order(Everything) with { EndsAt = at },
            Ground.Order(Everything, HoldKind.CentralCoordination) with { EndsAt = at },
            Ground.Order(Everything, HoldKind.ApprovalRequired) with { EndsAt = at, LiftNeedsSecond = true },
        ];
        foreach (var order in orders)
        {
            Assert.IsType<FenceAnswer<PlacedHold>.Refused>(await ground.Fence.PlaceHoldAsync(order, Ground.Patience, CancellationToken.None));
        }

        Assert.Equal(0, await ground.ScalarAsync<long>("select count(*) from hold"));
    }

    /// <summary>Another end is another order.</summary>
    public static async Task EndIsPartOfTheOrder(Ground ground)
    {
        var order = Ground.Order(Everything, HoldKind.ApprovalRequired) with { EndsAt = AccountDesk.Now + Hour };
        await ground.PlaceAsync(order);
        var other = await ground.Fence.PlaceHoldAsync(order with { EndsAt = order.EndsAt + Hour }, TimeSpan.Zero, CancellationToken.None);

        Assert.Equal("operation-reused", Assert.IsType<FenceAnswer<PlacedHold>.Refused>(other).Why.Code);
    }

    /// <summary>The time of review is moved once by one order, on record with what it was; a lifted hold has none to move.</summary>
    public static async Task ReviewIsMoved(Ground ground)
    {
        var hold = (await ground.PlaceAsync(Everything)).Hold;
        var order = new MoveReviewOrder(Guid.NewGuid(), hold.Id, AccountDesk.Now + Hour, "Still smoke", Staff.Officer);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var moved = Assert.IsType<FenceAnswer<Hold>.Took>(await ground.Fence.MoveReviewAsync(order, Ground.Patience, CancellationToken.None)).Result;
            Assert.True(moved.Stands);
            Assert.Equal(order.ReviewAt, moved.ReviewAt!.Value, TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal("hold-placed by jo-comms, review-moved by lee-comms", await ground.JournalOfAsync(hold.Id));
        await ground.LiftAsync(hold.Id);
        var late = await ground.Fence.MoveReviewAsync(order with { OperationId = Guid.NewGuid() }, Ground.Patience, CancellationToken.None);
        Assert.Equal("hold-lifted", Assert.IsType<FenceAnswer<Hold>.Refused>(late).Why.Code);
    }

    private static Task<Hold> ApprovalAsync(Ground ground) =>
        ground.PlaceAsync(Ground.Order(Everything, HoldKind.ApprovalRequired) with { EndsAt = AccountDesk.Now + Hour });

    // The clock is the database's: its time comes by moving the end into the past.
    private static Task ComeAsync(Ground ground, Hold hold, string ago) =>
        ground.ExecuteAsync($"update hold set ends_at = clock_timestamp() - interval '{ago}' where id = $1", hold.Id);
}

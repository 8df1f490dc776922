using Coordination.Domain.Holds;
using Coordination.Storage.Fence;
using Xunit;

namespace Coordination.Storage.Tests.Fence.Checks;

/// <summary>Rule 5: lifts that meet one another, or a new hold.</summary>
internal static class LiftRaceChecks
{
    private const string Lift = "select answer from lift_hold(gen_random_uuid(), $1, 'Out', 'jo-comms', 'Jo Comms', 'comms-manager', true, true, null)";

    private const string Place =
        """select (placed).id from place_hold(gen_random_uuid(), '\x00', 'freeze', '{"areas":["birmingham"]}', 'r', 'a', 'A', 'comms-manager', '{}', null, null, null)""";

    private static readonly Scope Birmingham = new() { Areas = ["birmingham"] };

    /// <summary>Of two who ask in one moment the second confirms: two members of Comms have said, each for themselves, that it is safe.</summary>
    public static async Task SecondOfTwoAskersConfirms(Ground ground)
    {
        var hold = await ground.PlaceForIncidentAsync(Birmingham);
        await using var first = await ground.BeginAsync();
        Assert.Equal("awaiting", await first.ScalarAsync<string>(Lift, hold.Id));
        var second = ground.TryLiftAsync(hold.Id, actor: Staff.Second);
        await ground.UntilBlockedOrDoneAsync(second);
        Assert.False(second.IsCompleted);
        await first.CommitAsync();

        var lifted = Assert.IsType<FenceAnswer<LiftAnswer>.Took>(await second).Result;
        Assert.Equal((LiftOutcome.Lifted, "jo-comms", "kim-comms"), (lifted.Outcome, lifted.Hold.LiftAsk?.By, lifted.Hold.LiftedBy));
    }

    /// <summary>One person in two windows in one moment asks once.</summary>
    public static async Task OnePersonInTwoWindowsAsksOnce(Ground ground)
    {
        var hold = await ground.PlaceForIncidentAsync(Birmingham);
        await using var first = await ground.BeginAsync();
        await first.ScalarAsync<string>(Lift, hold.Id);
        var second = ground.TryLiftAsync(hold.Id);
        await ground.UntilBlockedOrDoneAsync(second);
        await first.CommitAsync();

        Assert.Equal(LiftOutcome.Awaiting, Assert.IsType<FenceAnswer<LiftAnswer>.Took>(await second).Result.Outcome);
        Assert.Equal("hold-placed by jo-comms, lift-asked by jo-comms", await ground.JournalOfAsync(hold.Id));
    }

    /// <summary>A lift that waits for a new hold over the same accounts to be placed leaves them held by it.</summary>
    public static async Task LiftLeavesTheNewHold(Ground ground)
    {
        var account = await ground.AccountAsync();
        var old = await ground.PlaceForIncidentAsync(Birmingham);
        await ground.LiftAsync(old.Id);
        await using var placing = await ground.BeginAsync();
        var fresh = await placing.ScalarAsync<string>(Place);
        var confirming = ground.TryLiftAsync(old.Id, actor: Staff.Second);
        await ground.UntilBlockedOrDoneAsync(confirming);
        Assert.False(confirming.IsCompleted);
        await placing.CommitAsync();

        Assert.Equal(LiftOutcome.Lifted, Assert.IsType<FenceAnswer<LiftAnswer>.Took>(await confirming).Result.Outcome);
        var post = await account.ScheduleAsync();
        Assert.Equal([fresh], Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(post))).HoldIds);
    }

    /// <summary>A hold that waits for the lift of another over the same accounts holds them all the same.</summary>
    public static async Task NewHoldOutlivesTheLift(Ground ground)
    {
        var account = await ground.AccountAsync();
        var old = await ground.PlaceForIncidentAsync(Birmingham);
        await ground.LiftAsync(old.Id, Staff.Second);
        await using var confirming = await ground.BeginAsync();
        Assert.Equal("lifted", await confirming.ScalarAsync<string>(Lift, old.Id));
        var placing = ground.TryPlaceAsync(Birmingham);
        await ground.UntilBlockedOrDoneAsync(placing);
        Assert.False(placing.IsCompleted);
        await confirming.CommitAsync();

        var fresh = Assert.IsType<FenceAnswer<PlacedHold>.Took>(await placing).Result.Hold;
        var post = await account.ScheduleAsync();
        Assert.Equal([fresh.Id], Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(post))).HoldIds);
    }

    /// <summary>Two incidents over one area are two holds: what is asked and confirmed of one says nothing of the other.</summary>
    public static async Task TwoIncidentsAreLiftedEach(Ground ground)
    {
        var account = await ground.AccountAsync();
        var (one, two) = (await ground.PlaceForIncidentAsync(Birmingham), await ground.PlaceForIncidentAsync(Birmingham));
        await ground.LiftAsync(one.Id);
        Assert.Equal("lift-not-asked", Assert.IsType<FenceAnswer<LiftAnswer>.Refused>(await ground.TryLiftAsync(two.Id, actor: Staff.Officer)).Why.Code);
        await ground.LiftAsync(one.Id, Staff.Officer);
        var post = await account.ScheduleAsync();

        Assert.Equal([two.Id], Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(post))).HoldIds);
        await ground.LiftAsync(two.Id, Staff.Second);
        await ground.LiftAsync(two.Id);
        await account.RescheduleAsync(post);
        await ground.PermitAsync(account.WishFor(post));
    }
}

using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Xunit;

namespace Coordination.Domain.Tests.Accounts;

/// <summary>Where a hold asks for Comms' approval: what waits, what is approved, and for how long.</summary>
public sealed class PostApprovalTests
{
    private static readonly HoldsMet Asks = new([], ["H-000002"]);
    private static readonly DateTimeOffset Later = Given.Now + TimeSpan.FromHours(2);
    private static readonly AccountState Scheduled = Given.Account(AccountLifecycle.Connected, PostState.Scheduled);

    [Theory]
    [InlineData(0, PostState.Held)]
    [InlineData(1, PostState.Scheduled)]
    public void Post_WaitsScheduled_WhileThereIsTimeToApproveIt(int seconds, PostState expected)
    {
        var state = After(
            Given.Account(AccountLifecycle.Connected),
            new SchedulePost(Given.Post, "Test your alarm", Given.Now + TimeSpan.FromSeconds(seconds), PostRules.DefaultTolerance, null, Asks));
        Assert.Equal(expected, state.Find(Given.Post)!.State);
    }

    [Fact]
    public void Post_IsHeldAtOnce_WhenAnotherHoldStopsItWhateverIsApproved() => Assert.Equal(
        ["H-000001"],
        After(Scheduled, new ReschedulePost(Given.Post, Later, new HoldsMet(["H-000001"], ["H-000002"]))).Find(Given.Post)!.HeldBy);

    [Fact]
    public void Approval_IsGivenOnce_ForTheHoldsThatAskForIt()
    {
        var approved = After(Scheduled, new ApprovePost(Given.Post, 1, Asks));
        var approval = approved.Find(Given.Post)!.Approval!;
        Assert.Equal((1, Given.Manager.Name, Given.Now, "H-000002"), (approval.Revision, approval.ByName, approval.At, Assert.Single(approval.HoldIds)));
        Assert.IsType<Decision<AccountEvent>.AlreadyDone>(Decide(approved, new ApprovePost(Given.Post, 1, Asks)));

        // One that was placed since asks for another.
        var both = new HoldsMet([], ["H-000002", "H-000003"]);
        Assert.Equal(both.ApprovalFor, After(approved, new ApprovePost(Given.Post, 1, both)).Find(Given.Post)!.Approval!.HoldIds);
    }

    [Fact]
    public void Approval_IsOfOneRevision()
    {
        var approved = After(Scheduled, new ApprovePost(Given.Post, 1, Asks));
        var moved = After(approved, new ReschedulePost(Given.Post, Later, Asks));
        Assert.Null(moved.Find(Given.Post)!.Approval);
        AssertRefused("post-changed", moved, new ApprovePost(Given.Post, 1, Asks));
        Assert.Equal(2, After(moved, new ApprovePost(Given.Post, 2, Asks)).Find(Given.Post)!.Approval!.Revision);
    }

    [Theory]
    [InlineData(1, "H-000002", true)]
    [InlineData(2, "H-000002", false)]
    [InlineData(1, "H-000003", false)]
    public void Approval_Covers_ItsRevisionAndItsHolds(int revision, string hold, bool covers) =>
        Assert.Equal(covers, new PostApproval(1, "rowan", "Rowan", Given.Now, ["H-000002"]).Covers(revision, [hold]));

    [Fact]
    public void Approval_ThatNoHoldAsksFor_IsRefused() => AssertRefused("approval-not-needed", Scheduled, new ApprovePost(Given.Post, 1, HoldsMet.None));

    [Fact]
    public void Release_IsAnApproval()
    {
        var released = After(Given.Account(AccountLifecycle.Connected, PostState.Held), new ReleasePost(Given.Post, Given.Now, "Still true.", Asks)).Find(Given.Post)!;
        Assert.Equal((PostState.Scheduled, 2, 2), (released.State, released.Revision, released.Approval!.Revision));
        Assert.Null(After(Given.Account(AccountLifecycle.Connected, PostState.Held), new ReleasePost(Given.Post, Given.Now, "Still true.", HoldsMet.None)).Find(Given.Post)!.Approval);
        AssertRefused("post-waits", Given.Account(AccountLifecycle.Connected, PostState.Held), new ApprovePost(Given.Post, 1, Asks));
    }

    [Fact]
    public void Release_OfWhatAnotherReleased_IsDoneOnlyForTheSameTime()
    {
        var released = After(Given.Account(AccountLifecycle.Connected, PostState.Held), new ReleasePost(Given.Post, Later, "Still true.", HoldsMet.None));
        Assert.IsType<Decision<AccountEvent>.AlreadyDone>(Decide(released, new ReleasePost(Given.Post, Later, "Me too.", HoldsMet.None)));
        var other = Assert.IsType<Decision<AccountEvent>.Refused>(Decide(released, new ReleasePost(Given.Post, Later.AddMinutes(5), "Me too.", HoldsMet.None)));
        Assert.Equal("post-scheduled", other.Why.Code);
    }

    [Fact]
    public void Release_WithOtherWords_ApprovesThose()
    {
        var state = After(Given.Account(AccountLifecycle.Connected, PostState.Held), new ReleasePost(Given.Post, Later, "The street was wrong.", Asks, "Avoid Broad Street."));
        Assert.Equal(("Avoid Broad Street.", 2), (state.Find(Given.Post)!.Text, state.Find(Given.Post)!.Approval!.Revision));
    }

    [Fact]
    public void LateReport_ThatTheHoldStoppedIt_ChangesNothing_OnceItIsApproved()
    {
        var approved = After(Scheduled, new ApprovePost(Given.Post, 1, Asks));
        Assert.IsType<Decision<AccountEvent>.AlreadyDone>(AccountDecider.Decide(approved, new HoldPost(Given.Post, ["H-000002"], 1), Actor.System, Given.Now));
        Assert.IsType<Decision<AccountEvent>.Accepted>(AccountDecider.Decide(approved, new HoldPost(Given.Post, ["H-000002", "H-000003"], 1), Actor.System, Given.Now));
    }

    private static Decision<AccountEvent> Decide(AccountState state, AccountCommand command) => AccountDecider.Decide(state, command, Given.Manager, Given.Now);

    private static AccountState After(AccountState state, AccountCommand command) =>
        AccountFold.Fold(state, Assert.IsType<Decision<AccountEvent>.Accepted>(Decide(state, command)).Events);

    private static void AssertRefused(string code, AccountState state, AccountCommand command) =>
        Assert.Equal(code, Assert.IsType<Decision<AccountEvent>.Refused>(Decide(state, command)).Why.Code);
}

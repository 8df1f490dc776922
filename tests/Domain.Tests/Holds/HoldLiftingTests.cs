using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Tests.Accounts;
using Xunit;

namespace Coordination.Domain.Tests.Holds;

public sealed class HoldLiftingTests
{
    private static readonly KnownLabels Known = new([], [], [], []);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(Role.CommsManager, null, null, false)]
    [InlineData(Role.CommsManager, "INC-1", null, false)]
    [InlineData(Role.CommsOfficer, "INC-1", null, false)]
    [InlineData(Role.FireControl, "INC-1", null, true)]
    [InlineData(Role.FdsOfficer, "INC-1", null, true)]
    [InlineData(Role.System, "INC-1", "rule 1: extreme severity in Coventry", true)]
    [InlineData(Role.System, null, "rule 1: extreme severity in Coventry", true)]
    public void LiftNeedsSecond_WhenTheHoldComesFromADeclaredMajorIncident(Role role, string? incident, string? rule, bool needs) =>
        Assert.Equal(needs, HoldDecider.LiftNeedsSecond(new Actor("somebody", "Somebody", role), incident, rule));

    [Theory]
    [InlineData(Role.CommsManager, false, null, LiftStep.Lift)]
    [InlineData(Role.CommsOfficer, false, null, LiftStep.None)]
    [InlineData(Role.AccountHolder, false, null, LiftStep.None)]
    [InlineData(Role.System, false, null, LiftStep.None)]
    [InlineData(Role.CommsManager, true, null, LiftStep.Ask)]
    [InlineData(Role.CommsManager, true, "me", LiftStep.Await)]
    [InlineData(Role.CommsManager, true, "another", LiftStep.Confirm)]
    [InlineData(Role.CommsOfficer, true, null, LiftStep.None)]
    [InlineData(Role.CommsOfficer, true, "another", LiftStep.Confirm)]
    [InlineData(Role.CommsOfficer, true, "me", LiftStep.None)]
    [InlineData(Role.FireControl, true, "another", LiftStep.None)]
    [InlineData(Role.Auditor, true, "another", LiftStep.None)]
    [InlineData(Role.System, true, "another", LiftStep.None)]
    public void NextLift_IsAsWritten(Role role, bool needsSecond, string? askedBy, LiftStep step)
    {
        var (hold, actor) = (AHold(needsSecond, askedBy), new Actor("me", "Me", role));
        Assert.Equal(step, HoldDecider.NextLift(hold, actor));
        Assert.Equal(LiftStep.None, HoldDecider.NextLift(hold with { LiftedSequence = 9 }, actor));
    }

    [Fact]
    public void Reason_MayBeLeftOut_ByWhoConfirmsARequestThatTheyName()
    {
        Assert.Null(HoldDecider.Lift(null, 7, Given.Manager));
        Assert.Equal("text-not-storable", HoldDecider.Lift("a\0b", 7, Given.Manager)?.Code);
    }

    [Theory]
    [InlineData(Role.CommsManager, null)]
    [InlineData(Role.CommsOfficer, null)]
    [InlineData(Role.FireControl, "forbidden")]
    [InlineData(Role.Auditor, "forbidden")]
    [InlineData(Role.System, "forbidden")]
    public void DecliningAndReviewing_AreForComms(Role role, string? code)
    {
        var actor = new Actor("somebody", "Somebody", role);
        Assert.Equal(code, HoldDecider.DeclineLift("Smoke again", actor)?.Code);
        Assert.Equal(code, HoldDecider.MoveReview(Given.Now + Hour, null, actor, Given.Now)?.Code);
    }

    [Fact]
    public void MoveReview_AsksForATimeAhead_AndForNoReason()
    {
        Assert.Null(HoldDecider.MoveReview(Given.Now + Hour, " ", Given.Manager, Given.Now));
        Assert.Equal("review-in-past", HoldDecider.MoveReview(Given.Now, "Later", Given.Manager, Given.Now)?.Code);
        Assert.Equal("reason-too-long", HoldDecider.MoveReview(Given.Now + Hour, new string('a', HoldDecider.LongestReason + 1), Given.Manager, Given.Now)?.Code);
    }

    [Theory]
    [InlineData(HoldKind.ApprovalRequired, Role.CommsManager, null)]
    [InlineData(HoldKind.ApprovalRequired, Role.CommsOfficer, null)]
    [InlineData(HoldKind.ApprovalRequired, Role.FireControl, "end-not-allowed")]
    [InlineData(HoldKind.Freeze, Role.CommsManager, "end-not-allowed")]
    [InlineData(HoldKind.CentralCoordination, Role.CommsManager, "end-not-allowed")]
    public void End_IsForApprovalHoldsOfCommsAlone(HoldKind kind, Role role, string? code)
    {
        var wish = new HoldWish(kind, Scope.Everything, "Pre-election period", null, "INC-1", null, Given.Now + Hour);
        var refusal = HoldDecider.Place(wish, new Actor("somebody", "Somebody", role), Known, Given.Now);
        Assert.Equal(code, refusal?.Code);
        Assert.True(refusal is null || refusal.Reason.Contains("never ends by itself", StringComparison.Ordinal));
        Assert.Null(HoldDecider.Place(wish with { EndsAt = null }, new Actor("somebody", "Somebody", role), Known, Given.Now));
    }

    [Fact]
    public void End_MustLieAhead() => Assert.Equal(
        "end-in-past",
        HoldDecider.Place(new HoldWish(HoldKind.ApprovalRequired, Scope.Everything, "Pre-election period", null, null, null, Given.Now), Given.Manager, Known, Given.Now)?.Code);

    [Fact]
    public void ReviewIsDue_FromItsTimeOn_WhileTheHoldStands()
    {
        var hold = AHold(needsSecond: false, askedBy: null) with { ReviewAt = Given.Now };
        Assert.True(hold.ReviewIsDue(Given.Now));
        Assert.False(hold.ReviewIsDue(Given.Now - Hour));
        Assert.False((hold with { LiftedSequence = 9 }).ReviewIsDue(Given.Now));
        Assert.False((hold with { ReviewAt = null }).ReviewIsDue(Given.Now));
    }

    private static Hold AHold(bool needsSecond, string? askedBy) => new()
    {
        Id = "H-000001",
        Kind = HoldKind.Freeze,
        Scope = Scope.Everything,
        Reason = "Major incident",
        PlacedBy = "system",
        PlacedByName = "Incident rule",
        PlacedByRole = Role.System,
        PlacedAt = Given.Now,
        Sequence = 1,
        LiftNeedsSecond = needsSecond,
        LiftAsk = askedBy is null ? null : new LiftAsk(askedBy, "Asker", Given.Now, 7, "Fire out"),
    };
}

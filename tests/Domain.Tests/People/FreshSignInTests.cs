using System.Text.Json;
using Coordination.Domain.Clients;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.People.BreakGlass;
using Xunit;

namespace Coordination.Domain.Tests.People;

/// <summary>What an old sign-in may not do, and what it may all the same.</summary>
public sealed class FreshSignInTests
{
    private static readonly Actor Fresh = new("rowan", "Rowan", Role.CommsManager);
    private static readonly Actor Old = Fresh with { Stale = true };
    private static readonly Actor OldOfficer = new("sam", "Sam", Role.CommsOfficer) { Stale = true };

    [Fact]
    public void Old_MayAllThatItsRoleMay_ButWhatNeedsAFreshOne() => Assert.All(
        from role in Enum.GetValues<Role>() from permission in Enum.GetValues<Permission>() select (role, permission),
        one =>
        {
            var (fresh, old) = (new Actor("a", "A", one.role), new Actor("a", "A", one.role) { Stale = true });
            Assert.Equal(PermissionMatrix.Allows(one.role, one.permission), fresh.May(one.permission));
            Assert.Equal(fresh.May(one.permission) && !FreshSignIn.IsNeededFor(one.permission), old.May(one.permission));
            Assert.Equal(fresh.May(one.permission), old.MayOnceFresh(one.permission));
            Assert.Equal(fresh.May(one.permission) != old.May(one.permission), FreshSignIn.Check(old, one.permission) is not null);
            Assert.Null(FreshSignIn.Check(fresh, one.permission));
        });

    [Theory]
    [InlineData(Permission.PlaceHold)]
    [InlineData(Permission.PlaceHoldWithoutIncident)]
    [InlineData(Permission.ReviewHold)]
    [InlineData(Permission.SeeBreakGlass)]
    [InlineData(Permission.DecideTakeover)]
    [InlineData(Permission.Operate)]
    public void WhatStops_NeverWaitsForIt(Permission permission) => Assert.False(FreshSignIn.IsNeededFor(permission));

    [Fact]
    public void Client_IsNotFresher_ThanWhatItWasGiven()
    {
        var client = Fresh with { Only = [Permission.Read], Stale = true };
        Assert.False(client.MayOnceFresh(Permission.LiftHold));
        Assert.Null(FreshSignIn.Check(client, Permission.LiftHold));
    }

    [Fact]
    public void Rules_AskForIt()
    {
        Assert.All(
            (IEnumerable<Refusal?>)
            [
                HoldDecider.Lift("It is over", null, Old),
                HoldDecider.Lift(null, 7, OldOfficer),
                StaffDecider.MayChange("jane", Old),
                BreakGlassRules.MayManage(Old, "For the day"),
                ClientRules.Make(Wish, Role.CommsOfficer, Old, byToken: false),
                ClientRules.Token("sam", 30, "New", OldOfficer, byToken: false),
                FreshSignIn.Check(Old, FreshSignIn.SetPlatformSignIn),
                FreshSignIn.Check(Old, FreshSignIn.ChangeOwnBreakGlass),
            ],
            refusal =>
            {
                Assert.Equal((FreshSignIn.Code, RefusalKind.Forbidden), (refusal!.Code, refusal.Kind));
                Assert.Contains("Nothing was changed. Confirm that it is you", refusal.Reason, StringComparison.Ordinal);
            });
    }

    [Fact]
    public void Rules_LetTheFreshPass() => Assert.All(
        (IEnumerable<Refusal?>)
        [
            HoldDecider.Lift("It is over", null, Fresh),
            HoldDecider.Lift(null, 7, OldOfficer with { Stale = false }),
            StaffDecider.MayChange("jane", Fresh),
            BreakGlassRules.MayManage(Fresh, "For the day"),
            ClientRules.Make(Wish, Role.CommsOfficer, Fresh, byToken: false),
            ClientRules.Token("sam", 30, "New", OldOfficer with { Stale = false }, byToken: false),
        ],
        Assert.Null);

    [Fact]
    public void Stopping_AndLooking_NeedNone()
    {
        Assert.Null(HoldDecider.DeclineLift("It is not over", OldOfficer));
        Assert.Null(StaffDecider.MayEndSignIns("jane", Old));
        Assert.Null(ClientRules.Stop("jane", "Leaked", Old));
        Assert.True(ClientRules.MaySee("jane", Old));
        Assert.Equal("forbidden", StaffDecider.MayEndSignIns("jane", OldOfficer)!.Code);
        Assert.Equal("sign-ins-own", StaffDecider.MayEndSignIns("rowan", Old)!.Code);
        Assert.Equal("forbidden", StaffDecider.MayChange("jane", OldOfficer)!.Code);
    }

    // What is stored and sent of an actor is as it was, and an old sign-in stays one on its way to a grain.
    [Fact]
    public void Actor_IsWrittenAsBefore_UnlessItsSignInIsOld()
    {
        Assert.DoesNotContain("tale", JsonSerializer.Serialize(Fresh, JsonSerializerOptions.Web), StringComparison.Ordinal);
        Assert.True(JsonSerializer.Deserialize<Actor>(JsonSerializer.Serialize(Old, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!.Stale);
        Assert.False(JsonSerializer.Deserialize<Actor>("""{"id":"rowan","name":"Rowan","role":"comms-manager"}""", JsonSerializerOptions.Web)!.Stale);
    }

    private static ClientWish Wish => new("Screen", "sam", [Permission.Read], 30, "A wall");
}

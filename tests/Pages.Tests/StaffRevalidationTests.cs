using Coordination.Dashboard.Components;
using Coordination.Dashboard.SignIn;
using Coordination.Dashboard.SignIn.BreakGlass;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.People;

namespace Coordination.Pages.Tests;

public sealed class StaffRevalidationTests
{
    private static readonly StaffMember Marsh = new("marsh", "J. Marsh", Role.AccountHolder, new Scope { Stations = ["binley"] });

    [Fact]
    public void IsStill_Holds_WhenNothingChanged() => Assert.True(StaffRevalidation.IsStill(Marsh.AsActor().ToPrincipal("cookie"), Marsh));

    [Fact]
    public void IsStill_Ends_WhenWhomTheyStandInForIsAnother()
    {
        var standing = Marsh with { StandsIn = [new Scope { Stations = ["aston"] }] };
        var signedIn = standing.AsActor().ToPrincipal("cookie");
        Assert.True(StaffRevalidation.IsStill(signedIn, standing));
        Assert.True(signedIn.TryGetActor(out var read));
        Assert.Equal(["aston"], Assert.Single(read.StandsIn!).Stations!);
        Assert.False(StaffRevalidation.IsStill(signedIn, Marsh));
        Assert.False(StaffRevalidation.IsStill(Marsh.AsActor().ToPrincipal("cookie"), standing));
    }

    [Fact]
    public void SignIn_Ends_AtItsTime_AndOneWithoutAnEndDoesNot()
    {
        var now = new DateTimeOffset(2026, 11, 28, 3, 0, 0, TimeSpan.Zero);
        var signedIn = Marsh.AsActor().ToPrincipal("cookie");
        Assert.False(signedIn.HasEnded(now));

        signedIn.EndsAt(now.ToOffset(TimeSpan.FromHours(1)));
        Assert.False(signedIn.HasEnded(now.AddTicks(-1)));
        Assert.True(signedIn.HasEnded(now));
    }

    [Fact]
    public void BreakGlass_OpensNoFurtherWays_AndIsNotNarrowerOtherwise()
    {
        var manager = new Actor("rowan", "Rowan", Role.CommsManager);
        var narrow = BreakGlassSession.Narrow(manager);
        Assert.Equal(
            new[] { Permission.ManageBreakGlass, Permission.ManageClients, Permission.ManageStaff }.Order(),
            Enum.GetValues<Permission>().Where(p => manager.May(p) && !narrow.May(p)).Order());
        Assert.True(narrow.May(Permission.LiftHold));
        Assert.DoesNotContain(Enum.GetValues<Permission>(), p => narrow.May(p) && !manager.May(p));
        Assert.True(narrow.ToPrincipal("cookie").TryGetActor(out var read));
        Assert.Equal(narrow.Only!.Order(), read.Only!.Order());
    }

    [Fact]
    public void IsStill_Ends_WhenRoleScopeOrPersonIsGone()
    {
        var signedIn = Marsh.AsActor().ToPrincipal("cookie");

        Assert.False(StaffRevalidation.IsStill(signedIn, null));
        Assert.False(StaffRevalidation.IsStill(signedIn, Marsh with { Active = false }));
        Assert.False(StaffRevalidation.IsStill(signedIn, Marsh with { Role = Role.Auditor }));
        Assert.False(StaffRevalidation.IsStill(signedIn, Marsh with { PublishesOn = new Scope { Stations = ["canley"] } }));
    }
}

using Coordination.Dashboard.Components;
using Coordination.Dashboard.SignIn;
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
    public void IsStill_Ends_WhenRoleScopeOrPersonIsGone()
    {
        var signedIn = Marsh.AsActor().ToPrincipal("cookie");

        Assert.False(StaffRevalidation.IsStill(signedIn, null));
        Assert.False(StaffRevalidation.IsStill(signedIn, Marsh with { Active = false }));
        Assert.False(StaffRevalidation.IsStill(signedIn, Marsh with { Role = Role.Auditor }));
        Assert.False(StaffRevalidation.IsStill(signedIn, Marsh with { PublishesOn = new Scope { Stations = ["canley"] } }));
    }
}

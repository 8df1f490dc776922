using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Xunit;

namespace Coordination.Domain.Tests.People;

/// <summary>Who may have one account holder stand in for another, and what that gives them.</summary>
public sealed class DeputyDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 6, 1);
    private static readonly Actor Manager = new("rowan", "Rowan", Role.CommsManager);
    private static readonly StaffEntry Holder = new() { Name = "Robin", Role = Role.AccountHolder, PublishesOn = new Scope { Stations = ["aston"] } };
    private static readonly StaffEntry Deputy = new() { Name = "Dee", Role = Role.AccountHolder };
    private static readonly DeputyWish Wish = new("robin", "dee", null, Today.AddDays(14), "Leave");

    [Fact]
    public void Manager_HasAnotherHolderStandIn_ForATime()
    {
        Assert.Null(Check(Wish));
        Assert.Null(Check(Wish with { LastDay = Today }));
        Assert.Null(Check(Wish with { FirstDay = Today.AddDays(30), LastDay = Today.AddDays(30 + DeputyDecider.MostDays - 1) }));
    }

    [Fact]
    public void Nobody_DoesSo_WithoutTheRight_NorForThemselves()
    {
        foreach (var role in Roles.People.Where(r => r != Role.CommsManager))
        {
            Assert.Equal("forbidden", Check(Wish, actor: Manager with { Role = role })?.Code);
            Assert.Equal("forbidden", DeputyDecider.CheckEnd("dee", "Back", Manager with { Role = role })?.Code);
        }

        Assert.Equal("staff-own", Check(Wish with { DeputyId = "rowan" })?.Code);
        Assert.Equal("staff-own", Check(Wish with { HolderId = "rowan" })?.Code);
        Assert.Equal("staff-own", DeputyDecider.CheckEnd("rowan", "Back", Manager)?.Code);
        Assert.Null(DeputyDecider.CheckEnd("dee", "Back", Manager));
        Assert.Equal("reason-missing", DeputyDecider.CheckEnd("dee", " ", Manager)?.Code);
    }

    [Fact]
    public void Both_AreAccountHolders_AndTheFirstHasAccounts()
    {
        Assert.Equal("staff-unknown", DeputyDecider.Check(Wish, null, Deputy, Manager, Now)?.Code);
        Assert.Equal("staff-unknown", DeputyDecider.Check(Wish, Holder, null, Manager, Now)?.Code);
        Assert.Equal("deputy-self", Check(Wish with { DeputyId = "robin" })?.Code);
        Assert.Equal("holder-without-accounts", DeputyDecider.Check(Wish, Holder with { PublishesOn = null }, Deputy, Manager, Now)?.Code);
        foreach (var role in Roles.People.Where(r => r != Role.AccountHolder))
        {
            Assert.Equal("holder-without-accounts", DeputyDecider.Check(Wish, Holder with { Role = role }, Deputy, Manager, Now)?.Code);
            Assert.Equal("deputy-no-holder", DeputyDecider.Check(Wish, Holder, Deputy with { Role = role }, Manager, Now)?.Code);
        }
    }

    [Fact]
    public void Time_HasAnEnd_NotTooFar_AndAReason()
    {
        Assert.Equal("last-day-missing", Check(Wish with { LastDay = null })?.Code);
        Assert.Equal("term-over", Check(Wish with { LastDay = Today.AddDays(-1) })?.Code);
        Assert.Equal("term-ends-first", Check(Wish with { FirstDay = Today.AddDays(20), LastDay = Today.AddDays(19) })?.Code);
        Assert.Equal("deputy-too-long", Check(Wish with { FirstDay = Today.AddDays(1), LastDay = Today.AddDays(1 + DeputyDecider.MostDays + 1) })?.Code);
        Assert.Equal("time-too-far", Check(Wish with { FirstDay = Today.AddDays(4000), LastDay = Today.AddDays(4001) })?.Code);
        Assert.Equal("reason-missing", Check(Wish with { Reason = " " })?.Code);
    }

    // What they were given for a time widens what they may publish on, and nothing else of them.
    [Fact]
    public void StandingIn_GivesTheOthersAccounts_ToAnAccountHolderAlone()
    {
        var (key, labels) = (AccountKey.Parse("x/demo_wmfs_aston"), new AccountLabels("x", AccountKind.Local, "birmingham", "aston", null));
        var dee = new Actor("dee", "Dee", Role.AccountHolder, new Scope { Stations = ["bilston"] });
        Assert.False(AccountAuthority.MayPublish(key, labels, dee));
        Assert.True(AccountAuthority.MayPublish(key, labels, dee with { StandsIn = [Holder.PublishesOn!] }));
        Assert.True(AccountAuthority.MayPublish(key, labels, dee with { PublishesOn = null, StandsIn = [new Scope { Stations = ["canley"] }, Holder.PublishesOn!] }));
        Assert.False(AccountAuthority.MayPublish(key, labels with { Kind = AccountKind.Corporate }, dee with { StandsIn = [Holder.PublishesOn!] }));
        Assert.False(AccountAuthority.MayPublish(key, labels, dee with { Role = Role.Auditor, StandsIn = [Holder.PublishesOn!] }));
        Assert.Empty((dee with { Role = Role.CommsOfficer, StandsIn = [Holder.PublishesOn!] }).Accounts());
    }

    private static Refusal? Check(DeputyWish wish, Actor? actor = null) => DeputyDecider.Check(wish, Holder, Deputy, actor ?? Manager, Now);
}

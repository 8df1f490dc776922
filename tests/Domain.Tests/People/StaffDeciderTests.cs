using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Xunit;

namespace Coordination.Domain.Tests.People;

/// <summary>Who may change the staff directory, and what may stand in it.</summary>
public sealed class StaffDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Actor Manager = new("rowan", "Rowan", Role.CommsManager);
    private static readonly KnownLabels Labels = KnownLabels.Of([new AccountLabels("x", AccountKind.Local, "birmingham", "aston", null)]);
    private static readonly StaffEntry Jane = new() { Name = "Jane Marsh", Role = Role.AccountHolder, PublishesOn = new Scope { Stations = ["aston"] } };

    [Fact]
    public void Manager_AddsAndChangesOthers()
    {
        Assert.Null(Check(Jane, known: null));
        Assert.Null(Check(Jane with { Role = Role.CommsOfficer, StartsAt = Now.AddDays(2), EndsAt = Now.AddDays(3) }));
    }

    [Fact]
    public void Nobody_ChangesTheirOwnEntry() => Assert.Equal("staff-own", Check(Jane, id: Manager.Id)?.Code);

    [Fact]
    public void Nobody_ChangesAnything_WithoutTheRight() => Assert.All(
        Enum.GetValues<Role>().Where(r => r != Role.CommsManager),
        role => Assert.Equal((RefusalKind.Forbidden, "forbidden"), (Check(Jane, actor: Manager with { Role = role }) is { } no ? (no.Kind, no.Code) : default)));

    [Theory]
    [InlineData("")]
    [InlineData("Jane")]
    [InlineData("-jane")]
    [InlineData("jane marsh")]
    [InlineData("system")]
    public void Id_IsASlug(string id) => Assert.Equal("staff-id-invalid", Check(Jane, known: null, id: id)?.Code);

    [Theory]
    [InlineData("")]
    [InlineData("=Jane")]
    [InlineData("Jane\nMarsh")]
    public void Name_IsOneThatCanStandAnywhere(string name) => Assert.Equal("name-invalid", Check(Jane with { Name = name })?.Code);

    [Fact]
    public void Name_HasAnEnd_AndCanBeKept()
    {
        Assert.Equal("name-invalid", Check(Jane with { Name = new string('a', StaffDecider.LongestName + 1) })?.Code);
        Assert.Equal("text-not-storable", Check(Jane with { Name = "Jane \ud800" })?.Code);
    }

    [Fact]
    public void Role_IsAPersons()
    {
        Assert.Equal("role-unknown", Check(Jane with { Role = Role.System })?.Code);
        Assert.Equal("role-unknown", Check(Jane with { Role = (Role)99 })?.Code);
    }

    [Fact]
    public void Accounts_AreAnAccountHolders_AndLocal()
    {
        Assert.Null(StaffDecider.Tidy(Jane with { Role = Role.FireControl }).PublishesOn);
        Assert.Null(StaffDecider.Tidy(Jane with { PublishesOn = new Scope() }).PublishesOn);
        Assert.Equal(["local"], StaffDecider.Tidy(Jane).PublishesOn!.Kinds!);
        Assert.Equal("scope-not-local", Check(Jane with { PublishesOn = new Scope { Kinds = ["corporate"] } })?.Code);
        Assert.Equal("scope-not-local", Check(Jane with { PublishesOn = new Scope { Kinds = ["local", "corporate"] } })?.Code);
        Assert.Equal("label-unknown", Check(Jane with { PublishesOn = new Scope { Stations = ["atlantis"] } })?.Code);
    }

    [Fact]
    public void Days_AreInOrder_AndNotOver()
    {
        Assert.Equal("term-ends-first", Check(Jane with { StartsAt = Now.AddDays(3), EndsAt = Now.AddDays(3) })?.Code);
        Assert.Equal("time-too-far", Check(Jane with { EndsAt = Now.AddYears(11) })?.Code);
        Assert.Equal("term-over", Check(Jane with { EndsAt = Now })?.Code);
        Assert.Equal("term-over", Check(Jane with { EndsAt = Now.AddDays(-1) }, known: Jane with { Active = false, EndsAt = Now.AddDays(-1) })?.Code);
        Assert.Null(Check(Jane with { Active = false, EndsAt = Now.AddDays(-1) }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void Reason_IsNeeded(string? reason) => Assert.Equal("reason-missing", Check(Jane, reason: reason)?.Code);

    // What follows the groups is theirs; ending somebody's access, and days, are for people all the same.
    [Fact]
    public void Groups_OwnNameRoleAndAccounts_AndNothingElse()
    {
        Assert.Equal("groups-own", Check(Jane, known: null, groups: true)?.Code);
        Assert.Equal("groups-own", Check(Jane with { Name = "Jane Hill" }, groups: true)?.Code);
        Assert.Equal("groups-own", Check(Jane with { Role = Role.CommsManager }, groups: true)?.Code);
        Assert.Equal("groups-own", Check(Jane with { PublishesOn = Scope.LocalAccounts }, groups: true)?.Code);
        Assert.Null(Check(Jane with { Active = false }, groups: true));
        Assert.Null(Check(Jane with { EndsAt = Now.AddDays(3) }, groups: true));
    }

    [Theory]
    [InlineData("2026-01-05", "2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z")]
    [InlineData("2026-07-31", "2026-07-30T23:00:00Z", "2026-07-31T23:00:00Z")]
    [InlineData("2026-03-29", "2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z")]
    [InlineData("2026-10-25", "2026-10-24T23:00:00Z", "2026-10-26T00:00:00Z")]
    public void Day_IsFromMidnightToMidnight_InLondon(string day, string start, string end)
    {
        var date = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture), StaffTerm.Start(date));
        Assert.Equal(DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture), StaffTerm.End(date));
        Assert.Equal((date, date), (StaffTerm.FirstDay(StaffTerm.Start(date)), StaffTerm.LastDay(StaffTerm.End(date))));
        Assert.Null(StaffTerm.End(null));
    }

    [Fact]
    public void States_HaveAnIdThatParses_AndAName() => Assert.All(Enum.GetValues<StaffState>(), state =>
    {
        Assert.True(StaffStates.TryParse(state.Id(), out var parsed));
        Assert.Equal(state, parsed);
        Assert.NotEmpty(state.Name());
    });

    private static Refusal? Check(StaffEntry wish, StaffEntry? known, string id = "jane", Actor? actor = null, string? reason = "Ticket 1", bool groups = false) =>
        StaffDecider.Check(id, known is null ? null : StaffDecider.Tidy(known), StaffDecider.Tidy(wish), reason, actor ?? Manager, Labels, groups, Now);

    private static Refusal? Check(StaffEntry wish, string id = "jane", Actor? actor = null, string? reason = "Ticket 1", bool groups = false) =>
        Check(wish, Jane, id, actor, reason, groups);
}

using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Tests.Accounts;
using Xunit;

namespace Coordination.Domain.Tests.Holds;

public sealed class HoldDeciderTests
{
    private static readonly KnownLabels Known = new(["birmingham"], ["aston", "bilston"], ["x", "mastodon"], ["prevention"]);
    private static readonly HoldWish Wish = new(HoldKind.Freeze, Scope.Everything, "Major incident", null, "INC-1", null);

    [Theory]
    [InlineData(Role.CommsManager, null, null, null)]
    [InlineData(Role.CommsOfficer, null, null, null)]
    [InlineData(Role.FdsOfficer, null, "incident-missing", "forbidden")]
    [InlineData(Role.FireControl, null, "incident-missing", "forbidden")]
    [InlineData(Role.AccountHolder, "forbidden", "forbidden", "forbidden")]
    [InlineData(Role.Auditor, "forbidden", "forbidden", "forbidden")]
    [InlineData(Role.System, null, null, "forbidden")]
    public void Authority_IsAsWritten_ForEachRole(Role role, string? atAnIncident, string? without, string? lifting)
    {
        var actor = new Actor("somebody", "Somebody", role);
        Assert.Equal(atAnIncident, Place(Wish, actor));
        Assert.Equal(without, Place(Wish with { Incident = " " }, actor));
        Assert.Equal(lifting, HoldDecider.Lift("It is over", null, actor)?.Code);
    }

    [Fact]
    public void Authority_Names_WhoMay() => Assert.Contains(
        "Comms manager", HoldDecider.Lift("Over", null, new Actor("a", "Ann", Role.FdsOfficer))!.Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, "reason-missing")]
    [InlineData(" ", "reason-missing")]
    [InlineData("a\0b", "text-not-storable")]
    public void Reason_IsNeeded_ToPlaceAndToLift(string? reason, string code)
    {
        Assert.Equal(code, Place(Wish with { Reason = reason }));
        Assert.Equal(code, HoldDecider.Lift(reason, null, Given.Manager)?.Code);
        Assert.Equal(code, HoldDecider.DeclineLift(reason, Given.Manager)?.Code);
    }

    [Fact]
    public void Lengths_AreBounded()
    {
        Assert.Equal("reason-too-long", Place(Wish with { Reason = new string('a', HoldDecider.LongestReason + 1) }));
        Assert.Equal("reason-too-long", HoldDecider.Lift(new string('a', HoldDecider.LongestReason + 1), null, Given.Manager)?.Code);
        Assert.Null(Place(Wish with { Incident = new string('a', 200) }));
        Assert.Equal("incident-too-long", Place(Wish with { Incident = new string('a', 201) }));
        Assert.Equal("text-not-storable", Place(Wish with { Incident = "INC\0" }));
        Assert.Null(Place(Wish with { NamedPosters = Many(HoldDecider.MostNamedPosters) }));
        Assert.Equal("named-posters-too-many", Place(Wish with { NamedPosters = Many(HoldDecider.MostNamedPosters + 1) }));
        Assert.Equal("named-poster-unknown", Place(Wish with { NamedPosters = [new string('a', 201)] }));
        Assert.Equal("named-poster-unknown", Place(Wish with { NamedPosters = [null!] }));
        Assert.Equal("named-poster-unknown", Place(Wish with { NamedPosters = [""] }));
        Assert.Equal("scope-too-long", Place(Wish with { Scope = new Scope { Areas = Many(ScopeDecider.LongestList + 1) } }));
        Assert.Equal("scope-too-long", Place(Wish with { Scope = new Scope { Accounts = Many(ScopeDecider.LongestList + 1) } }));
    }

    [Fact]
    public void ReviewTime_MustLieAhead()
    {
        Assert.Equal("review-in-past", Place(Wish with { ReviewAt = Given.Now }));
        Assert.Null(Place(Wish with { ReviewAt = Given.Now + TimeSpan.FromSeconds(1) }));
    }

    public static TheoryData<string, Scope> BadScopes => new()
    {
        { "scope-empty", new Scope() },
        { "scope-empty", new Scope { Areas = [], Accounts = [] } },
        { "scope-empty", new Scope { Except = new Scope { Areas = ["birmingham"] } } },
        { "scope-empty", new Scope { All = true, Except = new Scope { All = true } } },
        { "label-unknown", new Scope { Areas = ["atlantis"] } },
        { "label-unknown", new Scope { Areas = [null!] } },
        { "label-unknown", new Scope { Areas = ["birmingham", null!] } },
        { "label-unknown", new Scope { Stations = [""] } },
        { "label-unknown", new Scope { Platforms = ["X"] } },
        { "label-unknown", new Scope { Kinds = ["both"] } },
        { "label-unknown", new Scope { Departments = ["\0"] } },
        { "label-unknown", new Scope { Accounts = [null!] } },
        { "label-unknown", new Scope { Accounts = [""] } },
        { "label-unknown", new Scope { Accounts = ["x/Aston"] } },
        { "label-unknown", new Scope { All = true, Except = new Scope { Areas = [null!] } } },
        { "label-unknown", new Scope { All = true, Except = new Scope { Accounts = ["aston"] } } },
    };

    [Theory]
    [MemberData(nameof(BadScopes), DisableDiscoveryEnumeration = true)]
    public void CheckScope_Refuses_WhatNamesNothingOrNothingThatExists(string code, Scope scope)
    {
        var refusal = ScopeDecider.ForHolds.Check(scope, Known);
        Assert.Equal(code, refusal?.Code);
        Assert.Contains("Nothing was held", refusal!.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', refusal.Reason);
    }

    [Fact]
    public void CheckScope_NamesTheLabelsThatExist() => Assert.Contains(
        "aston, bilston", ScopeDecider.ForHolds.Check(new Scope { Stations = ["ashton"] }, Known)!.Reason, StringComparison.Ordinal);

    [Fact]
    public void CheckScope_Accepts_WhatExists() => Assert.Null(ScopeDecider.ForHolds.Check(
        new Scope { Areas = ["birmingham"], Kinds = ["local"], Except = new Scope { All = true, Stations = ["aston"], Accounts = ["x/demo"] } }, Known));

    [Fact]
    public void NamedAccounts_AreThoseToHoldAndThoseToLeaveOut() => Assert.Equal(
        ["x/a", "x/b"],
        ScopeDecider.NamedAccounts(new Scope { Accounts = ["x/a"], Except = new Scope { Accounts = ["x/b", "x/a"] } }).Order(StringComparer.Ordinal));

    [Fact]
    public void UnknownAccount_SaysWhatMayHaveBeenMeant_OrHowToFindIt()
    {
        var near = ScopeDecider.ForHolds.UnknownAccount("x/astom", [AccountKey.Parse("x/aston")]);
        Assert.Equal("label-unknown", near.Code);
        Assert.StartsWith("There is no account 'x/astom'. Nothing was held. Did you mean x/aston?", near.Reason, StringComparison.Ordinal);
        Assert.Contains("/api/accounts?q=", ScopeDecider.ForHolds.UnknownAccount("x/astom", []).Reason, StringComparison.Ordinal);
    }

    private static string? Place(HoldWish wish, Actor? actor = null) => HoldDecider.Place(wish, actor ?? Given.Manager, Known, Given.Now)?.Code;

    private static string[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => $"n{i}")];
}

using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Tests.Accounts;
using Xunit;

namespace Coordination.Domain.Tests.Holds;

public sealed class SavedScopeTests
{
    private static readonly KnownLabels Known = new(["birmingham"], ["aston"], ["x"], []);
    private static readonly Scope Aston = new() { Stations = ["aston"] };

    [Theory]
    [InlineData("Fire Cadets & Youth", "fire-cadets-youth")]
    [InlineData("  Élan 24/7  ", "lan-24-7")]
    [InlineData("消防", "")]
    public void IdFor_KeepsSmallLettersAndDigits(string name, string id) => Assert.Equal(id, SavedScopeDecider.IdFor(name));

    [Fact]
    public void IdFor_IsNeverTooLong_AndAlwaysAnId()
    {
        var id = SavedScopeDecider.IdFor(string.Concat(Enumerable.Repeat("cadets ", 20)));

        Assert.True(id.Length <= SavedScopeDecider.LongestId);
        Assert.True(SavedScopeDecider.IsId(id));
    }

    [Theory]
    [InlineData("scope-id-invalid", "Cadets", "Cadets")]
    [InlineData("scope-id-invalid", "a--b", "Cadets")]
    [InlineData("scope-id-invalid", "", "Cadets")]
    [InlineData("scope-id-invalid", "\0", "Cadets")]
    [InlineData("scope-name-invalid", "cadets", " ")]
    [InlineData("scope-name-invalid", "cadets", null)]
    [InlineData("scope-name-invalid", "cadets", "0123456789012345678901234567890123456789012345678901234567890")]
    [InlineData("text-not-storable", "cadets", "\0")]
    [InlineData(null, "cadets", " Cadets ")]
    public void Save_Refuses_WhatIsNoIdOrNoName(string? code, string id, string? name)
    {
        var refusal = SavedScopeDecider.Save(id, name, Aston, Given.Manager, Known);

        Assert.Equal(code, refusal?.Code);
        Assert.DoesNotContain('\0', refusal?.Reason ?? "");
    }

    [Fact]
    public void Save_RefusesWhatCoversNothing_InWordsAboutSaving()
    {
        Assert.Equal("scope-empty", SavedScopeDecider.Save("cadets", "Cadets", new Scope(), Given.Manager, Known)?.Code);
        var unknown = SavedScopeDecider.Save("cadets", "Cadets", new Scope { Areas = ["nowhere"] }, Given.Manager, Known)!;
        Assert.Equal("label-unknown", unknown.Code);
        Assert.Contains("Nothing was saved.", unknown.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Comms_MaySaveAndRemove_AndNobodyElse()
    {
        foreach (var (name, actor) in Given.People)
        {
            var may = actor.Role is Role.CommsManager or Role.CommsOfficer;
            Assert.True(may == (SavedScopeDecider.Save("cadets", "Cadets", Aston, actor, Known) is null), name);
            Assert.True(may == (SavedScopeDecider.Remove(actor) is null), name);
        }
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890")]
    public void Hold_IsRefused_WhenItsScopeHasNoName_OrTooLongAOne(string name)
    {
        foreach (var scope in new[] { Aston with { Name = name }, Scope.Everything with { Except = Aston with { Name = name } } })
        {
            var refusal = ScopeDecider.ForHolds.Check(scope, Known)!;
            Assert.Equal("scope-name-invalid", refusal.Code);
            Assert.Contains("Nothing was held.", refusal.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Name_SaysNothingAboutWhatIsCovered() =>
        Assert.Equal("scope-empty", ScopeDecider.ForHolds.Check(new Scope { Name = "Everything" }, Known)?.Code);
}

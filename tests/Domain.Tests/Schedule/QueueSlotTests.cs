using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Schedule;
using Xunit;

namespace Coordination.Domain.Tests.Schedule;

/// <summary>Queue slots: what one is, and who may set which.</summary>
public sealed class QueueSlotTests
{
    private static readonly AccountKey Key = AccountKey.Parse("x/demo_wmfs_aston");
    private static readonly AccountLabels Local = new("x", AccountKind.Local, "birmingham", "aston", null);
    private static readonly AccountLabels Corporate = Local with { Kind = AccountKind.Corporate };
    private static readonly QueueSlot Slot = new(DayOfWeek.Tuesday, new TimeOnly(17, 30));

    [Theory]
    [InlineData("tue 17:30", true)]
    [InlineData("sun 00:00", true)]
    [InlineData("Tue 17:30", false)]
    [InlineData("tue 17:30:10", false)]
    [InlineData("tue 7:30", false)]
    [InlineData("tue 24:00", false)]
    [InlineData("day 17:30", false)]
    [InlineData("tue  17:30", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Text_IsADayAndATime(string? text, bool reads)
    {
        Assert.Equal(reads, QueueSlot.TryParse(text, out var slot));
        Assert.True(!reads || string.Equals(slot.ToString(), text, StringComparison.Ordinal));
    }

    [Fact]
    public void Slot_IsAWholeMinute() => Assert.Throws<ArgumentOutOfRangeException>(() => new QueueSlot(DayOfWeek.Monday, new TimeOnly(9, 0, 1)));

    [Fact]
    public void Json_IsItsText()
    {
        Assert.Equal("\"tue 17:30\"", JsonSerializer.Serialize(Slot));
        Assert.Equal(Slot, JsonSerializer.Deserialize<QueueSlot>("\"tue 17:30\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<QueueSlot>("\"someday\""));
    }

    [Fact]
    public void InOrder_BeginsOnMonday() => Assert.Equal(
        ["mon 09:00", "tue 08:00", "tue 17:30", "sun 00:00"],
        QueueSlotRules.InOrder([new(DayOfWeek.Sunday, default), Slot, new(DayOfWeek.Tuesday, new TimeOnly(8, 0)), new(DayOfWeek.Monday, new TimeOnly(9, 0))]).Select(s => s.ToString()));

    [Theory]
    [InlineData(Role.CommsManager, true, true)]
    [InlineData(Role.CommsOfficer, true, true)]
    [InlineData(Role.FdsOfficer, true, false)]
    [InlineData(Role.FireControl, true, false)]
    [InlineData(Role.AccountHolder, false, true)]
    [InlineData(Role.Auditor, false, false)]
    public void Set_IsForWhoMayPublishThere(Role role, bool corporate, bool local)
    {
        var actor = new Actor("someone", "Someone", role, new Scope { Stations = ["aston"] });
        Assert.Equal(corporate ? null : "not-your-account", QueueSlotRules.Set(Key, Corporate, AccountLifecycle.Connected, [Slot], actor)?.Code);
        Assert.Equal(local ? null : "not-your-account", QueueSlotRules.Set(Key, Local, AccountLifecycle.Connected, [Slot], actor)?.Code);
    }

    [Fact]
    public void Set_IsNotForTheHolderOfAnother() =>
        Assert.Equal("not-your-account", QueueSlotRules.Set(Key, Local, AccountLifecycle.Connected, [Slot], new Actor("other", "Other", Role.AccountHolder, new Scope { Stations = ["bilston"] }))?.Code);

    [Theory]
    [InlineData(0, null)]
    [InlineData(50, null)]
    [InlineData(51, "slots-too-many")]
    public void Set_TakesUpToFifty(int count, string? code) => Assert.Equal(
        code, QueueSlotRules.Set(Key, Local, AccountLifecycle.Connected, [.. Enumerable.Range(0, count).Select(m => new QueueSlot(DayOfWeek.Monday, new TimeOnly(9, m % 60).AddHours(m / 60)))], Comms)?.Code);

    [Theory]
    [InlineData(AccountLifecycle.Requested, null)]
    [InlineData(AccountLifecycle.Approved, null)]
    [InlineData(AccountLifecycle.Connected, null)]
    [InlineData(AccountLifecycle.Retired, "account-retired")]
    public void Set_IsNotForARetiredAccount(AccountLifecycle lifecycle, string? code) => Assert.Equal(code, QueueSlotRules.Set(Key, Local, lifecycle, [Slot], Comms)?.Code);

    [Fact]
    public void Set_TakesEachOnce() => Assert.Equal("slot-twice", QueueSlotRules.Set(Key, Local, AccountLifecycle.Connected, [Slot, Slot], Comms)?.Code);

    private static Actor Comms { get; } = new("comms", "Comms", Role.CommsManager);
}

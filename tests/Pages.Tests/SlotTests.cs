using Coordination.Dashboard.Components.Compose;
using Coordination.Dashboard.Components.Slots;
using Coordination.Dashboard.Slots;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Review;
using Coordination.Domain.Schedule;
using Microsoft.Extensions.Time.Testing;

namespace Coordination.Pages.Tests;

/// <summary>Queue slots on the account's page and in the composer.</summary>
public sealed class SlotTests
{
    private static readonly AccountKey Binley = AccountKey.Parse("x/demo_wmfs_binley");
    private static readonly AccountKey Canley = AccountKey.Parse("x/demo_wmfs_canley");
    private static readonly QueueSlot Noon = new(DayOfWeek.Tuesday, new TimeOnly(12, 0));
    private static readonly QueueSlot Evening = new(DayOfWeek.Tuesday, new TimeOnly(17, 30));
    private readonly StubSlotDesk _desk = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Choice_IsOffered_WhenEveryChosenAccountHasSlots()
    {
        _desk.Slots[Binley] = [Noon];
        var choice = new SlotChoice(_desk);
        Assert.False(choice.Offered);
        await choice.ShowAsync([Binley], None);
        Assert.True(choice.Offered);
        await choice.ShowAsync([Binley, Canley], None);
        Assert.False(choice.Offered);
        Assert.Equal([Canley], choice.Without);
        _desk.Slots[Canley] = [Evening];
        await choice.LookAsync(None);
        Assert.True(choice.Offered);
        await choice.ShowAsync([], None);
        Assert.False(choice.Offered);
    }

    [Fact]
    public async Task Choice_GroupsAccountsByTheirTimes_AndNamesThoseThatAreFull()
    {
        (_desk.Slots[Binley], _desk.Slots[Canley]) = ([Noon, Evening], [Evening]);
        var choice = new SlotChoice(_desk);
        await choice.ShowAsync([Binley, Canley], None);
        Assert.Equal([Binley, Canley], choice.Times.SelectMany(g => g.Accounts));
        Assert.Equal(2, choice.Times.Count);

        _desk.Taken.UnionWith(SlotPlan.Coming([Noon], QuietHours.Default, Some.Now).Select(t => t.When.At));
        await choice.LookAsync(None);
        Assert.Equal([Binley, Canley], Assert.Single(choice.Times).Accounts);

        _desk.Taken.UnionWith(SlotPlan.Coming([Evening], QuietHours.Default, Some.Now).Select(t => t.When.At));
        await choice.LookAsync(None);
        Assert.Equal([Binley, Canley], choice.Full);
        Assert.True(choice.Offered);
    }

    [Fact]
    public async Task Choice_AsksOnce_WhileTheSameAccountsAreChosen_AndSaysWhenNothingAnswers()
    {
        _desk.Slots[Binley] = [Noon];
        var choice = new SlotChoice(_desk);
        await choice.ShowAsync([Binley], None);
        await choice.ShowAsync([Binley], None);
        Assert.Equal(1, _desk.Reads);
        _desk.Away = true;
        await choice.LookAsync(None);
        Assert.True(choice.Problem);
        Assert.True(choice.Offered);
    }

    [Fact]
    public async Task Model_AddsAndTakesOut()
    {
        var model = new SlotsModel(_desk, Binley);
        await model.LoadAsync(None);
        Assert.False(await model.AddAsync(Some.Manager, None));
        Assert.Equal("Choose a time.", model.Wrong);
        (model.Day, model.Time) = ("tue", "17:30:00");
        Assert.True(await model.AddAsync(Some.Manager, None));
        Assert.Equal([Evening], model.View!.Kept.Slots);
        Assert.Equal("", model.Time);

        model.Time = "17:30";
        Assert.False(await model.AddAsync(Some.Manager, None));
        Assert.Contains("already", model.Wrong, StringComparison.Ordinal);
        Assert.True(await model.TakeOutAsync(Evening, Some.Manager, None));
        Assert.Empty(model.View!.Kept.Slots);
    }

    [Fact]
    public async Task Model_ShowsWhatAnotherHasSet_AndChangesNothingThen()
    {
        var model = new SlotsModel(_desk, Binley);
        await model.LoadAsync(None);
        (_desk.Slots[Binley], _desk.Version) = ([Noon], 1);
        (model.Day, model.Time) = ("tue", "17:30");
        Assert.False(await model.AddAsync(Some.Manager, None));
        Assert.Contains("Somebody has set these slots", model.Wrong, StringComparison.Ordinal);
        Assert.Equal([Noon], model.View!.Kept.Slots);
        Assert.Equal("17:30", model.Time);
        Assert.True(await model.AddAsync(Some.Manager, None));
        Assert.Equal([Noon, Evening], _desk.Slots[Binley]);
    }

    [Fact]
    public async Task Compose_SendsIntoSlots_AndIsAnotherWishThanNow()
    {
        var desk = new StubPostDesk();
        var model = new ComposeModel(desk, new FakeTimeProvider(Some.Now)) { Text = "Test your smoke alarm." };
        model.Toggle(Binley);
        await model.SendAsync(Some.Manager, None);
        model.InSlot = true;
        Assert.Equal("Schedule on 1 account", model.ButtonFor(0, false));
        await model.SendAsync(Some.Manager, None);
        await model.SendAsync(Some.Manager, None);
        Assert.Equal([false, true, true], desk.Words.Select(w => w.InSlot));
        Assert.Null(desk.Words[1].DueAt);
        Assert.Equal(2, desk.Operations.Distinct().Count());
        model.Clear();
        Assert.False(model.InSlot);
    }

    private sealed class StubSlotDesk : ISlotDesk
    {
        public Dictionary<AccountKey, IReadOnlyList<QueueSlot>> Slots { get; } = [];

        public HashSet<DateTimeOffset> Taken { get; } = [];

        public long Version { get; set; }

        public int Reads { get; private set; }

        public bool Away { get; set; }

        public Task<IReadOnlyDictionary<AccountKey, SlotView>> ReadAsync(IReadOnlyCollection<AccountKey> accounts, CancellationToken cancellationToken)
        {
            Reads++;
            return Away
                ? throw new TimeoutException("no answer")
                : Task.FromResult<IReadOnlyDictionary<AccountKey, SlotView>>(accounts.ToDictionary(a => a, View));
        }

        public Task<SlotAnswer> SetAsync(AccountKey account, IReadOnlyList<QueueSlot> slots, long version, Actor actor, CancellationToken cancellationToken)
        {
            if (version != Version)
            {
                return Task.FromResult(new SlotAnswer(new Refusal("slots-changed", "Others.", RefusalKind.Conflict), null));
            }

            (Slots[account], Version) = (QueueSlotRules.InOrder(slots), Version + 1);
            return Task.FromResult(new SlotAnswer(null, View(account)));
        }

        private SlotView View(AccountKey account)
        {
            var slots = Slots.GetValueOrDefault(account) ?? [];
            return new SlotView(new QueueSlots(account, slots, Version, null, null), QuietHours.Default, SlotPlan.Free(SlotPlan.Coming(slots, QuietHours.Default, Some.Now), Taken));
        }
    }
}

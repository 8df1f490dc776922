using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Xunit;

namespace Coordination.Domain.Tests.Accounts;

/// <summary>A post that goes into the account's next free queue slot.</summary>
public sealed class PostSlotTests
{
    private static readonly DateTimeOffset First = Given.Now + TimeSpan.FromHours(3);
    private static readonly DateTimeOffset Second = Given.Now + TimeSpan.FromHours(6);
    private static readonly AccountState Connected = Given.Account(AccountLifecycle.Connected);

    private static Actor Holder => Given.People.First(p => p.Name == "account-holder").Actor;

    [Fact]
    public void Schedule_TakesTheFirstSlot_AndTheNextOneIsForTheNext()
    {
        var one = Taken(Connected, 2, [First, Second]);
        Assert.Equal(First, one.Find(Given.Id(2))!.DueAt);
        Assert.Equal(Second, Taken(one, 3, [First, Second]).Find(Given.Id(3))!.DueAt);
        Assert.Equal("no-free-slot", Refused(one, 3, [First]).Code);
    }

    [Fact]
    public void Schedule_GivesASlotAgain_WhenItsPostWasTakenBack()
    {
        var one = Taken(Connected, 2, [First, Second]);
        var back = AccountFold.Fold(one, Accepted(one, new CancelPost(Given.Id(2), "Not now.")));
        Assert.Equal(First, Taken(back, 3, [First, Second]).Find(Given.Id(3))!.DueAt);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public void Schedule_GivesNoSlotOfThePast(int minutes) =>
        Assert.Equal(Second, Taken(Connected, 2, [Given.Now.AddMinutes(minutes), Second]).Find(Given.Id(2))!.DueAt);

    [Fact]
    public void Schedule_Refuses_WhenNoneIsOffered() => Assert.Equal(("no-free-slot", RefusalKind.Conflict), (Refused(Connected, 2, []).Code, Refused(Connected, 2, []).Kind));

    [Fact]
    public void Schedule_SaysFirstWhoMayNot() => Assert.Equal(
        "not-your-account", ((Decision<AccountEvent>.Refused)AccountDecider.Decide(Connected, In(2, []), Given.People.First(p => p.Name == "account-holder-of-another").Actor, Given.Now)).Why.Code);

    [Fact]
    public void NoTwoPosts_AreGivenOneSlot() => AccountHistory.Commands.SampleSeeded(
        commands => AccountHistory.Run(commands).All(step =>
            step is not { Command: SchedulePost { Slots: not null } c, Decision: Decision<AccountEvent>.Accepted }
            || !step.Before.Posts.Any(p => p.State.IsWaiting() && p.DueAt == step.After.Find(c.PostId)!.DueAt)),
        iter: 2_000);

    [Fact]
    public void SlotPosts_GoIntoASlotThatWasOffered() => AccountHistory.Commands.SampleSeeded(
        commands => AccountHistory.Run(commands).All(step =>
            step is not { Command: SchedulePost { Slots: { } offered } c, Decision: Decision<AccountEvent>.Accepted }
            || (offered.Contains(step.After.Find(c.PostId)!.DueAt) && step.After.Find(c.PostId)!.DueAt > Given.Now)),
        iter: 2_000);

    private static SchedulePost In(int id, IReadOnlyList<DateTimeOffset> slots) =>
        new(Given.Id(id), $"Post {id}", Given.Now, PostRules.DefaultTolerance, null, HoldsMet.None) { Slots = slots };

    private static AccountState Taken(AccountState state, int id, IReadOnlyList<DateTimeOffset> slots) => AccountFold.Fold(state, Accepted(state, In(id, slots)));

    private static IReadOnlyList<AccountEvent> Accepted(AccountState state, AccountCommand command) =>
        Assert.IsType<Decision<AccountEvent>.Accepted>(AccountDecider.Decide(state, command, Holder, Given.Now)).Events;

    private static Refusal Refused(AccountState state, int id, IReadOnlyList<DateTimeOffset> slots) =>
        Assert.IsType<Decision<AccountEvent>.Refused>(AccountDecider.Decide(state, In(id, slots), Holder, Given.Now)).Why;
}

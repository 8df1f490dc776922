using Coordination.Domain.People;
using Coordination.Domain.Rota;
using Xunit;

namespace Coordination.Domain.Tests.Rota;

/// <summary>A turn of the duty rota is handed over by one and taken by another; what is left is seen.</summary>
public sealed class HandoverTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Actor Kim = new("kim", "Kim Example", Role.FdsOfficer);
    private static readonly Actor Lee = new("lee", "Lee Example", Role.FireControl);
    private static readonly Actor Officer = new("sam", "Sam", Role.CommsOfficer);
    private static readonly Shift Shift = new() { Role = DutyRole.IncidentCover, Name = "kim example", Phone = "0121 496 0003", From = Now.AddHours(-10), To = Now };
    private static readonly HandoverFacts Facts = new() { Holds = ["H-000001"], HandBack = 2 };

    [Fact]
    public void Turn_IsHandedOver_ByWhomTheRotaNames_OrComms()
    {
        Assert.Equal((HandoverDecider.Given, "Quiet night", "kim"), Accepted(Give(null, Kim)) is var given ? (given.Event, given.After.Notes, given.After.GivenBy) : default);
        Assert.Equal("sam", Accepted(Give(null, Officer)).After.GivenBy);
        Assert.Equal("forbidden", Refused(Give(null, Lee)));
        Assert.Equal("reason-missing", Refused(Give(null, Kim, " ")));
        Assert.Equal("shift-not-begun", Refused(HandoverDecider.Give(null, Shift with { From = Now.AddHours(1), To = Now.AddHours(2) }, Facts, "Quiet", Kim, Now)));
        Assert.Equal("shift-not-begun", Refused(HandoverDecider.Give(null, Shift with { Open = false }, Facts, "Quiet", Kim, Now)));
    }

    [Fact]
    public void Words_AreWrittenAnew_UntilSomebodyHasTakenIt()
    {
        var given = Accepted(Give(null, Kim)).After;
        Assert.True(given.Open);
        Assert.IsType<Decision<Change<Handover>>.AlreadyDone>(Give(given, Kim));
        Assert.Equal("Two fires", Accepted(Give(given, Kim, "Two fires")).After.Notes);
        Assert.Equal("handover-taken", Refused(Give(Accepted(HandoverDecider.Take(given, Lee.Name, Lee, Now)).After, Kim, "Two fires")));
    }

    [Fact]
    public void Turn_IsTaken_ByTheNext_OrComms_NeverByWhoGaveIt()
    {
        var given = Accepted(Give(null, Kim)).After;
        var taken = Accepted(HandoverDecider.Take(given, Lee.Name, Lee, Now));
        Assert.Equal((HandoverDecider.Taken, "lee", "Lee Example", Now, false), (taken.Event, taken.After.TakenBy!, taken.After.TakenByName!, taken.After.TakenAt!.Value, taken.After.Open));
        Assert.Equal("sam", Accepted(HandoverDecider.Take(given, null, Officer, Now)).After.TakenBy);
        Assert.Equal("forbidden", Refused(HandoverDecider.Take(given, "Somebody Else", Lee, Now)));
        Assert.Equal("handover-own", Refused(HandoverDecider.Take(given, Kim.Name, Kim, Now)));
        Assert.IsType<Decision<Change<Handover>>.AlreadyDone>(HandoverDecider.Take(taken.After, Lee.Name, Lee, Now));
        Assert.Equal("handover-taken", Refused(HandoverDecider.Take(taken.After, null, Officer, Now)));
    }

    [Fact]
    public void View_ShowsTheTurnThatGoesOn_AndTheOneBefore()
    {
        var (old, last, current, coming) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        KeyValuePair<Guid, Shift>[] shifts =
        [
            new(old, Shift with { Name = "Old", From = Now.AddHours(-40), To = Now.AddHours(-24) }),
            new(last, Shift with { From = Now.AddHours(-24), To = Now.AddHours(-12) }),
            new(current, Shift with { Name = "Lee Example", From = Now.AddHours(-12), To = Now.AddHours(12) }),
            new(coming, Shift with { Name = "Max", From = Now.AddHours(12), To = Now.AddHours(24) }),
        ];
        var turns = View(shifts);
        Assert.Equal([(last, "Lee Example", true), (current, "Max", false)], turns.Select(t => (t.ShiftId, t.Next!, t.IsLeft(Now))));

        var given = Accepted(Give(null, Kim)).After;
        Assert.True(View(shifts, (last, given))[0].IsLeft(Now));
        Assert.False(View(shifts, (last, given with { TakenBy = "lee", TakenByName = "Lee", TakenAt = Now }))[0].IsLeft(Now));
    }

    [Fact]
    public void View_LeavesOutWhoGoesOn_WhatIsLongOver_AndWhatIsOffTheRota()
    {
        var id = Guid.NewGuid();
        KeyValuePair<Guid, Shift>[] same = [new(id, Shift with { From = Now.AddHours(-24), To = Now.AddHours(-1) }), new(Guid.NewGuid(), Shift with { Name = "KIM EXAMPLE", From = Now.AddHours(-1), To = Now.AddHours(9) })];
        Assert.DoesNotContain(View(same), t => t.ShiftId == id);
        Assert.Empty(View([new(id, Shift with { From = Now.AddDays(-9), To = Now - HandoverView.Shown })]));
        Assert.Empty(View([new(id, Shift with { Open = false })]));

        // Nobody comes next: whoever was on is still to hand over.
        Assert.True(Assert.Single(View([new(id, Shift)])).IsLeft(Now));
    }

    private static IReadOnlyList<DutyTurn> View(KeyValuePair<Guid, Shift>[] shifts, params (Guid Id, Handover Given)[] given) => HandoverView.Of(shifts, given.ToDictionary(g => g.Id, g => g.Given), Now);

    private static Decision<Change<Handover>> Give(Handover? known, Actor actor, string? notes = "Quiet night ") => HandoverDecider.Give(known, Shift, Facts, notes, actor, Now);

    private static Change<Handover> Accepted(Decision<Change<Handover>> decision) => Assert.Single(Assert.IsType<Decision<Change<Handover>>.Accepted>(decision).Events);

    private static string Refused(Decision<Change<Handover>> decision) => Assert.IsType<Decision<Change<Handover>>.Refused>(decision).Why.Code;
}

using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.Tests.Brigade;
using Xunit;
using static Coordination.Domain.Tests.Incidents.Rules.GivenIncident;

namespace Coordination.Domain.Tests.Incidents.Rules;

/// <summary>What comes after a hold: it stays, and a person is asked once.</summary>
public sealed class HoldReviewTests
{
    private static readonly IncidentReport s_declared = InCoventry with { Major = Declared };
    private static readonly StandingTakeover s_held = GivenRule.Standing("major-incident", GivenRule.Areas("coventry"), TakeoverState.Placed);

    [Fact]
    public void Of_AsksOnce_WhenTheIncidentEnds()
    {
        var stop = s_declared with { Revision = 2, Status = IncidentStatus.Stop };
        Asks("the incident is stopped", Of(s_declared, stop), Of(s_declared));
        Asks("the incident is closed", Of(s_declared, stop with { Status = IncidentStatus.Closed }), Of(s_declared));
        Nothing(Of(s_declared, stop, stop with { Revision = 3, Status = IncidentStatus.Closed }), Of(s_declared, stop));
    }

    [Fact]
    public void Of_Asks_WhenTheRuleThatHeldIsTrueNoLonger()
    {
        Asks("it is no longer so that a major incident is declared (rule 3", Of(s_declared, s_declared with { Revision = 2, Major = Declared with { StoodDownAt = Now } }), Of(s_declared));

        // Not known any more is not true any more.
        Asks("it is no longer so", Of(s_declared, InCoventry with { Revision = 2 }), Of(s_declared));
    }

    [Fact]
    public void Of_SaysNothing_WhereNothingIsHeldOrNothingChanged()
    {
        var stop = s_declared with { Revision = 2, Status = IncidentStatus.Stop };
        Nothing(Of(s_declared, s_declared with { Revision = 2, Pumps = 4 }), Of(s_declared));
        Nothing(Of(s_declared), null);
        Nothing(Of(s_declared, stop), Of(s_declared), s_held with { State = TakeoverState.Lifted, EndedAt = Now });
        Nothing(Of(s_declared, stop), Of(s_declared), s_held with { State = TakeoverState.Pending });
        Nothing(Of(s_declared, stop), Of(s_declared), s_held with { State = TakeoverState.Shadow });

        // One that came late takes nothing back.
        Nothing(Of(s_declared with { Revision = 3 }, stop), Of(s_declared with { Revision = 3 }));
    }

    private static void Asks(string words, Incident now, Incident before)
    {
        var note = Assert.Single(HoldReview.Of(now, before, RuleBook.Default, DemoMap.Map, [s_held], Now));
        Assert.Equal(PlanNoteKind.AsksPerson, note.Kind);
        Assert.Contains(words, note.Words, StringComparison.Ordinal);
        Assert.Contains("stays held until Comms lifts it", note.Words, StringComparison.Ordinal);
    }

    private static void Nothing(Incident now, Incident? before, StandingTakeover? held = null) =>
        Assert.Empty(HoldReview.Of(now, before, RuleBook.Default, DemoMap.Map, [held ?? s_held], Now));
}

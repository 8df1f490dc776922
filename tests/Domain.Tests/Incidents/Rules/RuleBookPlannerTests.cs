using Coordination.Domain.Holds;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.Tests.Brigade;
using Xunit;
using static Coordination.Domain.Tests.Incidents.Rules.GivenIncident;
using static Coordination.Domain.Tests.Incidents.Rules.GivenRule;

namespace Coordination.Domain.Tests.Incidents.Rules;

public sealed class RuleBookPlannerTests
{
    private static readonly Condition TenPumps = new PumpsAtLeast(10);
    private static readonly IncidentReport Large = InCoventry with { Pumps = 10, Headline = "Fire at a warehouse" };
    private static readonly IncidentRule AtOnce = Rule(1, TenPumps);

    [Fact]
    public void Plan_HoldsTheIncidentsArea_WhenARuleIsTrue()
    {
        var plan = Assert.Single(GivenRule.Plan(Book(AtOnce), Of(Large)).Plans);

        Assert.Equal(["coventry"], plan.Scope.Areas);
        Assert.Equal(["local"], plan.Scope.Kinds);
        Assert.Equal(RuleMode.AtOnce, plan.Mode);
        Assert.Equal("rule 1: a rule (Fire at a warehouse, incident 1234)", plan.Reason);
    }

    [Fact]
    public void Plan_SaysTheType_WhereThereIsNoHeadline() => Assert.Equal(
        "rule 1: a rule (Fire - industrial unit, incident 1234)", Assert.Single(GivenRule.Plan(Book(AtOnce), Of(Large with { Headline = null })).Plans).Reason);

    [Theory]
    [InlineData(9)]
    [InlineData(null)]
    public void Plan_DoesNothing_WhenARuleIsFalseOrNotKnown(int? pumps) => Nothing(GivenRule.Plan(Book(AtOnce), Of(Large with { Pumps = pumps })));

    [Fact]
    public void Plan_DoesNothing_WhenTheRuleIsOff() => Nothing(GivenRule.Plan(Book(AtOnce with { Enabled = false }), Of(Large)));

    [Fact]
    public void Plan_HoldsTheStationsAround()
    {
        var aston = DemoMap.Map.Stations.Single(s => s.Id == "aston");

        var plan = Assert.Single(GivenRule.Plan(Book(Rule(1, TenPumps, reach: RuleReach.StationsWithin)), Of(Bare with { Pumps = 10, Position = aston.Location })).Plans);

        Assert.Contains("aston", plan.Scope.Stations!);
        Assert.All(plan.Scope.Stations!, id => Assert.True(DemoMap.Map.Stations.Single(s => s.Id == id).Location.DistanceKm(aston.Location) <= 3));
        Assert.Null(plan.Scope.Areas);
    }

    public static TheoryData<string, IncidentReport, RuleReach> Unplaced() => new()
    {
        { "where it is is not known", Bare, RuleReach.IncidentArea },
        { "where it is is not clear: area 'Atlantis' is not known", Bare with { Areas = ["Atlantis"] }, RuleReach.IncidentArea },
        { "it is over the border", InCoventry with { OverTheBorder = true }, RuleReach.IncidentArea },
        { "where it is is not known", InCoventry, RuleReach.StationsWithin },
        { "no station is within 3 km of it", Bare with { Position = DemoMap.Point(51.5, -0.1) }, RuleReach.StationsWithin },
    };

    [Theory]
    [MemberData(nameof(Unplaced))]
    public void Plan_AsksAPerson_WhereThePlaceIsNotClear(string why, IncidentReport report, RuleReach reach) =>
        Note(PlanNoteKind.AsksPerson, why, GivenRule.Plan(Book(Rule(1, TenPumps, reach: reach)), Of(report with { Pumps = 10 })));

    [Fact]
    public void Plan_OfTheWholeBrigade_NeedsNoPlace() =>
        Assert.Equal(["local"], Assert.Single(GivenRule.Plan(Book(Rule(1, TenPumps, reach: RuleReach.WholeBrigade)), Of(Bare with { Pumps = 10 })).Plans).Scope.Kinds);

    [Fact]
    public void Plan_AsksNobodyForThePlace_WhileTheWholeBrigadeIsHeld() =>
        Note(PlanNoteKind.AlreadyHeld, "held already", GivenRule.Plan(Book(AtOnce), Of(Bare with { Pumps = 10 }), Standing("other", Scope.LocalAccounts, TakeoverState.Placed)));

    [Theory]
    [InlineData(TakeoverState.Placed, true)]
    [InlineData(TakeoverState.Shadow, true)]
    [InlineData(TakeoverState.Vetoed, false)]
    [InlineData(TakeoverState.Refused, false)]
    [InlineData(TakeoverState.Lifted, false)]
    [InlineData(TakeoverState.Ended, false)]
    public void Plan_HoldsNothingTwice(TakeoverState state, bool held)
    {
        var planning = GivenRule.Plan(Book(AtOnce), Of(Large), Standing("other", Areas("coventry"), state));

        Assert.Equal(held ? 0 : 1, planning.Plans.Count);
        Assert.Equal(held, planning.Notes is [{ Kind: PlanNoteKind.AlreadyHeld }]);
    }

    [Theory]
    [InlineData(HoldKind.CentralCoordination, HoldKind.Freeze, true)]
    [InlineData(HoldKind.Freeze, HoldKind.Freeze, true)]
    [InlineData(HoldKind.Freeze, HoldKind.CentralCoordination, false)]
    public void Plan_CountsAStrongerHold_AndNoWeakerOne(HoldKind wanted, HoldKind standing, bool held) => Assert.Equal(
        held ? 0 : 1,
        GivenRule.Plan(Book(Rule(1, TenPumps, kind: wanted)), Of(Large), Standing("other", Areas("coventry"), TakeoverState.Placed, kind: standing)).Plans.Count);

    [Fact]
    public void Plan_HoldsOnlyWhatIsNew_WhenAnIncidentSpreads()
    {
        var spread = Of(Large with { Areas = ["coventry", "solihull", "dudley"] });

        var plan = Assert.Single(GivenRule.Plan(Book(AtOnce), spread, Standing("rule-1", Areas("coventry"), TakeoverState.Placed), Standing("other", Areas("dudley"), TakeoverState.Placed)).Plans);

        Assert.Equal(["solihull"], plan.Scope.Areas);
    }

    [Fact]
    public void Plan_KnowsThatAnArea_CoversItsStations()
    {
        var foleshill = DemoMap.Map.Stations.First(s => s.AreaId == "coventry");
        var incident = Of(Bare with { Pumps = 10, Position = foleshill.Location });

        var plan = GivenRule.Plan(Book(Rule(1, TenPumps, reach: RuleReach.StationsWithin)), incident, Standing("other", Areas("coventry"), TakeoverState.Placed));

        Assert.DoesNotContain(plan.Plans.SelectMany(p => p.Scope.Stations!), id => DemoMap.Map.Stations.Single(s => s.Id == id).AreaId == "coventry");
    }

    [Fact]
    public void Plan_DoesNotTrust_AHoldThatLeavesSomethingOut()
    {
        var but = Areas("coventry") with { Except = new Scope { Platforms = ["mastodon"] } };

        Assert.Single(GivenRule.Plan(Book(AtOnce), Of(Large), Standing("other", but, TakeoverState.Placed)).Plans);
        Assert.Single(GivenRule.Plan(Book(AtOnce), Of(Large), Standing("other", Areas("coventry") with { Platforms = ["x"] }, TakeoverState.Placed)).Plans);
        Assert.Single(GivenRule.Plan(Book(AtOnce), Of(Large), Standing("other", new Scope { Kinds = ["corporate"] }, TakeoverState.Placed)).Plans);
    }

    [Theory]
    [InlineData(TakeoverState.Vetoed, 29, PlanNoteKind.CoolingDown)]
    [InlineData(TakeoverState.Lifted, 29, PlanNoteKind.CoolingDown)]
    [InlineData(TakeoverState.Vetoed, 30, null)]
    [InlineData(TakeoverState.Refused, 0, null)]
    [InlineData(TakeoverState.Ended, 0, null)]
    public void Plan_LeavesAnIncidentAlone_AfterAPersonSaidNo(TakeoverState state, int minutesAgo, PlanNoteKind? note)
    {
        var planning = GivenRule.Plan(Book(AtOnce), Of(Large), Standing("rule-1", Areas("coventry"), state, minutesAgo));

        Assert.Equal(note is null ? 1 : 0, planning.Plans.Count);
        Assert.Equal(note, planning.Notes.SingleOrDefault()?.Kind);
    }

    [Fact]
    public void Plan_StartsOnce_WhereTwoRulesAreTrueOfTheSame()
    {
        var planning = GivenRule.Plan(Book(Rule(2, TenPumps), Rule(1, new PumpsAtLeast(5), RuleMode.AtOnce), Rule(3, TenPumps, RuleMode.Propose)), Of(Large));

        Assert.Equal(1, Assert.Single(planning.Plans).Rule.Priority);
        Assert.Equal([("rule-2", PlanNoteKind.AlreadyHeld), ("rule-3", PlanNoteKind.AlreadyHeld)], planning.Notes.Select(n => (n.RuleId, n.Kind)));
    }

    [Theory]
    [InlineData(TakeoverState.Pending)]
    [InlineData(TakeoverState.Running)]
    public void Plan_DoesNotWaitForAVeto_WhenSomethingElseHoldsAtOnce(TakeoverState waiting)
    {
        var proposal = Rule(2, TenPumps, RuleMode.Propose);
        var book = Book(Rule(1, new MajorDeclared()), proposal);

        var planning = GivenRule.Plan(book, Of(Large with { Major = Declared }), Standing("rule-2", Areas("coventry"), waiting));

        Assert.Equal("rule-1", Assert.Single(planning.Plans).Rule.Id);
        Assert.Empty(GivenRule.Plan(book, Of(Large with { Major = Declared }), Standing("rule-1", Areas("coventry"), waiting)).Plans);
    }

    [Fact]
    public void Plan_OnlyTells_ByARuleThatOnlyTells()
    {
        var book = Book(Rule(1, TenPumps, RuleMode.NotifyOnly));

        Note(PlanNoteKind.Notify, "rule 1: a rule (Fire at a warehouse, incident 1234)", GivenRule.Plan(book, Of(Large)));
        Note(PlanNoteKind.Notify, "rule 1", GivenRule.Plan(book, Of(Large with { Areas = null })));
        Note(PlanNoteKind.AlreadyHeld, "rule 1", GivenRule.Plan(book, Of(Large), Standing("other", Areas("coventry"), TakeoverState.Placed)));
    }

    [Fact]
    public void Plan_AsksAPerson_WhereASourceToldTwoThingsAsOneRevision()
    {
        var two = Of(Large, Large with { Pumps = 3 });

        Note(PlanNoteKind.AsksPerson, "fire-control told two different things as revision 1", GivenRule.Plan(Book(AtOnce), two));
        Note(PlanNoteKind.AsksPerson, "told two different things", GivenRule.Plan(Book(AtOnce), Of(Large, Large with { Areas = ["dudley"] })));
    }

    [Fact]
    public void Plan_Holds_WhateverASourceToldTwice_WhenTheRuleIsTrueOfBoth()
    {
        Assert.Single(GivenRule.Plan(Book(AtOnce), Of(Large, Large with { Pumps = 12 })).Plans);
        Assert.Single(GivenRule.Plan(Book(AtOnce), Of(Large, Large with { Pumps = 3 }, Large with { Revision = 2 })).Plans);
    }

    [Fact]
    public void Plan_AsksAPerson_WhenALateReportMakesARuleTrue()
    {
        var late = Of(Large with { Revision = 2, Pumps = 4 }, Large);

        Note(PlanNoteKind.AsksPerson, "revision 1 of fire-control came late", GivenRule.Plan(Book(AtOnce), late));
        Nothing(GivenRule.Plan(Book(AtOnce), late, Standing("rule-1", Areas("coventry"), TakeoverState.Lifted, minutesAgo: 100)));
        Nothing(GivenRule.Plan(Book(Rule(1, TenPumps, RuleMode.NotifyOnly)), late));
    }

    [Fact]
    public void Plan_SaysNothing_WhenANewerReportTakesBackWhatWasJudgedInItsTime() => Nothing(GivenRule.Plan(Book(AtOnce), Of(Large, Large with { Revision = 2, Pumps = 4 })));

    public static TheoryData<RuleMode, IncidentStatus, bool> Over() => new()
    {
        { RuleMode.AtOnce, IncidentStatus.Open, true },
        { RuleMode.AtOnce, IncidentStatus.Stop, true },
        { RuleMode.AtOnce, IncidentStatus.Closed, false },
        { RuleMode.Propose, IncidentStatus.Stop, true },
        { RuleMode.Propose, IncidentStatus.Closed, false },
    };

    [Theory]
    [MemberData(nameof(Over))]
    public void Plan_HoldsNothingByItself_WhenTheIncidentIsClosed_AndAsksAPerson(RuleMode mode, IncidentStatus status, bool acts)
    {
        var book = Book(Rule(1, new MajorDeclared(), mode));
        foreach (var incident in new[] { Of(Large with { Major = Declared, Status = status }), Of(Large, Large with { Revision = 2, Major = Declared, Status = status }) })
        {
            if (acts)
            {
                Assert.Single(GivenRule.Plan(book, incident).Plans);
                continue;
            }

            Note(PlanNoteKind.AsksPerson, "the incident is closed", GivenRule.Plan(book, incident));
            Note(PlanNoteKind.AsksPerson, "the incident is closed", GivenRule.Plan(book, incident, Standing("rule-1", Areas("coventry"), TakeoverState.Lifted, minutesAgo: 30)));

            // What stands stays, whoever said no rests, and what only tells tells.
            Note(PlanNoteKind.AlreadyHeld, "held already", GivenRule.Plan(book, incident, Standing("rule-1", Areas("coventry"), TakeoverState.Placed)));
            Note(PlanNoteKind.CoolingDown, "vetoed or lifted", GivenRule.Plan(book, incident, Standing("rule-1", Areas("coventry"), TakeoverState.Lifted, minutesAgo: 29)));
            Note(PlanNoteKind.Notify, "rule 1", GivenRule.Plan(Book(Rule(1, new MajorDeclared(), RuleMode.NotifyOnly)), incident));
        }
    }

    [Fact]
    public void Plan_HoldsNothing_ByAnOldReportOfAClosedIncident_InWhateverOrderTheyCome()
    {
        var (open, closed) = (Large with { Major = Declared }, Large with { Revision = 2, Status = IncidentStatus.Closed });
        Note(PlanNoteKind.AsksPerson, "the incident is closed", GivenRule.Plan(Book(AtOnce), Of(closed, open)));
        Note(PlanNoteKind.AsksPerson, "the incident is closed", GivenRule.Plan(Book(AtOnce), Of(open, closed)));
        Note(PlanNoteKind.AsksPerson, "came late", GivenRule.Plan(Book(Rule(1, new MajorDeclared())), Of(closed, open)));

        // Nor by another system's that it wrote before: what was said last counts.
        Note(PlanNoteKind.AsksPerson, "the incident is closed", GivenRule.Plan(Book(AtOnce), Incident.Of([Filed(closed), Filed(open with { ReportedAt = Now.AddMinutes(-1) }, "mobilising", 5)])));
        Assert.Single(GivenRule.Plan(Book(AtOnce), Incident.Of([Filed(closed), Filed(open with { ReportedAt = Now.AddMinutes(1) }, "mobilising", 5)])).Plans);
    }

    [Fact]
    public void Plan_ActsAgain_WhenAClosedIncidentIsReopened() =>
        Assert.Single(GivenRule.Plan(Book(AtOnce), Of(Large with { Status = IncidentStatus.Closed }, Large with { Revision = 2 })).Plans);

    [Fact]
    public void Plan_AsksAPerson_WhereASourceToldThatItIsClosedAndThatItIsNot()
    {
        var closed = Large with { Status = IncidentStatus.Closed };
        Note(PlanNoteKind.AsksPerson, "told two different things", GivenRule.Plan(Book(AtOnce), Of(Large, closed)));
        Note(PlanNoteKind.AsksPerson, "the incident is closed", GivenRule.Plan(Book(AtOnce), Of(closed, closed with { Pumps = 12 })));
    }

    [Fact]
    public void Plan_OfAStandDown_IsNoneOfTheDeclarationsRule_AndAnyOtherJudgesOn()
    {
        var down = Large with { Major = Declared with { StoodDownAt = Now } };
        Nothing(GivenRule.Plan(Book(Rule(1, new MajorDeclared())), Of(down)));
        Assert.Single(GivenRule.Plan(Book(AtOnce), Of(down)).Plans);
    }

    [Fact]
    public void Plan_LooksAtTheAlert()
    {
        AlertLevel alert = new(CapSeverity.Extreme, CapUrgency.Expected, CapCertainty.Likely, Now.AddSeconds(1));
        Assert.Equal("extreme-alert", Assert.Single(GivenRule.Plan(RuleBook.Default, Of(InCoventry with { Alert = alert })).Plans).Rule.Id);
        Nothing(GivenRule.Plan(RuleBook.Default, Of(InCoventry with { Alert = alert with { ExpiresAt = Now } })));
    }

    private static void Nothing(TakeoverPlanning planning)
    {
        Assert.Empty(planning.Plans);
        Assert.Empty(planning.Notes);
    }

    private static void Note(PlanNoteKind kind, string words, TakeoverPlanning planning)
    {
        Assert.Empty(planning.Plans);
        var note = Assert.Single(planning.Notes);
        Assert.Equal(kind, note.Kind);
        Assert.Contains(words, note.Words, StringComparison.Ordinal);
    }
}

using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.Tests.Incidents.Rules;
using Xunit;

namespace Coordination.Domain.Tests.Incidents;

public sealed class CapTriageTests
{
    [Fact]
    public void Take_HoldsTheArea_OnAnExtremeIncident()
    {
        var outcome = Take(new CapXml());
        var plan = Assert.Single(outcome.Plans);
        Assert.Equal(("extreme-alert", RuleMode.AtOnce), (plan.Rule.Id, plan.Mode));
        AssertAreas(plan, "coventry");
        Assert.Equal("rule 4: an extreme alert (Major incident declared: fire at an industrial unit, incident WMFS-2026-000123)", plan.Reason);
        Assert.Empty(outcome.Asked);
        Assert.Empty(Ask(outcome).Parts[0].Unclear);
    }

    [Fact]
    public void Take_PutsOnFile_WhatTheMessageSays()
    {
        var report = Ask(Take(new CapXml { Expires = "2026-03-01T18:00:00+01:00", Area = CapXml.CircleArea("52.41,-1.51 6") })).Parts[0].Report;
        Assert.Equal(("WMFS-2026-000123", IncidentStatus.Open, "Major incident", false), (report.Number, report.Status, report.TypeAtCall, report.Exercise));
        Assert.Equal(new AlertLevel(CapSeverity.Extreme, CapUrgency.Immediate, CapCertainty.Observed, new DateTimeOffset(2026, 3, 1, 17, 0, 0, TimeSpan.Zero)), report.Alert);
        Assert.Equal(("Somewhere", 52.41, -1.51), (report.Place, report.Position!.Value.Latitude, report.Position!.Value.Longitude));
        Assert.Equal(["coventry"], report.Areas!, StringComparer.Ordinal);
    }

    [Fact]
    public void Take_HoldsTheWholeBrigade_WhenTheMessageNamesAll() => Assert.Null(Hold(new CapXml { Area = CapXml.AreaOf("all") }).Scope.Areas);

    [Fact]
    public void Take_JoinsTheIncident_ThatTheMessageNames() =>
        Assert.Equal(["2026-000123"], Ask(Take(new CapXml { Incidents = "2026-000123 not,one" })).Parts[0].Report.LinkedTo!, StringComparer.Ordinal);

    [Fact]
    public void Decide_HoldsTheWholeBrigade_WhenEveryAreaIsCovered()
    {
        Assert.True(Hold(new CapXml { Area = CapXml.CircleArea("52.5,-1.85 60") }).Scope.Areas is null);
        Assert.True(Hold(new CapXml { Area = CapXml.AreaOf("birmingham", "coventry", "dudley", "sandwell", "solihull", "walsall", "wolverhampton") }).Scope.Areas is null);
        Assert.False(Hold(new CapXml { Area = CapXml.AreaOf("birmingham", "coventry", "dudley", "sandwell", "solihull", "walsall") }).Scope.Areas is null);
    }

    [Theory]
    [InlineData("Coventry")]
    [InlineData("COVENTRY")]
    [InlineData(" coventry ")]
    public void Decide_MatchesTheGeocode_ByIdOrNameInAnyCase(string code) => AssertAreas(Hold(new CapXml { Area = CapXml.AreaOf(code) }), "coventry");

    [Fact]
    public void Decide_FindsTheArea_FromStationsInAPolygon() =>
        AssertAreas(Hold(new CapXml { Area = CapXml.PolygonArea("52.45,-1.52 52.45,-1.47 52.425,-1.47 52.425,-1.52 52.45,-1.52") }), "coventry");

    [Fact]
    public void Decide_FindsSeveralAreas_FromStationsInACircle() =>
        AssertAreas(Hold(new CapXml { Area = CapXml.CircleArea("52.4538,-1.7130 13") }), "birmingham", "coventry", "solihull");

    [Fact]
    public void Decide_PrefersTheGeocode_ToTheShape() =>
        AssertAreas(Hold(new CapXml { Area = CapXml.AreaOf("solihull").Replace("<geocode>", "<circle>52.41,-1.51 6</circle><geocode>", StringComparison.Ordinal) }), "solihull");

    [Fact]
    public void Decide_TakesEveryAreaOfEveryBlock_Once() =>
        AssertAreas(
            Hold(new CapXml
            {
                Area = CapXml.AreaOf("coventry", "dudley") + CapXml.CircleArea("52.41,-1.51 6"),
                MoreInfo = new CapXml { Area = CapXml.AreaOf("walsall") }.Info() + new CapXml { Severity = "Minor", Area = CapXml.AreaOf("solihull") }.Info(),
            }),
            "coventry",
            "dudley",
            "walsall");

    [Theory]
    [InlineData("covntry", "'covntry' is no area")]
    [InlineData("", "'' is no area")]
    public void Take_AsksAPerson_WhenTheGeocodeNamesNoArea(string code, string words) => AssertUnclear(words, new CapXml { Area = CapXml.AreaOf(code) });

    [Fact]
    public void Take_AsksAPerson_WhenNothingTellsTheArea()
    {
        AssertUnclear("no station lies inside", new CapXml { Area = CapXml.CircleArea("51.5,0 5") }, "it is over the border");
        AssertUnclear("no geocode, polygon or circle", new CapXml { Area = "<area><areaDesc>Coventry</areaDesc></area>" });
        Assert.Contains("where it is is not known", Asks(new CapXml { Area = string.Empty }), StringComparison.Ordinal);
        Assert.Contains("no info block", Asks(new CapXml { NoInfo = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void Take_HoldsWhatIsClear_AndAsksAboutTheRest()
    {
        var outcome = Take(new CapXml { Area = CapXml.AreaOf("coventry", "brimingham"), MoreInfo = new CapXml { Certainty = "Possible", Area = CapXml.AreaOf("dudley") }.Info() });
        AssertAreas(Assert.Single(outcome.Plans), "coventry");
        Assert.Contains("'brimingham'", Assert.Single(Ask(outcome).Parts[0].Unclear), StringComparison.Ordinal);
        Assert.Contains("any extreme alert", Assert.Single(outcome.Asked), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Immediate", "Observed", true)]
    [InlineData("Immediate", "Likely", true)]
    [InlineData("Expected", "Observed", true)]
    [InlineData("Future", "Likely", false)]
    [InlineData("Past", "Observed", false)]
    [InlineData("Unknown", "Observed", false)]
    [InlineData("Immediate", "Possible", false)]
    [InlineData("Immediate", "Unlikely", false)]
    [InlineData("Immediate", "Unknown", false)]
    public void Decide_HoldsOrAsks_ByUrgencyAndCertainty(string urgency, string certainty, bool holds)
    {
        var outcome = Take(new CapXml { Urgency = urgency, Certainty = certainty });
        Assert.Equal((holds ? 1 : 0, holds ? 0 : 1), (outcome.Plans.Count, outcome.Asked.Count));
    }

    [Theory]
    [InlineData("Severe")]
    [InlineData("Moderate")]
    [InlineData("Minor")]
    [InlineData("Unknown")]
    public void Take_HoldsNothing_BelowExtreme(string severity)
    {
        var outcome = Take(new CapXml { Severity = severity });
        Assert.Empty(outcome.Plans);
        Assert.Empty(outcome.Notes);
        Assert.Equal(severity is not "Unknown" ? severity : "Unknown", Ask(outcome).Parts[0].Report.Alert!.Severity.ToString());
    }

    [Theory]
    [InlineData("Test")]
    [InlineData("System")]
    [InlineData("Draft")]
    public void Decide_NeverHolds_WithoutStatusActual(string status) =>
        Assert.Contains(status, Ignored(new CapXml { Status = status, Area = CapXml.AreaOf("ALL") }, CapIgnoredBecause.NotActual).Words, StringComparison.Ordinal);

    [Theory]
    [InlineData("Major incident")]
    [InlineData("Required Monthly Test")]
    public void Take_PutsAnExercise_ToTheRulesAsOne(string what) =>
        Assert.All(Ask(Take(new CapXml { Status = "Exercise", Event = what, Area = CapXml.AreaOf("ALL") })).Parts, p => Assert.True(p is { Report.Exercise: true, Doubt: null }));

    [Fact]
    public void Decide_Ignores_AnswersToOtherMessages()
    {
        Ignored(new CapXml { MsgType = "Ack", References = Reference() }, CapIgnoredBecause.NoAlert);
        Ignored(new CapXml { MsgType = "Error", References = Reference() }, CapIgnoredBecause.NoAlert);
    }

    [Theory]
    [InlineData("someone@else.example")]
    [InlineData("FIRECONTROL@wmfs.example")]
    [InlineData("firecontrol@wmfs.example.evil.example")]
    public void Decide_RefusesTheSender_UnlessItIsExactlyOnTheList(string sender)
    {
        var refused = Assert.IsType<CapDecision.SenderRefused>(Take(new CapXml { From = sender }).Decision);
        Assert.Equal(sender, refused.Sender);
    }

    [Fact]
    public void Decide_RefusesASender_ThatIsOnTheBrigadesList_AndNotOnTheFeeds()
    {
        var feed = CapDesk.Policy.OfFeed("Weather warnings", ["weather@feed.example"]);
        var refused = Assert.IsType<CapDecision.SenderRefused>(new CapDesk { Senders = feed }.Take(new CapXml()).Decision);
        Assert.Contains("is not on the list of senders of the feed 'Weather warnings'", refused.Words, StringComparison.Ordinal);
        Assert.Single(new CapDesk { Senders = feed }.Take(new CapXml { From = "weather@feed.example" }).Plans);
        Assert.IsType<CapDecision.SenderRefused>(Take(new CapXml { From = "weather@feed.example" }).Decision);
    }

    [Theory]
    [InlineData("2026-03-01T14:05:01+00:00", false)]
    [InlineData("2026-03-01T14:05:02+00:00", true)]
    [InlineData("2026-03-01T15:05:01+01:00", false)]
    public void Decide_IgnoresAMessage_FromTheMomentItExpires(string expires, bool holds)
    {
        if (holds)
        {
            Hold(new CapXml { Expires = expires });
        }
        else
        {
            var ended = Assert.IsType<CapDecision.Ended>(Take(new CapXml { Expires = expires }).Decision);
            Assert.Equal((IncidentStatus.Closed, false), (ended.Report.Status, ended.AlwaysAsks));
        }
    }

    [Theory]
    [InlineData("Required Monthly Test", null, null)]
    [InlineData("Required Weekly Test", null, null)]
    [InlineData("REQUIRED MONTHLY TEST", null, null)]
    [InlineData("Siren test", null, null)]
    [InlineData("TEST", null, null)]
    [InlineData("TEST: Major incident", null, null)]
    [InlineData("Exercise - major incident", null, null)]
    [InlineData("Evacuation drill", null, null)]
    [InlineData("Major incident", "TEST - major incident declared", null)]
    [InlineData("Major incident", "Test message: please ignore", null)]
    [InlineData("Major incident", "*** TEST TEST TEST ***", null)]
    [InlineData("Major incident", null, "This is a test of the link to Comms.")]
    [InlineData("Major incident", null, "Exercise only. No action.")]
    public void Decide_Ignores_ATestSentAsActual(string @event, string? headline, string? description) =>
        Ignored(new CapXml { Event = @event, Headline = headline, Description = description }, CapIgnoredBecause.TestEvent);

    [Fact]
    public void Decide_IgnoresATestSentAsActual_ByItsCodeOrNote()
    {
        Ignored(new CapXml { EventCode = "<eventCode><valueName>SAME</valueName><value>RMT</value></eventCode>" }, CapIgnoredBecause.TestEvent);
        Ignored(new CapXml { Note = "This is only a test." }, CapIgnoredBecause.TestEvent);
    }

    [Theory]
    [InlineData("Major incident", "Fire at a vehicle test centre", "A test track is near.")]
    [InlineData("Major incident", "THIS IS NOT A TEST", "This is not an exercise. This is no test.")]
    [InlineData("Major incident", "Test Valley Road closed", "Contest, attestation, testing of water.")]
    [InlineData("Major incident - not a drill", "Major incident", "Staff had finished an exercise.")]
    public void Decide_Holds_WhatIsNoTest(string @event, string headline, string description) =>
        Hold(new CapXml { Event = @event, Headline = headline, Description = description });

    [Fact]
    public void Decide_AsksAPerson_WhenItMayBeATest()
    {
        Assert.Contains("may be a test", Asks(new CapXml { Event = "Fire at test track" }), StringComparison.Ordinal);
        Assert.Contains("may be a test", Asks(new CapXml { MoreInfo = new CapXml { Event = "Required Monthly Test", Severity = "Minor" }.Info() }), StringComparison.Ordinal);
    }

    [Fact]
    public void Take_PutsNothingDoubtfulOnFile()
    {
        var desk = new CapDesk();
        desk.Take(new CapXml { Event = "Fire at test track" });
        Assert.Empty(desk.Files);
        var outcome = desk.Take(new CapXml { Identifier = "B", Event = "Fire at test track", MoreInfo = new CapXml { Severity = "Minor", Area = CapXml.AreaOf("dudley") }.Info() });
        Assert.NotEmpty(outcome.Asked);
        Assert.Equal("Major incident", Assert.Single(desk.Files).Report.TypeAtCall);
    }

    [Fact]
    public void Decide_SaysRepeat_WhenTheMessageWasSeen()
    {
        var desk = new CapDesk();
        Assert.Single(desk.Take(new CapXml()).Plans);
        Assert.Equal(new CapXml().Message().Reference, Assert.IsType<CapDecision.Repeat>(desk.Take(new CapXml()).Decision).Of);
    }

    [Fact]
    public void Decide_AsksAPerson_WhenOtherContentBearsASeenIdentity()
    {
        var desk = new CapDesk();
        desk.Take(new CapXml { Status = "Test" });
        Assert.Contains("other content", Assert.IsType<CapDecision.AsksPerson>(desk.Take(new CapXml()).Decision).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1999-12-31T23:59:59+00:00")]
    [InlineData("2100-01-01T00:00:00+00:00")]
    [InlineData("0001-01-01T00:00:00-05:00")]
    public void Decide_AsksAPerson_WhenTheSendersClockIsPlainlyWrong(string sent) =>
        Assert.Contains("by its own word", Asks(new CapXml { Sent = sent }), StringComparison.Ordinal);

    [Fact]
    public void Take_FollowsTheRuleBook()
    {
        var severe = GivenRule.Book(GivenRule.Rule(1, new SeverityIs(["severe"]), RuleMode.Propose));
        Assert.Equal(RuleMode.Propose, Assert.Single(new CapDesk(severe).Take(new CapXml { Severity = "Severe" }).Plans).Mode);
        Assert.Empty(new CapDesk(severe).Take(new CapXml()).Plans);
        Assert.Empty(new CapDesk(RuleBook.Default with { Rules = [.. RuleBook.Default.Rules.Select(r => r with { Enabled = false })] }).Take(new CapXml()).Plans);
    }

    [Fact]
    public void Take_HoldsAnAreaByEachLevel_ThatARuleIsAbout()
    {
        var severe = GivenRule.Book(GivenRule.Rule(1, new SeverityIs(["extreme"])), GivenRule.Rule(2, new SeverityIs(["severe"]), RuleMode.Propose));
        var outcome = new CapDesk(severe).Take(new CapXml { MoreInfo = new CapXml { Severity = "Severe", Area = CapXml.AreaOf("dudley") }.Info() });
        Assert.Equal([("rule-1", "coventry"), ("rule-2", "dudley")], outcome.Plans.Select(p => (p.Rule.Id, Assert.Single(p.Scope.Areas!))));
    }

    internal static string Reference(string identifier = "WMFS-2026-000122") => $"{CapXml.Sender},{identifier},2026-03-01T13:00:00+00:00";

    private static CapDesk.Outcome Take(CapXml xml) => new CapDesk().Take(xml);

    private static CapDecision.AskRules Ask(CapDesk.Outcome outcome) => Assert.IsType<CapDecision.AskRules>(outcome.Decision);

    private static TakeoverPlan Hold(CapXml xml) => Assert.Single(Take(xml).Plans);

    private static string Asks(CapXml xml)
    {
        var outcome = Take(xml);
        Assert.Empty(outcome.Plans);
        return string.Join("; ", outcome.Asked);
    }

    private static void AssertUnclear(string words, CapXml xml, string why = "where it is is not known")
    {
        Assert.Contains(why, Asks(xml), StringComparison.Ordinal);
        Assert.Contains(words, Assert.Single(Ask(Take(xml)).Parts[0].Unclear), StringComparison.Ordinal);
    }

    private static CapDecision.Ignored Ignored(CapXml xml, CapIgnoredBecause because)
    {
        var ignored = Assert.IsType<CapDecision.Ignored>(Take(xml).Decision);
        Assert.Equal(because, ignored.Because);
        return ignored;
    }

    private static void AssertAreas(TakeoverPlan hold, params string[] areas) => Assert.Equal(areas, hold.Scope.Areas!, StringComparer.Ordinal);
}

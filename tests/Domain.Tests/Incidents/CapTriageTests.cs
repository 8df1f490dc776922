using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.Tests.Brigade;
using Xunit;

namespace Coordination.Domain.Tests.Incidents;

public sealed class CapTriageTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 14, 5, 1, TimeSpan.Zero);
    private static readonly CapIntakePolicy s_policy = CapIntakePolicy.Default([CapXml.Sender]);

    [Fact]
    public void Decide_HoldsTheArea_OnAnExtremeIncident()
    {
        var hold = Hold(new CapXml());
        Assert.Equal((1, "extreme-in-area", false), (hold.Rule.Number, hold.Rule.Id, hold.WholeBrigade));
        AssertAreas(hold, "coventry");
        Assert.Equal("WMFS-2026-000123", hold.IncidentReference);
        Assert.Equal("rule 1: extreme severity in Coventry (Major incident declared: fire at an industrial unit)", hold.Words);
        Assert.Empty(hold.AlsoAsks);
    }

    [Fact]
    public void Decide_HoldsTheWholeBrigade_WhenTheMessageNamesAll()
    {
        var hold = Hold(new CapXml { Area = CapXml.AreaOf("all") });
        Assert.Equal((2, true, 7), (hold.Rule.Number, hold.WholeBrigade, hold.AreaIds.Count));
        Assert.StartsWith("rule 2: extreme severity in the whole brigade", hold.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_HoldsTheWholeBrigade_WhenEveryAreaIsCovered()
    {
        Assert.True(Hold(new CapXml { Area = CapXml.CircleArea("52.5,-1.85 60") }).WholeBrigade);
        Assert.True(Hold(new CapXml { Area = CapXml.AreaOf("birmingham", "coventry", "dudley", "sandwell", "solihull", "walsall", "wolverhampton") }).WholeBrigade);
        Assert.False(Hold(new CapXml { Area = CapXml.AreaOf("birmingham", "coventry", "dudley", "sandwell", "solihull", "walsall") }).WholeBrigade);
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
    public void Decide_AsksAPerson_WhenTheGeocodeNamesNoArea(string code, string words) =>
        Assert.Contains(words, Asks(new CapXml { Area = CapXml.AreaOf(code) }), StringComparison.Ordinal);

    [Fact]
    public void Decide_AsksAPerson_WhenNothingTellsTheArea()
    {
        Assert.Contains("no station lies inside", Asks(new CapXml { Area = CapXml.CircleArea("51.5,0 5") }), StringComparison.Ordinal);
        Assert.Contains("no geocode, polygon or circle", Asks(new CapXml { Area = "<area><areaDesc>Coventry</areaDesc></area>" }), StringComparison.Ordinal);
        Assert.Contains("names no area", Asks(new CapXml { Area = string.Empty }), StringComparison.Ordinal);
        Assert.Contains("no info block", Asks(new CapXml { NoInfo = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_HoldsWhatIsClear_AndAsksAboutTheRest()
    {
        var hold = Hold(new CapXml { Area = CapXml.AreaOf("coventry", "brimingham"), MoreInfo = new CapXml { Certainty = "Possible", Area = CapXml.AreaOf("dudley") }.Info() });
        AssertAreas(hold, "coventry");
        Assert.Equal(2, hold.AlsoAsks.Count);
        Assert.Contains("'brimingham'", hold.AlsoAsks[0], StringComparison.Ordinal);
        Assert.Contains("certainty Possible", hold.AlsoAsks[1], StringComparison.Ordinal);
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
        var decision = Decide(new CapXml { Urgency = urgency, Certainty = certainty });
        Assert.IsType(holds ? typeof(CapDecision.PlaceHold) : typeof(CapDecision.AsksPerson), decision);
    }

    [Theory]
    [InlineData("Severe")]
    [InlineData("Moderate")]
    [InlineData("Minor")]
    [InlineData("Unknown")]
    public void Decide_HoldsNothing_BelowExtreme(string severity)
    {
        var ignored = Ignored(new CapXml { Severity = severity }, CapIgnoredBecause.NoRule);
        Assert.Contains(severity, ignored.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Exercise")]
    [InlineData("Test")]
    [InlineData("System")]
    [InlineData("Draft")]
    public void Decide_NeverHolds_WithoutStatusActual(string status) =>
        Assert.Contains(status, Ignored(new CapXml { Status = status, Area = CapXml.AreaOf("ALL") }, CapIgnoredBecause.NotActual).Words, StringComparison.Ordinal);

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
        var refused = Assert.IsType<CapDecision.SenderRefused>(Decide(new CapXml { From = sender }));
        Assert.Equal(sender, refused.Sender);
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
            Ignored(new CapXml { Expires = expires }, CapIgnoredBecause.Expired);
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
    public void Decide_SaysRepeat_WhenTheMessageWasSeen()
    {
        var message = new CapXml().Message();
        var repeat = Assert.IsType<CapDecision.Repeat>(CapTriage.Decide(message, s_policy, DemoMap.Map, CapSeen.Of(message), s_now));
        Assert.Equal(message.Reference, repeat.Of);
    }

    [Fact]
    public void Decide_AsksAPerson_WhenOtherContentBearsASeenIdentity()
    {
        var test = new CapXml { Status = "Test" }.Message();
        var actual = new CapXml().Message();
        var asks = Assert.IsType<CapDecision.AsksPerson>(CapTriage.Decide(actual, s_policy, DemoMap.Map, CapSeen.Of(test), s_now));
        Assert.Contains("other content", asks.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_FollowsThePolicyAsData()
    {
        var severe = s_policy with { Rules = [s_policy.Rules[0] with { Severities = new HashSet<CapSeverity> { CapSeverity.Severe } }] };
        Assert.IsType<CapDecision.PlaceHold>(CapTriage.Decide(new CapXml { Severity = "Severe" }.Message(), severe, DemoMap.Map, SeenMessages.None, s_now));
        var asks = Assert.IsType<CapDecision.AsksPerson>(CapTriage.Decide(new CapXml { Severity = "Severe", Area = CapXml.AreaOf("ALL") }.Message(), severe, DemoMap.Map, SeenMessages.None, s_now));
        Assert.Contains("no rule covers the whole brigade", asks.Words, StringComparison.Ordinal);
    }

    internal static string Reference(string identifier = "WMFS-2026-000122") => $"{CapXml.Sender},{identifier},2026-03-01T13:00:00+00:00";

    private static CapDecision Decide(CapXml xml) => CapTriage.Decide(xml.Message(), s_policy, DemoMap.Map, SeenMessages.None, s_now);

    private static CapDecision.PlaceHold Hold(CapXml xml) => Assert.IsType<CapDecision.PlaceHold>(Decide(xml));

    private static string Asks(CapXml xml) => Assert.IsType<CapDecision.AsksPerson>(Decide(xml)).Words;

    private static CapDecision.Ignored Ignored(CapXml xml, CapIgnoredBecause because)
    {
        var ignored = Assert.IsType<CapDecision.Ignored>(Decide(xml));
        Assert.Equal(because, ignored.Because);
        return ignored;
    }

    private static void AssertAreas(CapDecision.PlaceHold hold, params string[] areas) => Assert.Equal(areas, hold.AreaIds, StringComparer.Ordinal);
}

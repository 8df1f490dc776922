using System.Text.RegularExpressions;
using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.Tests.Brigade;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Incidents;

/// <summary>Several messages about one incident: updates, cancellations, in whatever order they come.</summary>
public sealed class CapTriageChainTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 15, 0, 0, TimeSpan.Zero);
    private static readonly CapIntakePolicy s_policy = CapIntakePolicy.Default([CapXml.Sender]);
    private static readonly CapXml s_first = new() { Identifier = "A", Sent = "2026-03-01T13:00:00+00:00" };
    private static readonly CapXml s_update = new() { Identifier = "B", Sent = "2026-03-01T14:00:00+00:00", MsgType = "Update", References = $"{CapXml.Sender},A,2026-03-01T13:00:00+00:00" };

    [Fact]
    public void Decide_AsksAPersonAndNeverLifts_OnACancel()
    {
        var cancel = s_update with { MsgType = "Cancel", NoInfo = true };
        foreach (var seen in new[] { SeenMessages.None, Seen(CapSeen.Entry(s_first.Message())), Seen(Held("coventry")) })
        {
            Assert.Contains("a hold is lifted by Comms", Assert.IsType<CapDecision.AsksPerson>(Decide(cancel, seen)).Words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Decide_Ignores_TheCancelOfATest() =>
        Assert.Equal(CapIgnoredBecause.TestEvent, Assert.IsType<CapDecision.Ignored>(Decide(s_update with { MsgType = "Cancel", Event = "Required Weekly Test" }, Seen(Held("coventry")))).Because);

    [Fact]
    public void Decide_AsksAPerson_WhenAnUpdateLowersTheSeverityUnderAHold()
    {
        var asks = Assert.IsType<CapDecision.AsksPerson>(Decide(s_update with { Severity = "Minor" }, Seen(Held("coventry"))));
        Assert.Contains("lowers the severity", asks.Words, StringComparison.Ordinal);
        Assert.IsType<CapDecision.AsksPerson>(Decide(s_update with { Expires = "2026-03-01T14:30:00+00:00" }, Seen(Held("coventry"))));
        Assert.IsType<CapDecision.Ignored>(Decide(s_update with { Severity = "Minor" }, Seen(CapSeen.Entry(s_first.Message()))));
    }

    [Fact]
    public void Decide_HoldsNothingTwice_WhenAnUpdateSaysTheSame()
    {
        Assert.Equal(CapIgnoredBecause.AlreadyHeld, Assert.IsType<CapDecision.Ignored>(Decide(s_update, Seen(Held("coventry")))).Because);
        Assert.Equal(CapIgnoredBecause.AlreadyHeld, Assert.IsType<CapDecision.Ignored>(Decide(s_update with { Area = CapXml.AreaOf("ALL") }, Seen(Held("ALL")))).Because);

        // The same identifier sent again at another time is the same incident, named or not.
        Assert.Equal(CapIgnoredBecause.AlreadyHeld, Assert.IsType<CapDecision.Ignored>(Decide(s_first with { Sent = "2026-03-01T14:00:00+00:00" }, Seen(Held("coventry")))).Because);
    }

    [Fact]
    public void Decide_HoldsTheNewAreasOnly_WhenAnUpdateSpreads()
    {
        var hold = Assert.IsType<CapDecision.PlaceHold>(Decide(s_update with { Area = CapXml.AreaOf("coventry", "solihull") }, Seen(Held("coventry"))));
        Assert.Equal(["solihull"], hold.AreaIds, StringComparer.Ordinal);
        Assert.StartsWith("rule 1: extreme severity in Solihull", hold.Reason, StringComparison.Ordinal);
        Assert.True(Assert.IsType<CapDecision.PlaceHold>(Decide(s_update with { Area = CapXml.AreaOf("ALL") }, Seen(Held("coventry")))).WholeBrigade);
    }

    [Fact]
    public void Decide_Holds_WhenAnUpdateRaisesTheSeverityOrNamesAnUnknownMessage()
    {
        Assert.IsType<CapDecision.PlaceHold>(Decide(s_update, Seen(CapSeen.Entry((s_first with { Severity = "Minor" }).Message()))));
        Assert.IsType<CapDecision.PlaceHold>(Decide(s_update, SeenMessages.None));
    }

    [Fact]
    public void Decide_AsksAPerson_WhenCommsHasLiftedTheHoldOfTheIncident()
    {
        var lifted = CapSeen.Entry(s_first.Message(), new SeenHold(["coventry"], WholeBrigade: false, Lifted: true));
        Assert.Contains("has lifted", Assert.IsType<CapDecision.AsksPerson>(Decide(s_update, Seen(lifted))).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_FollowsTheChain_ThroughMessagesBetween()
    {
        var between = CapSeen.Entry((s_update with { Severity = "Extreme" }).Message());
        var third = s_update with { Identifier = "C", References = $"{CapXml.Sender},B,2026-03-01T14:00:00+00:00", Sent = "2026-03-01T14:30:00+00:00" };
        Assert.Equal(CapIgnoredBecause.AlreadyHeld, Assert.IsType<CapDecision.Ignored>(Decide(third, Seen(between, Held("coventry")))).Because);
    }

    [Fact]
    public void Decide_AsksAPerson_WhenTheAlertComesAfterItsCancellation()
    {
        var cancel = CapSeen.Entry((s_update with { MsgType = "Cancel" }).Message());
        Assert.Contains("cancels it", Assert.IsType<CapDecision.AsksPerson>(Decide(s_first, Seen(cancel))).Words, StringComparison.Ordinal);

        // A cancellation that was only an exercise takes nothing back.
        var exercise = CapSeen.Entry((s_update with { MsgType = "Cancel", Status = "Exercise" }).Message());
        Assert.IsType<CapDecision.PlaceHold>(Decide(s_first, Seen(exercise)));
    }

    [Fact]
    public void Decide_SurvivesMessagesThatNameEachOtherAndThemselves()
    {
        var self = s_update with { Identifier = "A", Sent = "2026-03-01T13:00:00+00:00" };
        Assert.IsType<CapDecision.PlaceHold>(Decide(self, SeenMessages.None));
        var a = CapSeen.Entry((s_first with { MsgType = "Update", References = $"{CapXml.Sender},B,2026-03-01T14:00:00+00:00" }).Message());
        Assert.NotNull(Decide(s_update with { Identifier = "C", References = $"{CapXml.Sender},A,2026-03-01T13:00:00+00:00 {CapXml.Sender},B,2026-03-01T14:00:00+00:00" }, Seen(a, CapSeen.Entry(s_update.Message()))));
    }

    [Fact]
    public void Decide_IsTotalAndNeverHolds_WithoutActualExtremeFromAKnownSender()
    {
        var holds = 0;
        Gen.Select(CapGen.Valid, Gen.Bool).SampleSeeded(
            (xml, grave) =>
            {
                // Chance alone would seldom make a message that a rule acts on.
                xml = grave ? WithWord(WithWord(WithWord(xml, "severity", "Extreme"), "urgency", "Immediate"), "certainty", "Observed") : xml;
                var message = CapXml.Parse(xml);
                var policy = s_policy with { Senders = new HashSet<string>(StringComparer.Ordinal) { "WMFS-1", "a", "é-ü", "2.49.0.1.124.6bdd" } };
                var decision = CapTriage.Decide(message, policy, DemoMap.Map, SeenMessages.None, s_now);
                Assert.NotEmpty(decision.Words);
                if (decision is CapDecision.PlaceHold hold)
                {
                    Interlocked.Increment(ref holds);
                    Assert.Contains(message.Sender, policy.Senders);
                    Assert.Equal(CapStatus.Actual, message.Status);
                    Assert.True(message.MsgType is CapMsgType.Alert or CapMsgType.Update);
                    Assert.Contains(message.Infos, i => i.Severity is CapSeverity.Extreme);
                    Assert.NotEmpty(hold.AreaIds);
                    Assert.All(hold.AreaIds, id => Assert.True(DemoMap.Map.TryFindArea(id, out _)));
                }
            },
            iter: 2_000);
        Assert.True(holds > 0, "no generated message placed a hold");
    }

    private static string WithWord(string xml, string element, string word) =>
        Regex.Replace(xml, $"<{element}>[A-Za-z]+</{element}>", $"<{element}>{word}</{element}>", RegexOptions.None, TimeSpan.FromSeconds(5));

    private static CapDecision Decide(CapXml xml, SeenMessages seen) => CapTriage.Decide(xml.Message(), s_policy, DemoMap.Map, seen, s_now);

    private static SeenMessages Seen(params SeenMessage[] messages) => new(messages);

    private static SeenMessage Held(string area) => CapSeen.Entry(
        (s_first with { Area = CapXml.AreaOf(area) }).Message(),
        new SeenHold(area is "ALL" ? [.. DemoMap.Map.Areas.Select(a => a.Id)] : [area], area is "ALL", Lifted: false));
}

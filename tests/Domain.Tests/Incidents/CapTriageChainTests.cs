using System.Text;
using System.Text.RegularExpressions;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.Tests.Brigade;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Incidents;

/// <summary>Several messages about one incident: updates, cancellations, in whatever order they come.</summary>
public sealed class CapTriageChainTests
{
    private static readonly CapXml s_first = new() { Identifier = "A", Sent = "2026-03-01T13:00:00+00:00" };
    private static readonly CapXml s_update = new() { Identifier = "B", Sent = "2026-03-01T14:00:00+00:00", MsgType = "Update", References = $"{CapXml.Sender},A,2026-03-01T13:00:00+00:00" };

    [Fact]
    public void Take_AsksAPersonAndNeverLifts_OnACancel()
    {
        var cancel = s_update with { MsgType = "Cancel", NoInfo = true };
        foreach (var before in new CapXml?[] { null, s_first with { Severity = "Minor" }, s_first })
        {
            var desk = After(before is null ? [] : [before]);
            var held = desk.Takeovers.ToArray();
            Assert.Contains("a hold is lifted by Comms", desk.Take(cancel).Asked[0], StringComparison.Ordinal);
            Assert.Equal(held, desk.Takeovers);
        }
    }

    [Fact]
    public void Take_ClosesTheIncident_OnACancel()
    {
        var ended = Assert.IsType<CapDecision.Ended>(After(s_first).Take(s_update with { MsgType = "Cancel", NoInfo = true }).Decision);
        Assert.Equal(("A", IncidentStatus.Closed), (ended.Report.Number, ended.Report.Status));
    }

    [Fact]
    public void Take_HoldsNothing_OnACancelOrAnExpiredMessage_WhateverARuleMakesOfItsWords()
    {
        var attack = new CapXml { Event = "Terrorist attack", Identifier = "T" };
        Assert.Single(After().Take(attack).Plans);
        foreach (var over in new[] { attack with { Expires = "2026-03-01T14:05:01+00:00" }, attack with { MsgType = "Cancel", References = CapTriageTests.Reference() } })
        {
            var outcome = After().Take(over);
            Assert.Empty(outcome.Plans);
            Assert.Equal("Alert that is over", Assert.IsType<CapDecision.Ended>(outcome.Decision).Report.TypeAtCall);
        }
    }

    [Fact]
    public void Take_Ignores_TheCancelOfATest() =>
        Assert.Equal(CapIgnoredBecause.TestEvent, Assert.IsType<CapDecision.Ignored>(After(s_first).Take(s_update with { MsgType = "Cancel", Event = "Required Weekly Test" }).Decision).Because);

    [Fact]
    public void Take_AsksAPerson_WhenAnUpdateSaysLessUnderAHold()
    {
        Assert.Contains("stays held until Comms lifts it", Assert.Single(After(s_first).Take(s_update with { Severity = "Minor" }).Asked), StringComparison.Ordinal);
        Assert.Contains("stays held until Comms lifts it", Assert.Single(After(s_first).Take(s_update with { Urgency = "Past" }).Asked), StringComparison.Ordinal);
        Assert.Contains("the incident is closed", Assert.Single(After(s_first).Take(s_update with { Expires = "2026-03-01T14:04:00+00:00" }).Asked), StringComparison.Ordinal);
        Assert.Empty(After(s_first with { Severity = "Minor" }).Take(s_update with { Severity = "Minor" }).Asked);
    }

    [Fact]
    public void Take_HoldsNothingTwice_WhenAnUpdateSaysTheSame()
    {
        AssertHeldAlready(After(s_first).Take(s_update));
        AssertHeldAlready(After(s_first with { Area = CapXml.AreaOf("ALL") }).Take(s_update with { Area = CapXml.AreaOf("ALL") }));

        // The same identifier sent again at another time is the same incident, named or not.
        AssertHeldAlready(After(s_first).Take(s_first with { Sent = "2026-03-01T14:00:00+00:00" }));
    }

    [Fact]
    public void Take_HoldsTheNewAreasOnly_WhenAnUpdateSpreads()
    {
        var plan = Assert.Single(After(s_first).Take(s_update with { Area = CapXml.AreaOf("coventry", "solihull") }).Plans);
        Assert.Equal(["solihull"], plan.Scope.Areas!, StringComparer.Ordinal);
        Assert.Null(Assert.Single(After(s_first).Take(s_update with { Area = CapXml.AreaOf("ALL") }).Plans).Scope.Areas);
    }

    [Fact]
    public void Take_Holds_WhenAnUpdateRaisesTheSeverityOrNamesAnUnknownMessage()
    {
        Assert.Single(After(s_first with { Severity = "Minor" }).Take(s_update).Plans);
        Assert.Single(After().Take(s_update).Plans);
    }

    [Fact]
    public void Take_RestsForTheIncident_WhenCommsHasLiftedItsHold()
    {
        var desk = After(s_first);
        desk.LiftAll();
        var outcome = desk.Take(s_update);
        Assert.Empty(outcome.Plans);
        Assert.Contains(outcome.Notes, n => n.Kind is PlanNoteKind.CoolingDown);
    }

    [Fact]
    public void Take_FollowsTheChain_ThroughMessagesBetween()
    {
        var third = s_update with { Identifier = "C", References = $"{CapXml.Sender},B,2026-03-01T14:00:00+00:00", Sent = "2026-03-01T14:04:00+00:00" };
        var outcome = After(s_first, s_update).Take(third);
        AssertHeldAlready(outcome);
        Assert.Equal("A", Assert.IsType<CapDecision.AskRules>(outcome.Decision).Parts[0].Report.Number);

        // While the one between is not known, what it names joins them.
        var alone = Assert.IsType<CapDecision.AskRules>(After(s_first).Take(third).Decision).Parts[0].Report;
        Assert.Equal(("B", "C"), (alone.Number, Assert.Single(alone.LinkedTo!)));
        Assert.Equal(["B"], Assert.IsType<CapDecision.AskRules>(After(s_first, third).Take(s_update).Decision).Parts[0].Report.LinkedTo!, StringComparer.Ordinal);
    }

    [Fact]
    public void Take_AsksAPerson_WhenTheAlertComesAfterWhatTookItsPlace()
    {
        foreach (var later in new[] { s_update with { MsgType = "Cancel", NoInfo = true }, s_update with { Severity = "Minor" } })
        {
            var outcome = After(later).Take(s_first);
            Assert.Empty(outcome.Plans);
            Assert.Contains("the alert that firecontrol@wmfs.example sent at 2026-03-01 13:00:00 UTC came late and makes it true", outcome.Asked[0], StringComparison.Ordinal);
        }

        AssertHeldAlready(After(s_update).Take(s_first));

        // A cancellation that was only an exercise takes nothing back.
        Assert.Single(After(s_update with { MsgType = "Cancel", Status = "Exercise" }).Take(s_first).Plans);
    }

    [Fact]
    public void Take_CountsAnAlertNoMore_WhenItHasExpired()
    {
        var desk = After(s_first with { Expires = "2026-03-02T14:00:00+00:00" });
        desk.LiftAll();
        desk.Now = desk.Now.AddDays(3);
        var outcome = desk.Take(s_first with { Sent = "2026-03-04T12:00:00+00:00", Expires = "2026-03-04T12:30:00+00:00" });
        Assert.Empty(outcome.Plans);
        Assert.IsType<CapDecision.Ended>(outcome.Decision);
    }

    [Theory]
    [InlineData("Update")]
    [InlineData("Cancel")]
    public void Take_LeavesTheIncidentOfAnotherSender_AsItIs(string type)
    {
        // A second sender, on the list too, that says less of the first one's alert, or takes it back.
        var strange = s_update with { From = "weather@feed.example", MsgType = type, Severity = "Minor" };
        var desk = Trusting(strange.From);
        Assert.Single(desk.Take(s_first).Plans);
        var held = desk.Takeovers.ToArray();
        var outcome = desk.Take(strange);
        Assert.Equal(held, desk.Takeovers);
        var file = Assert.Single(desk.Files, f => f.Source.EndsWith(strange.From, StringComparison.Ordinal)).Report;
        Assert.Equal(("B", "A"), (file.Number, Assert.Single(file.LinkedTo!)));
        Assert.Equal(type is "Cancel", outcome.Asked.Any(a => a.Contains("a sender speaks for its own messages alone", StringComparison.Ordinal)));

        // It came first, and takes nothing from what the first one says.
        desk = Trusting(strange.From);
        desk.Take(strange);
        Assert.Single(desk.Take(s_first).Plans);
        Assert.Single(desk.Take(s_update with { Identifier = "C", Area = CapXml.AreaOf("coventry", "solihull") }).Plans);
    }

    [Fact]
    public void Take_FollowsTheChainOfItsOwnSender_PastMessagesOfOthers()
    {
        var strange = new CapXml { Identifier = "X", From = "weather@feed.example", Sent = "2026-03-01T12:00:00+00:00", Severity = "Minor" };
        var desk = Trusting(strange.From);
        desk.Take(strange);
        desk.Take(s_first with { MsgType = "Update", References = $"{strange.From},X,{strange.Sent}" });
        var cancelled = Assert.IsType<CapDecision.Ended>(desk.Take(s_update with { MsgType = "Cancel", References = $"{s_update.References} {strange.From},X,{strange.Sent}" }).Decision);
        Assert.Equal("A", cancelled.Report.Number);
        Assert.Equal(["B", "X"], cancelled.Report.LinkedTo!, StringComparer.Ordinal);
        Assert.Contains("a hold is lifted by Comms", cancelled.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_FollowsNoChain_ThroughAnotherSendersMessage()
    {
        // Another sender names the first message; whoever names the other one's has not named the first.
        var strange = s_update with { Identifier = "X", From = "weather@feed.example", Severity = "Minor" };
        var desk = Trusting(strange.From);
        desk.Take(s_first with { Severity = "Minor" });
        desk.Take(strange);
        var own = Assert.IsType<CapDecision.AskRules>(desk.Take(s_update with { Identifier = "C", Sent = "2026-03-01T14:02:00+00:00", References = $"{strange.From},X,{strange.Sent}" }).Decision).Parts[0].Report;
        Assert.Equal(("C", "X"), (own.Number, Assert.Single(own.LinkedTo!)));
    }

    [Fact]
    public void Take_SurvivesMessagesThatNameEachOtherAndThemselves()
    {
        Assert.Single(After().Take(s_update with { Identifier = "A", Sent = "2026-03-01T13:00:00+00:00" }).Plans);
        var a = s_first with { MsgType = "Update", References = $"{CapXml.Sender},B,2026-03-01T14:00:00+00:00" };
        Assert.NotNull(After(a, s_update).Take(s_update with { Identifier = "C", References = $"{CapXml.Sender},A,2026-03-01T13:00:00+00:00 {CapXml.Sender},B,2026-03-01T14:00:00+00:00" }));
    }

    [Fact]
    public void Take_IsTotal_KeepsToWhatTheFileTakes_AndNeverHolds_WithoutActualExtremeFromAKnownSender()
    {
        var (holds, shadows) = (0, 0);
        Gen.Select(CapGen.Valid, Gen.Bool).SampleSeeded(
            (xml, grave) =>
            {
                // Chance alone would seldom make a message that a rule acts on.
                xml = grave ? WithWord(WithWord(WithWord(xml, "severity", "Extreme"), "urgency", "Immediate"), "certainty", "Observed") : xml;
                var message = CapXml.Parse(xml);
                var desk = new CapDesk { Senders = CapDesk.Policy with { Senders = new HashSet<string>(StringComparer.Ordinal) { "WMFS-1", "a", "é-ü", "2.49.0.1.124.6bdd" } } };
                var outcome = desk.Take(message);
                foreach (var report in outcome.Decision switch { CapDecision.AskRules ask => ask.Parts.Select(p => p.Report), CapDecision.Ended ended => [ended.Report], _ => [] })
                {
                    Assert.IsType<IncidentReportReading.Accepted>(IncidentReportReader.Read(Encoding.UTF8.GetBytes(IncidentReportJson.Write(report))));
                    Assert.Equal(message.Status is CapStatus.Exercise, report.Exercise);
                }

                if (outcome.Plans.Count > 0)
                {
                    Assert.Contains(message.Sender, desk.Senders.Senders);
                    Assert.True(message.MsgType is CapMsgType.Alert or CapMsgType.Update);
                    Assert.Contains(message.Infos, i => i.Severity is CapSeverity.Extreme);
                    Assert.All(outcome.Plans.SelectMany(p => p.Scope.Areas ?? []), id => Assert.True(DemoMap.Map.TryFindArea(id, out _)));
                    Assert.True(message.Status is CapStatus.Actual or CapStatus.Exercise);
                    Assert.All(desk.Takeovers, t => Assert.Equal(message.Status is CapStatus.Exercise, t.State is TakeoverState.Shadow));
                    Interlocked.Increment(ref message.Status is CapStatus.Exercise ? ref shadows : ref holds);
                }
            },
            iter: 2_000);
        Assert.True(holds > 0 && shadows > 0, $"{holds} of the generated messages held, and {shadows} as an exercise");
    }

    private static string WithWord(string xml, string element, string word) =>
        Regex.Replace(xml, $"<{element}>[A-Za-z]+</{element}>", $"<{element}>{word}</{element}>", RegexOptions.None, TimeSpan.FromSeconds(5));

    private static CapDesk Trusting(string sender) => new() { Senders = CapIntakePolicy.Default([CapXml.Sender, sender]) };

    private static CapDesk After(params IReadOnlyList<CapXml> messages)
    {
        var desk = new CapDesk();
        foreach (var message in messages)
        {
            desk.Take(message);
            desk.Now = desk.Now.AddMilliseconds(1);
        }

        return desk;
    }

    private static void AssertHeldAlready(CapDesk.Outcome outcome)
    {
        Assert.Empty(outcome.Plans);
        Assert.Empty(outcome.Asked);
        Assert.Contains(outcome.Notes, n => n.Kind is PlanNoteKind.AlreadyHeld);
    }
}

using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.Tests.Brigade;
using Xunit;
using static Coordination.Domain.Tests.Incidents.Rules.GivenIncident;

namespace Coordination.Domain.Tests.Incidents.Rules;

public sealed class RuleSimulationTests
{
    private static readonly RuleBook TenPumps = GivenRule.Book(GivenRule.Rule(1, new PumpsAtLeast(10), RuleMode.Propose));

    [Fact]
    public void Run_OfAnOrdinaryWeek_IsQuiet()
    {
        var result = Run(RuleBook.Default, LondonRecording.Week());

        Assert.Equal(1786, result.Judged);
        Assert.Empty(result.Takeovers);
        Assert.Equal((0, 0, 3), (result.ByMode[RuleMode.AtOnce], result.ByMode[RuleMode.Propose], result.ByMode[RuleMode.NotifyOnly]));
        Assert.Equal((0, null), (result.MostAtOnce, result.MostAtOnceFrom));
        Assert.Equal(7, result.Days.Count);
        Assert.DoesNotContain(result.Notes, n => n.Note.Kind is not PlanNoteKind.Notify);
    }

    [Fact]
    public void Run_OfTheStormDay_TellsOfOneIncident()
    {
        var result = Run(RuleBook.Default, LondonRecording.StormDay());

        Assert.Equal([new SimulatedDay(new DateOnly(2017, 2, 23), 525, AtOnce: 0, Proposed: 0, Notified: 1, Asked: 0)], result.Days);
        Assert.Equal("022915-23022017", Assert.Single(result.Notes).Number);
    }

    [Fact]
    public void Run_Says_WhatTheRecordingCannotShow()
    {
        var result = Run(RuleBook.Default, LondonRecording.Week());

        var wholly = result.Unreplayed.Where(u => u.Wholly).Select(u => u.RuleId).Distinct(StringComparer.Ordinal);
        Assert.Equal(["staff-death", "major-incident", "extreme-alert", "death", "any-extreme-alert"], wholly);
        var terrorism = Assert.Single(result.Unreplayed, u => u.RuleId == "terrorism");
        Assert.Equal([IncidentFact.TypeAtStop, IncidentFact.Headline], terrorism.Facts);
        Assert.Equal([IncidentFact.TypeAtStop], Assert.Single(result.Unreplayed, u => u.RuleId == "ten-pumps").Facts);
        Assert.DoesNotContain(result.Unreplayed, u => u.RuleId == "five-pumps");
    }

    [Fact]
    public void Run_ShowsARuleThatWouldHoldAllDay()
    {
        var result = Run(GivenRule.Book(GivenRule.Rule(1, new CategoryIs(["Fire"]))), LondonRecording.StormDay());

        // "Fire" is 66 of the day's incidents; a place that is not known is asked for.
        Assert.Equal(66, result.Takeovers.Count + result.Notes.Count);
        Assert.True(result.MostAtOnce > 10, $"{result.MostAtOnce} at once");
    }

    [Fact]
    public void Run_IsTheSame_InWhateverOrderTheRecordingIs()
    {
        var book = GivenRule.Book(GivenRule.Rule(1, new PumpsAtLeast(3)), GivenRule.Rule(2, new PumpsAtLeast(2), RuleMode.Propose, RuleReach.StationsWithin));
        var storm = LondonRecording.StormDay();

        Assert.Equal(GivenRule.Json(Run(book, storm)), GivenRule.Json(Run(book, [.. storm.Reverse()])));
    }

    [Fact]
    public void Run_CountsWhatStandsTogether_ForFourHours()
    {
        RecordedIncident At(string number, double hours) => new(number, Now.AddHours(hours), Of(InCoventry with { Number = number, Pumps = 10 }));

        var result = Run(TenPumps, [At("1", 0), At("2", 3), At("3", 4), At("4", 20)]);

        Assert.Equal((4, 2), (result.Takeovers.Count, result.MostAtOnce));
        Assert.Equal(Now.AddHours(3), result.MostAtOnceFrom);
        Assert.Equal([(3, 3), (1, 1)], result.Days.Select(d => (d.Incidents, d.Proposed)));
        Assert.All(result.Takeovers, t => Assert.Equal(["coventry"], t.Areas));
    }

    [Fact]
    public void Run_TakesTheReportsOfOneIncident_ForOne()
    {
        RecordedIncident At(double hours, params string[] areas) => new("1", Now.AddHours(hours), Of(InCoventry with { Pumps = 10, Areas = areas }));

        var result = Run(TenPumps, [At(0, "coventry"), At(1, "coventry"), At(2, "coventry", "dudley"), At(5, "coventry")]);

        Assert.Equal(["coventry", "dudley", "coventry"], result.Takeovers.Select(t => Assert.Single(t.Areas)));
    }

    [Fact]
    public void Run_HoldsOnce_ForIncidentsThatBelongTogether_OverOthersBetween_WhicheverSaysSo()
    {
        RecordedIncident At(double hours, string number, params string[] linked) => new(number, Now.AddHours(hours), Of(InCoventry with { Number = number, Pumps = 10, LinkedTo = linked }));

        Assert.Single(Run(TenPumps, [At(0, "1"), At(1, "2", "1"), At(2, "3", "2"), At(3, "1")]).Takeovers);
        Assert.Equal(2, Run(TenPumps, [At(0, "1"), At(1, "3"), At(2, "2", "1", "3")]).Takeovers.Count);
    }

    [Fact]
    public void Run_CountsAnIncidentOnce_AndTellsOfItOnce()
    {
        RecordedIncident At(double hours, int pumps) => new("1", Now.AddHours(hours), Of(InCoventry with { Pumps = pumps }));

        var result = Run(GivenRule.Book(GivenRule.Rule(1, new PumpsAtLeast(5), RuleMode.NotifyOnly)), [At(0, 2), At(1, 5), At(2, 6)]);

        Assert.Equal((1, 1), (result.Judged, result.ByMode[RuleMode.NotifyOnly]));
        Assert.Equal([1], result.Days.Select(d => d.Incidents));
        Assert.Equal(Now.AddHours(1), Assert.Single(result.Notes).At);
    }

    [Fact]
    public void Run_StandsNothingTogether_WhereOneEndsAsTheNextBegins()
    {
        RecordedIncident At(string number, double hours) => new(number, Now.AddHours(hours), Of(InCoventry with { Number = number, Pumps = 10 }));

        var result = Run(TenPumps, [At("1", 0), At("2", 4), At("3", 8), At("4", 8)]);

        Assert.Equal((2, Now.AddHours(8)), (result.MostAtOnce, result.MostAtOnceFrom));
    }

    [Fact]
    public void Run_HoldsNothing_ForWhatIsClosed_AndSaysThatAPersonIsAsked()
    {
        RecordedIncident At(double hours, IncidentStatus status) => new("1", Now.AddHours(hours), Of(InCoventry with { Pumps = 10, Status = status }));

        var closed = Run(TenPumps, [At(0, IncidentStatus.Closed)]);
        Assert.Empty(closed.Takeovers);
        Assert.Equal(1, Assert.Single(closed.Days).Asked);

        // The hold of five hours ago has ended by then, and the end of the incident brings none; opened again it does.
        Assert.Equal([0, 7], Run(TenPumps, [At(0, IncidentStatus.Open), At(5, IncidentStatus.Closed), At(7, IncidentStatus.Open)]).Takeovers.Select(t => (t.At - Now).TotalHours));
    }

    [Fact]
    public void Run_GivesUp_WhenAsked()
    {
        using var over = new CancellationTokenSource();
        over.Cancel();

        Assert.Throws<OperationCanceledException>(() => RuleSimulation.Run(TenPumps, [new("1", Now, Of(InCoventry))], DemoMap.Map, new SimulationOptions(), over.Token));
    }

    [Fact]
    public void Run_NamesTheAreas_OfEachReach()
    {
        RecordedIncident[] one = [new("1", Now, Of(Bare with { Pumps = 10, StationGround = "aston" }))];

        Assert.Equal(7, Assert.Single(Run(GivenRule.Book(GivenRule.Rule(1, new PumpsAtLeast(10), reach: RuleReach.WholeBrigade)), one).Takeovers).Areas.Count);
        Assert.Contains("birmingham", Assert.Single(Run(GivenRule.Book(GivenRule.Rule(1, new PumpsAtLeast(10), reach: RuleReach.StationsWithin)), one).Takeovers).Areas);
    }

    private static SimulationResult Run(RuleBook book, IReadOnlyList<RecordedIncident> recording) => RuleSimulation.Run(book, recording, DemoMap.Map, new SimulationOptions());
}

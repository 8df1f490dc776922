using Coordination.Dashboard.Components.Incidents;
using Coordination.Dashboard.Exercises;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;
using Coordination.Storage.Exercises;
using Coordination.Storage.Incidents;

namespace Coordination.Pages.Tests.Exercises;

/// <summary>What is real has the screen of an exercise until somebody has seen it; and the report of a drill.</summary>
public sealed class RealFirstTests
{
    private static readonly Takeover Shadow = Takeover(exercise: true, TakeoverState.Shadow, Some.Now);

    [Fact]
    public void Of_IsNothing_WhileNoExerciseStands() =>
        Assert.Empty(RealFirst.Of([Takeover(false, TakeoverState.Pending, Some.Now)], [Hold(1)], []));

    [Fact]
    public void Of_HasWhatCameSince_HoweverLongAgo_ByRuleOrByHand()
    {
        Hold[] holds = [Hold(-1), Hold(0), Hold(60 * 24)];
        var proposed = Takeover(false, TakeoverState.Pending, Some.Now.AddMinutes(-1));
        Assert.Equal([proposed.Id.ToString(), holds[1].Id, holds[2].Id], RealFirst.Of([Shadow, proposed], holds, []).Select(a => a.Id));
        Assert.All(RealFirst.Of([Shadow, proposed], holds, []), a => Assert.Null(a.Seen));
    }

    [Fact]
    public void Of_KnowsWhatWasSeen_AndByWhom()
    {
        var proposed = Takeover(false, TakeoverState.Running, Some.Now);
        RealSeen[] seen = [new(proposed.Id, null, Some.Now, "K. Lowe"), new(null, "H-5", Some.Now, "R. Okafor")];
        Assert.Equal(["K. Lowe", "R. Okafor", null], RealFirst.Of([Shadow, proposed], [Hold(5), Hold(6)], seen).Select(a => a.Seen?.By));
    }

    [Fact]
    public void Report_TimesEachStep_AndSaysWhatIsNotYet()
    {
        IncidentStep[] steps = [Step("incident-reported", 0), Step("shadow-placed", 2)];
        var open = DrillReport.Of(steps, [Shadow], []);
        Assert.Null(open.EndedAt);
        Assert.Equal([2.0, null, null, null, null, null], open.Times.Select(t => t.Took?.TotalSeconds));

        var line = new ExerciseLine { Id = Guid.NewGuid(), Takeover = Shadow.Id, WrittenAt = At(62), WrittenBy = "R. Okafor", Beyond = 0, StandIns = [Row(StandInState.Out, 65), Row(StandInState.Queued, null), Row(StandInState.Out, 64)] };
        Assert.Equal([2.0, 60.0, 2.0, null, null, null], DrillReport.Of(steps, [Shadow], [line]).Times.Select(t => t.Took?.TotalSeconds));
        var done = line with { StandIns = [Row(StandInState.Out, 65), Row(StandInState.Failed, null), Row(StandInState.Out, 64)] };
        var ended = DrillReport.Of(steps, [Shadow with { State = TakeoverState.Ended, StateAt = At(100) }], [done]);
        Assert.Equal(At(100), ended.EndedAt);
        Assert.Equal([2.0, 60.0, 2.0, 1.0, 35.0, 100.0], ended.Times.Select(t => t.Took?.TotalSeconds));
    }

    private static DateTimeOffset At(int seconds) => Some.Now.AddSeconds(seconds);

    private static IncidentStep Step(string name, int seconds) => new(seconds, At(seconds), TimeSpan.FromSeconds(seconds), name, null, null) { Event = name };

    private static StandInRow Row(StandInState state, int? outAt) => new("x/a", "A", "EXERCISE – a", state, 1, outAt is { } at ? At(at) : null, null, null);

    private static Hold Hold(int minutes) => Some.Hold(FormattableString.Invariant($"H-{minutes}"), HoldKind.Freeze, Scope.Everything) with { PlacedAt = Some.Now.AddMinutes(minutes) };

    private static Takeover Takeover(bool exercise, TakeoverState state, DateTimeOffset at) => new()
    {
        Id = Guid.NewGuid(), Number = "A", Exercise = exercise, Rule = "major", RuleVersion = 1, RuleWords = "w", Proposed = false, Kind = HoldKind.CentralCoordination, Scope = Scope.LocalAccounts,
        NamedPosters = [], Reason = "r", State = state, MadeAt = at, DueAt = at, StateAt = at,
    };
}

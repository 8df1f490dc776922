using Coordination.Domain.Incidents.Lines;
using Coordination.Domain.Posts;
using Xunit;

namespace Coordination.Domain.Tests.Incidents.Lines;

/// <summary>How lines stand: by what became of their posts, and which comes after which.</summary>
public sealed class LineStandingTests
{
    [Fact]
    public void Of_CountsAccountsOnce_OverAllMessagesOfALine()
    {
        var line = Assert.Single(LineStanding.Of([
            Said("H-1", 1, ["a", "b", "c", "d"], ("published", 2), ("failed", 1)),
            Said("H-1", 1, ["d"], ("submitted", 1)) with { SaidAt = DateTimeOffset.UnixEpoch.AddMinutes(1), SaidByName = "Later" },
        ]));
        Assert.Equal((4, 2, 4, 0, false), (line.Asked, line.Out, line.Taken, line.NotTaken, line.OutEverywhere));
        Assert.Equal((1, 1, 2), (line.Count(PostState.Failed), line.Count(PostState.Submitted), line.Count(PostState.Failed, PostState.Submitted)));
        Assert.Equal(("First", DateTimeOffset.UnixEpoch), (line.SaidByName, line.SaidAt));
    }

    [Fact]
    public void Of_CountsWhatWasRemovedAsOut_AndWhatNobodyTookAsNotTaken()
    {
        Assert.True(Assert.Single(LineStanding.Of([Said("H-1", 1, ["a", "b"], ("published", 1), ("removed", 1))])).OutEverywhere);
        var refused = Assert.Single(LineStanding.Of([Said("H-1", 1, ["a", "b"])]));
        Assert.Equal((2, 0, 2, false), (refused.Asked, refused.Taken, refused.NotTaken, refused.OutEverywhere));
    }

    [Fact]
    public void Of_SupersedesByTheNextLineThatWasTakenSomewhere_UnderTheSameHoldAlone()
    {
        var lines = LineStanding.Of([
            Said("H-2", 1, ["a"], ("published", 1)),
            Said("H-1", 3, ["a"], ("scheduled", 1)),
            Said("H-1", 1, ["a"], ("published", 1)),
            Said("H-1", 2, ["a"]),
            Said("H-1", 4, ["a"]),
        ]);
        Assert.Equal([("H-1", 1, 3), ("H-1", 2, 3), ("H-1", 3, null), ("H-1", 4, null), ("H-2", 1, null)], lines.Select(l => (l.HoldId, l.Line, l.SupersededBy)));
        Assert.Empty(LineStanding.Of([]));
    }

    private static LineMessage Said(string hold, int line, string[] accounts, params (string State, int Count)[] states) => new()
    {
        MessageId = Guid.NewGuid(),
        HoldId = hold,
        Incident = "A",
        Line = line,
        Accounts = accounts,
        SaidBy = "first",
        SaidByName = "First",
        SaidAt = DateTimeOffset.UnixEpoch,
        States = states.ToDictionary(s => s.State, s => s.Count, StringComparer.Ordinal),
    };
}

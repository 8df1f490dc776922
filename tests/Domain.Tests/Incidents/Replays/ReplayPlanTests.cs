using Coordination.Domain.Incidents.Replays;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Incidents.Replays;

/// <summary>When the reports of a replay are due: as recorded, faster, and never too many at once.</summary>
public sealed class ReplayPlanTests
{
    private static readonly DateTimeOffset Start = new(2017, 2, 23, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void RecordExactToTheHour_IsSpreadOverIt()
    {
        var offsets = ReplayPlan.Offsets([Start, Start, Start, Start, Start.AddHours(3)], 1);

        Assert.Equal([0, 15, 30, 45, 180], offsets.Select(o => o.TotalMinutes));
        Assert.Equal(TimeSpan.FromHours(3), ReplayPlan.Lasts([Start, Start, Start, Start, Start.AddHours(3)], 1));
    }

    [Fact]
    public void RecordExactToTheMinute_IsSpreadOverThat_AndOneExactToTheSecondStays()
    {
        Assert.Equal([0, 30, 120, 150], ReplayPlan.Offsets([Start, Start, Start.AddMinutes(2), Start.AddMinutes(2)], 1).Select(o => o.TotalSeconds));
        Assert.Equal([0, 0.25, 2], ReplayPlan.Offsets([Start, Start, Start.AddSeconds(2)], 1).Select(o => o.TotalSeconds));
    }

    [Fact]
    public void Speed_Divides_AndTheBoundHolds()
    {
        Assert.Equal([0, 0.5, 30, 60], ReplayPlan.Offsets([Start, Start, Start.AddMinutes(30), Start.AddHours(1)], 60).Select(o => o.TotalSeconds));
        Assert.Equal(ReplayPlan.Gap * 999, ReplayPlan.Lasts([.. Enumerable.Repeat(Start, 1_000)], ReplayPlan.MostSpeed));
        Assert.Equal([TimeSpan.Zero], ReplayPlan.Offsets([Start], 7));
        Assert.Empty(ReplayPlan.Offsets([], 7));
        Assert.Equal(TimeSpan.Zero, ReplayPlan.Lasts([], 7));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3601)]
    public void SpeedThatIsNone_IsRefused(int speed)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ReplayPlan.Offsets([Start], speed));
        Assert.Equal("speed-out-of-range", ReplayRules.Speed(speed)!.Code);
    }

    [Fact]
    public void Plan_IsInOrder_NeverEarly_AndNeverTooManyAtOnce() =>
        Gen.Select(Gen.Int[0, 100_000].Array[1, 60], Gen.Int[ReplayPlan.LeastSpeed, ReplayPlan.MostSpeed], Gen.OneOf(Gen.Const(1), Gen.Const(60), Gen.Const(3600))).Sample((seconds, speed, exact) =>
        {
            DateTimeOffset[] times = [.. seconds.Select(s => Start.AddSeconds(s / exact * exact)).Order()];
            var offsets = ReplayPlan.Offsets(times, speed);
            Assert.Equal(times.Length, offsets.Count);
            Assert.Equal(TimeSpan.Zero, offsets[0]);
            for (var i = 1; i < offsets.Count; i++)
            {
                Assert.True(offsets[i] - offsets[i - 1] >= ReplayPlan.Gap, "Two reports are closer together than the bound.");
                Assert.True(offsets[i] >= ((times[i] - times[0]) / speed) - TimeSpan.FromMilliseconds(1), "A report is before its time.");
            }
        });
}

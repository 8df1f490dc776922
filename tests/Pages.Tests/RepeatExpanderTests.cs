using System.Globalization;
using Coordination.Dashboard.Repeats;
using Coordination.Domain.Schedule;
using CsCheck;

namespace Coordination.Pages.Tests;

public sealed class RepeatExpanderTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById(WallClock.London);
    private static readonly DateTime First = new(2026, 3, 2, 9, 0, 0);
    private static readonly DateTime Furthest = First.AddDays(731);
    private static readonly string Hours = string.Join(',', Enumerable.Range(0, 24));
    private static readonly string MonthDays = string.Join(',', Enumerable.Range(1, 31));

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=4", "2026-03-02T09:00 2026-03-05T09:00 2026-03-09T09:00 2026-03-12T09:00")]
    [InlineData("FREQ=WEEKLY;BYDAY=TU;COUNT=2", "2026-03-03T09:00 2026-03-10T09:00")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", "2026-03-31T09:00 2026-05-31T09:00 2026-07-31T09:00")]
    [InlineData("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", "2026-03-27T09:00 2026-04-24T09:00")]
    [InlineData("FREQ=DAILY;UNTIL=20260303", "2026-03-02T09:00 2026-03-03T09:00")]
    [InlineData("FREQ=DAILY;UNTIL=20260304T080000", "2026-03-02T09:00 2026-03-03T09:00")]
    [InlineData("FREQ=DAILY;BYHOUR=9,17;BYMINUTE=30;COUNT=3", "2026-03-02T09:30 2026-03-02T17:30 2026-03-03T09:30")]
    [InlineData("FREQ=HOURLY;INTERVAL=12;COUNT=3", "2026-03-02T09:00 2026-03-02T21:00 2026-03-03T09:00")]
    public void Expand_GivesTheTimesOnTheWall(string rule, string expected) => Assert.Equal(
        expected.Split(' ').Select(t => DateTime.Parse(t, CultureInfo.InvariantCulture)), Expand(rule));

    // On the wall a 09:00 is a 09:00 on either side of a change of the clocks.
    [Fact]
    public void Expand_KeepsTheTime_WhenTheClocksChange() =>
        Assert.All(Expand("FREQ=DAILY;COUNT=400"), date => Assert.Equal(new TimeSpan(9, 0, 0), date.TimeOfDay));

    // Each never yields, or would yield without end, or makes large sets. What stops it are steps, not a clock.
    [Theory]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", 0)]
    [InlineData("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", 0)]
    [InlineData("FREQ=MONTHLY;INTERVAL=12;BYMONTH=2;BYMONTHDAY=30;COUNT=4", 0)]
    [InlineData("FREQ=YEARLY;BYSETPOS=366;BYDAY=MO;COUNT=4", 0)]
    [InlineData("FREQ=DAILY;BYSETPOS=5;COUNT=4", 0)]
    [InlineData("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=7;COUNT=3", 0)]
    [InlineData("FREQ=HOURLY;BYYEARDAY=-366;BYMONTH=5;COUNT=400", 0)]
    [InlineData("FREQ=HOURLY;INTERVAL=999;BYMONTHDAY=29;BYMONTH=2;UNTIL=20280101", 1)]
    [InlineData("FREQ=HOURLY;UNTIL=20280101", 401)]
    [InlineData("FREQ=DAILY;UNTIL=22000101", 401)]
    [InlineData("FREQ=YEARLY;INTERVAL=1000;COUNT=400", 2)]
    public void Expand_ComesToAnEnd_WhateverTheRule(string rule, int most)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.InRange(Expand(rule).Count, 0, most);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64L * 1024 * 1024);
    }

    [Fact]
    public void Expand_IsRefused_WhereDatesWouldBeLeftOutUnseen()
    {
        Assert.Null(RepeatRule.Read("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;COUNT=3", London, out var rule));
        Assert.Equal("repeat-too-far", RepeatExpander.Expand(rule!, new DateTime(2028, 2, 29, 9, 0, 0), new DateTime(2030, 3, 1), out _)?.Code);
    }

    [Fact]
    public void Expand_ComesToAnEnd_WhenYearsAreLargeSets()
    {
        Assert.Equal(400, Expand($"FREQ=YEARLY;BYHOUR={Hours};BYYEARDAY=70,80,90,100,110,120,130,140,150,160,170,180,190,200;COUNT=400").Count);
        Assert.NotEmpty(Expand($"FREQ=YEARLY;BYMONTHDAY={MonthDays};BYSETPOS=-1,1;COUNT=400"));
    }

    // Against counting days by hand.
    [Fact]
    public void Expand_AgreesWithCounting() => Gen.Select(Gen.Int[1, 20], Gen.Int[1, 60], Gen.Int[0, 6], Gen.Int[0, 400]).SampleSeeded((interval, count, weekday, offset) =>
    {
        var start = First.AddDays(offset);
        var day = new[] { "SU", "MO", "TU", "WE", "TH", "FR", "SA" }[weekday];
        var furthest = start.AddDays(731);
        var daily = Enumerable.Range(0, count).Select(n => start.AddDays(n * interval)).ToArray();
        var monday = start.AddDays(-(((int)start.DayOfWeek + 6) % 7));
        var weekly = Enumerable.Range(0, count + 1).Select(n => monday.AddDays(((weekday + 6) % 7) + (7 * n * interval))).Where(d => d >= start).Take(count).ToArray();
        return Cut(daily, furthest).SequenceEqual(Expand(FormattableString.Invariant($"FREQ=DAILY;INTERVAL={interval};COUNT={count}"), start))
            && Cut(weekly, furthest).SequenceEqual(Expand(FormattableString.Invariant($"FREQ=WEEKLY;INTERVAL={interval};BYDAY={day};COUNT={count}"), start));
    });

    private static IEnumerable<DateTime> Cut(DateTime[] dates, DateTime furthest) => dates.TakeWhile(d => d <= furthest).Concat(dates.SkipWhile(d => d <= furthest).Take(1));

    private static IReadOnlyList<DateTime> Expand(string text, DateTime? first = null)
    {
        Assert.Null(RepeatRule.Read(text, London, out var rule));
        Assert.Null(RepeatExpander.Expand(rule!, first ?? First, first?.AddDays(731) ?? Furthest, out var dates));
        return dates;
    }
}

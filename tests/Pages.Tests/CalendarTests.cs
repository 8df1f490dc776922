using Coordination.Dashboard.Components.Calendar;
using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Desks;
using Coordination.Domain;

namespace Coordination.Pages.Tests;

/// <summary>Which days are on screen, and what a move to another day means for the clock.</summary>
public sealed class CalendarTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CalendarView.Month, "2026-11-26", "2026-10-26", "2026-12-07")]
    [InlineData(CalendarView.Month, "2027-02-10", "2027-02-01", "2027-03-01")]
    [InlineData(CalendarView.Month, "2026-02-10", "2026-01-26", "2026-03-02")]
    [InlineData(CalendarView.Week, "2026-11-29", "2026-11-23", "2026-11-30")]
    [InlineData(CalendarView.Week, "2026-11-23", "2026-11-23", "2026-11-30")]
    [InlineData(CalendarView.Day, "2026-11-26", "2026-11-26", "2026-11-27")]
    [InlineData(CalendarView.List, "2026-11-26", "2026-11-26", "2026-12-10")]
    public void Range_HasWholeWeeks_FromMonday(CalendarView view, string date, string from, string until)
    {
        var range = new CalendarRange(view, Day(date));
        Assert.Equal((Day(from), Day(until)), (range.From, range.Until));
        Assert.Contains(Day(date), range.Days);
        Assert.Equal(range.From, range.Step(1).Step(-1).From);
    }

    [Fact]
    public void EveryMonth_HoldsAllOfItsDays()
    {
        for (var month = new DateOnly(2024, 1, 1); month.Year < 2034; month = month.AddMonths(1))
        {
            var days = new CalendarRange(CalendarView.Month, month).Days.ToArray();
            Assert.Equal((DayOfWeek.Monday, DayOfWeek.Sunday), (days[0].DayOfWeek, days[^1].DayOfWeek));
            Assert.Contains(month, days);
            Assert.Contains(month.AddMonths(1).AddDays(-1), days);
            Assert.True(days.Length is 28 or 35 or 42);
        }
    }

    // A time on the wall stays that time, whatever the clocks do in between.
    [Theory]
    [InlineData("2026-03-27T09:00:05Z", "2026-03-30", "2026-03-30T08:00:05Z")]
    [InlineData("2026-10-23T08:00:00Z", "2026-10-26", "2026-10-26T09:00:00Z")]
    [InlineData("2026-03-28T01:30:00Z", "2026-03-29", null)]
    [InlineData("2026-10-24T00:30:00Z", "2026-10-25", "2026-10-25T00:30:00Z")]
    [InlineData("2026-11-26T23:59:59.123456Z", "2026-12-01", "2026-12-01T23:59:59.123456Z")]
    public void Move_KeepsTheTimeOnTheWall(string at, string day, string? expected) =>
        Assert.Equal(expected is null ? null : Time(expected), CalendarRange.OnDay(Time(at), Day(day)));

    [Fact]
    public void Move_KeepsTheTimeOnTheWall_OnEveryDayOfTenYears()
    {
        var nine = Time("2026-01-01T09:00:00Z");
        for (var day = new DateOnly(2026, 1, 1); day.Year < 2036; day = day.AddDays(1))
        {
            var local = UkTime.Local(CalendarRange.OnDay(nine, day)!.Value);
            Assert.Equal((day, 9, 0), (DateOnly.FromDateTime(local.DateTime), local.Hour, local.Minute));
        }
    }

    [Fact]
    public async Task Move_IsSaid_PutBack_AndRepeatedUnderOneId()
    {
        var desk = new StubPostDesk();
        var model = new CalendarModel(desk, desk);
        var post = Some.Post() with { DueAt = Time("2026-11-26T09:00:00Z"), State = "scheduled" };

        await model.MoveToDayAsync(post, Day("2026-11-26"), Some.Manager, None);
        Assert.Empty(desk.Operations);
        await model.MoveToDayAsync(post, Day("2026-11-27"), Some.Manager, None);
        await model.MoveToDayAsync(post, Day("2026-11-27"), Some.Manager, None);
        Assert.Equal((1, true), (desk.Operations.Distinct().Count(), model.Refused));
        Assert.Contains("not known", model.Said, StringComparison.Ordinal);

        desk.Answer = _ => new PostAnswer(post with { DueAt = Time("2026-11-27T09:00:00Z"), Revision = 2 }, null);
        await model.MoveToDayAsync(post, Day("2026-11-27"), Some.Manager, None);
        Assert.Contains("Fri 27 November 2026 09:00 GMT", model.Said, StringComparison.Ordinal);
        Assert.Equal((post.DueAt, 2), (model.Undo!.DueAt, model.Undo.Revision));
        await model.UndoAsync(Some.Manager, None);
        Assert.Null(model.Undo);

        desk.Answer = _ => new PostAnswer(null, new Refusal("time-in-past", "The time has passed."));
        await model.MoveToDayAsync(post, Day("2026-11-25"), Some.Manager, None);
        Assert.Equal(("The time has passed.", true), (model.Said, model.Refused));

        var spring = post with { DueAt = Time("2026-03-28T01:30:00Z") };
        var before = desk.Operations.Count;
        await model.MoveToDayAsync(spring, Day("2026-03-29"), Some.Manager, None);
        Assert.Contains("01:30 is not on the clocks on 29 March 2026", model.Said, StringComparison.Ordinal);
        Assert.Equal(before, desk.Operations.Count);
    }

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}

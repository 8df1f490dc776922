using Coordination.Dashboard.Components.Repeats;
using Coordination.Domain.Drafts;
using Coordination.Domain.Schedule;

namespace Coordination.Pages.Tests;

public sealed class RepeatFormTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById(WallClock.London);

    [Theory]
    [InlineData("daily", "FREQ=DAILY;COUNT=10", "Every day, 10 times")]
    [InlineData("weekly", "FREQ=WEEKLY;BYDAY=TU,FR;COUNT=10", "Every week on Tuesday and Friday, 10 times")]
    [InlineData("month-day", "FREQ=MONTHLY;BYMONTHDAY=17;COUNT=10", "Every month on day 17, 10 times")]
    [InlineData("month-week", "FREQ=MONTHLY;BYDAY=3TU;COUNT=10", "Every month on the third Tuesday, 10 times")]
    [InlineData("rule", "FREQ=YEARLY;BYMONTH=5;COUNT=2", "FREQ=YEARLY;BYMONTH=5;COUNT=2")]
    public void RuleFor_SaysWhatIsChosen_AndWordsSayItAgain(string kind, string rule, string words)
    {
        var form = new RepeatForm { Kind = kind, Rule = "FREQ=YEARLY;BYMONTH=5;COUNT=2" };
        form.Toggle(DayOfWeek.Friday);
        Assert.Equal(rule, form.RuleFor(new DateTime(2026, 3, 17, 9, 0, 0)));
        Assert.Equal(words, RepeatForm.Words(rule));
        Assert.Null(RepeatRule.Read(rule, London, out _));
    }

    [Fact]
    public void RuleFor_EndsOnADay_AndTakesTheLastWeekday()
    {
        var form = new RepeatForm { Kind = "month-week", Ends = "until", Until = "2026-12-31" };
        Assert.Equal("FREQ=MONTHLY;BYDAY=-1TU;UNTIL=20261231", form.RuleFor(new DateTime(2026, 3, 31, 9, 0, 0)));
        Assert.Equal("Every month on the last Tuesday until 31 Dec 2026", RepeatForm.Words("FREQ=MONTHLY;BYDAY=-1TU;UNTIL=20261231"));
    }

    [Theory]
    [InlineData("daily", "count", "")]
    [InlineData("daily", "until", "2026-12-31")]
    [InlineData("daily", "until", "")]
    [InlineData("weekly", "count", "")]
    [InlineData("weekly", "until", "2027-01-02")]
    [InlineData("month-day", "count", "")]
    [InlineData("month-week", "until", "2026-12-31")]
    public void Show_GivesBackWhatADraftKept(string kind, string ends, string until)
    {
        var first = new DateTime(2026, 3, 31, 9, 0, 0);
        var form = new RepeatForm { Kind = kind, Ends = ends, Until = until, Count = ends == "count" ? 7 : 10, SkipHolidays = true };
        form.Toggle(DayOfWeek.Friday);
        form.Toggle(DayOfWeek.Sunday);
        var again = new RepeatForm { Rule = "FREQ=DAILY;COUNT=1", Kind = "rule" };
        again.Show(form.ToDraft(first), first);
        Assert.Equal((kind, ends, until, form.Count, "", true), (again.Kind, again.Ends, again.Until, again.Count, again.Rule, again.SkipHolidays));
        Assert.Equal(form.RuleFor(first), again.RuleFor(first));
        Assert.Equal(kind == "weekly" ? [DayOfWeek.Friday, DayOfWeek.Sunday] : [], again.Chosen.Order().Reverse());
    }

    [Theory]
    [InlineData("FREQ=YEARLY;BYMONTH=5;COUNT=2")]
    [InlineData("FREQ=WEEKLY;BYDAY=MO;COUNT=12")]
    [InlineData("freq=daily")]
    [InlineData("FREQ=DAILY;COUNT=1;COUNT=2")]
    [InlineData("every day =;;")]
    [InlineData("")]
    public void Show_LeavesARuleAsItIsWritten_WhereTheFieldsWouldSayAnother(string rule)
    {
        var form = new RepeatForm();
        form.Show(new DraftRepeat(rule, SkipHolidays: false), new DateTime(2026, 3, 31, 9, 0, 0));
        Assert.Equal(("rule", rule), (form.Kind, form.Rule));
        Assert.Equal(rule, form.ToDraft(new DateTime(2026, 4, 1, 9, 0, 0))!.Rule);
    }

    [Fact]
    public void Draft_KeepsNothing_OfWhatDoesNotComeBack()
    {
        var form = new RepeatForm { Kind = "daily" };
        Assert.Null(form.ToDraft(first: null));
        form.Show(repeat: null, new DateTime(2026, 3, 31, 9, 0, 0));
        Assert.Null(form.ToDraft(new DateTime(2026, 3, 31, 9, 0, 0)));
    }

    [Fact]
    public void Words_SayWhatTheClocksDo()
    {
        Assert.Equal("Mon 2 Mar 2026 09:00 GMT", RepeatForm.Words(WallClock.At(new DateTime(2026, 3, 2, 9, 0, 0), London)));
        Assert.Contains("it goes out at 02:00 BST", RepeatForm.Words(WallClock.At(new DateTime(2026, 3, 29, 1, 30, 0), London)), StringComparison.Ordinal);
        Assert.Contains("it goes out at the first, BST", RepeatForm.Words(WallClock.At(new DateTime(2026, 10, 25, 1, 30, 0), London)), StringComparison.Ordinal);
    }
}

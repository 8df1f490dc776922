using System.Globalization;
using Coordination.Domain.Schedule;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Schedule;

public sealed class RepeatRuleTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById(WallClock.London);

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=12", "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=12", null)]
    [InlineData("rrule:freq=daily;count=3", "FREQ=DAILY;COUNT=3", null)]
    [InlineData("COUNT=2;FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", null)]
    [InlineData("FREQ=DAILY;UNTIL=20261231", "FREQ=DAILY", "2026-12-31T23:59:59.9999999")]
    [InlineData("FREQ=DAILY;UNTIL=20261231T090000", "FREQ=DAILY", "2026-12-31T09:00:00")]
    [InlineData("FREQ=DAILY;UNTIL=20260701T080000Z", "FREQ=DAILY", "2026-07-01T09:00:00")]
    [InlineData("FREQ=HOURLY;BYHOUR=9,10,11;BYMINUTE=30;BYSECOND=0;COUNT=3", "FREQ=HOURLY;BYHOUR=9,10,11;BYMINUTE=30;BYSECOND=0;COUNT=3", null)]
    public void Read_TakesIt(string text, string endless, string? until)
    {
        Assert.Null(RepeatRule.Read(text, London, out var rule));
        Assert.Equal(endless, rule!.Endless);
        Assert.Equal(until is null ? null : DateTime.Parse(until, CultureInfo.InvariantCulture), rule.Until);
    }

    [Theory]
    [InlineData("FREQ=DAILY", "repeat-endless")]
    [InlineData("FREQ=SECONDLY;COUNT=3", "repeat-too-often")]
    [InlineData("FREQ=MINUTELY;COUNT=3", "repeat-too-often")]
    [InlineData("FREQ=MINUTELY", "repeat-too-often")]
    [InlineData("FREQ=HOURLY;BYMINUTE=0,30;COUNT=3", "repeat-too-often")]
    [InlineData("FREQ=YEARLY;BYSECOND=0,1,2;COUNT=3", "repeat-too-often")]
    [InlineData("FREQ=DAILY;COUNT=401", "repeat-too-many")]
    [InlineData("FREQ=DAILY;COUNT=3;UNTIL=20261231", "repeat-rule-malformed")]
    [InlineData("FREQ=DAILY;UNTIL=20261331", "repeat-rule-malformed")]
    [InlineData("FREQ=DAILY;UNTIL=99991231", "repeat-rule-malformed")]
    [InlineData("FREQ=DAILY;COUNT=0", "repeat-rule-malformed")]
    [InlineData("FREQ=DAILY;COUNT=3;COUNT=4", "repeat-rule-malformed")]
    [InlineData("FREQ=DAILY;INTERVAL=0;COUNT=3", "repeat-rule-malformed")]
    [InlineData("FREQ=DAILY;INTERVAL=1001;COUNT=3", "repeat-rule-malformed")]
    [InlineData("FREQ=DAILY;INTERVAL=99999999999;COUNT=3", "repeat-rule-malformed")]
    [InlineData("FREQ=DAILY;BYHOUR=24;COUNT=3", "repeat-rule-malformed")]
    [InlineData("FREQ=DAILY;BYMINUTE=60;COUNT=3", "repeat-rule-malformed")]
    [InlineData("FREQ=DAILY;BYSECOND=30;COUNT=3", "repeat-rule-malformed")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=0;COUNT=3", "repeat-rule-malformed")]
    [InlineData("FREQ=MONTHLY;BYDAY=0MO;COUNT=3", "repeat-rule-malformed")]
    [InlineData("FREQ=WEEKLY;BYDAY=1MO;COUNT=3", "repeat-rule-malformed")]
    [InlineData("FREQ=WEEKLY;BYDAY=XX;COUNT=3", "repeat-rule-malformed")]
    [InlineData("FREQ=FORTNIGHTLY;COUNT=3", "repeat-rule-malformed")]
    [InlineData("FREQ=DAILY;BYMOON=FULL;COUNT=3", "repeat-rule-malformed")]
    [InlineData("every monday", "repeat-rule-malformed")]
    [InlineData("FREQ=DAILY;COUNT=3\nEXRULE=x", "repeat-rule-malformed")]
    [InlineData("FREQ=DAILY;;COUNT=3", "repeat-rule-malformed")]
    [InlineData("COUNT=3", "repeat-rule-malformed")]
    [InlineData("   ", "repeat-rule-malformed")]
    [InlineData(null, "repeat-rule-malformed")]
    public void Read_RefusesIt_AndSaysWhatToDo(string? text, string code)
    {
        var refusal = RepeatRule.Read(text, London, out var rule);
        Assert.Equal(code, refusal?.Code);
        Assert.Contains("Nothing was started.", refusal!.Reason, StringComparison.Ordinal);
        Assert.Null(rule);
    }

    [Fact]
    public void Read_RefusesWhatIsTooLong() =>
        Assert.Equal("repeat-rule-too-long", RepeatRule.Read("FREQ=DAILY;COUNT=3;BYHOUR=" + string.Join(',', Enumerable.Repeat("1", 200)), London, out _)?.Code);

    [Fact]
    public void Read_AnswersToAnything() => Gen.String[Gen.Char, 0, 250].SampleSeeded(text => RepeatRule.Read(text, London, out var rule) is null == rule is not null);
}

using System.Globalization;
using Coordination.Domain.Accounts;
using Coordination.Domain.Schedule;
using Coordination.Domain.Tests.Accounts;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Schedule;

public sealed class RepeatRulesTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById(WallClock.London);
    private static readonly AccountKey Other = AccountKey.Parse("x/demo_wmfs_bilston");

    private static readonly RepeatWish Wish = new()
    {
        Text = "Test your alarm", Accounts = [Given.Key], Rule = "FREQ=WEEKLY;COUNT=3", First = new DateTime(2026, 5, 4, 9, 0, 0),
    };

    public static TheoryData<string, bool> People() => new()
    {
        { "comms-manager", true }, { "comms-officer", true }, { "account-holder", true }, { "account-holder-of-another", false },
        { "account-holder-of-none", false }, { "fds-officer", false }, { "fire-control", false }, { "auditor", false }, { "system", false },
    };

    [Theory, MemberData(nameof(People))]
    public void Check_AsksForTheSameRights_AsAPostDoes(string person, bool may)
    {
        var refusal = RepeatRules.Check(Wish, Labels, Given.People.First(p => p.Name == person).Actor);
        Assert.Equal(may ? null : RefusalKind.Forbidden, refusal?.Kind);
    }

    [Fact]
    public void Check_RefusesWhatEachPostWouldBe()
    {
        Assert.Equal("accounts-missing", Check(Wish with { Accounts = [] }));
        Assert.Equal("accounts-too-many", Check(Wish with { Accounts = [.. Enumerable.Range(0, 51).Select(n => AccountKey.Parse($"x/a{n}"))] }));
        Assert.Equal("account-unknown", Check(Wish with { Accounts = [Given.Key, Other] }));
        Assert.Equal("text-empty", Check(Wish with { Text = " " }));
        Assert.Equal("text-too-long", Check(Wish with { Text = new string('a', 400) }));
        Assert.Equal("tolerance-out-of-range", Check(Wish with { Tolerance = TimeSpan.FromDays(2) }));
        Assert.Equal("incident-missing", Check(Wish with { About = new Domain.Review.PostAbout { Topic = Domain.Review.PostTopic.Incident } }));
        Assert.Null(Check(Wish));
    }

    [Fact]
    public void CheckDates_KeepsThemWithinBounds()
    {
        var now = Given.Now;
        DateTime[] week = [Local("2026-05-04T09:00"), Local("2026-05-11T09:00")];
        Assert.Null(RepeatRules.CheckDates(week, Wish, London, now));
        Assert.Equal("repeat-no-dates", RepeatRules.CheckDates([], Wish, London, now)?.Code);
        Assert.Equal("time-in-past", RepeatRules.CheckDates([Local("2026-05-01T10:00")], Wish, London, now)?.Code);
        Assert.Null(RepeatRules.CheckDates([Local("2026-05-01T10:01")], Wish, London, now));
        Assert.Equal("repeat-too-far", RepeatRules.CheckDates([.. week, Local("2028-05-03T09:00")], Wish, London, now)?.Code);
        var many = Enumerable.Range(0, 201).Select(n => Local("2026-05-04T09:00").AddDays(n)).ToArray();
        Assert.Null(RepeatRules.CheckDates(many, Wish, London, now));
        Assert.Equal("repeat-too-many", RepeatRules.CheckDates(many, Wish with { Accounts = [Given.Key, Other] }, London, now)?.Code);
    }

    [Theory]
    [InlineData("2026-06-05T09:59", "make")]
    [InlineData("2026-06-05T10:00", "make")]
    [InlineData("2026-06-05T10:01", "not yet")]
    [InlineData("2026-05-01T10:01", "make")]
    [InlineData("2026-05-01T10:00", "Skipped")]
    [InlineData("2025-05-01T10:00", "Skipped")]
    [InlineData("2026-05-04T09:00", "Holiday")]
    public void Turn_SaysWhatIsDone(string local, string done) => Assert.Equal(done, Words(RepeatRules.Turn(Local(local), Wish with { SkipHolidays = true }, London, Given.Now)));

    [Fact]
    public void Turn_MakesABankHoliday_UnlessItIsLeftOut() =>
        Assert.Equal(new RepeatTurn.Make(new DateTimeOffset(2026, 5, 4, 8, 0, 0, TimeSpan.Zero)), RepeatRules.Turn(Local("2026-05-04T09:00"), Wish, London, Given.Now));

    [Fact]
    public void Apart_LeavesOutASkippedTime_WhereAnotherHasItsMoment()
    {
        DateTime[] hourly = [.. Enumerable.Range(0, 5).Select(n => new DateTime(2026, 3, 29, 0, 0, 0).AddHours(n))];
        Assert.Equal([hourly[0], hourly[2], hourly[3], hourly[4]], RepeatRules.Apart(hourly, London));
        Assert.Equal([hourly[1]], RepeatRules.Apart([hourly[1]], London));
        Assert.Equal([hourly[1]], RepeatRules.Apart([hourly[1], hourly[1].AddMinutes(30)], London));
    }

    [Fact]
    public void Ids_AreTheSameForTheSame_AndOthersForOthers() => Gen.Select(Gen.Guid, Gen.Int[0, 1_000_000]).SampleSeeded((repeat, minutes) =>
    {
        var local = new DateTime(2026, 1, 1).AddMinutes(minutes);
        Guid[] ids =
        [
            RepeatIds.Post(repeat, local, Given.Key).Value, RepeatIds.Post(repeat, local, Other).Value, RepeatIds.Post(repeat, local.AddMinutes(1), Given.Key).Value,
            RepeatIds.Making(repeat, local, Given.Key), RepeatIds.TakingBack(repeat, local, Given.Key), RepeatIds.Message(repeat, local),
        ];
        return ids.Distinct().Count() == ids.Length && ids[0] == RepeatIds.Post(repeat, local, Given.Key).Value && ids.All(id => id.Version == 8);
    });

    private static string? Check(RepeatWish wish) => RepeatRules.Check(wish, Labels, Given.Manager)?.Code;

    private static AccountLabels? Labels(AccountKey key) => key == Given.Key ? Given.Labels : null;

    private static string Words(RepeatTurn turn) => turn switch
    {
        RepeatTurn.Make => "make",
        RepeatTurn.LeaveOut left => left.State.ToString(),
        _ => "not yet",
    };

    private static DateTime Local(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}

using System.Text.Json;
using Coordination.Domain.Review;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Review;

/// <summary>The quiet hours: which moments lie in them, when they end, and how they are kept.</summary>
public sealed class QuietHoursTests
{
    private static readonly Gen<TimeOnly> Wall = Gen.Int[0, 1439].Select(m => new TimeOnly(m / 60, m % 60));
    private static readonly Gen<DateTimeOffset> Moment = Gen.Long[0, 3L * 366 * 24 * 60].Select(m => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(m));

    [Theory]
    [InlineData("22:00", "07:00", "2026-01-10T21:59:59Z", false)]
    [InlineData("22:00", "07:00", "2026-01-10T22:00:00Z", true)]
    [InlineData("22:00", "07:00", "2026-01-10T23:59:00Z", true)]
    [InlineData("22:00", "07:00", "2026-01-10T00:00:00Z", true)]
    [InlineData("22:00", "07:00", "2026-01-10T06:59:59Z", true)]
    [InlineData("22:00", "07:00", "2026-01-10T07:00:00Z", false)]
    [InlineData("22:00", "07:00", "2026-07-10T21:00:00Z", true)]
    [InlineData("22:00", "07:00", "2026-07-10T06:00:00Z", false)]
    [InlineData("01:00", "05:00", "2026-01-10T00:59:00Z", false)]
    [InlineData("01:00", "05:00", "2026-01-10T01:00:00Z", true)]
    [InlineData("01:00", "05:00", "2026-01-10T05:00:00Z", false)]
    [InlineData("09:00", "09:00", "2026-01-10T09:00:00Z", false)]
    [InlineData("00:00", "00:00", "2026-01-10T00:00:00Z", false)]
    public void Contain_IsByTheWallInLondon(string from, string to, string at, bool contains) => Assert.Equal(contains, Quiet(from, to).Contain(Time(at)));

    [Theory]
    [InlineData("22:00", "07:00", "2026-01-10T23:00:00Z", "2026-01-11T07:00:00Z")]
    [InlineData("22:00", "07:00", "2026-01-10T03:00:00Z", "2026-01-10T07:00:00Z")]
    [InlineData("22:00", "07:00", "2026-03-28T23:00:00Z", "2026-03-29T06:00:00Z")]
    [InlineData("22:00", "07:00", "2026-10-24T21:30:00Z", "2026-10-25T07:00:00Z")]
    [InlineData("22:00", "01:30", "2026-03-28T23:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("00:30", "01:30", "2026-10-25T00:15:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("00:30", "01:30", "2026-10-25T01:15:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("22:00", "07:00", "2026-01-10T12:00:00Z", "2026-01-10T12:00:00Z")]
    public void EndAfter_IsWhenTheyEndNext(string from, string to, string at, string end) => Assert.Equal(Time(end), Quiet(from, to).EndAfter(Time(at)));

    [Fact]
    public void EndAfter_LiesOutsideAndAfter_Always() => Gen.Select(Wall, Wall, Moment).SampleSeeded((from, to, at) =>
    {
        var quiet = new QuietHours(from, to, ContentAct.Warn);
        var end = quiet.EndAfter(at);
        Assert.False(quiet.Contain(end), $"{quiet}: {at:u} ends {end:u}");
        Assert.True(quiet.Contain(at) ? end > at && end - at <= TimeSpan.FromHours(26) : end == at);
    });

    [Fact]
    public void Rules_ReadAsUsual_AndStayAsKept_FromBeforeThereWereAny()
    {
        const string kept = """{"Content":{},"Approvals":[],"ClashMinutes":30}""";
        var rules = JsonSerializer.Deserialize<PublishingRules>(kept)!;
        Assert.Equal(QuietHours.Default, rules.Quiet);
        Assert.Equal(kept, JsonSerializer.Serialize(rules));
    }

    [Fact]
    public void Rules_KeepOtherQuietHours()
    {
        var rules = PublishingRules.Default with { Quiet = new QuietHours(new TimeOnly(21, 30), new TimeOnly(8, 0), ContentAct.Comms) };
        Assert.Equal(rules.Quiet, JsonSerializer.Deserialize<PublishingRules>(JsonSerializer.Serialize(rules))!.Quiet);
    }

    private static QuietHours Quiet(string from, string to) => new(TimeOnly.ParseExact(from, "HH:mm", null), TimeOnly.ParseExact(to, "HH:mm", null), ContentAct.Warn);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

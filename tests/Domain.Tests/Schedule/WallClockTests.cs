using System.Globalization;
using Coordination.Domain.Schedule;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Schedule;

public sealed class WallClockTests
{
    private static readonly TimeZoneInfo London = Zone(WallClock.London);

    [Theory]
    [InlineData("2026-01-05T09:00", "2026-01-05T09:00", ClockChange.None)]
    [InlineData("2026-07-06T09:00", "2026-07-06T08:00", ClockChange.None)]
    [InlineData("2026-03-29T00:59", "2026-03-29T00:59", ClockChange.None)]
    [InlineData("2026-03-29T01:00", "2026-03-29T01:00", ClockChange.Skipped)]
    [InlineData("2026-03-29T01:30", "2026-03-29T01:00", ClockChange.Skipped)]
    [InlineData("2026-03-29T02:00", "2026-03-29T01:00", ClockChange.None)]
    [InlineData("2026-10-25T00:59", "2026-10-24T23:59", ClockChange.None)]
    [InlineData("2026-10-25T01:30", "2026-10-25T00:30", ClockChange.Twice)]
    [InlineData("2026-10-25T02:00", "2026-10-25T02:00", ClockChange.None)]
    public void At_GivesTheMoment_InLondon(string local, string utc, ClockChange change) =>
        Assert.Equal(new WallTime(Time(local), new DateTimeOffset(Time(utc), TimeSpan.Zero), change), WallClock.At(Time(local), London));

    [Theory]
    [InlineData("America/New_York", "2026-03-08T02:30", "2026-03-08T07:00")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30")]
    public void At_GivesTheFirstMomentAfterTheGap_HoweverLongItIs(string zone, string local, string utc)
    {
        var at = WallClock.At(Time(local), Zone(zone));
        Assert.Equal((ClockChange.Skipped, new DateTimeOffset(Time(utc), TimeSpan.Zero)), (at.Change, at.At));
    }

    [Theory]
    [InlineData("Europe/London", true)]
    [InlineData("Asia/Kolkata", true)]
    [InlineData("GMT Standard Time", false)]
    [InlineData("Mars/Olympus", false)]
    [InlineData("../../etc/passwd", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void TryFindZone_KnowsNames(string? id, bool known) => Assert.Equal(known, WallClock.TryFindZone(id, out _));

    // What the wall shows at the moment is the wish; after a gap it is the first thing that it shows.
    [Fact]
    public void At_IsShownOnTheWall_ForEveryTime() => AnyTime.SampleSeeded((zone, local) =>
    {
        var when = WallClock.At(local, zone);
        var shown = TimeZoneInfo.ConvertTime(when.At, zone).DateTime;
        var before = TimeZoneInfo.ConvertTime(when.At.AddTicks(-1), zone).DateTime;
        return when.Change == ClockChange.Skipped ? shown > local && before < local : shown == local;
    });

    [Fact]
    public void At_IsTheFirstOfTwo_WhereTheWallShowsItTwice() => AnyTime.SampleSeeded((zone, local) =>
    {
        var when = WallClock.At(local, zone);
        var later = Enumerable.Range(1, 12).Select(n => when.At.AddMinutes(n * 15)).Any(at => TimeZoneInfo.ConvertTime(at, zone).DateTime == local);
        var earlier = Enumerable.Range(1, 12).Select(n => when.At.AddMinutes(-n * 15)).Any(at => TimeZoneInfo.ConvertTime(at, zone).DateTime == local);
        return !earlier && later == (when.Change == ClockChange.Twice);
    });

    [Fact]
    public void At_KeepsTheOrder_OfWishes() => Gen.Select(Gen.Int[0, 2].Select(n => new[] { "Europe/London", "America/New_York", "Australia/Lord_Howe" }[n]), Minutes, Minutes).SampleSeeded((zone, one, other) =>
    {
        var (first, second) = one < other ? (one, other) : (other, one);
        return WallClock.At(second, Zone(zone)).At >= WallClock.At(first, Zone(zone)).At || WallClock.At(first, Zone(zone)).Change == ClockChange.Twice || second - first < TimeSpan.FromHours(2);
    });

    private static Gen<DateTime> Minutes => Gen.Int[0, 10 * 366 * 24 * 4].Select(n => new DateTime(2024, 1, 1).AddMinutes(n * 15));

    // Around the changes more often than anywhere else.
    private static Gen<(TimeZoneInfo Zone, DateTime Local)> AnyTime => Gen.Select(
        Gen.Int[0, 5].Select(n => Zone(new[] { "Europe/London", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Auckland" }[n])),
        Gen.OneOf(Minutes, Gen.Select(Gen.Int[2024, 2034], Gen.Int[0, 4].Select(n => new[] { 3, 4, 9, 10, 11 }[n]), Gen.Int[0, (30 * 96) - 1]).Select((year, month, n) => new DateTime(year, month, 1).AddMinutes(n * 15))));

    private static TimeZoneInfo Zone(string id) => WallClock.TryFindZone(id, out var zone) ? zone : throw new InvalidOperationException($"This machine has no zone {id}.");

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}

using Coordination.Dashboard.Api;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;

namespace Coordination.SystemTests.Api;

/// <summary>Small rules of the edge, without any process.</summary>
public sealed class InputTimeTests
{
    [Theory]
    [InlineData("2026-07-01T15:30:00+01:00", "2026-07-01T14:30:00Z")]
    [InlineData("2026-07-01T14:30Z", "2026-07-01T14:30:00Z")]
    [InlineData("2026-07-01T14:30:00.5Z", "2026-07-01T14:30:00.5Z")]
    public void Time_IsReadAsUtc_WhenItHasAnOffset(string text, string utc)
    {
        Assert.True(InputTime.TryParse(text, out var time));
        Assert.Equal(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), time);
        Assert.Equal(TimeSpan.Zero, time.Offset);
    }

    [Theory]
    [InlineData("2026-07-01T15:30:00")]
    [InlineData("2026-07-01")]
    [InlineData("01/07/2026 15:30 +01:00")]
    [InlineData("2026-02-30T00:00:00Z")]
    [InlineData("")]
    public void Time_IsRefused_WithoutAnOffsetOrInAnotherForm(string text) => Assert.False(InputTime.TryParse(text, out _));

    [Fact]
    public void DerivedId_IsTheSameForTheSameOperationAndPart_AndNoOther()
    {
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.Equal(DerivedIds.Of(one, "a"), DerivedIds.Of(one, "a"));
        Assert.NotEqual(DerivedIds.Of(one, "a"), DerivedIds.Of(one, "b"));
        Assert.NotEqual(DerivedIds.Of(one, "a"), DerivedIds.Of(two, "a"));
        Assert.Equal(8, DerivedIds.Of(one, "a").Version);
        Assert.Equal(one.ToString()[..13], DerivedIds.Of(one, "a").ToString()[..13]);
    }

    [Theory]
    [InlineData("2026-07-01T22:59:00Z", "2026-07-01T23:00:00Z")]
    [InlineData("2026-07-01T23:01:00Z", "2026-07-02T23:00:00Z")]
    [InlineData("2026-12-01T23:30:00Z", "2026-12-02T00:00:00Z")]
    public void EndOfDay_IsTheBrigadesMidnight(string now, string end) => Assert.Equal(
        DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture),
        PostCounter.EndOfDay(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));
}

using Coordination.Domain.Incidents.Feeds;
using Xunit;

namespace Coordination.Domain.Tests.Incidents.Feeds;

/// <summary>When a feed is polled again, and how it is said to do.</summary>
public sealed class FeedRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1, 60, null, 15)]
    [InlineData(2, 60, null, 30)]
    [InlineData(5, 60, null, 240)]
    [InlineData(6, 60, null, 300)]
    [InlineData(1000, 60, null, 300)]
    [InlineData(1, 10, null, 10)]
    [InlineData(50, 3600, null, 3600)]
    [InlineData(1, 60, 120, 120)]
    [InlineData(6, 60, 5, 300)]
    [InlineData(1, 60, -5, 15)]
    [InlineData(1, 60, 10_000_000, 86_400)]
    public void AfterFailure_Doubles_UpToALimit_AndListensToTheServer(int failures, int every, int? asked, int seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds),
        FeedPace.AfterFailure(failures, TimeSpan.FromSeconds(every), asked is { } a ? TimeSpan.FromSeconds(a) : null));

    [Theory]
    [InlineData(1, 60, null, 15)]
    [InlineData(9, 60, null, 60)]
    [InlineData(9, 3600, null, 3600)]
    [InlineData(1, 60, 600, 600)]
    public void WhileWaiting_IsNeverLongerThanTheInterval_UnlessAServerAsks(int attempts, int every, int? asked, int seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds),
        FeedPace.WhileWaiting(attempts, TimeSpan.FromSeconds(every), asked is { } a ? TimeSpan.FromSeconds(a) : null));

    [Fact]
    public void Health_IsFreshOnlyOfWhatIsKnownToBe()
    {
        FeedState Of(int? successAgo, int failures = 0, int waiting = 0) => FeedHealth.Of(
            new FeedFacts(Now, successAgo is { } s ? Now - TimeSpan.FromSeconds(s) : null, failures, waiting, 0), Minute, Now);
        Assert.Equal(FeedState.Never, Of(null));
        Assert.Equal(FeedState.Never, Of(null, failures: 2));
        Assert.Equal(FeedState.Failing, Of(null, failures: 3));
        Assert.Equal(FeedState.Fresh, Of(0));
        Assert.Equal(FeedState.Fresh, Of(180));
        Assert.Equal(FeedState.Late, Of(181));
        Assert.Equal(FeedState.Late, Of(10, waiting: 1));
        Assert.Equal(FeedState.Fresh, Of(10, failures: 2));
        Assert.Equal(FeedState.Failing, Of(10, failures: 3));
    }

    [Fact]
    public void Somebody_IsNeeded_ForWhatIsNotFresh_AndForWhatWasNotTaken()
    {
        bool Needs(FeedFacts facts) => FeedHealth.NeedsSomebody(facts, Minute, Now);
        Assert.False(Needs(new FeedFacts(null, null, 0, 0, 0)));
        Assert.False(Needs(new FeedFacts(Now, null, 1, 0, 0)));
        Assert.False(Needs(new FeedFacts(Now, Now, 0, 0, 0)));
        Assert.True(Needs(new FeedFacts(Now, Now, 0, 0, 1)));
        Assert.True(Needs(new FeedFacts(Now, Now, 0, 1, 0)));
        Assert.True(Needs(new FeedFacts(Now, Now - TimeSpan.FromHours(1), 0, 0, 0)));
        Assert.True(Needs(new FeedFacts(Now, null, 3, 0, 0)));
    }

    [Fact]
    public void EntryStates_HaveTheirIds()
    {
        Assert.All(Enum.GetValues<FeedEntryState>(), s => Assert.Equal(s, FeedEntryStates.Parse(s.Id())));
        Assert.Throws<FormatException>(() => FeedEntryStates.Parse("other"));
    }
}

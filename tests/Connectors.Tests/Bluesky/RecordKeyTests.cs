using Coordination.Connectors;
using Coordination.Connectors.Bluesky;
using Coordination.Domain.Posts;
using Xunit;

namespace Connectors.Tests.Bluesky;

public sealed class RecordKeyTests
{
    [Fact]
    public void Of_IsAValidKeyOfThePostsTime_ForEveryPost()
    {
        var start = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 1000; i++)
        {
            var at = start.AddMilliseconds(i * 12_345_678L);
            var key = RecordKey.Of(new IdempotencyKey(new PostId(Guid.CreateVersion7(at)), i % 3));

            Assert.Matches("^[2-7a-j][2-7a-z]{12}$", key);
            Assert.InRange(RecordKey.TimeOf(key)!.Value, at, at.AddMilliseconds(1));
        }
    }

    [Fact]
    public void Of_IsFixedForEver_ForAPostAndPart()
    {
        // Golden: a key that changed would let a post go out twice.
        var post = new PostId(Guid.Parse("019aad5c-7d80-7abc-8def-0123456789ab"));

        Assert.Equal("3m6aosoojyihw", RecordKey.Of(new IdempotencyKey(post)));
        Assert.Equal("3m6aosoojxhvo", RecordKey.Of(new IdempotencyKey(post, 1)));
    }

    [Theory]
    [InlineData("self")]
    [InlineData("3demo3demo3d!")]
    [InlineData("zzzzzzzzzzzzz")]
    public void TimeOf_IsNone_ForWhatIsNoKeyOfTime(string key) => Assert.Null(RecordKey.TimeOf(key));
}

using Coordination.Domain.Holds;
using Coordination.Domain.Posts;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Holds;

/// <summary>What counts as a post that did not come through here.</summary>
public sealed class OffSystemRuleTests
{
    private static readonly DateTimeOffset Placed = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("ours", 5, OffSystemVerdict.Ours)]
    [InlineData("theirs", 5, OffSystemVerdict.OffSystem)]
    [InlineData("theirs", 89, OffSystemVerdict.OffSystem)]
    [InlineData("theirs", 90, OffSystemVerdict.NotYetKnown)]
    [InlineData("theirs", 230, OffSystemVerdict.NotYetKnown)]
    [InlineData("theirs", 231, OffSystemVerdict.OffSystem)]
    [InlineData("ours", 100, OffSystemVerdict.Ours)]
    public void Judge_CallsAPostOffSystem_OnlyWhenNoCallOfOursCanHaveMadeIt(string id, int secondsAfter, OffSystemVerdict verdict)
    {
        // The open call: from 100 s to 110 s after the hold; 10 s of margin before, two minutes of being under way after.
        var facts = new OffSystemFacts(new HashSet<string>(StringComparer.Ordinal) { "ours" }, [new OpenCall(At(100), At(110))]);
        Assert.Equal(verdict, OffSystemRule.Judge(id, At(secondsAfter), facts));
    }

    [Fact]
    public void Judge_NeverCallsOursOffSystem_AndAlwaysCallsAStrangerOne_WhateverTheTimes() =>
        Gen.Select(Gen.Int[-1000, 1000], Gen.Int[-1000, 1000].Select(Gen.Int[0, 60]).Array[0, 4]).SampleSeeded((at, calls) =>
        {
            OpenCall[] open = [.. calls.Select(c => new OpenCall(At(c.Item1), At(c.Item1 + c.Item2)))];
            var facts = new OffSystemFacts(new HashSet<string>(StringComparer.Ordinal) { "ours" }, open);
            return OffSystemRule.Judge("ours", At(at), facts) == OffSystemVerdict.Ours
                && OffSystemRule.Judge("theirs", At(at), facts) != OffSystemVerdict.Ours
                && OffSystemRule.Judge("theirs", At(at), facts with { Open = [] }) == OffSystemVerdict.OffSystem
                && open.All(c => OffSystemRule.Judge("theirs", c.From, facts) == OffSystemVerdict.NotYetKnown);
        });

    [Theory]
    [InlineData(-11, false)]
    [InlineData(-10, true)]
    [InlineData(0, true)]
    [InlineData(3600, true)]
    public void IsUnder_LeavesAMarginForThePlatformsClock(int secondsAfter, bool under) => Assert.Equal(under, OffSystemRule.IsUnder(At(secondsAfter), Placed));

    [Theory]
    [InlineData(null, -10)]
    [InlineData(60, -10)]
    [InlineData(7200, 6600)]
    public void ReadFrom_GoesBackToTheHold_AndLaterOnlyOverWhatMayShowLate(int? cleanUntil, int secondsAfter) =>
        Assert.Equal(At(secondsAfter), OffSystemRule.ReadFrom(Placed, cleanUntil is { } s ? At(s) : null));

    [Theory]
    [InlineData("https://mastodon.example/@wmfs/1", "https://mastodon.example/@wmfs/1")]
    [InlineData("http://127.0.0.1:8090/@x/1", "http://127.0.0.1:8090/@x/1")]
    [InlineData("https://example.org/\"><script>", "https://example.org/%22%3E%3Cscript%3E")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("JAVASCRIPT:alert(1)//https://example.org", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("/@wmfs/1", null)]
    [InlineData("//example.org/1", null)]
    [InlineData("https://example.org@elsewhere.example/", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void PublicLink_LetsOnlyWebAddressesThrough(string? given, string? shown) => Assert.Equal(shown, PublicLink.Of(given));

    [Fact]
    public void PublicLink_RefusesWhatIsLongerThanAnyRealOne()
    {
        Assert.NotNull(PublicLink.Of("https://example.org/" + new string('a', 1900)));
        Assert.Null(PublicLink.Of("https://example.org/" + new string('a', 2000)));

        // Escaped it is longer than it was given.
        Assert.Null(PublicLink.Of("https://example.org/" + new string('\u00e9', 1000)));
    }

    private static DateTimeOffset At(int seconds) => Placed.AddSeconds(seconds);
}

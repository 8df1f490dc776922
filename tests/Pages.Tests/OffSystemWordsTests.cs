using Coordination.Dashboard.Components.Holds;
using Coordination.Storage.OffSystem;

namespace Coordination.Pages.Tests;

public sealed class OffSystemWordsTests
{
    [Fact]
    public void Sum_CountsWhatWasFoundAndLookedAt_AndSaysHowOldItIs()
    {
        Assert.Equal("It covers no account now, so there is nothing to check.", OffSystemWords.Sum(new OffSystemSummary(0, 0, 0, 0, null, null)));
        Assert.Equal("Off-system: 0 found, 0 of 12 accounts checked, none has answered yet", OffSystemWords.Sum(new OffSystemSummary(12, 0, 0, 0, null, null)));
        Assert.Equal(
            "Off-system: 2 found, 11 of 12 accounts checked, last at 10:00:00", OffSystemWords.Sum(new OffSystemSummary(12, 11, 2, 0, Some.Now, Some.Now.AddMinutes(-1))));
        Assert.Equal(
            "Off-system: 0 found, 9,000 of 10,000 accounts checked, last at 10:00:00, the oldest answer of 09:56:00",
            OffSystemWords.Sum(new OffSystemSummary(10_000, 9_000, 0, 0, Some.Now, Some.Now.AddMinutes(-4))));
    }

    [Theory]
    [InlineData(UncheckedCodes.Failed, "could not be asked since 09:55:00: It answered 503. Last read at 09:54:00.")]
    [InlineData(UncheckedCodes.NotConnected, "The account is not connected, so the service cannot read it. Last read at 09:54:00.")]
    [InlineData(UncheckedCodes.NotAsked, "It has not been read yet. Last read at 09:54:00.")]
    [InlineData(UncheckedCodes.Overdue, "It was read, but not again for more than five minutes. Last read at 09:54:00.")]
    [InlineData(UncheckedCodes.Undecided, "It shows a post that may be one of ours: what became of a call to the platform is not known yet. Last read at 09:54:00.")]
    public void Line_SaysWhyAnAccountIsNotChecked(string code, string words) =>
        Assert.Equal(words, OffSystemWords.Line(new UncheckedRow("x/a", code, "It answered 503.", 1, Some.Now.AddMinutes(-5), Some.Now.AddMinutes(-6))));
}

using Coordination.Dashboard.Components.Accounts;
using Coordination.Storage.ReadModel;

namespace Coordination.Pages.Tests;

public sealed class CounterWordsTests
{
    private static readonly DateTimeOffset Earlier = Some.Now.AddHours(-2);

    [Fact]
    public void Of_SaysWhenThePlatformLastAnswered_AndWhetherItDoesNotNow()
    {
        Assert.Equal("The platform was not asked yet.", CounterWords.Of(new CounterCheck(null, null), Some.Now));
        Assert.Equal("Checked today 08:00.", CounterWords.Of(new CounterCheck(Earlier, null), Some.Now));
        Assert.Equal(
            "Not read since today 08:00: the platform gave no answer today 10:00. It is asked again by itself.", CounterWords.Of(new CounterCheck(Earlier, Some.Now), Some.Now));
        Assert.Equal("Never read: the platform gave no answer today 08:00. It is asked again by itself.", CounterWords.Of(new CounterCheck(null, Earlier), Some.Now));
        Assert.Equal("", CounterWords.Of(null, Some.Now));
    }
}

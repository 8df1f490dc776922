using Coordination.Dashboard.Desks;

namespace Coordination.Pages.Tests;

public sealed class AskManyTests
{
    private readonly int[] _asked = new int[5];

    [Fact]
    public async Task WhatIsNotKnown_IsAskedOnceMore_AndTheRestIsNot()
    {
        var answers = await RunAsync((i, time) => i is 1 or 3 && time == 1 ? "open" : $"{i}");
        Assert.Equal(["0", "1", "2", "3", "4"], answers);
        Assert.Equal([1, 2, 1, 2, 1], _asked);
    }

    [Fact]
    public async Task WhatStaysUnknown_IsSaid_AfterTwoTries()
    {
        var answers = await RunAsync((i, _) => i == 2 ? "open" : $"{i}");
        Assert.Equal(["0", "1", "open", "3", "4"], answers);
        Assert.Equal([1, 1, 2, 1, 1], _asked);
    }

    [Fact]
    public async Task WhereNothingAnswers_NothingIsAskedAgain()
    {
        Assert.All(await RunAsync((_, _) => "open"), answer => Assert.Equal("open", answer));
        Assert.Equal([1, 1, 1, 1, 1], _asked);
    }

    private Task<string[]> RunAsync(Func<int, int, string> answer) => AskMany.RunAsync(
        _asked.Length, 2, (i, _) => Task.FromResult(answer(i, Interlocked.Increment(ref _asked[i]))), a => string.Equals(a, "open", StringComparison.Ordinal), TestContext.Current.CancellationToken);
}

using System.Diagnostics;
using Coordination.Dashboard.Components.Holds;
using Coordination.Domain;
using Coordination.Storage.Fence;
using Microsoft.Extensions.Time.Testing;

namespace Coordination.Pages.Tests;

public sealed class FenceAttemptTests
{
    private readonly FakeTimeProvider _clock = new(Some.Now);
    private readonly List<Guid> _asked = [];

    [Fact]
    public async Task RunAsync_Took_WhenTheFenceSaysSo()
    {
        var attempt = await RunAsync(new FenceAnswer<string>.Took("H-1"));

        Assert.Equal((AttemptState.Took, "H-1", 1), (attempt.State, attempt.Result, attempt.Calls));
    }

    [Fact]
    public async Task RunAsync_DidNotTake_WhenTheDatabaseWasNeverReached()
    {
        var attempt = await RunAsync(new FenceAnswer<string>.Unreachable("refused"));

        Assert.Equal((AttemptState.DidNotTake, "refused"), (attempt.State, attempt.Why));
        Assert.False(attempt.Busy);
    }

    [Fact]
    public async Task RunAsync_SaysWhy_WhenRefused()
    {
        var attempt = await RunAsync(new FenceAnswer<string>.Refused(new Refusal("forbidden", "No.")));

        Assert.Equal((AttemptState.Refused, "No."), (attempt.State, attempt.Refusal?.Reason));
    }

    [Fact]
    public async Task RunAsync_AsksAgainUnderTheSameOperationId_UntilItIsKnown()
    {
        var id = Guid.NewGuid();
        var attempt = await RunAsync(
            new FenceAnswer<string>.NotKnownYet(id, "lost"), new FenceAnswer<string>.NotKnownYet(id, "lost"), new FenceAnswer<string>.Took("H-1"));

        Assert.Equal((AttemptState.Took, 3), (attempt.State, attempt.Calls));
        Assert.Single(_asked.Distinct());
    }

    [Fact]
    public async Task RunAsync_NeverSaysThatItDidNotTake_OnceACallWentUnanswered()
    {
        var seen = new List<AttemptState>();
        await RunAsync(seen, new FenceAnswer<string>.NotKnownYet(Guid.NewGuid(), "lost"), new FenceAnswer<string>.Unreachable("refused"), new FenceAnswer<string>.Took("H-1"));

        Assert.DoesNotContain(AttemptState.DidNotTake, seen);
        Assert.Equal(AttemptState.Took, seen[^1]);
    }

    [Fact]
    public async Task RunAsync_TakesAThrownErrorForNotKnown_AndAsksAgain()
    {
        var first = true;
        var attempt = new FenceAttempt<string>(_clock);
        await Drive(attempt.RunAsync(
            _ => first ? Throw() : Task.FromResult<FenceAnswer<string>>(new FenceAnswer<string>.Took("H-1")), () => { }, TestContext.Current.CancellationToken));

        Assert.Equal((AttemptState.Took, 2), (attempt.State, attempt.Calls));

        Task<FenceAnswer<string>> Throw()
        {
            first = false;
            throw new TimeoutException("no answer");
        }
    }

    private Task<FenceAttempt<string>> RunAsync(params FenceAnswer<string>[] answers) => RunAsync([], answers);

    private async Task<FenceAttempt<string>> RunAsync(List<AttemptState> seen, params FenceAnswer<string>[] answers)
    {
        var attempt = new FenceAttempt<string>(_clock);
        var next = 0;
        await Drive(attempt.RunAsync(
            id =>
            {
                _asked.Add(id);
                return Task.FromResult(answers[next++]);
            },
            () => seen.Add(attempt.State),
            TestContext.Current.CancellationToken));
        return attempt;
    }

    // The rest between two calls passes as soon as somebody waits for it.
    private async Task Drive(Task run)
    {
        for (var watch = Stopwatch.StartNew(); !run.IsCompleted && watch.Elapsed < TimeSpan.FromSeconds(30);)
        {
            _clock.Advance(FenceAttempt<string>.Rest);
            await Task.Yield();
        }

        await run.WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
    }
}

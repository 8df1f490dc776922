using Coordination.Contracts;
using Coordination.Dashboard.Composition.Local;

namespace Coordination.Pages.Tests;

public sealed class UntilKnownTests
{
    [Fact]
    public async Task AskAsync_AsksAgain_WhileItIsNotKnown()
    {
        var asked = 0;
        var answer = await UntilKnown.AskAsync(
            () => ++asked < 3 ? throw new StoreUnavailableException("The database did not confirm it.") : Task.FromResult("took"), 3, TimeSpan.Zero, CancellationToken.None);

        Assert.Equal(("took", 3), (answer, asked));
    }

    [Fact]
    public async Task AskAsync_GivesUp_WithTheReason_AfterTheLastTry()
    {
        var asked = 0;
        var why = await Assert.ThrowsAsync<StoreUnavailableException>(() => UntilKnown.AskAsync<int>(
            () => throw new StoreUnavailableException($"Try {++asked} was not confirmed."), 3, TimeSpan.Zero, CancellationToken.None));

        Assert.Equal("Try 3 was not confirmed.", why.Message);
    }

    [Fact]
    public async Task AskAsync_DoesNotRepeat_WhatFailsForAnotherReason()
    {
        var asked = 0;
        await Assert.ThrowsAsync<InvalidOperationException>(() => UntilKnown.AskAsync<int>(
            () => throw new InvalidOperationException($"{++asked}"), 3, TimeSpan.Zero, CancellationToken.None));

        Assert.Equal(1, asked);
    }
}

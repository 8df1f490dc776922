using Xunit;

namespace Coordination.Storage.Tests.Fence.Model;

/// <summary>The protocol explored whole: two silos, two accounts with a post each, holds, a person; a crash or a pause at every step.</summary>
public sealed class FenceModelTests
{
    private const int KindsOfSteps = 27;

    [Fact]
    public void NoStepOfAnybody_BreaksAGuarantee_UnderOneHold() => Explore(holds: 1, atLeast: 200_000);

    // 14 million states, 3.5 GB, a minute: ./test --all.
    [Fact(Explicit = true)]
    public void NoStepOfAnybody_BreaksAGuarantee_UnderTwoHolds() => Explore(holds: 2, atLeast: 10_000_000);

    [Theory]
    [InlineData(Mistake.LooksBeforeItLocks, "lies inside hold")]
    [InlineData(Mistake.TakesNoFence, "G1")]
    [InlineData(Mistake.ForgetsLiftedHolds, "fell due under hold")]
    [InlineData(Mistake.ListsLivePermitsOnly, "did not list it")]
    [InlineData(Mistake.ListsNothingUnknown, "did not list it")]
    [InlineData(Mistake.ChangesWhatIsBeingSent, "The outside")]
    [InlineData(Mistake.GuessesNotSent, "G1")]
    [InlineData(Mistake.TakesASecondPermit, "accepted twice")]
    public void ARuleTakenOut_IsFound(Mistake mistake, string words)
    {
        var fault = new Explorer(new FenceModel(mistake)).FindFault();
        TestContext.Current.TestOutputHelper?.WriteLine(fault ?? "nothing found");
        Assert.NotNull(fault);
        Assert.Contains(words, fault, StringComparison.Ordinal);
    }

    private static void Explore(int holds, int atLeast)
    {
        var explorer = new Explorer(new FenceModel(Mistake.None, holds));
        Assert.Null(explorer.FindFault());
        TestContext.Current.TestOutputHelper?.WriteLine($"{explorer.Count:N0} states, {explorer.Steps.Values.Sum():N0} steps");

        // A model that stands still proves nothing.
        Assert.True(explorer.Count > atLeast, $"Only {explorer.Count} states were reached.");
        Assert.Equal(KindsOfSteps, explorer.Steps.Count);
    }
}

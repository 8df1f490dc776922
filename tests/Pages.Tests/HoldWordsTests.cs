using Coordination.Dashboard.Components.Holds;
using Coordination.Domain.Holds;
using Coordination.Storage.Fence;

namespace Coordination.Pages.Tests;

public sealed class HoldWordsTests
{
    private static readonly LiftAsk Ask = new("marsh", "J. Marsh", Some.Now.AddMinutes(-5), 7, "Fire out");

    [Fact]
    public void Asked_SaysWhoAndWhen_AndYouToTheAsker()
    {
        Assert.Equal("J. Marsh asked to lift it at 09:55: Fire out", HoldWords.Asked(Ask, Some.Manager, Some.Now));
        Assert.Equal("J. Marsh asked to lift it yesterday 09:55: Fire out", HoldWords.Asked(Ask, null, Some.Now.AddDays(1)));
        Assert.Equal("You asked to lift it at 09:55: Fire out", HoldWords.Asked(Ask with { By = Some.Manager.Id }, Some.Manager, Some.Now));
    }

    [Fact]
    public void Awaits_TellsTheAsker_WhoTheOtherMayBe()
    {
        Assert.Equal("It stands until another member of Comms confirms.", HoldWords.Awaits(Ask, Some.Manager));
        Assert.Equal("It stands until another member of Comms confirms (Comms manager or Comms officer).", HoldWords.Awaits(Ask with { By = Some.Manager.Id }, Some.Manager));
    }

    [Fact]
    public void Ends_NamesThePlacer_WhoseChoiceItWas()
    {
        var hold = Some.Hold("H-000001", HoldKind.ApprovalRequired, Scope.Everything) with { EndsAt = Some.Now.AddDays(3) };

        Assert.Equal("ends by itself on Thu 26 Nov 10:00, as R. Okafor chose", HoldWords.Ends(hold, Some.Now));
        Assert.Equal("ends by itself tomorrow 10:00, as R. Okafor chose", HoldWords.Ends(hold, Some.Now.AddDays(2)));
        var ended = hold with { LiftedSequence = 9, LiftedAt = Some.Now.AddDays(3).AddSeconds(1), LiftedBy = "system", LiftedByName = "The service" };
        Assert.Equal("ended by itself today 10:00, as R. Okafor chose", HoldWords.Ends(ended, Some.Now.AddDays(3)));
        Assert.Null(HoldWords.Ends(ended with { LiftedBy = "okafor" }, Some.Now));
        Assert.Null(HoldWords.Ends(hold with { EndsAt = null }, Some.Now));
    }

    [Fact]
    public void By_NamesBoth_WhenTwoLiftedIt()
    {
        var lifted = Some.Hold("H-000001", HoldKind.Freeze, Scope.Everything) with { LiftedByName = "R. Okafor" };

        Assert.Equal("by R. Okafor", HoldWords.By(lifted));
        Assert.Equal("by R. Okafor, as J. Marsh had asked", HoldWords.By(lifted with { LiftAsk = Ask }));
    }

    [Fact]
    public void Landed_SaysWhenItWasSent_AndWhatBecameOfItsRemoval()
    {
        var sent = new InFlightPost(Guid.NewGuid(), "x/demo_wmfs_binley", 7, Some.Now, "sent", "https://example.org/1", Some.Now.AddSeconds(127));
        var asked = sent with { RemovalAskedAt = Some.Now.AddSeconds(140), RemovalAskedBy = "Sam Demo" };

        Assert.Equal("sent 10:02:07", HoldWords.Landed(sent));
        Assert.Equal("sent 10:02:07, Sam Demo asked for its removal 10:02:20: not confirmed yet, it may still show", HoldWords.Landed(asked));
        Assert.Equal("sent 10:02:07, removed 10:02:31 by Sam Demo", HoldWords.Landed(asked with { RemovedAt = Some.Now.AddSeconds(151) }));
        Assert.Equal("sent 10:02:07, still out. The platform did not remove it.", HoldWords.Landed(sent with { Note = "The platform did not remove it." }));
        Assert.Null(HoldWords.Landed(sent with { Outcome = "open", SentAt = null }));
    }

    [Fact]
    public void CanBeRemoved_IsWhatGotOut_UntilSomebodyAsks()
    {
        var sent = new InFlightPost(Guid.NewGuid(), "x/demo_wmfs_binley", 7, Some.Now, "sent", null, Some.Now);

        Assert.True(HoldWords.CanBeRemoved(sent));
        Assert.False(HoldWords.CanBeRemoved(sent with { RemovalAskedAt = Some.Now }));
        Assert.False(HoldWords.CanBeRemoved(sent with { RemovedAt = Some.Now }));
        Assert.False(HoldWords.CanBeRemoved(sent with { Outcome = "unknown", SentAt = null }));
    }

    [Fact]
    public void ReviewDue_SaysSinceWhen()
    {
        Assert.Equal("Review due since 09:00", HoldWords.ReviewDue(Some.Now.AddHours(-1), Some.Now));
        Assert.Equal("Review due since yesterday 10:00", HoldWords.ReviewDue(Some.Now.AddDays(-1), Some.Now));
    }
}

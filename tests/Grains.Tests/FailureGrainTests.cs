using Coordination.Contracts;
using Coordination.Domain.Posts;
using Coordination.Storage.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Grains.Tests;

/// <summary>Posts that could not be sent, through their account's grain.</summary>
public sealed class FailureGrainTests(SharedCluster shared)
{
    private Cluster Cluster => shared.Cluster;

    [Fact]
    public async Task NotSent_IsTriedAgain_WhenThePlatformAllowsIt_AndNotBefore()
    {
        var key = await Cluster.RegisterAsync("asked");
        var id = await Cluster.HandedOverAsync(key);
        var permit = Assert.IsType<PermitAnswer.Issued>(await Cluster.PermitAsync(key, id));
        var (handed, told) = (Cluster.Queue.Of(id).Count, Cluster.Time.GetUtcNow());
        await Cluster.Account(key).RecordOutcome(Outcome(id, PostOutcomeKind.NotSent, permit, 1) with { Try = new FailedTry(FailureCause.RateLimit, "Slow \0 down", TimeSpan.FromSeconds(3)) });

        var failure = (await Cluster.Account(key).Read()).State.Find(id)!.About!.Failure!;
        Assert.Equal((FailureClass.WillRetry, "Slow \uFFFD down"), (failure.Class, failure.Says));
        await Eventually.Becomes(() => Cluster.Queue.Of(id).Count > handed, "the post is handed over again");
        var (due, at) = Cluster.Queue.Of(id)[^1];
        Assert.True(at >= failure.RetryAt, $"handed over at {at:O}, and it was to wait until {failure.RetryAt:O}");
        Assert.True(at - told >= TimeSpan.FromSeconds(2.9));
        Assert.Equal(2, due.Post.Attempt);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Fact]
    public async Task Failed_IsHandedOverAgain_OnlyWhenAPersonSaysSo_UnderTheNextAttempt()
    {
        var key = await Cluster.RegisterAsync("failed");
        var grain = Cluster.Account(key);
        var id = await Cluster.HandedOverAsync(key);
        var permit = Assert.IsType<PermitAnswer.Issued>(await Cluster.PermitAsync(key, id));
        var outcome = Outcome(id, PostOutcomeKind.Failed, permit, 1) with { Attention = "Revoked.", Try = new FailedTry(FailureCause.SignIn, "Revoked") };
        await grain.RecordOutcome(outcome);
        Assert.Equal(PostState.Failed, (await grain.Read()).State.Find(id)!.State);
        Assert.Equal("Revoked.", (await grain.Read()).State.Attention);
        Assert.IsType<PermitAnswer.Stale>(await Cluster.PermitAsync(key, id, attempt: 2));

        var handed = Cluster.Queue.Of(id).Count;
        var context = Cluster.By(People.Manager);
        Assert.Equal(CommandOutcome.Accepted, (await grain.Retry(id, context)).Outcome);
        Assert.Equal(CommandOutcome.AlreadyDone, (await grain.Retry(id, context)).Outcome);
        Assert.Equal(CommandOutcome.AlreadyDone, (await grain.Retry(id, Cluster.By(People.Manager))).Outcome);
        await Eventually.Becomes(() => Cluster.Queue.Of(id).Count > handed, "the post is handed over again");

        // The report of the first try, told once more by a worker that heard no answer, does not touch the second.
        Assert.Equal(CommandOutcome.AlreadyDone, (await grain.RecordOutcome(outcome)).Outcome);
        Assert.Equal(PostState.Scheduled, (await grain.Read()).State.Find(id)!.State);
        var second = Assert.IsType<PermitAnswer.Issued>(await Cluster.PermitAsync(key, id, attempt: 2));
        Assert.Equal("already-being-sent", (await grain.Cancel(id, "Stop.", Cluster.By(People.Manager))).Refusal?.Code);
        await grain.RecordOutcome(Outcome(id, PostOutcomeKind.Published, second, 2) with { RemoteId = "r1", At = Cluster.Time.GetUtcNow() });
        Assert.Equal(CommandOutcome.AlreadyDone, (await grain.Retry(id, Cluster.By(People.Manager))).Outcome);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    private static PostOutcome Outcome(PostId id, PostOutcomeKind kind, PermitAnswer.Issued permit, int attempt) =>
        new(id, kind, permit.PermitId, permit.Token, "Why.", Revision: 1, Attempt: attempt);
}

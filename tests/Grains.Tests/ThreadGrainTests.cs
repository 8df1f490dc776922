using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Coordination.Storage.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Grains.Tests;

/// <summary>Threads through their account's grain, against the real fence.</summary>
public sealed class ThreadGrainTests(SharedCluster shared)
{
    private Cluster Cluster => shared.Cluster;

    [Fact]
    public async Task Parts_AreHandedOverOneAfterTheOther_EachUnderAPermitOfItsOwn()
    {
        var key = await Cluster.RegisterAsync("thread");
        var id = await HandedOverAsync(key);
        Assert.IsType<PermitAnswer.Stale>(await Cluster.PermitAsync(key, id, part: 1));
        await OutAsync(key, id, 0);
        await Eventually.Becomes(() => Cluster.Queue.Of(id).Any(h => h.Due.Post.NextPart == 1), "the second part is handed over");
        await OutAsync(key, id, 1);

        var post = (await Cluster.Account(key).Read()).State.Find(id)!;
        Assert.Equal((PostState.Published, "r0", 2), (post.State, post.RemoteId, post.NextPart));
        var row = await Cluster.RowAsync(id);
        Assert.Equal(("published", "https://example.org/0"), (row.State, row.Url));
        Assert.Equal(["r0", "r1"], row.About!.PartsOut.Select(p => p.RemoteId));
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Fact]
    public async Task Hold_BetweenTwoParts_RefusesTheSecond_AndTheReleaseGoesOnWithIt()
    {
        var key = await Cluster.RegisterAsync("between");
        var id = await HandedOverAsync(key);
        await OutAsync(key, id, 0);
        var hold = await Cluster.PlaceAsync(new Scope { Accounts = [key.Value] });
        var held = Assert.IsType<PermitAnswer.Held>(await Cluster.PermitAsync(key, id, part: 1));
        Assert.Equal([hold.Id], held.HoldIds);
        await Cluster.Account(key).RecordOutcome(new PostOutcome(id, PostOutcomeKind.Held, HoldIds: held.HoldIds, Revision: 1));
        Assert.Single((await Cluster.RowAsync(id)).About!.PartsOut);

        await Cluster.Fence.LiftHoldAsync(new LiftHoldOrder(Guid.NewGuid(), hold.Id, "Over", People.Manager), TimeSpan.FromSeconds(10), CancellationToken.None);
        Assert.Equal(CommandOutcome.Accepted, (await Cluster.Account(key).Release(new PostRelease(id, null, "Still true"), Cluster.By(People.Manager))).Outcome);
        await OutAsync(key, id, 1);
        Assert.Equal("published", (await Cluster.RowAsync(id)).State);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Fact]
    public async Task Removal_OfWhatIsOut_WaitsForThePartThatIsOnTheWire()
    {
        var key = await Cluster.RegisterAsync("halfway");
        var id = await HandedOverAsync(key);
        await OutAsync(key, id, 0);
        var hold = await Cluster.PlaceAsync(new Scope { Accounts = [key.Value] });
        await Cluster.Account(key).RecordOutcome(new PostOutcome(id, PostOutcomeKind.Held, HoldIds: [hold.Id], Revision: 1));
        Assert.Equal(CommandOutcome.Accepted, (await Cluster.Account(key).Remove(id, "Wrong street", Cluster.By(People.Manager))).Outcome);
        var row = await Cluster.RowAsync(id);
        Assert.Equal("cancelled", row.State);
        Assert.NotNull(row.RemovalAskedAt);
        await Cluster.Account(key).RecordRemoval(id, null);
        Assert.Equal("removed", (await Cluster.RowAsync(id)).State);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Fact]
    public async Task Platform_WithoutThreads_GetsOneText()
    {
        var key = AccountKey.Parse($"facebook/whole_{Guid.NewGuid().ToString("N")[..12]}");
        await Cluster.Account(key).Register(
            new RegisterAccount(key, new AccountLabels("facebook", AccountKind.Local, "whole", null, null), "Whole", new NamedContact("Sam Example", "sam@example.org")), Cluster.By(People.Manager));
        await Cluster.Account(key).Manage(new ConnectAccount(), Cluster.By(People.Manager));
        var answer = await Cluster.Account(key).Schedule(Wish(new PostId(Guid.CreateVersion7()), Cluster.Time.GetUtcNow().AddHours(1)), Cluster.By(People.Manager));
        Assert.Equal(("First part\n\nSecond part", 1), (answer.Post!.Text, answer.Post.Parts));
    }

    private static NewPost Wish(PostId id, DateTimeOffset due) => new(id, "First part", due, About: new PostAbout { Thread = ["Second part"] });

    private async Task<PostId> HandedOverAsync(AccountKey key)
    {
        var id = new PostId(Guid.CreateVersion7());
        var answer = await Cluster.Account(key).Schedule(Wish(id, Cluster.Time.GetUtcNow()), Cluster.By(People.Manager));
        Assert.Equal(CommandOutcome.Accepted, answer.Outcome);
        await Eventually.Becomes(() => Cluster.Queue.Of(id).Count > 0, "the post is handed over");
        return id;
    }

    private async Task OutAsync(AccountKey key, PostId id, int part)
    {
        var permit = Assert.IsType<PermitAnswer.Issued>(await Cluster.PermitAsync(key, id, part: part));
        await Cluster.Account(key).RecordOutcome(new PostOutcome(
            id, PostOutcomeKind.Published, permit.PermitId, permit.Token, RemoteId: $"r{part}", Url: $"https://example.org/{part}", At: Cluster.Time.GetUtcNow(), Revision: 1, Attempt: 1, Part: part));
    }
}

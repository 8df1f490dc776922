using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Storage.Fence;
using Coordination.Storage.ReadModel;
using Coordination.Testing;
using Xunit;

namespace Coordination.Grains.Tests;

/// <summary>What follows a hold: receipts, and what fell due.</summary>
public sealed class HoldGrainTests(SharedCluster shared)
{
    private Cluster Cluster => shared.Cluster;

    [Fact]
    public async Task AcknowledgeHold_MarksWhatFellDue_AndNotWhatIsInHand()
    {
        var key = await Cluster.RegisterAsync("ack");
        var inHand = await Cluster.HandedOverAsync(key);
        var putBack = await Cluster.HandedOverAsync(key);
        await Cluster.Account(key).PutBack(putBack);
        var later = await Cluster.ScheduleAsync(key, TimeSpan.FromHours(1));
        var hold = await Cluster.PlaceAsync(new Scope { Accounts = [key.Value] });
        await Cluster.Account(key).AcknowledgeHold(hold.Id);

        Assert.Equal(("scheduled", "held", "scheduled"), ((await Cluster.RowAsync(inHand)).State, (await Cluster.RowAsync(putBack)).State, (await Cluster.RowAsync(later)).State));
        Assert.Equal([hold.Id], (await Cluster.RowAsync(putBack)).HeldBy);
        var receipt = Assert.Single((await ReceiptsAsync(hold)).Items);
        Assert.Equal((key.Value, 1), (receipt.Account, receipt.PostsHeld));
        Assert.NotNull(receipt.AcknowledgedAt);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    // Comms coordinates, and writes before every account has acknowledged: a late receipt stops none of that.
    [Fact]
    public async Task AcknowledgeHold_LeavesWhatTheHoldLetsThrough()
    {
        var key = await Cluster.RegisterAsync("agreed");
        var before = await Cluster.HandedOverAsync(key);
        var hold = await Cluster.PlaceAsync(new Scope { Accounts = [key.Value] }, HoldKind.CentralCoordination, People.Manager.Id);
        var agreed = await Cluster.HandedOverAsync(key);
        foreach (var post in new[] { before, agreed })
        {
            await Cluster.Account(key).PutBack(post);
        }

        await Cluster.Account(key).AcknowledgeHold(hold.Id);
        Assert.Equal(("held", "scheduled"), ((await Cluster.RowAsync(before)).State, (await Cluster.RowAsync(agreed)).State));
        Assert.IsType<PermitAnswer.Issued>(await Cluster.PermitAsync(key, agreed));
        Assert.Equal(1, Assert.Single((await ReceiptsAsync(hold)).Items).PostsHeld);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Fact]
    public async Task AcknowledgeHold_ChangesNothing_WhenNoReceiptIsOwed()
    {
        var key = await Cluster.RegisterAsync("noack");
        var due = await Cluster.HandedOverAsync(key);
        await Cluster.Account(key).PutBack(due);
        var elsewhere = await Cluster.PlaceAsync(new Scope { Accounts = ["x/somewhere_else"] });
        var lifted = await Cluster.PlaceAsync(new Scope { Accounts = [key.Value] });
        await Cluster.Fence.LiftHoldAsync(new LiftHoldOrder(Guid.NewGuid(), lifted.Id, "Over", People.Manager), TimeSpan.FromSeconds(10), CancellationToken.None);
        var version = (await Cluster.Account(key).Read()).Version;

        // Asked for by a host that was left behind on a replaced database: no such hold, another one of that number, one that is over.
        foreach (var hold in new[] { "H-999999", elsewhere.Id, lifted.Id })
        {
            await Cluster.Account(key).AcknowledgeHold(hold);
        }

        Assert.Equal(("scheduled", version), ((await Cluster.RowAsync(due)).State, (await Cluster.Account(key).Read()).Version));
        Assert.Equal(0, await CountAsync(elsewhere));

        // And once is enough.
        var stands = await Cluster.PlaceAsync(new Scope { Accounts = [key.Value] });
        await Cluster.Account(key).AcknowledgeHold(stands.Id);
        version = (await Cluster.Account(key).Read()).Version;
        await Cluster.Account(key).AcknowledgeHold(stands.Id);
        Assert.Equal(version, (await Cluster.Account(key).Read()).Version);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Fact]
    public async Task HeldPost_NeverGoesOutByItself_AfterTheLift()
    {
        var key = await Cluster.RegisterAsync("handback");
        var id = await Cluster.HandedOverAsync(key);
        var hold = await Cluster.PlaceAsync(new Scope { Accounts = [key.Value] });
        var held = Assert.IsType<PermitAnswer.Held>(await Cluster.PermitAsync(key, id));
        await Cluster.Account(key).RecordOutcome(new PostOutcome(id, PostOutcomeKind.Held, HoldIds: held.HoldIds, Revision: 1));
        await Cluster.Fence.LiftHoldAsync(new LiftHoldOrder(Guid.NewGuid(), hold.Id, "Over", People.Manager), TimeSpan.FromSeconds(10), CancellationToken.None);
        await Cluster.Account(key).Wake();
        Assert.Equal("held", (await Cluster.RowAsync(id)).State);
        Assert.IsType<PermitAnswer.Stale>(await Cluster.PermitAsync(key, id));

        // A person decides; the worker's report about the former edition comes late and changes nothing.
        var due = Cluster.Time.GetUtcNow() + TimeSpan.FromHours(1);
        Assert.Equal(CommandOutcome.Accepted, (await Cluster.Account(key).Release(new PostRelease(id, due, "Still true."), Cluster.By(People.Manager))).Outcome);
        await Cluster.Account(key).RecordOutcome(new PostOutcome(id, PostOutcomeKind.Held, HoldIds: held.HoldIds, Revision: 1));
        Assert.Equal("scheduled", (await Cluster.RowAsync(id)).State);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Fact]
    public async Task Drive_GathersAllReceipts_AndAsksAgainWhoFailed()
    {
        var area = "area" + Guid.NewGuid().ToString("N")[..8];
        var keys = new List<AccountKey>();
        for (var i = 0; i < 40; i++)
        {
            keys.Add(await Cluster.RegisterAsync("drive", area));
        }

        var hold = await Cluster.PlaceAsync(new Scope { Areas = [area] });
        await using (await BrokenJournal.OfAsync(Cluster, keys[7]))
        {
            await Cluster.Hold(hold.Id).Drive();
            await Eventually.Becomes(async () => await CountAsync(hold) == 39, "all but one have acknowledged");
        }

        await Eventually.Becomes(async () => await CountAsync(hold) == 40, "the one that failed is asked again");
        await Record.AssertAgreesAsync(Cluster, keys[7]);
    }

    private async Task<int> CountAsync(Hold hold) => (await Cluster.Get<IHoldReader>().ReceiptCountAsync(hold.Id, CancellationToken.None)).Acknowledged;

    private Task<Page<ReceiptRow>> ReceiptsAsync(Hold hold) => Cluster.Get<IHoldReader>().ReceiptsAsync(hold.Id, 10, null, CancellationToken.None);
}

using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Storage.Fence;
using Coordination.Storage.ReadModel;
using Coordination.Testing;
using Xunit;

namespace Coordination.Grains.Tests;

/// <summary>Accounts that come and go while a hold stands over them.</summary>
public sealed class HoldRaceTests(SharedCluster shared)
{
    private Cluster Cluster => shared.Cluster;

    [Fact]
    public async Task Retire_TakesBackWhatWaits_AndTheHoldAsksThatAccountNoMore()
    {
        var area = Area();
        var (stays, goes) = (await Cluster.RegisterAsync("stays", area), await Cluster.RegisterAsync("goes", area));
        var waits = await Cluster.ScheduleAsync(goes, TimeSpan.FromHours(1));
        var hold = await Cluster.PlaceAsync(new Scope { Areas = [area] });

        Assert.Equal(CommandOutcome.Accepted, (await Cluster.Account(goes).Manage(new RetireAccount("The station closed"), Cluster.By(People.Manager))).Outcome);
        await Cluster.Hold(hold.Id).Drive();

        await Eventually.Becomes(async () => await CountAsync(hold) == (1, 1), "the account that is left has acknowledged, and no other is asked");
        Assert.Equal("cancelled", (await Cluster.RowAsync(waits)).State);
        Assert.IsNotType<PermitAnswer.Issued>(await Cluster.PermitAsync(goes, waits));
        await Record.AssertAgreesAsync(Cluster, goes);
        await Record.AssertAgreesAsync(Cluster, stays);
    }

    [Fact]
    public async Task Retire_IsRefused_WhileAPostOfBeforeTheHoldIsOnTheWire()
    {
        var key = await Cluster.RegisterAsync("wire", Area());
        var id = await Cluster.HandedOverAsync(key);
        var permit = Assert.IsType<PermitAnswer.Issued>(await Cluster.PermitAsync(key, id));
        var hold = await Cluster.PlaceAsync(new Scope { Accounts = [key.Value] });

        var refused = await Cluster.Account(key).Manage(new RetireAccount("The station closed"), Cluster.By(People.Manager));
        Assert.Equal("already-being-sent", refused.Refusal?.Code);
        Assert.Equal(id.Value, Assert.Single(await Cluster.Get<IHoldReader>().InFlightAsync(hold.Id, CancellationToken.None)).PostId);

        await Cluster.Account(key).RecordOutcome(new PostOutcome(id, PostOutcomeKind.Published, permit.PermitId, permit.Token, RemoteId: "1", At: Cluster.Time.GetUtcNow()));
        Assert.Equal(CommandOutcome.Accepted, (await Cluster.Account(key).Manage(new RetireAccount("The station closed"), Cluster.By(People.Manager))).Outcome);
        Assert.Equal("sent", Assert.Single(await Cluster.Get<IHoldReader>().InFlightAsync(hold.Id, CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task Register_UnderAHold_IsHeldFromTheStart_AndAsksTheNewAccountToo()
    {
        var area = Area();
        await Cluster.RegisterAsync("first", area);
        var hold = await Cluster.PlaceAsync(new Scope { Areas = [area] });
        await Cluster.Hold(hold.Id).Drive();
        await Eventually.Becomes(async () => await CountAsync(hold) == (1, 1), "the first account has acknowledged");

        var late = await Cluster.RegisterAsync("late", area);
        var post = await Cluster.ScheduleAsync(late, TimeSpan.Zero);
        await Cluster.Hold(hold.Id).Drive();

        Assert.Equal([hold.Id], (await Cluster.RowAsync(post)).HeldBy);
        Assert.Equal("held", (await Cluster.RowAsync(post)).State);
        await Eventually.Becomes(async () => await CountAsync(hold) == (2, 2), "the late account has acknowledged, too");
    }

    private static string Area() => "area" + Guid.NewGuid().ToString("N")[..8];

    private Task<(int Covered, int Acknowledged)> CountAsync(Hold hold) => Cluster.Get<IHoldReader>().ReceiptCountAsync(hold.Id, CancellationToken.None);
}

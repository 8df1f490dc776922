using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Orleans;

/// <summary>Our queries of Orleans' membership contract, driven by Orleans' own table: one version for each cluster, which every change must know.</summary>
public sealed class MembershipQueryTests(FastPostgresFixture server)
{
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task ReadAll_IsEmptyWithVersionZero_InANewCluster()
    {
        await using var ground = await MembershipGround.MakeAsync(server);
        await ground.Table.InitializeMembershipTableAsync(true, None); // Every silo that starts does it.

        var all = await ground.Table.ReadAllAsync(None);
        Assert.Empty(all.Members);
        Assert.Equal(0, all.Version.Version);
        Assert.Empty((await ground.Table.ReadRowAsync(MembershipGround.Address(1), None)).Members);
        Assert.Equal(1, await ground.Database.ScalarAsync<long>("select count(*) from silo_cluster"));
    }

    [Fact]
    public async Task Insert_StoresTheWholeRow_AndTheNextVersion()
    {
        await using var ground = await MembershipGround.MakeAsync(server);
        var entry = MembershipGround.Silo(7, SiloStatus.Joining, 30007, MembershipGround.Start.AddSeconds(3));

        Assert.True(await ground.Table.InsertRowAsync(entry, await ground.NextAsync(), None));

        var all = await ground.Table.ReadAllAsync(None);
        Assert.Equal(1, all.Version.Version);
        var seen = Assert.Single(all.Members).Item1;
        Assert.Equal(
            (entry.SiloAddress, "silo-7", "host", SiloStatus.Joining, 30007, MembershipGround.Start, MembershipGround.Start.AddSeconds(3)),
            (seen.SiloAddress, seen.SiloName, seen.HostName, seen.Status, seen.ProxyPort, seen.StartTime, seen.IAmAliveTime));
    }

    [Fact]
    public async Task Insert_IsRefused_WhenTheVersionIsOld()
    {
        await using var ground = await MembershipGround.MakeAsync(server);
        var old = await ground.NextAsync();
        await ground.InsertAsync(MembershipGround.Silo(1));

        Assert.False(await ground.Table.InsertRowAsync(MembershipGround.Silo(2), old, None));

        Assert.Equal([MembershipGround.Address(1)], (await ground.ReadAllAsync()).Keys);
        Assert.Equal(1, (await ground.Table.ReadAllAsync(None)).Version.Version);
    }

    [Fact]
    public async Task Insert_IsRefusedAndLeavesTheVersion_WhenTheSiloIsThereAlready()
    {
        await using var ground = await MembershipGround.MakeAsync(server);
        await ground.InsertAsync(MembershipGround.Silo(1));

        Assert.False(await ground.Table.InsertRowAsync(MembershipGround.Silo(1, SiloStatus.Dead), await ground.NextAsync(), None));

        Assert.Equal(SiloStatus.Active, (await ground.ReadAllAsync())[MembershipGround.Address(1)].Status);
        Assert.Equal(1, (await ground.Table.ReadAllAsync(None)).Version.Version);
    }

    [Fact]
    public async Task Insert_LetsExactlyOneWin_OfManyWhoKnowTheSameVersion()
    {
        await using var ground = await MembershipGround.MakeAsync(server);
        for (var round = 1; round <= 5; round++)
        {
            var (next, first) = (await ground.NextAsync(), round * 100);
            var won = await Task.WhenAll(Enumerable.Range(first, 12).Select(n => ground.Table.InsertRowAsync(MembershipGround.Silo(n), next, None)));
            Assert.Single(won, true);
            Assert.Equal(round, (await ground.ReadAllAsync()).Count);
        }
    }

    [Fact]
    public async Task Update_ChangesStatusAndSuspicions_ForWhoKnowsTheVersion()
    {
        await using var ground = await MembershipGround.MakeAsync(server);
        await ground.InsertAsync(MembershipGround.Silo(1), MembershipGround.Silo(2));
        var changed = MembershipGround.Silo(1, SiloStatus.Dead, alive: MembershipGround.Start.AddMinutes(1));
        changed.AddSuspector(MembershipGround.Address(2), MembershipGround.Start.AddMinutes(2));
        var (_, etag) = (await ground.Table.ReadRowAsync(changed.SiloAddress, None)).Members.Single();

        Assert.True(await ground.Table.UpdateRowAsync(changed, etag, await ground.NextAsync(), None));

        var all = await ground.ReadAllAsync();
        var seen = all[MembershipGround.Address(1)];
        Assert.Equal((SiloStatus.Dead, MembershipGround.Start.AddMinutes(1)), (seen.Status, seen.IAmAliveTime));
        Assert.Equal((MembershipGround.Address(2), MembershipGround.Start.AddMinutes(2)), (Assert.Single(seen.SuspectTimes!).Item1, seen.SuspectTimes![0].Item2));
        Assert.Equal(SiloStatus.Active, all[MembershipGround.Address(2)].Status);
        Assert.Equal(3, (await ground.Table.ReadAllAsync(None)).Version.Version);
    }

    [Fact]
    public async Task Update_IsRefused_WhenTheVersionIsOld()
    {
        await using var ground = await MembershipGround.MakeAsync(server);
        await ground.InsertAsync(MembershipGround.Silo(1));
        var (old, etag) = (await ground.NextAsync(), (await ground.Table.ReadAllAsync(None)).Members[0].Item2);
        await ground.InsertAsync(MembershipGround.Silo(2));

        Assert.False(await ground.Table.UpdateRowAsync(MembershipGround.Silo(1, SiloStatus.Dead), etag, old, None));

        Assert.Equal(SiloStatus.Active, (await ground.ReadAllAsync())[MembershipGround.Address(1)].Status);
        Assert.Equal(2, (await ground.Table.ReadAllAsync(None)).Version.Version);
    }

    [Fact]
    public async Task Update_IsRefusedAndLeavesTheVersion_WhenThereIsNoSuchSilo()
    {
        await using var ground = await MembershipGround.MakeAsync(server);
        await ground.InsertAsync(MembershipGround.Silo(1));

        Assert.False(await ground.Table.UpdateRowAsync(MembershipGround.Silo(2, SiloStatus.Dead), "1", await ground.NextAsync(), None));
        Assert.Equal(1, (await ground.Table.ReadAllAsync(None)).Version.Version);
    }

    [Fact]
    public async Task ReadRow_ShowsThatSiloAlone_AndTheClustersVersion()
    {
        await using var ground = await MembershipGround.MakeAsync(server);
        await ground.InsertAsync(MembershipGround.Silo(1), MembershipGround.Silo(2, SiloStatus.Joining));

        var one = await ground.Table.ReadRowAsync(MembershipGround.Address(2), None);
        Assert.Equal((MembershipGround.Address(2), SiloStatus.Joining), (Assert.Single(one.Members).Item1.SiloAddress, one.Members[0].Item1.Status));
        Assert.Equal(2, one.Version.Version);
    }

    [Fact]
    public async Task IAmAlive_MovesThatSilosTimeAlone_AndNoVersion()
    {
        await using var ground = await MembershipGround.MakeAsync(server);
        await ground.InsertAsync(MembershipGround.Silo(1), MembershipGround.Silo(2));

        await ground.Table.UpdateIAmAliveAsync(MembershipGround.Silo(1, alive: MembershipGround.Start.AddHours(1)), None);

        var all = await ground.ReadAllAsync();
        Assert.Equal(MembershipGround.Start.AddHours(1), all[MembershipGround.Address(1)].IAmAliveTime);
        Assert.Equal(MembershipGround.Start, all[MembershipGround.Address(2)].IAmAliveTime);
        Assert.Equal(2, (await ground.Table.ReadAllAsync(None)).Version.Version);
    }

    [Fact]
    public async Task Cleanup_ForgetsDeadSilosOfBefore_AndNobodyElse()
    {
        await using var ground = await MembershipGround.MakeAsync(server);
        var later = MembershipGround.Start.AddDays(2);
        await ground.InsertAsync(
            MembershipGround.Silo(1, SiloStatus.Dead), MembershipGround.Silo(2, SiloStatus.Dead, alive: later), MembershipGround.Silo(3),
            MembershipGround.Silo(4, SiloStatus.ShuttingDown));

        await ground.Table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(MembershipGround.Start.AddDays(1), TimeSpan.Zero), None);

        Assert.Equal(
            [MembershipGround.Address(2), MembershipGround.Address(3), MembershipGround.Address(4)],
            (await ground.ReadAllAsync()).Keys.OrderBy(a => a.Generation));
    }

    [Fact]
    public async Task Delete_RemovesThisClusterAlone()
    {
        await using var ground = await MembershipGround.MakeAsync(server);
        var (host, other) = await ground.OtherClusterAsync();
        using (host)
        {
            await ground.InsertAsync(MembershipGround.Silo(1));
            Assert.True(await other.InsertRowAsync(MembershipGround.Silo(2), (await other.ReadAllAsync(None)).Version.Next(), None));

            await ground.Table.DeleteMembershipTableEntriesAsync(MembershipGround.Cluster, None);

            Assert.Equal(0, await ground.Database.ScalarAsync<long>("select count(*) from silo_member where deployment_id = $1", MembershipGround.Cluster));
            Assert.Equal(0, await ground.Database.ScalarAsync<long>("select count(*) from silo_cluster where deployment_id = $1", MembershipGround.Cluster));
            Assert.Equal(MembershipGround.Address(2), Assert.Single((await other.ReadAllAsync(None)).Members).Item1.SiloAddress);
        }
    }

    [Fact]
    public async Task Clusters_DoNotSeeEachOther()
    {
        await using var ground = await MembershipGround.MakeAsync(server);
        var (host, other) = await ground.OtherClusterAsync();
        using (host)
        {
            await ground.InsertAsync(MembershipGround.Silo(1), MembershipGround.Silo(2));
            Assert.True(await other.InsertRowAsync(MembershipGround.Silo(1, SiloStatus.Joining), (await other.ReadAllAsync(None)).Version.Next(), None));
            await other.UpdateIAmAliveAsync(MembershipGround.Silo(1, alive: MembershipGround.Start.AddHours(5)), None);

            Assert.Equal(1, (await other.ReadAllAsync(None)).Version.Version);
            Assert.Single((await other.ReadAllAsync(None)).Members);
            Assert.Single((await other.ReadRowAsync(MembershipGround.Address(1), None)).Members);
            var mine = (await ground.ReadAllAsync())[MembershipGround.Address(1)];
            Assert.Equal((SiloStatus.Active, MembershipGround.Start), (mine.Status, mine.IAmAliveTime));
        }
    }

    [Fact]
    public async Task Gateways_AreTheActiveSilosThatTakeClients()
    {
        await using var ground = await MembershipGround.MakeAsync(server);
        var (host, other) = await ground.OtherClusterAsync();
        using (host)
        {
            await ground.InsertAsync(
                MembershipGround.Silo(1, proxyPort: 30001), MembershipGround.Silo(2, SiloStatus.Dead, 30002),
                MembershipGround.Silo(3, SiloStatus.Joining, 30003), MembershipGround.Silo(4, proxyPort: 0));
            Assert.True(await other.InsertRowAsync(MembershipGround.Silo(5, proxyPort: 30005), (await other.ReadAllAsync(None)).Version.Next(), None));

            var gateway = Assert.Single(await ground.Gateways.GetGatewaysAsync(None));
            Assert.Equal(("10.1.2.3", 30001), (gateway.Host, gateway.Port));
        }
    }
}

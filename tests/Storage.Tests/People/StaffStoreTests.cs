using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Fence;
using Coordination.Storage.People;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.People;

public sealed class StaffStoreTests(FastPostgresFixture server)
{
    private static readonly StaffMember Jo = new("jo-comms", "Jo Comms", Role.CommsManager, null);
    private static readonly StaffMember Sam = new("sam-aston", "Sam Aston", Role.AccountHolder, new Scope { Stations = ["aston"] });

    [Fact]
    public async Task Save_KeepsEverything_AndChangesInPlace()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new StaffStore(ground.Database);
        await store.SaveAsync([Jo, Sam], CancellationToken.None);
        await store.SaveAsync([Sam with { Name = "Sam Ashton" }], CancellationToken.None);

        var all = await store.AllAsync(CancellationToken.None);
        Assert.Equal(["Jo Comms", "Sam Ashton"], all.Select(s => s.Name));
        Assert.Equal(["aston"], (await store.FindAsync(Sam.Id, CancellationToken.None))!.PublishesOn!.Stations!);
        Assert.Null((await store.FindAsync(Jo.Id, CancellationToken.None))!.PublishesOn);
        Assert.Null(await store.FindAsync("nobody", CancellationToken.None));
    }

    [Fact]
    public async Task Token_IsThePersons_UntilReplacedOrThePersonLeaves()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new StaffStore(ground.Database);
        await store.SaveAsync([Jo], CancellationToken.None);
        await store.SetTokenAsync(Jo.Id, "demo", "first", CancellationToken.None);
        await store.SetTokenAsync(Jo.Id, "demo", "second", CancellationToken.None);

        Assert.Null(await store.FindByTokenAsync("first", CancellationToken.None));
        Assert.Equal(Jo.Id, (await store.FindByTokenAsync("second", CancellationToken.None))!.Id);
        Assert.Equal(0, await ground.ScalarAsync<long>("select count(*) from api_client_token where encode(hash, 'escape') like '%second%'"));
        await store.SaveAsync([Jo with { Active = false }], CancellationToken.None);
        Assert.Null(await store.FindByTokenAsync("second", CancellationToken.None));
    }

    [Theory]
    [InlineData(Role.FdsOfficer, true)]
    [InlineData(Role.CommsManager, false)]
    public async Task Save_TakesThePersonOffStandingHolds_WhenTheyLeaveComms(Role role, bool active)
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new StaffStore(ground.Database);
        await store.SaveAsync([Jo, Sam], CancellationToken.None);
        var account = await ground.AccountAsync();
        await ground.PlaceAsync(Scope.Everything, HoldKind.CentralCoordination, Jo.Id, Sam.Id);
        var (hers, his) = (await account.ScheduleAsync(poster: Staff.Comms), await account.ScheduleAsync());

        await store.SaveAsync([Jo with { Role = role, Active = active }, Sam], CancellationToken.None);

        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(hers)));
        Assert.IsType<PermitAnswer.Issued>(await ground.TakeAsync(account.WishFor(his)));
    }

    [Fact]
    public async Task Save_LeavesHoldsAlone_WhenThePersonStaysInComms()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new StaffStore(ground.Database);
        await store.SaveAsync([Jo], CancellationToken.None);
        var account = await ground.AccountAsync();
        await ground.PlaceAsync(Scope.Everything, HoldKind.CentralCoordination, Jo.Id);
        var post = await account.ScheduleAsync(poster: Staff.Comms);

        await store.SaveAsync([Jo with { Role = Role.CommsOfficer, Name = "Jo C." }], CancellationToken.None);

        Assert.IsType<PermitAnswer.Issued>(await ground.TakeAsync(account.WishFor(post)));
    }
}

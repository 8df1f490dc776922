using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Fence;
using Coordination.Storage.People;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.People;

public sealed class IdentityStoreTests(FastPostgresFixture server)
{
    private static readonly ExternalIdentity Jane = new("https://id.example/tenant", "object-1");
    private static readonly StaffMember Manager = new("jane-1", "Jane Marsh", Role.CommsManager, null);
    private static readonly Actor It = new("it", "IT", Role.CommsManager);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Known_IsWhoIsLinked_AndActive()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (staff, store) = (new StaffStore(ground.Database), new IdentityStore(ground.Database));
        await staff.SaveAsync([Manager], None);
        Assert.Equal(new Admission.Refused("unknown"), await store.AdmitKnownAsync(Jane, None));

        Assert.Equal((true, false), (await store.LinkAsync(It, Manager.Id, Jane, "Ticket 1", None), await store.LinkAsync(It, Manager.Id, Jane, "Ticket 1", None)));
        Assert.Equal(new Admission.Admitted(Manager.Id), await store.AdmitKnownAsync(Jane, None));
        Assert.Equal(new Admission.Refused("unknown"), await store.AdmitKnownAsync(Jane with { Issuer = "https://other.example" }, None));

        await staff.SaveAsync([Manager with { Active = false }], None);
        Assert.Equal(new Admission.Refused("inactive"), await store.AdmitKnownAsync(Jane, None));
        Assert.Equal("refused unknown, signed-in, refused unknown, refused inactive", await RecordAsync(ground));
        Assert.Equal("identity-linked", await JournalAsync(ground, Manager.Id));
    }

    [Fact]
    public async Task Link_IsOfOnePerson()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (staff, store) = (new StaffStore(ground.Database), new IdentityStore(ground.Database));
        await staff.SaveAsync([Manager, Manager with { Id = "other" }], None);
        await store.LinkAsync(It, Manager.Id, Jane, "Ticket 1", None);
        Assert.Equal("WM101", (await Assert.ThrowsAsync<PostgresException>(() => store.LinkAsync(It, "other", Jane, "Ticket 2", None))).SqlState);
        Assert.Equal("WM101", (await Assert.ThrowsAsync<PostgresException>(() => store.LinkAsync(It, "nobody", Jane with { Subject = "2" }, "Ticket 3", None))).SqlState);
    }

    [Fact]
    public async Task Mapped_MakesTheMember_Once_WhenTwoSignInsMeet()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new IdentityStore(ground.Database);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.AdmitMappedAsync(Jane, Manager, None)));
        Assert.All(answers, answer => Assert.Equal(new Admission.Admitted(Manager.Id), answer));
        Assert.Equal("staff-admitted", await JournalAsync(ground, Manager.Id));
        Assert.Equal(8, await ground.ScalarAsync<long>("select count(*) from sign_in_record where what = 'signed-in' and staff_id = $1", Manager.Id));
    }

    [Fact]
    public async Task Mapped_NeverTakesOverAnothersId()
    {
        await using var ground = await Ground.MakeAsync(server);
        await new StaffStore(ground.Database).SaveAsync([Manager], None);
        Assert.Equal("WM101", (await Assert.ThrowsAsync<PostgresException>(() => new IdentityStore(ground.Database).AdmitMappedAsync(Jane, Manager, None))).SqlState);
    }

    [Fact]
    public async Task Mapped_ChangesRole_Accounts_AndName_EachJournaled_AndNothingOtherwise()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (staff, store) = (new StaffStore(ground.Database), new IdentityStore(ground.Database));
        var holder = Manager with { Role = Role.AccountHolder, PublishesOn = new Scope { Kinds = ["local"], Stations = ["aston"] } };
        foreach (var as_ in (StaffMember[])[Manager, Manager, holder, holder, holder with { PublishesOn = Scope.LocalAccounts }, Manager with { Name = "Jane Hill", Role = Role.AccountHolder, PublishesOn = Scope.LocalAccounts }])
        {
            await store.AdmitMappedAsync(Jane, as_ with { Id = "counts-at-first-alone" }, None);
        }

        Assert.Equal("staff-admitted staff-role-changed staff-role-changed staff-renamed", await JournalAsync(ground, "counts-at-first-alone"));
        var member = (await staff.FindAsync("counts-at-first-alone", None))!;
        Assert.Equal(("Jane Hill", Role.AccountHolder), (member.Name, member.Role));
        Assert.Null(member.PublishesOn!.Stations);
    }

    [Fact]
    public async Task Mapped_TakesThePersonOffStandingHolds_WhenTheyLeaveComms()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new IdentityStore(ground.Database);
        await store.AdmitMappedAsync(Jane, Manager with { Id = Staff.Comms.Id }, None);
        var account = await ground.AccountAsync();
        await ground.PlaceAsync(Scope.Everything, HoldKind.CentralCoordination, Staff.Comms.Id);
        var post = await account.ScheduleAsync(poster: Staff.Comms);
        await store.AdmitMappedAsync(Jane, Manager with { Id = Staff.Comms.Id, Role = Role.Auditor }, None);
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(post)));
    }

    [Fact]
    public async Task Lapse_EndsTheMember_UntilAGroupGivesARoleAgain()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (staff, store) = (new StaffStore(ground.Database), new IdentityStore(ground.Database));
        await store.AdmitMappedAsync(Jane, Manager, None);
        await store.RefuseAsync(Jane, "groups-unknown", lapse: false, None);
        Assert.True((await staff.FindAsync(Manager.Id, None))!.Active);
        await store.RefuseAsync(Jane, "no-group", lapse: true, None);
        await store.RefuseAsync(Jane, "no-group", lapse: true, None);
        Assert.False((await staff.FindAsync(Manager.Id, None))!.Active);

        Assert.Equal(new Admission.Admitted(Manager.Id), await store.AdmitMappedAsync(Jane, Manager, None));
        Assert.Equal("staff-admitted staff-lapsed staff-returned", await JournalAsync(ground, Manager.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Mapped_NeverBringsBack_WhomAPersonMadeInactive(bool afterALapse)
    {
        await using var ground = await Ground.MakeAsync(server);
        var (staff, store) = (new StaffStore(ground.Database), new IdentityStore(ground.Database));
        await store.AdmitMappedAsync(Jane, Manager, None);
        if (afterALapse)
        {
            await store.RefuseAsync(Jane, "no-group", lapse: true, None);
        }

        await staff.SaveAsync([Manager with { Active = false }], None);
        Assert.Equal(new Admission.Refused("inactive"), await store.AdmitMappedAsync(Jane, Manager, None));
        Assert.False((await staff.FindAsync(Manager.Id, None))!.Active);
    }

    [Fact]
    public async Task Record_IsAppendOnly_AndEndsAfterThirteenMonths()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.ExecuteAsync("select record_sign_in('signed-out', null, null, 'jane-1', null)");
        foreach (var sql in (string[])["update sign_in_record set why = 'x'", "delete from sign_in_record", "truncate sign_in_record"])
        {
            Assert.Equal("WM100", (await Assert.ThrowsAsync<PostgresException>(() => ground.ExecuteAsync(sql))).SqlState);
        }

        await ground.ExecuteAsync("insert into sign_in_record (at, what, staff_id) values (now() - interval '14 months', 'signed-out', 'long-gone')");
        await ground.ExecuteAsync("select record_sign_in('signed-out', null, null, 'jane-2', null)");
        Assert.Equal("jane-1 jane-2", await ground.ScalarAsync<string>("select string_agg(staff_id, ' ' order by id) from sign_in_record"));
    }

    private static Task<string> RecordAsync(Ground ground) =>
        ground.ScalarAsync<string>("select string_agg(what || coalesce(' ' || why, ''), ', ' order by id) from sign_in_record");

    private static Task<string> JournalAsync(Ground ground, string staffId) =>
        ground.ScalarAsync<string>("select string_agg(event, ' ' order by number) from journal where stream = $1", "staff/" + staffId);
}

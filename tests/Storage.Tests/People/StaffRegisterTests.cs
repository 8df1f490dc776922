using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Journal;
using Coordination.Storage.People;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.People;

/// <summary>The staff directory: what is kept, days as they come and go, two who act at once. What its functions hold, each seen failing without: <c>Fence/Checks/StaffChecks</c>.</summary>
public sealed class StaffRegisterTests(FastPostgresFixture server)
{
    private const string JournalOf = "select coalesce(string_agg(event || ' by ' || actor_id || coalesce(': ' || reason, ''), ', ' order by number), '') from journal where stream = 'staff/' || $1";

    private static readonly StaffMember Rowan = new("rowan", "Rowan One", Role.CommsManager, null);
    private static readonly StaffMember Quinn = new("quinn", "Quinn Two", Role.CommsManager, null);
    private static readonly StaffEntry Jane = new() { Name = "Jane Marsh", Role = Role.AccountHolder, PublishesOn = new Scope { Kinds = ["local"], Stations = ["aston"] } };

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Save_AddsAndChanges_WithTheReason_UnderTheVersionThatWasRead()
    {
        await using var ground = await MakeAsync();
        var staff = new StaffRegister(ground.Database);
        Assert.Equal(StaffAnswer.Saved, await SaveAsync(staff, 0, Jane, "Ticket 1"));
        Assert.Equal(StaffAnswer.Same, await SaveAsync(staff, 0, Jane, "Ticket 1"));
        Assert.Equal(StaffAnswer.Changed, await SaveAsync(staff, 0, Jane with { Name = "Jane Hill" }, "Married"));

        var read = (await staff.FindAsync("jane", None))!;
        Assert.Equal(("Jane Marsh", StaffState.Active, 1L), (read.Entry.Name, read.State, read.Version));
        Assert.Equal(["aston"], read.Entry.PublishesOn!.Stations!);
        Assert.Equal(StaffAnswer.Saved, await SaveAsync(staff, read.Version, Jane with { Name = "Jane Hill", StartsAt = Now.AddDays(-1), EndsAt = Now.AddDays(9) }, "Married"));
        Assert.True((await staff.FindAsync("jane", None))!.Version > read.Version);
        Assert.Equal("staff-added by rowan: Ticket 1, staff-changed by rowan: Married", await ground.ScalarAsync<string>(JournalOf, "jane"));
        Assert.Equal("Jane Marsh", await ground.ScalarAsync<string>("select payload::jsonb #>> '{former,name}' from journal where event = 'staff-changed'"));
        Assert.True((await new JournalReader(ground.Database).VerifyAsync("staff/jane", None)).Intact);
    }

    // Two managers who end one another's access in the same moment: one of them stays.
    [Fact]
    public async Task LastManager_Stays_AlsoWhenTwoEndOneAnother()
    {
        await using var ground = await MakeAsync();
        var staff = new StaffRegister(ground.Database);
        var (rowan, quinn) = ((await staff.FindAsync(Rowan.Id, None))!, (await staff.FindAsync(Quinn.Id, None))!);
        var answers = await Task.WhenAll(
            staff.SaveAsync(Quinn.Id, quinn.Version, quinn.Entry with { Active = false }, "Gone", Rowan.AsActor(), None),
            staff.SaveAsync(Rowan.Id, rowan.Version, rowan.Entry with { Active = false }, "Gone", Quinn.AsActor(), None));
        Assert.Single(answers, a => a == StaffAnswer.Saved);
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from staff s where role = 'comms-manager' and staff_stands(s)"));
    }

    [Fact]
    public async Task End_ActsByTheDatabasesClock_BeforeAnybodySweeps()
    {
        await using var ground = await MakeAsync();
        var (register, store, identities) = (new StaffRegister(ground.Database), new StaffStore(ground.Database), new IdentityStore(ground.Database));
        await SaveAsync(register, 0, Jane, "Ticket 1");
        var identity = new ExternalIdentity("https://id.example", "1");
        await identities.LinkAsync(Rowan.AsActor(), "jane", identity, "Ticket 1", None);
        await store.SetTokenAsync("jane", "demo", "token", None);
        await ground.ExecuteAsync("insert into calendar_feed (staff_id, hash) values ('jane', sha256('feed'::bytea))");
        Assert.NotNull(await store.FindByTokenAsync("token", None));

        await ground.ExecuteAsync("update staff set ends_at = clock_timestamp() + interval '1 second' where id = 'jane'");
        await Eventually.Becomes(async () => await store.FindByTokenAsync("token", None) is null, "the token is nobody's any more");
        Assert.False((await store.FindAsync("jane", None))!.Active);
        Assert.False((await store.AllAsync(None)).Single(s => s.Id == "jane").Active);
        Assert.Null(await new CalendarFeedStore(ground.Database).FindAsync("feed", None));
        Assert.Equal(new Admission.Refused("inactive"), await identities.AdmitKnownAsync(identity, None));
        Assert.Equal(new Admission.Refused("inactive"), await identities.AdmitMappedAsync(identity, new StaffMember("jane", "Jane Marsh", Role.CommsManager, null), None));
        Assert.Equal(StaffState.Ended, (await register.FindAsync("jane", None))!.State);
        Assert.Equal("staff-added by rowan: Ticket 1, identity-linked by rowan: Ticket 1", await ground.ScalarAsync<string>(JournalOf, "jane"));

        Assert.Equal(["jane"], await register.EndDueAsync(None));
        Assert.Empty(await register.EndDueAsync(None));
        Assert.Equal(StaffState.Ended, (await register.FindAsync("jane", None))!.State);
        Assert.EndsWith("staff-ended by system", await ground.ScalarAsync<string>(JournalOf, "jane"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ActsByTheDatabasesClock()
    {
        await using var ground = await MakeAsync();
        var (register, store) = (new StaffRegister(ground.Database), new StaffStore(ground.Database));
        await SaveAsync(register, 0, Jane with { StartsAt = Now.AddDays(1) }, "Starts tomorrow");
        await store.SetTokenAsync("jane", "demo", "token", None);
        Assert.Null(await store.FindByTokenAsync("token", None));
        Assert.Equal(StaffState.Starts, (await register.FindAsync("jane", None))!.State);

        await ground.ExecuteAsync("update staff set starts_at = clock_timestamp() + interval '1 second' where id = 'jane'");
        await Eventually.Becomes(async () => await store.FindByTokenAsync("token", None) is not null, "the token is theirs");
        Assert.Equal(StaffState.Active, (await register.FindAsync("jane", None))!.State);
    }

    [Fact]
    public async Task Identity_IsTakenBack_WithAReason()
    {
        await using var ground = await MakeAsync();
        var (register, identities) = (new StaffRegister(ground.Database), new IdentityStore(ground.Database));
        await SaveAsync(register, 0, Jane, "Ticket 1");
        var identity = new ExternalIdentity("https://id.example", "1");
        await identities.LinkAsync(Rowan.AsActor(), "jane", identity, "Ticket 1", None);
        Assert.Equal([identity], (await register.FindAsync("jane", None))!.Identities);

        Assert.Equal((true, false), (await identities.UnlinkAsync(Rowan.AsActor(), "jane", identity, "Ticket 2", None), await identities.UnlinkAsync(Rowan.AsActor(), "jane", identity, "Ticket 2", None)));
        Assert.Equal(new Admission.Refused("unknown"), await identities.AdmitKnownAsync(identity, None));
        Assert.EndsWith("identity-unlinked by rowan: Ticket 2", await ground.ScalarAsync<string>(JournalOf, "jane"), StringComparison.Ordinal);
    }

    private async Task<Ground> MakeAsync()
    {
        var ground = await Ground.MakeAsync(server);
        await new StaffStore(ground.Database).SaveAsync([Rowan, Quinn], None);
        return ground;
    }

    private static Task<StaffAnswer> SaveAsync(StaffRegister staff, long version, StaffEntry entry, string reason) =>
        staff.SaveAsync("jane", version, entry, reason, Rowan.AsActor(), None);
}

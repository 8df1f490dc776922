using Coordination.Domain.People;
using Coordination.Storage.People;
using Coordination.Storage.People.BreakGlass;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.People;

public sealed class BreakGlassStoreTests(FastPostgresFixture server)
{
    private static readonly StaffMember Jane = new("jane-1", "Jane Marsh", Role.CommsOfficer, null);
    private static readonly StaffMember Other = new("jane-2", "Jane Marsh", Role.CommsOfficer, null);
    private static readonly Actor Rowan = new("rowan", "Rowan", Role.CommsManager);
    private static readonly DateTimeOffset Later = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Grant_IsOfOneActivePerson_Once_AndTakenBackWithAllItKnows()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (staff, store) = (new StaffStore(ground.Database), new BreakGlassStore(ground.Database));
        await staff.SaveAsync([Jane, Other, Jane with { Id = "gone", Active = false }], None);
        Assert.Equal("gone", await store.GrantAsync(Rowan, Jane with { Id = "gone" }, "s", "Duty", None));
        Assert.Equal("gone", await store.GrantAsync(Rowan, Jane with { Id = "nobody" }, "s", "Duty", None));
        Assert.Equal(["done", "already", "done"], [await store.GrantAsync(Rowan, Jane, "s", "Duty", None), await store.GrantAsync(Rowan, Jane, "s", "Duty", None), await store.GrantAsync(Rowan, Other, "s", "Duty", None)]);
        var account = (await store.FindAsync(Jane.Id, None))!;
        Assert.Equal(("jane-marsh", "Jane Marsh", "Rowan"), (account.UserName, account.Name, account.GrantedByName));
        Assert.Equal(Other.Id, (await store.FindByUserNameAsync("jane-marsh-2", None))!.StaffId);
        Assert.Equal(BreakGlassSaved.Done, await SaveAsync(store, account with { PasswordHash = "hash", Passkeys = [Key(1)] }));

        Assert.Equal(["done", "already"], [await store.RevokeAsync(Rowan, Jane.Id, "Left", None), await store.RevokeAsync(Rowan, Jane.Id, "Left", None)]);
        Assert.Null(await store.FindAsync(Jane.Id, None));
        Assert.Null(await store.FindByPasskeyAsync([1], None));
        await store.GrantAsync(Rowan, Jane, "s", "Back", None);
        var again = (await store.FindAsync(Jane.Id, None))!;
        Assert.Equal((null, 0), (again.PasswordHash, again.Passkeys.Count));
        Assert.NotEqual(account.GrantId, await store.GrantOfAsync(Jane.Id, None));
        Assert.Equal("break-glass-granted Duty, break-glass-revoked Left, break-glass-granted Back", await JournalAsync(ground));
    }

    [Fact]
    public async Task Save_KeepsEverything_AndIsRefused_WhenItIsNotAsItWasRead()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = await WithJaneAsync(ground);
        var read = (await store.FindAsync(Jane.Id, None))!;
        var whole = read with
        {
            Stamp = "stamp-2", PasswordHash = "hash", ProtectedAppKey = "key", AppConfirmed = true, CodesSalt = new byte[] { 1, 2 }, Codes = [[3], [4, 5]], CodesMadeAt = Later,
            Failed = 2, LockedUntil = Later, Passkeys = [Key(1), Key(2)],
        };
        Assert.Equal(BreakGlassSaved.Done, await SaveAsync(store, whole, new BreakGlassChange(BreakGlassEvents.PasskeyAdded, "Key 1")));
        var now = (await store.FindByPasskeyAsync([2], None))!;
        Assert.Equivalent(whole with { Version = 2 }, now, strict: true);

        Assert.Equal(BreakGlassSaved.Conflict, await SaveAsync(store, whole with { PasswordHash = "other" }, new BreakGlassChange(BreakGlassEvents.PasswordSet)));
        Assert.Equal(BreakGlassSaved.Conflict, await SaveAsync(store, now with { GrantId = Guid.NewGuid() }));
        Assert.Equal(BreakGlassSaved.Done, await SaveAsync(store, now with { Passkeys = [Key(2) with { SignCount = 9 }] }));
        Assert.Equal(9, Assert.Single((await store.FindAsync(Jane.Id, None))!.Passkeys).SignCount);
        Assert.Equal("hash", (await store.FindAsync(Jane.Id, None))!.PasswordHash);
        Assert.Equal("break-glass-granted Duty, break-glass-passkey-added", await JournalAsync(ground));
    }

    [Fact]
    public async Task Passkey_OfOnePerson_IsNeverAnothers()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = await WithJaneAsync(ground);
        await new StaffStore(ground.Database).SaveAsync([Other], None);
        await store.GrantAsync(Rowan, Other, "s", "Duty", None);
        await SaveAsync(store, (await store.FindAsync(Jane.Id, None))! with { Passkeys = [Key(1)] });
        await SaveAsync(store, (await store.FindAsync(Other.Id, None))! with { Passkeys = [Key(1) with { PublicKey = [99] }] });
        Assert.Equal(Jane.Id, (await store.FindByPasskeyAsync([1], None))!.StaffId);
        Assert.Equal([7], Assert.Single((await store.FindAsync(Jane.Id, None))!.Passkeys).PublicKey);
    }

    [Fact]
    public async Task Use_IsRecorded_Alarms_AndProvesNothingTwice()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = await WithJaneAsync(ground);
        var read = (await store.FindAsync(Jane.Id, None))!;
        var use = new BreakGlassUse("Sign-in is down", "app", [1, 2, 3], Later);
        Assert.Equal(BreakGlassSaved.Done, await store.SaveAsync(read, [], BreakGlassAttempt.None, use, None));
        var used = (await store.FindAsync(Jane.Id, None))!;
        Assert.NotNull(used.UsedAt);
        Assert.Equal(BreakGlassSaved.Again, await store.SaveAsync(used, [], BreakGlassAttempt.None, use, None));
        Assert.Equal("break-glass-granted Duty, break-glass-used Sign-in is down", await JournalAsync(ground));
        Assert.Equal("signed-in break-glass app", await ground.ScalarAsync<string>("select string_agg(concat_ws(' ', what, issuer, why), ', ') from sign_in_record where staff_id = $1", Jane.Id));

        var alarm = Assert.Single(await store.AlarmsAsync(None));
        Assert.Equal(("used", Jane.Id, "Jane Marsh", "Sign-in is down", "app"), (alarm.Kind, alarm.StaffId, alarm.StaffName, alarm.Reason, alarm.Method));
        Assert.Equal("own", await store.SeeAsync(Jane.AsActor(), alarm.Id, None));
        Assert.Single(await store.AlarmsAsync(None));
        Assert.Equal(["done", "already", "gone"], [await store.SeeAsync(Rowan, alarm.Id, None), await store.SeeAsync(Rowan, alarm.Id, None), await store.SeeAsync(Rowan, 999, None)]);
        Assert.Empty(await store.AlarmsAsync(None));
        Assert.EndsWith("break-glass-seen", await JournalAsync(ground), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Use_IsNone_WhenItsRecordFails()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = await WithJaneAsync(ground);
        var read = (await store.FindAsync(Jane.Id, None))!;
        await ground.ExecuteAsync("create function break_it() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$");
        await ground.ExecuteAsync("create trigger break_it before insert on journal for each row execute function break_it()");
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => store.SaveAsync(read with { Codes = [] }, [], BreakGlassAttempt.None, new BreakGlassUse("Down", "code", [1], Later), None));
        Assert.Equal(read.Version, (await store.FindAsync(Jane.Id, None))!.Version);
        Assert.Empty(await store.AlarmsAsync(None));
    }

    [Fact]
    public async Task Attempts_InVain_AreJournaled_AndOneAlarmStandsForAllLocksUntilItIsSeen()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = await WithJaneAsync(ground);
        foreach (var attempt in (BreakGlassAttempt[])[BreakGlassAttempt.Failed, BreakGlassAttempt.Locked, BreakGlassAttempt.Locked])
        {
            var read = (await store.FindAsync(Jane.Id, None))!;
            Assert.Equal(BreakGlassSaved.Done, await store.SaveAsync(read with { Failed = 1, LockedUntil = Later }, [], attempt, null, None));
        }

        Assert.Equal("break-glass-granted Duty, break-glass-failed, break-glass-locked, break-glass-locked", await JournalAsync(ground));
        Assert.Equal("locked", Assert.Single(await store.AlarmsAsync(None)).Kind);
        Assert.Null((await store.FindAsync(Jane.Id, None))!.UsedAt);
    }

    [Fact]
    public async Task Leaver_HasNone_FromTheMomentTheyAreNotActive()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = await WithJaneAsync(ground);
        var read = (await store.FindAsync(Jane.Id, None))!;
        await SaveAsync(store, read with { Passkeys = [Key(1)] });
        await new StaffStore(ground.Database).SaveAsync([Jane with { Active = false }], None);
        Assert.Equal((null, null, null, null), (await store.FindAsync(Jane.Id, None), await store.FindByUserNameAsync("jane-marsh", None), await store.FindByPasskeyAsync([1], None), await store.GrantOfAsync(Jane.Id, None)));
        Assert.Equal(BreakGlassSaved.Conflict, await store.SaveAsync(read with { Version = 2 }, [], BreakGlassAttempt.None, new BreakGlassUse("Down", "code", [1], Later), None));
        Assert.Single(await store.AllAsync(None));
    }

    [Fact]
    public async Task Saves_ThatMeet_AreDoneOnce()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = await WithJaneAsync(ground);
        var read = (await store.FindAsync(Jane.Id, None))!;
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => store.SaveAsync(read with { Failed = i }, [], BreakGlassAttempt.Failed, null, None)));
        Assert.Single(answers, BreakGlassSaved.Done);
        Assert.Equal(7, answers.Count(a => a == BreakGlassSaved.Conflict));
    }

    private static async Task<BreakGlassStore> WithJaneAsync(Ground ground)
    {
        await new StaffStore(ground.Database).SaveAsync([Jane], None);
        var store = new BreakGlassStore(ground.Database);
        await store.GrantAsync(Rowan, Jane, "stamp-1", "Duty", None);
        return store;
    }

    private static Task<BreakGlassSaved> SaveAsync(BreakGlassStore store, BreakGlassAccount account, params BreakGlassChange[] changes) =>
        store.SaveAsync(account, changes, BreakGlassAttempt.None, null, None);

    private static BreakGlassPasskey Key(byte id) => new()
    {
        CredentialId = [id], Name = $"Key {id}", PublicKey = [7], MadeAt = Later.AddMinutes(id), SignCount = id, Transports = ["usb", "nfc"], UserVerified = true, BackupEligible = true,
        Attestation = [8], ClientData = [9],
    };

    private static Task<string> JournalAsync(Ground ground) => ground.ScalarAsync<string>(
        "select string_agg(event || coalesce(' ' || reason, ''), ', ' order by number) from journal where stream = $1", "break-glass/" + Jane.Id);
}

using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Contacts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.Desk;
using Coordination.Storage.Fence;
using Coordination.Storage.People;
using Xunit;

namespace Coordination.Storage.Tests.Fence.Checks;

/// <summary>What the staff directory's own functions hold: rule 4 when somebody goes, whose word counts, and one manager who stays.</summary>
internal static class StaffChecks
{
    private static readonly StaffMember Rowan = new("rowan", "Rowan One", Role.CommsManager, null);
    private static readonly StaffMember Quinn = new("quinn", "Quinn Two", Role.CommsManager, null);

    /// <summary>Rule 4: from the very moment their last day is over, before anybody sweeps.</summary>
    public static async Task LastDayLetsNobodyThrough(Ground ground)
    {
        var (theirs, mine, account) = await HeldAsync(ground);
        await ground.ExecuteAsync("update staff set ends_at = clock_timestamp() where id = 'quinn'");
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(theirs)));
        Assert.IsType<PermitAnswer.Issued>(await ground.TakeAsync(account.WishFor(mine)));
    }

    /// <summary>Rule 4: the sweep takes them off for good, once, and puts it on record.</summary>
    public static async Task SweptIsOffTheHolds(Ground ground)
    {
        await HeldAsync(ground);
        await ground.ExecuteAsync("update staff set ends_at = clock_timestamp() where id = 'quinn'");
        Assert.Equal(["quinn"], await Register(ground).EndDueAsync(CancellationToken.None));
        Assert.Empty(await Register(ground).EndDueAsync(CancellationToken.None));
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from journal where event = 'named-poster-removed'"));
        Assert.Equal("staff-ended", await JournalAsync(ground, "quinn"));
    }

    /// <summary>Rule 4: a first day that is moved ahead takes them off, too, and what they asked to lift waits no more.</summary>
    public static async Task FirstDayAheadIsLeaving(Ground ground)
    {
        var (theirs, mine, account) = await HeldAsync(ground);
        Assert.Equal(StaffAnswer.Saved, await ChangeAsync(ground, Quinn, e => e with { StartsAt = Now.AddDays(1) }, Rowan));
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(theirs)));
        Assert.IsType<PermitAnswer.Issued>(await ground.TakeAsync(account.WishFor(mine)));
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from journal where event = 'named-poster-removed'"));
    }

    /// <summary>Rule 4: whose access somebody ends is off the standing holds with the same commit.</summary>
    public static async Task EndedIsOffTheHolds(Ground ground)
    {
        var (theirs, mine, account) = await HeldAsync(ground);
        Assert.Equal(StaffAnswer.Saved, await ChangeAsync(ground, Quinn, e => e with { Active = false }, Rowan));
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(theirs)));
        Assert.IsType<PermitAnswer.Issued>(await ground.TakeAsync(account.WishFor(mine)));
    }

    /// <summary>A request to lift counts no more once its asker's last day is over.</summary>
    public static async Task AskLapsesWithTheLastDay(Ground ground)
    {
        await SaveAsync(ground);
        var hold = await ground.PlaceForIncidentAsync(Scope.Everything);
        Assert.Equal(LiftOutcome.Awaiting, (await ground.LiftAsync(hold.Id, Quinn.AsActor())).Outcome);
        await ground.ExecuteAsync("update staff set ends_at = clock_timestamp() where id = 'quinn'");
        Assert.IsType<FenceAnswer<LiftAnswer>.Refused>(await ground.TryLiftAsync(hold.Id, actor: Rowan.AsActor()));
        Assert.Null((await ground.HoldAsync(hold.Id)).LiftedAt);
    }

    /// <summary>Nobody changes themselves, and nobody changes anybody who is not what they were.</summary>
    public static async Task ChangeIsAnothersWhoStillMay(Ground ground)
    {
        await SaveAsync(ground);
        Assert.Equal(StaffAnswer.Own, await ChangeAsync(ground, Rowan, e => e with { Name = "Rowan Again" }, Rowan));
        Assert.Equal(StaffAnswer.Saved, await ChangeAsync(ground, Quinn, e => e with { Role = Role.CommsOfficer }, Rowan));
        Assert.Equal(StaffAnswer.ActorGone, await ChangeAsync(ground, Rowan, e => e with { Name = "Rowan Again" }, Quinn));
        Assert.Equal("", await JournalAsync(ground, "rowan"));
        Assert.Equal("staff-changed", await JournalAsync(ground, "quinn"));
    }

    /// <summary>Who changes what somebody else has changed since is told so.</summary>
    public static async Task ChangeIsOfWhatWasRead(Ground ground)
    {
        await SaveAsync(ground);
        var read = (await Register(ground).FindAsync("quinn", CancellationToken.None))!;
        Assert.Equal(StaffAnswer.Saved, await Register(ground).SaveAsync("quinn", read.Version, read.Entry with { Name = "Quinn Three" }, "Why", Rowan.AsActor(), CancellationToken.None));
        Assert.Equal(StaffAnswer.Changed, await Register(ground).SaveAsync("quinn", read.Version, read.Entry with { Name = "Quinn Four" }, "Why", Rowan.AsActor(), CancellationToken.None));
        Assert.Equal("Quinn Three", (await Register(ground).FindAsync("quinn", CancellationToken.None))!.Entry.Name);
    }

    /// <summary>The last Comms manager who stays is not ended, demoted, given a last day or a first one ahead.</summary>
    public static async Task LastManagerStays(Ground ground)
    {
        await SaveAsync(ground);
        Assert.Equal(StaffAnswer.Saved, await ChangeAsync(ground, Quinn, e => e with { EndsAt = Now.AddDays(30) }, Rowan));
        foreach (var wish in (Func<StaffEntry, StaffEntry>[])[e => e with { EndsAt = Now.AddDays(60) }, e => e with { Active = false }, e => e with { Role = Role.Auditor }, e => e with { StartsAt = Now.AddDays(1) }])
        {
            Assert.Equal(StaffAnswer.LastManager, await ChangeAsync(ground, Rowan, wish, Quinn));
        }
    }

    /// <summary>Whatever reads staff looks at the days: a last day needs nobody to carry it out.</summary>
    public static async Task DaysCountWhereStaffAreRead(Ground ground)
    {
        await SaveAsync(ground);
        var (store, identities, who) = (new StaffStore(ground.Database), new IdentityStore(ground.Database), new ExternalIdentity("https://id.example", "1"));
        await store.SetTokenAsync("quinn", "demo", "token", CancellationToken.None);
        await identities.LinkAsync(Rowan.AsActor(), "quinn", who, "Ticket 1", CancellationToken.None);
        foreach (var (days, stands) in new[] { ("starts_at = null, ends_at = null", true), ("starts_at = clock_timestamp() + interval '1 day', ends_at = null", false), ("starts_at = null, ends_at = clock_timestamp()", false) })
        {
            await ground.ExecuteAsync($"update staff set {days} where id = 'quinn'");
            Assert.Equal((stands, stands), (await store.FindByTokenAsync("token", CancellationToken.None) is not null, (await store.FindAsync("quinn", CancellationToken.None))!.Active));
            Assert.Equal(stands, await identities.AdmitKnownAsync(who, CancellationToken.None) is Admission.Admitted);
            Assert.Equal(stands, await identities.AdmitMappedAsync(who, Quinn, CancellationToken.None) is Admission.Admitted);
        }
    }

    /// <summary>A contact whose last day is over is one to settle.</summary>
    public static async Task ContactEndsWithTheLastDay(Ground ground)
    {
        await ground.AccountAsync();
        await SaveAsync(ground);
        var ask = new ContactAsk
        {
            Account = AccountKey.Parse("x/aston"), StaffId = "quinn", Contact = new("Pat Contact", "pat@example.org"), AskedBy = "rowan", AskedByName = "Rowan One", AskedAt = Now, Answer = ContactAnswer.Confirmed,
        };
        Assert.True(await new DeskRecords(ground.Database).SaveAsync(DeskKinds.Contact, ContactIds.Of(ask.Account), 0, new Change<ContactAsk>(ContactDecider.Confirmed, ask), Rowan.AsActor(), null, CancellationToken.None));
        await ground.ExecuteAsync("update staff set ends_at = clock_timestamp() where id = 'quinn'");
        Assert.Equal("ended", await ground.ScalarAsync<string>("select standing from contact_standings(interval '7 days')"));
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static StaffRegister Register(Ground ground) => new(ground.Database);

    private static Task SaveAsync(Ground ground) => new StaffStore(ground.Database).SaveAsync([Rowan, Quinn], CancellationToken.None);

    private static async Task<StaffAnswer> ChangeAsync(Ground ground, StaffMember whom, Func<StaffEntry, StaffEntry> change, StaffMember by)
    {
        var read = (await Register(ground).FindAsync(whom.Id, CancellationToken.None))!;
        return await Register(ground).SaveAsync(whom.Id, read.Version, change(read.Entry), "Why", by.AsActor(), CancellationToken.None);
    }

    private static async Task<(PostId Theirs, PostId Mine, AccountDesk Account)> HeldAsync(Ground ground)
    {
        await SaveAsync(ground);
        var account = await ground.AccountAsync();
        await ground.PlaceAsync(Scope.Everything, HoldKind.CentralCoordination, "quinn", "rowan");
        return (await account.ScheduleAsync(poster: Quinn.AsActor()), await account.ScheduleAsync(poster: Rowan.AsActor()), account);
    }

    private static Task<string> JournalAsync(Ground ground, string id) =>
        ground.ScalarAsync<string>("select coalesce(string_agg(event, ' ' order by number), '') from journal where stream = 'staff/' || $1", id);
}

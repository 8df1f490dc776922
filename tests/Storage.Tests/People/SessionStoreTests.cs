using Coordination.Domain.People;
using Coordination.Storage.Journal;
using Coordination.Storage.People;
using Coordination.Storage.People.BreakGlass;
using Coordination.Storage.People.Sessions;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.People;

/// <summary>Sign-ins that are open: by the database's clock, under a secret that is stored nowhere, and over when anything ends them.</summary>
public sealed class SessionStoreTests(FastPostgresFixture server)
{
    private const string Ends = "select coalesce(string_agg(ended_why, ' ' order by signed_in_at, id), '') from sign_in_session where ended_why is not null";

    private static readonly StaffMember Rowan = new("rowan", "Rowan One", Role.CommsManager, null);
    private static readonly StaffMember Quinn = new("quinn", "Quinn Two", Role.CommsManager, null);
    private static readonly StaffMember Jane = new("jane", "Jane Marsh", Role.CommsOfficer, null);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_IsFoundByItsSecret_WhichIsNotStored()
    {
        await using var ground = await MakeAsync();
        var store = new SessionStore(ground.Database);
        var opened = await store.OpenAsync(Of(Jane), "the secret", null, None);
        var look = (await store.FindAsync("the secret", None))!;
        Assert.Equal((opened.Id, "jane", SignInWay.Demo), (look.Id, look.StaffId, look.Way));
        Assert.InRange(look.Left, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
        Assert.InRange(look.Age!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Equal(look.Id, (await store.FindAsync(opened.Id, None))!.Id);
        Assert.Null(await store.FindAsync("another", None));
        Assert.Null(await store.FindAsync(Guid.NewGuid(), None));
        Assert.Equal(0, await ground.ScalarAsync<long>("select count(*) from sign_in_session s where s::text like '%the secret%' or s::text like '%' || encode('the secret', 'hex') || '%'"));
        Assert.Equal("signed-in demo", await RecordAsync(ground));

        var row = Assert.Single(await store.OfAsync("jane", None));
        Assert.Equal((opened.Id, "Firefox on Windows"), (row.Id, row.Browser));
        Assert.Empty(await store.OfAsync("rowan", None));
    }

    [Fact]
    public async Task Session_EndsByTheDatabasesClock()
    {
        await using var ground = await MakeAsync();
        var store = new SessionStore(ground.Database);
        await store.OpenAsync(Of(Jane) with { Lasts = TimeSpan.FromSeconds(1) }, "s", null, None);
        await Eventually.Becomes(async () => await store.FindAsync("s", None) is null, "the sign-in has lasted its time");
        Assert.Empty(await store.OfAsync("jane", None));
        Assert.Equal(0, await store.EndAsync("jane", null, null, SessionEnd.ByPerson, None));
    }

    // What the browser had before is over: under its secret nobody is let in, whoever it was.
    [Fact]
    public async Task SigningInAgain_RenewsOnesOwn_UnderAnotherSecret_AndEndsAnothers()
    {
        await using var ground = await MakeAsync();
        var store = new SessionStore(ground.Database);
        var first = await store.OpenAsync(Of(Jane), "1", null, None);
        await ground.ExecuteAsync("update sign_in_session set authenticated_at = authenticated_at - interval '1 hour', ends_at = ends_at - interval '30 minutes'");
        var again = await store.OpenAsync(Of(Jane), "2", "1", None);
        Assert.Equal(first.Id, again.Id);
        Assert.Null(await store.FindAsync("1", None));
        var renewed = (await store.FindAsync("2", None))!;
        Assert.InRange(renewed.Age!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.InRange(renewed.Left, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));

        // By another way, or as another person, it is another sign-in.
        var glass = await store.OpenAsync(Of(Jane) with { Way = SignInWay.BreakGlass }, "3", "2", None);
        Assert.NotEqual(first.Id, glass.Id);
        Assert.Null(await store.FindAsync("2", None));
        Assert.NotEqual(glass.Id, (await store.OpenAsync(Of(Rowan), "4", "3", None)).Id);
        Assert.Null(await store.FindAsync("3", None));
        Assert.NotNull(await store.FindAsync("4", None));
        Assert.Equal("replaced replaced", await ground.ScalarAsync<string>(Ends));
    }

    [Fact]
    public async Task ProvidersTime_IsWhatItSays_AndNeverAheadOfNow()
    {
        await using var ground = await MakeAsync();
        var store = new SessionStore(ground.Database);
        var now = await ground.ScalarAsync<DateTime>("select clock_timestamp()");
        await store.OpenAsync(Of(Jane) with { Way = SignInWay.Provider, AuthenticatedAt = now.AddHours(-3) }, "1", null, None);
        Assert.InRange((await store.FindAsync("1", None))!.Age!.Value, TimeSpan.FromHours(3), TimeSpan.FromHours(3.1));
        await store.OpenAsync(Of(Jane) with { Way = SignInWay.Provider, AuthenticatedAt = now.AddHours(3) }, "2", null, None);
        Assert.InRange((await store.FindAsync("2", None))!.Age!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        await store.OpenAsync(Of(Jane) with { Way = SignInWay.Provider }, "3", null, None);
        Assert.Null((await store.FindAsync("3", None))!.Age);
    }

    [Fact]
    public async Task Person_EndsOne_AllButOne_OrAll_AndItIsOnRecord()
    {
        await using var ground = await MakeAsync();
        var store = new SessionStore(ground.Database);
        var ids = new List<Guid>();
        foreach (var secret in (string[])["1", "2", "3", "4"])
        {
            ids.Add((await store.OpenAsync(Of(Jane), secret, null, None)).Id);
        }

        var others = await store.OpenAsync(Of(Rowan), "5", null, None);
        Assert.Equal(0, await store.EndAsync("rowan", ids[0], null, SessionEnd.ByPerson, None));
        Assert.Equal(1, await store.EndAsync("jane", ids[0], null, SessionEnd.SignedOut, None));
        Assert.Equal(0, await store.EndAsync("jane", ids[0], null, SessionEnd.SignedOut, None));
        Assert.Equal(2, await store.EndAsync("jane", null, ids[3], SessionEnd.ByPerson, None));
        Assert.Equal(ids[3], Assert.Single(await store.OfAsync("jane", None)).Id);
        Assert.Equal(1, await store.EndAsync("jane", null, null, SessionEnd.ByPerson, None));
        Assert.NotNull(await store.FindAsync(others.Id, None));
        Assert.EndsWith("signed-out, signed-out ended-by-person, signed-out ended-by-person", await RecordAsync(ground), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comms_EndAnothersSignIns_WithAReason_AndNotTheirOwn()
    {
        await using var ground = await MakeAsync();
        var store = new SessionStore(ground.Database);
        Assert.Equal(SessionsEnded.None, await store.EndOfAsync("jane", "Lost phone", Rowan.AsActor(), None));
        await store.OpenAsync(Of(Jane), "1", null, None);
        await store.OpenAsync(Of(Jane), "2", null, None);
        Assert.Equal(SessionsEnded.Unknown, await store.EndOfAsync("nobody", "x", Rowan.AsActor(), None));
        Assert.Equal(SessionsEnded.Own, await store.EndOfAsync("rowan", "x", Rowan.AsActor(), None));
        Assert.Equal(SessionsEnded.ActorGone, await store.EndOfAsync("jane", "x", Rowan.AsActor() with { Role = Role.CommsOfficer }, None));
        Assert.Equal(2, (await store.OfAsync("jane", None)).Count);
        Assert.Equal(SessionsEnded.Done, await store.EndOfAsync("jane", "Lost phone", Rowan.AsActor(), None));
        Assert.Empty(await store.OfAsync("jane", None));
        Assert.Equal("sign-ins-ended rowan Lost phone 2", await ground.ScalarAsync<string>("select string_agg(concat_ws(' ', event, actor_id, reason, payload::jsonb ->> 'ended'), ', ') from journal where stream = 'staff/jane'"));
        Assert.True((await new JournalReader(ground.Database).VerifyAsync("staff/jane", None)).Intact);
        Assert.True((await new StaffStore(ground.Database).FindAsync("jane", None))!.Active);
    }

    // Somebody who comes back has to sign in: a cookie of before is none.
    [Fact]
    public async Task AccessThatEnds_LeavesNoSignInThatWouldCountAgain()
    {
        await using var ground = await MakeAsync();
        var (store, staff) = (new SessionStore(ground.Database), new StaffStore(ground.Database));
        await store.OpenAsync(Of(Jane), "1", null, None);
        await staff.SaveAsync([Jane with { Name = "Jane Hill" }], None);
        Assert.NotNull(await store.FindAsync("1", None));
        await staff.SaveAsync([Jane with { Active = false }], None);
        await staff.SaveAsync([Jane], None);
        Assert.Null(await store.FindAsync("1", None));
        Assert.Equal("access-ended", await ground.ScalarAsync<string>(Ends));
    }

    [Fact]
    public async Task BreakGlassSignIns_EndWithTheAccount_AndWithItsFactors_AndNoOthersDo()
    {
        await using var ground = await MakeAsync();
        var (store, glass) = (new SessionStore(ground.Database), new BreakGlassStore(ground.Database));
        await store.OpenAsync(Of(Jane), "usual", null, None);
        await glass.GrantAsync(Rowan.AsActor(), Jane, "stamp", "For the day", None);

        await OpenAsync("1");
        await ground.ExecuteAsync("update break_glass set used_at = clock_timestamp()");
        Assert.NotNull(await store.FindAsync("1", None));
        await ground.ExecuteAsync("update break_glass set stamp = 'another'");
        Assert.Null(await store.FindAsync("1", None));

        await OpenAsync("2");
        await ground.ExecuteAsync("insert into break_glass_passkey (credential_id, staff_id, name, public_key, made_at, sign_count, user_verified, backup_eligible, backed_up, attestation, client_data) values ('\\x01', 'jane', 'Key', '\\x01', now(), 0, true, false, false, '\\x01', '\\x01')");
        Assert.NotNull(await store.FindAsync("2", None));
        await ground.ExecuteAsync("delete from break_glass_passkey");
        Assert.Null(await store.FindAsync("2", None));

        await OpenAsync("3");
        await glass.RevokeAsync(Rowan.AsActor(), "jane", "Not needed", None);
        Assert.Null(await store.FindAsync("3", None));
        Assert.NotNull(await store.FindAsync("usual", None));
        Assert.Equal("factors-changed factors-changed access-ended", await ground.ScalarAsync<string>(Ends));

        Task<SessionOpened> OpenAsync(string secret) => store.OpenAsync(Of(Jane) with { Way = SignInWay.BreakGlass }, secret, null, None);
    }

    [Fact]
    public async Task OneOfTooMany_EndsTheOneUsedLeastLately()
    {
        await using var ground = await MakeAsync();
        var store = new SessionStore(ground.Database);
        foreach (var secret in (string[])["1", "2", "3"])
        {
            await store.OpenAsync(Of(Jane) with { Most = 3 }, secret, null, None);
        }

        await ground.ExecuteAsync("update sign_in_session set last_seen_at = last_seen_at - interval '1 hour' where hash = sha256('2'::bytea)");
        await store.OpenAsync(Of(Rowan) with { Most = 3 }, "other", null, None);
        await store.OpenAsync(Of(Jane) with { Most = 3 }, "4", null, None);
        Assert.Null(await store.FindAsync("2", None));
        Assert.Equal(3, (await store.OfAsync("jane", None)).Count);
        Assert.Equal("too-many", await ground.ScalarAsync<string>(Ends));
    }

    [Fact]
    public async Task WhatIsOver_IsForgottenAfterAWeek_AndBeingSeenIsNotedOnceAMinute()
    {
        await using var ground = await MakeAsync();
        var store = new SessionStore(ground.Database);
        foreach (var secret in (string[])["old", "kept", "open"])
        {
            await store.OpenAsync(Of(Jane), secret, null, None);
        }

        const string Seen = "select last_seen_at from sign_in_session where hash = sha256('open'::bytea)";
        var first = await ground.ScalarAsync<DateTime>(Seen);
        await store.FindAsync("open", None);
        Assert.Equal(first, await ground.ScalarAsync<DateTime>(Seen));
        await ground.ExecuteAsync("update sign_in_session set last_seen_at = last_seen_at - interval '61 seconds'");
        await store.FindAsync("open", None);
        Assert.True(await ground.ScalarAsync<DateTime>(Seen) >= first);

        await ground.ExecuteAsync("update sign_in_session set signed_in_at = signed_in_at - interval '9 days', ends_at = clock_timestamp() - interval '169 hours' where hash = sha256('old'::bytea)");
        await ground.ExecuteAsync("update sign_in_session set signed_in_at = signed_in_at - interval '9 days', ends_at = clock_timestamp() - interval '167 hours' where hash = sha256('kept'::bytea)");
        await store.OpenAsync(Of(Rowan), "next", null, None);
        Assert.Equal(3, await ground.ScalarAsync<long>("select count(*) from sign_in_session"));
        Assert.Equal(0, await ground.ScalarAsync<long>("select count(*) from sign_in_session where hash = sha256('old'::bytea)"));
    }

    [Fact]
    public async Task Record_IsReadByPersonAndTime_PageByPage()
    {
        await using var ground = await MakeAsync();
        var store = new SessionStore(ground.Database);
        for (var i = 0; i < 5; i++)
        {
            await store.OpenAsync(Of(i % 2 == 0 ? Jane : Rowan), $"{i}", null, None);
        }

        await store.EndAsync("jane", null, null, SessionEnd.SignedOut, None);
        await ground.ExecuteAsync("select record_sign_in('refused', 'https://id.example', 'x', null, 'no-group')");
        var all = new SignInQuery(null, null, null);
        var first = await store.RecordAsync(all, 4, null, None);
        var second = await store.RecordAsync(all, 4, first.Next, None);
        Assert.Equal(["refused no-group", "signed-out jane", "signed-in jane", "signed-in rowan", "signed-in jane", "signed-in rowan", "signed-in jane"], [.. first.Items.Concat(second.Items).Select(e => $"{e.What} {e.StaffId ?? e.Why}")]);
        Assert.Null(second.Next);
        Assert.Equal("Jane Marsh", first.Items[1].Name);
        Assert.Equal(2, (await store.RecordAsync(all with { StaffIds = ["rowan"] }, 10, null, None)).Items.Count);
        var at = first.Items[2].At;
        Assert.Equal(3, (await store.RecordAsync(all with { From = at }, 10, null, None)).Items.Count);
        Assert.Equal(4, (await store.RecordAsync(all with { To = at }, 10, null, None)).Items.Count);
        await Assert.ThrowsAsync<BadCursorException>(() => store.RecordAsync(all, 4, "x", None));
    }

    private static SessionWish Of(StaffMember person) => new(person.Id, SignInWay.Demo, "Firefox on Windows", TimeSpan.FromHours(1), null, 20);

    private static Task<string> RecordAsync(Ground ground) =>
        ground.ScalarAsync<string>("select string_agg(concat_ws(' ', what, issuer, why), ', ' order by id) from sign_in_record");

    private async Task<Ground> MakeAsync()
    {
        var ground = await Ground.MakeAsync(server);
        await new StaffStore(ground.Database).SaveAsync([Rowan, Quinn, Jane], None);
        return ground;
    }
}

using Coordination.Domain.People;
using Coordination.Storage.Retention;
using Coordination.Storage.Tests.Fence;
using Coordination.Storage.Verification;
using Coordination.Testing;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.Retention;

/// <summary>How long data is kept: every table has a kind, what is over its time is counted, and goes only when two have switched that on.</summary>
public sealed class RetentionTests(FastPostgresFixture server)
{
    private const string Why = "As the schedule of 2026 says.";
    private static readonly Actor Auditor = new("morgan", "Morgan", Role.Auditor);

    [Fact]
    public async Task EveryTable_IsOfAKind()
    {
        await using var ground = await Ground.MakeAsync(server);
        const string Tables = "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')";
        Assert.Equal(
            "",
            await ground.ScalarAsync<string>($"select coalesce(string_agg(t, ', ' order by t), '') from ({Tables}) x(t) where not exists (select from retention_table r where r.name = t)"));
        Assert.Equal("", await ground.ScalarAsync<string>($"select coalesce(string_agg(name, ', '), '') from retention_table where name not in ({Tables})"));
    }

    [Fact]
    public async Task Categories_SayAllThatAnOwnerSigns()
    {
        await using var ground = await Ground.MakeAsync(server);
        var all = await Store(ground).CategoriesAsync(CancellationToken.None);
        Assert.Equal(17, all.Count);
        Assert.All(all, c => Assert.DoesNotContain("", new[] { c.Title, c.Owner, c.CountsFrom, c.AtExpiry, c.Ground }));
        Assert.Equal(["messages", "sign-ins", "drafts", "operations"], all.Where(c => c.IsTaken).Select(c => c.Id));
        Assert.All(all.Where(c => c.IsCounted), c => Assert.True(c.Days >= c.Least && c.Days <= c.Most));
    }

    [Fact]
    public async Task Days_AreSet_WithinBounds_ByWhoMay_AndTheJournalHasIt()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = Store(ground);
        Assert.Equal("forbidden", (await store.SetAsync("drafts", 100, 0, Why, Staff.Officer, CancellationToken.None))!.Code);
        Assert.Equal("reason-missing", (await store.SetAsync("drafts", 100, 0, " ", Staff.Comms, CancellationToken.None))!.Code);
        Assert.Equal("retention-bounds", (await store.SetAsync("messages", 1, 0, Why, Staff.Comms, CancellationToken.None))!.Code);
        Assert.Equal("retention-bounds", (await store.SetAsync("sign-ins", 396, 0, Why, Staff.Comms, CancellationToken.None))!.Code);
        Assert.Equal("retention-fixed", (await store.SetAsync("holds", 100, 0, Why, Staff.Comms, CancellationToken.None))!.Code);
        Assert.Equal("retention-unknown", (await store.SetAsync("nothing", 100, 0, Why, Staff.Comms, CancellationToken.None))!.Code);
        Assert.Equal(0L, await ground.ScalarAsync<long>("select count(*) from journal"));

        Assert.Null(await store.SetAsync("drafts", 100, 0, Why, Staff.Comms, CancellationToken.None));
        Assert.Equal("retention-changed", (await store.SetAsync("drafts", 200, 0, Why, Staff.Comms, CancellationToken.None))!.Code);
        var drafts = (await store.CategoriesAsync(CancellationToken.None)).Single(c => c.Id == "drafts");
        Assert.Equal((100, 1L, "Jo Comms", Why), (drafts.Days, drafts.Version, drafts.ChangedByName, drafts.Reason));
        Assert.Equal("retention-set by jo-comms", await EventsAsync(ground));
        Assert.True((await VerifyAsync(ground)).Agrees);
    }

    [Fact]
    public async Task Acting_TakesTwo_AndStopsByOne()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, sweep) = (Store(ground), Sweep(ground));
        await FillAsync(ground);
        Assert.Equal("forbidden", (await store.SwitchAsync(true, Why, Staff.Officer, CancellationToken.None))!.Code);
        Assert.Equal("retention-off", (await sweep.RunAsync(true, Staff.Comms, CancellationToken.None)).Refusal!.Code);
        Assert.Null(await store.SwitchAsync(true, Why, Staff.Comms, CancellationToken.None));
        Assert.Null(await store.SwitchAsync(true, Why, Staff.Comms, CancellationToken.None));
        Assert.False((await store.SwitchAsync(CancellationToken.None)).Acts);
        Assert.Equal("retention-off", (await sweep.RunAsync(true, Staff.Comms, CancellationToken.None)).Refusal!.Code);
        Assert.Equal("forbidden", (await sweep.RunAsync(true, Auditor, CancellationToken.None)).Refusal!.Code);
        Assert.Equal("WM055", (await Assert.ThrowsAsync<PostgresException>(() => ground.ExecuteAsync("select retention_take('drafts', 10)"))).SqlState);

        Assert.Null(await store.SwitchAsync(true, Why, Staff.Second, CancellationToken.None));
        Assert.True((await store.SwitchAsync(CancellationToken.None)).Acts);
        Assert.Equal("retention-asked by jo-comms, retention-switched by kim-comms", await EventsAsync(ground));
        Assert.Null(await store.SwitchAsync(false, Why, Staff.Comms, CancellationToken.None));
        Assert.False((await store.SwitchAsync(CancellationToken.None)).Acts);

        // Shortened by one person: two look at it again before it acts.
        await OnAsync(ground);
        Assert.Null(await store.SetAsync("drafts", 400, 0, Why, Staff.Comms, CancellationToken.None));
        Assert.True((await store.SwitchAsync(CancellationToken.None)).Acts);
        Assert.Null(await store.SetAsync("drafts", 300, 1, Why, Staff.Comms, CancellationToken.None));
        Assert.False((await store.SwitchAsync(CancellationToken.None)).Acts);
    }

    [Fact]
    public async Task DryRun_Counts_AndTakesNothing()
    {
        await using var ground = await Ground.MakeAsync(server);
        await FillAsync(ground);
        Assert.Equal("forbidden", (await Sweep(ground).RunAsync(false, Staff.Holder, CancellationToken.None)).Refusal!.Code);
        var run = (await Sweep(ground).RunAsync(false, Auditor, CancellationToken.None)).Run!;
        Assert.False(run.Acted);
        Assert.NotNull(run.FinishedAt);
        Assert.Empty(run.Taken);
        Assert.Equal((3L, 2L, 4L, 5L), (run.Counts["messages"], run.Counts["sign-ins"], run.Counts["drafts"], run.Counts["operations"]));
        Assert.Equal((1L, 1L), (run.Counts["posts"], run.Counts["journal"]));
        Assert.Equal((10L, 3L, 5L, 6L), await LeftAsync(ground));
        Assert.Equal(0L, await ground.ScalarAsync<long>("select count(*) from journal where stream = 'retention'"));
    }

    [Fact]
    public async Task Sweep_TakesWhatIsOver_AndNothingElse_InBatches_WithAReport()
    {
        await using var ground = await Ground.MakeAsync(server);
        await FillAsync(ground);
        await ground.ExecuteAsync("insert into operation (id, stream, fingerprint, at) select gen_random_uuid(), 'account/x/a', '\\x00', now() - interval '500 days' from generate_series(1, $1)", RetentionSweep.Batch * 2);
        await OnAsync(ground);
        var run = (await Sweep(ground).RunAsync(true, Staff.Comms, CancellationToken.None)).Run!;
        Assert.True(run.Acted);
        Assert.Equal((3L, 2L, 4L, 5L + (RetentionSweep.Batch * 2)), (run.Taken["messages"], run.Taken["sign-ins"], run.Taken["drafts"], run.Taken["operations"]));
        Assert.Equal((7L, 1L, 1L, 1L), await LeftAsync(ground));
        Assert.DoesNotContain("posts", run.Taken.Keys);

        // Of the messages, those stay that wait for a person, that are young, and those of an incident that is open or kept.
        Assert.Equal(
            "filed under an open one, of a kept one, of an open one, refused and waiting, undecided, waiting, young",
            await ground.ScalarAsync<string>("select string_agg(convert_from(raw, 'UTF8'), ', ' order by convert_from(raw, 'UTF8') collate \"C\") from incident_message where octet_length(raw) > 0"));
        Assert.Contains("retention-swept by jo-comms", await EventsAsync(ground), StringComparison.Ordinal);
        var again = (await Sweep(ground).RunAsync(true, Staff.Comms, CancellationToken.None)).Run!;
        Assert.Equal((0L, 0L), (again.Counts["messages"], again.Taken.Values.Sum()));
        Assert.Equal([again.Id, run.Id], (await Store(ground).RunsAsync(10, CancellationToken.None)).Select(r => r.Id));
    }

    [Fact]
    public async Task Nights_OfTwoHosts_RunOnce()
    {
        await using var ground = await Ground.MakeAsync(server);
        await FillAsync(ground);
        await OnAsync(ground);
        var nights = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Sweep(ground).RunByItselfAsync(CancellationToken.None))));
        Assert.Equal(14L, Assert.Single(nights, n => n is not null)!.Taken.Values.Sum());
        Assert.Equal(1L, await ground.ScalarAsync<long>("select count(*) from retention_run"));
        Assert.Null(await Sweep(ground).RunByItselfAsync(CancellationToken.None));
        await ground.ExecuteAsync("update retention_run set started_at = started_at - interval '21 hours'");
        Assert.NotNull(await Sweep(ground).RunByItselfAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Run_IsRefused_WhileAnotherHostHasOne_AndGoesOnOnceItsSessionIsGone()
    {
        await using var ground = await Ground.MakeAsync(server);
        await FillAsync(ground);
        await OnAsync(ground);
        await using (var other = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ground.ConnectionString) { Pooling = false }.ConnectionString))
        {
            await other.OpenAsync();
            await using var hold = new NpgsqlCommand("select pg_advisory_lock(127, 4)", other);
            await hold.ExecuteNonQueryAsync();
            Assert.Equal("retention-busy", (await Sweep(ground).RunAsync(true, Staff.Comms, CancellationToken.None)).Refusal!.Code);
            Assert.Equal((10L, 3L, 5L, 6L), await LeftAsync(ground));
        }

        var after = await Eventually.Becomes(() => Sweep(ground).RunAsync(true, Staff.Comms, CancellationToken.None), a => a.Run is not null, "the lock went with its session");
        Assert.Equal(14L, after.Run!.Taken.Values.Sum());
    }

    [Fact]
    public async Task Sweep_ThatIsSwitchedOffMeanwhile_Stops_AndSaysWhatItTook()
    {
        await using var ground = await Ground.MakeAsync(server);
        await FillAsync(ground);
        await OnAsync(ground);
        await ground.PatchAsync("retention_take", "get diagnostics v_taken = row_count;", "get diagnostics v_taken = row_count; update retention_switch set acts = false;");
        var run = (await Sweep(ground).RunAsync(true, Staff.Comms, CancellationToken.None)).Run!;
        Assert.Equal((3L, 1), (run.Taken["messages"], run.Taken.Count));
        Assert.Equal((7L, 3L, 5L, 6L), await LeftAsync(ground));
        Assert.Contains("retention-swept", await EventsAsync(ground), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keep_IsOfWhatThereIs_AndIsInTheJournal()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.AccountAsync();
        var store = Store(ground);
        Assert.Equal("forbidden", (await store.KeepAsync("account", "x/aston", "Inquest 4", Staff.Officer, CancellationToken.None))!.Code);
        Assert.Equal("keep-unknown", (await store.KeepAsync("account", "x/nobody", "Inquest 4", Staff.Comms, CancellationToken.None))!.Code);
        Assert.Equal("keep-unknown", (await store.KeepAsync("incident", "INC-9", "Inquest 4", Staff.Comms, CancellationToken.None))!.Code);
        Assert.Equal("keep-unknown", (await store.KeepAsync("hold", "H-000001", "Inquest 4", Staff.Comms, CancellationToken.None))!.Code);
        Assert.Null(await store.KeepAsync("account", "x/aston", "Inquest 4", Staff.Comms, CancellationToken.None));
        Assert.Equal("keep-known", (await store.KeepAsync("account", "x/aston", "Again", Staff.Comms, CancellationToken.None))!.Code);
        Assert.Equal(("x/aston", "Inquest 4"), (Assert.Single(await store.KeepsAsync(CancellationToken.None)) is var kept ? (kept.Key, kept.Reason) : default));
        Assert.Null(await store.EndKeepAsync("account", "x/aston", "It is over.", Staff.Comms, CancellationToken.None));
        Assert.Equal("keep-unknown", (await store.EndKeepAsync("account", "x/aston", "Again", Staff.Comms, CancellationToken.None))!.Code);
        Assert.Equal("keep-set, keep-ended", await ground.ScalarAsync<string>("select string_agg(event, ', ' order by number) from journal where stream = 'keep/account/x/aston'"));
        Assert.True((await VerifyAsync(ground)).Agrees);
    }

    [Fact]
    public async Task Counts_GoByAnIndex_OverAJournalOfAHundredThousandEntries()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.ExecuteAsync(
            """
            insert into journal (stream, number, at, event, actor_id, actor_name, actor_role, payload, salt, payload_hash, hash)
            select 'task/' || i, 1, now() - interval '1 day' * (i % 1000), 'e', 'a', 'A', 'r', '{}', sha256('x'), sha256('x'), sha256('x') from generate_series(1, 100000) i
            """);
        await ground.ExecuteAsync("insert into operation (id, stream, fingerprint, at) select gen_random_uuid(), 'a', '\\x00', now() - interval '1 minute' * i from generate_series(1, 100000) i");
        await ground.ExecuteAsync("insert into sign_in_record (at, what) select now() - interval '1 minute' * i, 'signed-in' from generate_series(1, 100000) i");
        await ground.ExecuteAsync("vacuum analyze journal, operation, sign_in_record");
        await ground.ExecuteAsync("select pg_stat_reset()");
        var run = (await Sweep(ground).RunAsync(false, Staff.Comms, CancellationToken.None)).Run!;
        Assert.Equal(0, run.Counts["operations"]);

        // What the server itself says it searched from end to end.
        await Eventually.Becomes(
            async () => await ground.ScalarAsync<long>("select coalesce(sum(idx_scan), 0)::bigint from pg_stat_user_tables where relname in ('journal', 'operation', 'sign_in_record') and idx_scan > 0"), n => n >= 3, "the statistics are there");
        Assert.Equal(0L, await ground.ScalarAsync<long>("select coalesce(sum(seq_scan), 0)::bigint from pg_stat_user_tables where relname in ('journal', 'operation', 'sign_in_record')"));
    }

    // Of each kind some that are over their time, and one that is not; messages of every sort that stays.
    private static async Task FillAsync(Ground ground)
    {
        await ground.PlaceAsync(Ground.Order(new Domain.Holds.Scope { Areas = ["dudley"] }) with { Incident = "OPEN" });
        await ground.ExecuteAsync("insert into record_keep values ('incident', 'KEPT', 'Inquest 4', now(), 'jo-comms', 'Jo'), ('account', 'x/kept', 'Inquest 4', now(), 'jo-comms', 'Jo')");
        foreach (var (words, days, decision, incident) in new (string, int, string?, string?)[]
        {
            ("one", 400, "hold", null), ("two", 400, "ignored", null), ("settled", 400, "ask", null), ("young", 10, "hold", null), ("undecided", 400, null, null), ("waiting", 400, "ask", null),
            ("refused and waiting", 400, "refused", null), ("of an open one", 400, "hold", "OPEN"), ("of a kept one", 400, "hold", "KEPT"), ("filed under an open one", 400, "hold", null),
        })
        {
            var id = Guid.NewGuid();
            await ground.ExecuteAsync("insert into incident_message (id, received_at, content_type, received_by, raw) values ($1, now() - interval '1 day' * $2, 'text/plain', 'a', convert_to($3, 'UTF8'))", id, days, words);
            if (decision is not null)
            {
                await ground.ExecuteAsync("insert into incident_decision (message_id, refs, decision, reason, incident, hold_areas, whole_brigade) values ($1, '[]', $2, 'r', nullif($3, ''), '{}', false)", id, decision, incident ?? "");
            }

            if (words is "settled")
            {
                await ground.ExecuteAsync("insert into incident_settlement values ($1, now(), 'a', 'A', 'n')", id);
            }

            if (words is "filed under an open one")
            {
                await ground.ExecuteAsync("insert into incident values ('OPEN', false, now(), now())");
                await ground.ExecuteAsync("insert into incident_report values ('OPEN', false, 's', 1, 'd', now(), 'a', $1, '{}')", id);
            }
        }

        await ground.ExecuteAsync("insert into sign_in_record (at, what) select now() - interval '1 day' * d, 'signed-in' from unnest(array[10, 396, 500]) d");
        await ground.ExecuteAsync(
            """
            insert into draft (id, revision, text, accounts, about, writer_id, writer_name, saved_by, saved_by_name, saved_at)
            select gen_random_uuid(), 1, 't', '{}', '{}', 'a', 'A', 'a', 'A', now() - interval '1 day' * d from unnest(array[10, 366, 400, 500, 600]) d
            """);
        await ground.ExecuteAsync("insert into operation (id, stream, fingerprint, at) select gen_random_uuid(), 'account/x/a', '\\x00', now() - interval '1 day' * d from unnest(array[10, 401, 402, 403, 404, 405]) d");

        // A post and an entry of eight years ago.
        await ground.ExecuteAsync(
            """
            insert into post (id, account, state, text, due_at, tolerance, poster_id, poster_name, revision, attempt, confirmed_seq, created_at)
            select (lpad(to_hex((extract(epoch from now() - interval '3000 days') * 1000)::bigint + n), 12, '0') || '7000800000000000000' || n)::uuid, account, 'removed', text, now(), interval '1 min', 'a', 'A', 1, 1, 0, now() - interval '3000 days'
            from (values (1, 'x/a', 'Old'), (2, 'x/kept', 'Kept'), (3, 'x/a', '[erased: R-000001]')) v(n, account, text)
            """);
        await ground.ExecuteAsync("select journal_append('task/1', 'task-opened', 'a', 'A', 'r', null, null, null, '{}')");
        await ground.ExecuteAsync("alter table journal disable trigger all");
        await ground.ExecuteAsync("update journal set at = at - interval '3000 days' where stream = 'task/1'");
        await ground.ExecuteAsync("alter table journal enable trigger all");
    }

    private static async Task<(long Messages, long SignIns, long Drafts, long Operations)> LeftAsync(Ground ground) => (
        await ground.ScalarAsync<long>("select count(*) from incident_message where octet_length(raw) > 0"),
        await ground.ScalarAsync<long>("select count(*) from sign_in_record"),
        await ground.ScalarAsync<long>("select count(*) from draft"),
        await ground.ScalarAsync<long>("select count(*) from operation"));

    private static async Task OnAsync(Ground ground)
    {
        await Store(ground).SwitchAsync(true, Why, Staff.Comms, CancellationToken.None);
        await Store(ground).SwitchAsync(true, Why, Staff.Second, CancellationToken.None);
        Assert.True((await Store(ground).SwitchAsync(CancellationToken.None)).Acts);
    }

    private static Task<string> EventsAsync(Ground ground) => ground.ScalarAsync<string>("select coalesce(string_agg(event || ' by ' || actor_id, ', ' order by number), '') from journal where stream = 'retention'");

    private static Task<VerificationReport> VerifyAsync(Ground ground) => new Verifier(ground.ConnectionString, TimeProvider.System).RunAsync(null, CancellationToken.None);

    private static RetentionStore Store(Ground ground) => new(ground.Database);

    private static RetentionSweep Sweep(Ground ground) => new(ground.Database, Store(ground));
}

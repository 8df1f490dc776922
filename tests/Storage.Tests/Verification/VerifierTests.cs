using Coordination.Domain.Holds;
using Coordination.Storage.Fence;
using Coordination.Storage.Migrations;
using Coordination.Storage.Tests.Fence;
using Coordination.Storage.Verification;
using Coordination.Testing;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.Verification;

/// <summary>Everything recomputed from the journal, on a real database after real work.</summary>
public sealed class VerifierTests(FastPostgresFixture server)
{
    public static TheoryData<string> Tamperings => [.. Tampering.All.Keys];

    [Fact]
    public async Task Verify_Agrees_AfterRealWork_AndSaysWhatItLookedAt()
    {
        await using var ground = await Worked.MakeAsync(server);
        var report = await VerifyAsync(ground);

        Assert.Equal("", Text(report));
        Assert.DoesNotContain(Of(report, CheckKind.Holds).Notes, n => n.Contains("does not fold", StringComparison.Ordinal));
        Assert.Equal(await ground.ScalarAsync<long>("select count(*) from journal"), report.Entries);
        Assert.Equal(report.Entries, Of(report, CheckKind.Chains).Looked);
        Assert.Equal(await ground.ScalarAsync<long>("select count(*) from account"), Of(report, CheckKind.States).Looked);
        Assert.Equal(await ground.ScalarAsync<long>("select count(*) from account"), Of(report, CheckKind.Accounts).Looked);
        Assert.Equal(await ground.ScalarAsync<long>("select count(*) from label_history"), Of(report, CheckKind.Labels).Looked);
        foreach (var kind in new[] { CheckKind.Posts, CheckKind.Ends, CheckKind.SentOnce })
        {
            Assert.Equal(await ground.ScalarAsync<long>("select count(*) from post"), Of(report, kind).Looked);
        }

        Assert.Equal(await ground.ScalarAsync<long>("select count(*) from hold"), Of(report, CheckKind.Holds).Looked);
        Assert.Equal(await ground.ScalarAsync<long>("select count(*) from permit"), Of(report, CheckKind.Permits).Looked);
        Assert.Equal(await ground.ScalarAsync<long>("select count(*) from permit"), Of(report, CheckKind.PermitEntries).Looked);
        Assert.Equal(await ground.ScalarAsync<long>("select count(*) from hold_receipt"), Of(report, CheckKind.Receipts).Looked);
    }

    [Fact]
    public async Task Verify_TellsWhatIsNoFault()
    {
        await using var ground = await Worked.MakeAsync(server);
        var report = await VerifyAsync(ground);

        Assert.Contains(Of(report, CheckKind.Receipts).Notes, n => n.StartsWith("H-000002 stands, and 1 accounts that it covers have not acknowledged it yet: x/canley.", StringComparison.Ordinal));
        Assert.Contains(Of(report, CheckKind.SentOnce).Notes, n => n.StartsWith("1 calls that were never answered were repeated under the same key", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task Verify_FindsAndNames(string what)
    {
        await using var ground = await Worked.MakeAsync(server);
        var (_, sql, kind, says) = Tampering.All[what];
        await ground.ExecuteAsync("alter table journal disable trigger all; alter table hold_receipt disable trigger all");
        await ground.ExecuteAsync(sql);
        var report = await VerifyAsync(ground);

        Assert.False(report.Agrees);
        Assert.True(
            Of(report, kind).Differences.Any(d => says.All(s => d.ToString().Contains(s, StringComparison.Ordinal))),
            $"None of these lines of {kind.Id()} says '{string.Join("' and '", says)}':\n{Text(report)}");
        Assert.DoesNotContain("smoke alarm", Text(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_GoesOverRedactedEntries_AndSaysWhatCouldNotBeCompared()
    {
        await using var ground = await Worked.MakeAsync(server);
        await ground.EraseAsync("account/x/aston", 4);
        var report = await VerifyAsync(ground);

        Assert.Equal("", Text(report));
        Assert.Contains(Of(report, CheckKind.Chains).Notes, n => n.StartsWith("1 entries are redacted", StringComparison.Ordinal));
        Assert.Contains("account/x/aston was not compared: entry 4 is erased, and no redaction says what is left of it.", Of(report, CheckKind.States).Notes);
        Assert.Contains(Of(report, CheckKind.Permits).Notes, n => n.EndsWith("on x/aston were not judged: entry 4 is erased, and no redaction says what is left of it.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_FoldsAHoldsEndByItsTime_AndItsMovedReview()
    {
        await using var ground = await Worked.MakeAsync(server);
        await ground.ExecuteAsync(
            """
            update hold set review_at = '2030-01-01T10:00:00Z' where id = 'H-000002';
            select journal_append('hold/H-000002', 'review-moved', 'jo', 'Jo', 'comms-manager', null, nextval('fence_seq'), null, '{"id":"H-000002","reviewAt":"2030-01-01T10:00:00+00:00"}');
            update hold set lifted_at = clock_timestamp(), lifted_seq = nextval('fence_seq'), lifted_by = 'system', lifted_by_name = 'The service', lift_reason = 'Its time' where id = 'H-000002';
            select journal_append('hold/H-000002', 'hold-ended', 'system', 'The service', 'system', null, lifted_seq, 'Its time', '{"id":"H-000002"}') from hold where id = 'H-000002';
            """);
        var report = await VerifyAsync(ground);
        Assert.Equal("", Text(report));
        Assert.DoesNotContain(Of(report, CheckKind.Holds).Notes, n => n.Contains("does not fold", StringComparison.Ordinal));

        await ground.ExecuteAsync("select journal_append('hold/H-000002', 'hold-blessed', 'jo', 'Jo', 'comms-manager', null, null, null, '{}')");
        Assert.Equal(["1 holds have entries 'hold-blessed', which this program does not fold."], Of(await VerifyAsync(ground), CheckKind.Holds).Notes);
    }

    [Fact]
    public async Task Verify_CountsDifferencesBeyondThoseItTells()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.ExecuteAsync("insert into label_history select 'x/account' || i, i, 'x', 'local', null, null, null from generate_series(1, 150) i");
        await ground.ExecuteAsync("insert into hold select 'H-' || i, gen_random_uuid(), '', 'freeze', '{}', 'r', 'p', 'P', 'system', now(), i, '{}' from generate_series(1, 500) i");
        var report = await VerifyAsync(ground);

        Assert.Equal((150, 150), (Of(report, CheckKind.Labels).Found, Of(report, CheckKind.Labels).Differences.Count));
        Assert.Equal((500, VerificationCheck.Kept), (Of(report, CheckKind.Holds).Found, Of(report, CheckKind.Holds).Differences.Count));
        Assert.Equal(650, report.Found);
    }

    [Fact]
    public async Task Verify_OnlyReads_AndSoNeedsNoMoreThanThat()
    {
        await using var ground = await Worked.MakeAsync(server);
        var before = await FingerprintAsync(ground);
        var role = "reader_" + Guid.NewGuid().ToString("N");
        await ground.ExecuteAsync($"create role {role} login password 'reads'; grant select on all tables in schema public to {role}");
        var settings = new NpgsqlConnectionStringBuilder(ground.ConnectionString) { Username = role, Password = "reads" };
        var report = await new Verifier(settings.ConnectionString, TimeProvider.System).RunAsync(null, CancellationToken.None);

        Assert.Equal("", Text(report));
        Assert.Equal(before, await FingerprintAsync(ground));
        await ground.ExecuteAsync($"drop owned by {role}; drop role {role}");
    }

    [Fact]
    public async Task Verify_Refuses_ADatabaseOfAnotherVersion()
    {
        await using var ground = await Ground.MakeAsync(server);
        var last = Migrator.Scripts.Max(StringComparer.Ordinal)!;
        await ground.ExecuteAsync("delete from schema_migration where scriptname = $1", last);
        Assert.Contains("older version", (await Assert.ThrowsAsync<VerificationException>(() => VerifyAsync(ground))).Message, StringComparison.Ordinal);

        await ground.ExecuteAsync("insert into schema_migration (scriptname, applied) values ($1, now()), ('X.Scripts.9999_later.sql', now())", last);
        Assert.Contains("newer version than this program: it has 9999_later.sql", (await Assert.ThrowsAsync<VerificationException>(() => VerifyAsync(ground))).Message, StringComparison.Ordinal);

        var empty = await server.CreateDatabaseAsync();
        Assert.Contains("no schema", (await Assert.ThrowsAsync<VerificationException>(() => new Verifier(empty, TimeProvider.System).RunAsync(null, CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=nobody;Password=hidden", "does not answer")]
    [InlineData("Nonsense=1", "cannot be read")]
    public async Task Verify_SaysThatItCouldNotCheck_WhenTheDatabaseIsAway(string connection, string says)
    {
        var why = await Assert.ThrowsAsync<VerificationException>(() => new Verifier(connection, TimeProvider.System).RunAsync(null, CancellationToken.None));
        Assert.Contains(says, why.Message, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", why.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_Ends_WhenNobodyWantsItAnyMore()
    {
        await using var ground = await Worked.MakeAsync(server);
        using var gone = new CancellationTokenSource();
        await using var blocked = await ground.BeginAsync();
        await blocked.RunAsync("lock table hold_receipt in access exclusive mode");
        var run = new Verifier(ground.ConnectionString, TimeProvider.System).RunAsync(null, gone.Token);
        await ground.UntilBlockedOrDoneAsync(run);
        Assert.False(run.IsCompleted);
        await gone.CancelAsync();

        // The statement that waited was cancelled at the server; it did not wait until its own limit.
        var ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(PostgresErrorCodes.QueryCanceled, Assert.IsType<PostgresException>(ended.InnerException).SqlState);
        await Eventually.Becomes(
            () => ground.ScalarAsync<bool>("select not exists (select from pg_stat_activity where datname = current_database() and application_name = 'coordination-verify')"), "its connection is gone");
    }

    [Fact]
    public async Task Verify_Agrees_WhileOthersWrite()
    {
        await using var ground = await Worked.MakeAsync(server);
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(n => Task.Run(() => WriteAsync(ground, n, stop.Token))).ToArray();
        var reports = new List<VerificationReport>();
        try
        {
            var (entries, alive) = (0L, Task.WhenAny(writers));
            while (reports.Count < 8)
            {
                // Each run looks at more than the one before: others did write meanwhile.
                entries = await Eventually.Becomes(() => ground.ScalarAsync<long>("select count(*) from journal"), c => c > entries + 20 || alive.IsCompleted, "the writers write");
                reports.Add(await VerifyAsync(ground));
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(writers);
        }

        Assert.All(reports, r => Assert.Equal("", Text(r)));
        Assert.True(reports[^1].Entries > reports[0].Entries + 100, "nobody wrote");
        Assert.Equal("", Text(await VerifyAsync(ground)));
    }

    private static async Task WriteAsync(Ground ground, int number, CancellationToken stop)
    {
        var account = await ground.AccountAsync($"writer{number}", "wolverhampton");
        while (!stop.IsCancellationRequested)
        {
            await Worked.PublishAsync(ground, account, Staff.Holder);
            var waiting = await account.ScheduleAsync();
            var hold = await ground.PlaceAsync(new Scope { Accounts = [account.Key.Value] });
            Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(waiting)));
            await account.CommitAsync(new Domain.Accounts.PostHeld(waiting, [hold.Hold.Id]), new Domain.Accounts.HoldAcknowledged(hold.Hold.Id, 1));
            await ground.LiftAsync(hold.Hold.Id);
            await account.CommitAsync(new Domain.Accounts.AccountRelabelled(account.State.Labels with { Area = account.State.Labels.Area == "dudley" ? "sandwell" : "dudley" }));
        }
    }

    private static Task<VerificationReport> VerifyAsync(Ground ground) => new Verifier(ground.ConnectionString, TimeProvider.System).RunAsync(null, CancellationToken.None);

    private static VerificationCheck Of(VerificationReport report, CheckKind kind) => Assert.Single(report.Checks, c => c.Kind == kind);

    private static string Text(VerificationReport report) => string.Join('\n', report.Checks.SelectMany(c => c.Differences.Select(d => $"{c.Kind.Id()}: {d}")));

    // Every row of every table.
    private static async Task<string> FingerprintAsync(Ground ground) => await ground.ScalarAsync<string>(
        "select string_agg(c.relname || md5(query_to_xml('select t::text from ' || c.oid::regclass || ' t order by 1', false, true, '')::text), ',' order by c.relname) from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'");
}

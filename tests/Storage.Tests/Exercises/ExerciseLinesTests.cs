using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Exercises;
using Coordination.Storage.Incidents;
using Coordination.Storage.Tests.Fence;
using Coordination.Storage.Tests.Incidents;
using Coordination.Storage.Verification;
using Coordination.Testing;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.Exercises;

/// <summary>The line of an exercise in the database: one for each shadow, one worker at a time, each stand-in out once, and nothing that leads from there to what is real.</summary>
public sealed class ExerciseLinesTests(FastPostgresFixture server)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly NewStandIn[] Three = [.. new[] { "x/a", "x/b", "x/c" }.Select(a => new NewStandIn(a, a, "EXERCISE – We are dealing with it."))];

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_ByManyAtOnce_WritesOneLine()
    {
        await using var ground = await Ground.MakeAsync(server);
        var lines = new ExerciseLines(ground.Database);
        var shadow = await ShadowAsync(ground);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => lines.WriteAsync(Line(shadow), Staff.Comms, None)));
        Assert.Single(outcomes, WriteOutcome.Done);
        Assert.Equal(7, outcomes.Count(o => o == WriteOutcome.Other));
        var line = (await lines.FindAsync(shadow, None))!;
        Assert.Equal(WriteOutcome.Already, await lines.WriteAsync(Line(shadow) with { Id = line.Id }, Staff.Comms, None));
        Assert.Equal((Staff.Comms.Name, 3, 3), (line.WrittenBy, line.StandIns.Count, line.Count(StandInState.Queued)));
        Assert.True(line.FirstOut is null && line.LastOut is null);
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from journal where stream = 'exercise-file/A' and event = 'exercise-line-written'"));
    }

    [Fact]
    public async Task Write_IsForAShadowThatStands_AndForNothingElse()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (lines, store) = (new ExerciseLines(ground.Database), new TakeoverStore(ground.Database));
        var shadow = await ShadowAsync(ground);
        Assert.Equal(WriteOutcome.Gone, await lines.WriteAsync(Line(Guid.NewGuid()), Staff.Comms, None));
        Assert.Equal(WriteOutcome.Real, await lines.WriteAsync(Line(await RealAsync(ground)), Staff.Comms, None));
        Assert.Equal(WriteOutcome.Over, await lines.WriteAsync(Line((await store.ClaimAsync(Wish("A", true) with { Rule = "freezing", Kind = HoldKind.Freeze }, None)).Id), Staff.Comms, None));
        Assert.Equal(WriteOutcome.Over, await lines.WriteAsync(Line((await store.ClaimAsync(Wish("A", true) with { Rule = "asking", VetoSeconds = 60 }, None)).Id), Staff.Comms, None));
        await store.StepAsync(shadow, TakeoverStep.End, Staff.Comms, null, null, None);
        Assert.Equal(WriteOutcome.Over, await lines.WriteAsync(Line(shadow), Staff.Comms, None));
        Assert.Equal(0, await ground.ScalarAsync<long>("select count(*) from exercise_line"));
    }

    [Theory]
    [InlineData("insert into exercise_line (id, takeover_id, number, written_at, written_by, written_name, beyond) select gen_random_uuid(), t.id, 'A', now(), 'x', 'X', 0 from takeover t where not t.exercise")]
    [InlineData("insert into exercise_line (id, takeover_id, exercise, number, written_at, written_by, written_name, beyond) select gen_random_uuid(), t.id, false, 'A', now(), 'x', 'X', 0 from takeover t where not t.exercise")]
    [InlineData("insert into exercise_line (id, takeover_id, number, written_at, written_by, written_name, beyond) select gen_random_uuid(), l.takeover_id, 'A', now(), 'x', 'X', 0 from exercise_line l")]
    [InlineData("update exercise_stand_in set words = 'We are dealing with it.'")]
    [InlineData("update exercise_stand_in set words = 'EXERCISE –  '")]
    [InlineData("update exercise_stand_in set words = ' EXERCISE – We are dealing with it.'")]
    [InlineData("update exercise_stand_in set state = 'out'")]
    [InlineData("update exercise_stand_in set state = 'sent'")]
    [InlineData("update exercise_stand_in set address = 'http://x'")]
    [InlineData("update exercise_stand_in set key = (select key from exercise_stand_in limit 1)")]
    [InlineData("update takeover set exercise = false where id in (select takeover_id from exercise_line)")]
    [InlineData("insert into real_seen (takeover_id, seen_at, seen_by, seen_name) select t.id, now(), 'x', 'X' from takeover t where t.exercise")]
    [InlineData("insert into real_seen (seen_at, seen_by, seen_name) values (now(), 'x', 'X')")]
    [InlineData("insert into real_seen (takeover_id, hold_id, seen_at, seen_by, seen_name) select t.id, 'H-000001', now(), 'x', 'X' from takeover t where not t.exercise")]
    public async Task Tables_RefuseWhatCannotBe(string sql)
    {
        await using var ground = await Ground.MakeAsync(server);
        await new ExerciseLines(ground.Database).WriteAsync(Line(await ShadowAsync(ground)), Staff.Comms, None);
        await RealAsync(ground);
        await Assert.ThrowsAsync<PostgresException>(() => ground.ExecuteAsync(sql));
    }

    [Fact]
    public async Task NothingLeads_FromAnExercise_ToPostsPermitsOrAccounts()
    {
        await using var ground = await Ground.MakeAsync(server);

        // By foreign keys, over any number of tables: to the takeover and its incident, and no further.
        var reached = await ground.ScalarAsync<string>(
            """
            with recursive reach(name) as (
                select unnest(array['exercise_line', 'exercise_stand_in', 'real_seen'])
                union
                select c.confrelid::regclass::text from reach r join pg_constraint c on c.contype = 'f' and c.conrelid = r.name::regclass)
            select string_agg(name, ' ' order by name) from reach
            """);
        Assert.Equal("exercise_line exercise_stand_in incident real_seen takeover", reached);

        // No function that works at lines and stand-ins names anything that publishes or holds; and none that does names them.
        var functions = await ground.ScalarAsync<string>(
            "select coalesce(string_agg(proname, ' '), '') from pg_proc where pronamespace = 'public'::regnamespace and prosrc ~ 'exercise_(line|stand_in)' and prosrc ~ '\\m(post|permit|account_state|take_permit|place_hold|lift_hold|hold)\\M'");
        Assert.Equal("", functions);
        Assert.Equal(0, await ground.ScalarAsync<long>("select count(*) from pg_trigger t where not t.tgisinternal and t.tgrelid in ('exercise_line'::regclass, 'exercise_stand_in'::regclass)"));
    }

    [Fact]
    public async Task Lease_GoesOnWithItsOwnersAttempts_AndWhoLostIt_NeitherLengthensNorFreesIt()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (lines, queue) = (new ExerciseLines(ground.Database), new ExerciseQueue(ground.Database));
        await lines.WriteAsync(Line(await ShadowAsync(ground)), Staff.Comms, None);
        var lost = (await queue.ClaimAsync(Lease, None))!;
        await queue.SettleAsync(lost, "x/a", new StandInResult.Out("http://s/1"), TimeSpan.FromHours(2), None);
        Assert.True(await ground.ScalarAsync<bool>("select leased_until > clock_timestamp() + interval '1 hour' from exercise_line"));

        // Over: nothing is due for it, though nobody else has it yet.
        await ground.ExecuteAsync("update exercise_line set leased_until = clock_timestamp() - interval '1 second'");
        Assert.Empty(await queue.DueAsync(lost, 10, None));
        var mine = (await queue.ClaimAsync(Lease, None))!;
        Assert.Equal(StandInState.Out, await queue.SettleAsync(lost, "x/b", new StandInResult.Out("http://s/2"), TimeSpan.FromHours(2), None));
        Assert.False(await ground.ScalarAsync<bool>("select leased_until > clock_timestamp() + interval '1 hour' from exercise_line"));
        await queue.ReleaseAsync(lost, None);
        Assert.Null(await queue.ClaimAsync(Lease, None));

        // What failed waits for a person, whatever its own worker still says.
        Assert.Equal(StandInState.Failed, await queue.SettleAsync(mine, "x/c", new StandInResult.Failed("Refused."), Lease, None));
        Assert.Null(await queue.SettleAsync(mine, "x/c", new StandInResult.Later("late", TimeSpan.Zero), Lease, None));
    }

    [Fact]
    public async Task Claim_GivesALineToOneWorker_AndEachStandInIsOutOnce()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (lines, queue) = (new ExerciseLines(ground.Database), new ExerciseQueue(ground.Database));
        var shadow = await ShadowAsync(ground);
        await lines.WriteAsync(Line(shadow), Staff.Comms, None);
        var claims = (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => queue.ClaimAsync(Lease, None)))).OfType<ClaimedLine>().ToArray();
        var mine = Assert.Single(claims);
        var due = await queue.DueAsync(mine, 10, None);
        Assert.Equal(["x/a", "x/b", "x/c"], due.Select(d => d.Account));
        Assert.Equal(3, due.Select(d => d.Key).Distinct().Count());
        Assert.Empty(await queue.DueAsync(mine with { Lease = Guid.NewGuid() }, 10, None));

        Assert.Equal(StandInState.Out, await queue.SettleAsync(mine, "x/a", new StandInResult.Out("http://s/1"), Lease, None));
        Assert.Null(await queue.SettleAsync(mine, "x/a", new StandInResult.Later("late", TimeSpan.Zero), Lease, None));
        Assert.Equal(StandInState.Queued, await queue.SettleAsync(mine, "x/b", new StandInResult.Later("It did not answer.", TimeSpan.FromMinutes(5)), Lease, None));
        Assert.Equal(["x/c"], (await queue.DueAsync(mine, 10, None)).Select(d => d.Account));
        Assert.Equal(StandInState.Failed, await queue.SettleAsync(mine, "x/c", new StandInResult.Failed("Refused."), Lease, None));

        // Its lease over, another worker takes it: the keys are the same, and what the former one still says of a failure does not count; that it is out does.
        await ground.ExecuteAsync("update exercise_line set leased_until = clock_timestamp() - interval '1 second'; update exercise_stand_in set next_at = clock_timestamp()");
        var second = (await queue.ClaimAsync(Lease, None))!;
        var again = Assert.Single(await queue.DueAsync(second, 10, None));
        Assert.Equal((due[1].Key, 1), (again.Key, again.Attempts));
        Assert.Null(await queue.SettleAsync(mine, "x/b", new StandInResult.Failed("No."), Lease, None));
        Assert.Equal(StandInState.Out, await queue.SettleAsync(mine, "x/b", new StandInResult.Out("http://s/2"), Lease, None));
        Assert.Null(await queue.SettleAsync(second, "x/b", new StandInResult.Out("http://s/3"), Lease, None));
        await queue.ReleaseAsync(second, None);
        Assert.Null(await queue.ClaimAsync(Lease, None));
        Assert.Equal("http://s/2", (await lines.FindAsync(shadow, None))!.StandIns[1].Address);

        // A person has the rest tried again.
        Assert.Equal(1, await lines.RetryAsync(shadow, Staff.Comms, None));
        var third = (await queue.ClaimAsync(Lease, None))!;
        Assert.Equal(StandInState.Out, await queue.SettleAsync(third, "x/c", new StandInResult.Out("http://s/4"), Lease, None));
        var line = (await lines.FindAsync(shadow, None))!;
        Assert.Equal((3, line.StandIns[2].OutAt, line.StandIns[0].OutAt), (line.Count(StandInState.Out), line.LastOut, line.FirstOut));
        Assert.Equal(
            "exercise-line-written exercise-line-first-out exercise-line-partly-out exercise-line-retried exercise-line-out",
            await ground.ScalarAsync<string>("select string_agg(event, ' ' order by number) from journal where stream = 'exercise-file/A' and event like 'exercise-%'"));
        Assert.Empty((await CheckAsync(ground)).Differences);
    }

    [Fact]
    public async Task EndedExercise_SendsNothingMore()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (lines, queue) = (new ExerciseLines(ground.Database), new ExerciseQueue(ground.Database));
        var shadow = await ShadowAsync(ground);
        await lines.WriteAsync(Line(shadow), Staff.Comms, None);
        var mine = (await queue.ClaimAsync(Lease, None))!;
        await queue.SettleAsync(mine, "x/a", new StandInResult.Out("http://s/1"), Lease, None);
        await new TakeoverStore(ground.Database).StepAsync(shadow, TakeoverStep.End, Staff.Comms, null, null, None);
        Assert.Empty(await queue.DueAsync(mine, 10, None));
        await queue.ReleaseAsync(mine, None);
        Assert.Null(await queue.ClaimAsync(Lease, None));
        Assert.Null(await lines.RetryAsync(shadow, Staff.Comms, None));
        var line = (await lines.FindAsync(shadow, None))!;
        Assert.Equal((1, 2), (line.Count(StandInState.Out), line.Count(StandInState.Stopped)));
    }

    [Theory]
    [InlineData("update exercise_line set id = gen_random_uuid()", "foreign key")]
    [InlineData("delete from exercise_stand_in where account = 'x/a'", "is not what was written")]
    [InlineData("delete from exercise_stand_in; delete from exercise_line", "is gone")]
    [InlineData("update real_seen set seen_by = 'smith'", "was seen has no entry")]
    public async Task Verify_FindsWhatWasChangedByHand(string sql, string words)
    {
        await using var ground = await Ground.MakeAsync(server);
        var lines = new ExerciseLines(ground.Database);
        await lines.WriteAsync(Line(await ShadowAsync(ground)), Staff.Comms, None);
        Assert.Equal(SeenOutcome.Done, await lines.SeeAsync(await RealAsync(ground), null, Staff.Comms, None));
        Assert.Empty((await CheckAsync(ground)).Differences);
        if (string.Equals(words, "foreign key", StringComparison.Ordinal))
        {
            await Assert.ThrowsAsync<PostgresException>(() => ground.ExecuteAsync(sql));
            return;
        }

        await ground.ExecuteAsync(sql);
        Assert.Contains((await CheckAsync(ground)).Differences, d => d.ToString().Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Seen_IsKeptOnce_ForATakeoverAndItsHold_InBothStreams()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (lines, store) = (new ExerciseLines(ground.Database), new TakeoverStore(ground.Database));
        var real = await RealAsync(ground);
        Assert.Equal(SeenOutcome.Calm, await lines.SeeAsync(real, null, Staff.Comms, None));
        var shadow = await ShadowAsync(ground);
        Assert.Equal(SeenOutcome.Gone, await lines.SeeAsync(shadow, null, Staff.Comms, None));
        Assert.Equal(SeenOutcome.Gone, await lines.SeeAsync(Guid.NewGuid(), null, Staff.Comms, None));
        Assert.Equal(SeenOutcome.Gone, await lines.SeeAsync(null, "H-999999", Staff.Comms, None));

        // The takeover is seen while it is proposed: so is the hold that comes of it.
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => lines.SeeAsync(real, null, i % 2 == 0 ? Staff.Comms : Staff.Second, None)));
        Assert.Single(outcomes, SeenOutcome.Done);
        var hold = await ground.PlaceAsync(Ground.Order(Scope.LocalAccounts) with { OperationId = real });
        await store.StepAsync(real, TakeoverStep.Placed, Actor.System, null, hold.Id, None);
        Assert.Equal(SeenOutcome.Already, await lines.SeeAsync(null, hold.Id, Staff.Second, None));
        var seen = Assert.Single(await lines.SeenAsync(DateTimeOffset.UnixEpoch, None));
        Assert.Equal((real, hold.Id), (seen.Takeover!.Value, seen.HoldId));
        Assert.Equal("exercise-file/A incident-file/R", await ground.ScalarAsync<string>("select string_agg(stream, ' ' order by stream) from journal where event = 'real-seen'"));

        // One that a person placed is seen by itself.
        var byHand = (await ground.PlaceAsync(Scope.LocalAccounts)).Hold;
        Assert.Equal(SeenOutcome.Done, await lines.SeeAsync(null, byHand.Id, Staff.Second, None));
        Assert.Contains(await lines.SeenAsync(DateTimeOffset.UnixEpoch, None), s => s.HoldId == byHand.Id && s.Takeover is null && s.By == Staff.Second.Name);
        Assert.Empty((await CheckAsync(ground)).Differences);
    }

    private static async Task<Guid> ShadowAsync(Ground ground)
    {
        await IncidentFilesTests.FileAsync(new IncidentFiles(ground.Database), IncidentFilesTests.Report("A") with { Exercise = true });
        return (await new TakeoverStore(ground.Database).ClaimAsync(Wish("A", true), None)).Id;
    }

    private static async Task<Guid> RealAsync(Ground ground)
    {
        await IncidentFilesTests.FileAsync(new IncidentFiles(ground.Database), IncidentFilesTests.Report("R"));
        return (await new TakeoverStore(ground.Database).ClaimAsync(Wish("R", false), None)).Id;
    }

    private static NewExerciseLine Line(Guid takeover) => new(Guid.NewGuid(), takeover, Three, 0);

    private static NewTakeover Wish(string number, bool exercise) => new(
        Guid.CreateVersion7(), number, exercise, "major", 1, "a major incident is declared", null, HoldKind.CentralCoordination, Scope.LocalAccounts, [], null, "rule 1: major incident declared");

    private static async Task<VerificationCheck> CheckAsync(Ground ground) =>
        Assert.Single((await new Verifier(ground.ConnectionString, TimeProvider.System).RunAsync(null, None)).Checks, c => c.Kind == CheckKind.Incidents);
}

using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.Incidents;

/// <summary>Takeovers: one for all incidents that belong together, one winner of every race, and nothing that leads from an exercise to a hold.</summary>
public sealed class TakeoverStoreTests(FastPostgresFixture server)
{
    private static readonly Scope Coventry = new() { Areas = ["coventry"], Kinds = ["local"] };

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claim_ByManyHosts_ForIncidentsOfOneGroup_MakesOneTakeover()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (files, store) = (new IncidentFiles(ground.Database), new TakeoverStore(ground.Database));
        await IncidentFilesTests.FileAsync(files, IncidentFilesTests.Report("A"));
        await IncidentFilesTests.FileAsync(files, IncidentFilesTests.Report("B") with { DuplicateOf = "A" });
        var claimed = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => store.ClaimAsync(Wish(i % 2 == 0 ? "A" : "B"), None)));
        Assert.Single(claimed.Select(t => t.Id).Distinct());
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from takeover"));
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from journal where event = 'takeover-started'"));

        // Another scope and another rule are other wishes.
        Assert.NotEqual(claimed[0].Id, (await store.ClaimAsync(Wish("A") with { Scope = Scope.LocalAccounts }, None)).Id);
        Assert.NotEqual(claimed[0].Id, (await store.ClaimAsync(Wish("A") with { Rule = "another" }, None)).Id);
        Assert.Equal(3, (await store.OfAsync(["A", "B"], exercise: false, None)).Count);
    }

    [Fact]
    public async Task Claim_WaitsForOneOfTheSameGroupThatIsUnderWay()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (files, store, wish) = (new IncidentFiles(ground.Database), new TakeoverStore(ground.Database), Wish("A"));
        await IncidentFilesTests.FileAsync(files, IncidentFilesTests.Report("A"));
        await IncidentFilesTests.FileAsync(files, IncidentFilesTests.Report("B") with { DuplicateOf = "A" });
        await using var connection = await ground.Database.Main.OpenConnectionAsync(None);
        await using var transaction = await connection.BeginTransactionAsync(None);
        await using (var first = new NpgsqlCommand("select claim_takeover($1, 'A', false, 'major', 1, 'w', 'at-once', 'centralCoordination', $2::jsonb, '{}', null, 'r', null)", connection))
        {
            first.Parameters.AddWithValue(wish.Id);
            first.Parameters.AddWithValue("""{"areas": ["coventry"], "kinds": ["local"]}""");
            Assert.Equal(wish.Id, await first.ExecuteScalarAsync(None));
        }

        var second = store.ClaimAsync(Wish("B"), None);
        await Eventually.Becomes(
            () => ground.ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"),
            waiting => waiting > 0,
            "the second claim waits for the first");
        await transaction.CommitAsync(None);
        Assert.Equal(wish.Id, (await second).Id);
    }

    [Fact]
    public async Task VetoAndDeadline_HaveOneWinner_WhicheverComesFirst()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (files, store) = (new IncidentFiles(ground.Database), new TakeoverStore(ground.Database));
        var winners = new List<TakeoverState>();
        for (var n = 0; n < 12; n++)
        {
            await IncidentFilesTests.FileAsync(files, IncidentFilesTests.Report($"A{n}"));
            var takeover = await store.ClaimAsync(Wish($"A{n}", veto: 60), None);
            Assert.Equal(TakeoverState.Pending, takeover.State);
            await ground.ExecuteAsync($"update takeover set due_at = clock_timestamp() where id = '{takeover.Id}'");
            Task<StepOutcome> Veto() => store.StepAsync(takeover.Id, TakeoverStep.Veto, Staff.Comms, "Not ours", null, None);
            Task<StepOutcome> Due() => store.StepAsync(takeover.Id, TakeoverStep.Due, Actor.System, null, null, None);
            Task<StepOutcome>[] racers = n % 2 == 0 ? [Veto(), Due(), Due()] : [Due(), Veto(), Due()];
            var outcomes = await Task.WhenAll(racers);
            var state = (await store.FindAsync(takeover.Id, None))!.State;
            winners.Add(state);
            Assert.Single(outcomes, StepOutcome.Done);
            Assert.Contains(state, new[] { TakeoverState.Vetoed, TakeoverState.Running });
            Assert.Equal(2, await ground.ScalarAsync<long>($"select count(*) from journal where stream = 'incident-file/A{n}' and event like 'takeover-%'"));
        }

        Assert.Equal(12, winners.Count);
    }

    [Fact]
    public async Task Due_BeforeItsTime_DoesNothing_AndForwardDoesNotWait()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (files, store) = (new IncidentFiles(ground.Database), new TakeoverStore(ground.Database));
        await IncidentFilesTests.FileAsync(files, IncidentFilesTests.Report("A"));
        var takeover = await store.ClaimAsync(Wish("A", veto: 60), None);
        Assert.Equal(StepOutcome.Early, await store.StepAsync(takeover.Id, TakeoverStep.Due, Actor.System, null, null, None));
        Assert.Equal(StepOutcome.Done, await store.StepAsync(takeover.Id, TakeoverStep.Forward, Staff.Comms, null, null, None));
        Assert.Equal(StepOutcome.Already, await store.StepAsync(takeover.Id, TakeoverStep.Due, Actor.System, null, null, None));
        Assert.Equal(StepOutcome.Late, await store.StepAsync(takeover.Id, TakeoverStep.Veto, Staff.Comms, "No", null, None));
        Assert.Equal(StepOutcome.Gone, await store.StepAsync(Guid.NewGuid(), TakeoverStep.Veto, Staff.Comms, "No", null, None));
        var now = (await store.FindAsync(takeover.Id, None))!;
        Assert.Equal((TakeoverState.Running, Staff.Comms.Name), (now.State, now.DecidedName));
        Assert.Equal(TakeoverState.Running, Assert.Single(await store.OpenAsync(None)).State);
    }

    [Fact]
    public async Task Placed_FollowsItsHold_AndAfterItsLiftTheSameWishIsANewOne()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (files, store) = (new IncidentFiles(ground.Database), new TakeoverStore(ground.Database));
        await IncidentFilesTests.FileAsync(files, IncidentFilesTests.Report("A"));
        var takeover = await store.ClaimAsync(Wish("A"), None);
        var hold = (await ground.PlaceAsync(Coventry, HoldKind.CentralCoordination)).Hold;
        Assert.Equal(StepOutcome.Done, await store.StepAsync(takeover.Id, TakeoverStep.Placed, Actor.System, null, hold.Id, None));
        Assert.Equal(StepOutcome.Already, await store.StepAsync(takeover.Id, TakeoverStep.Placed, Actor.System, null, hold.Id, None));
        Assert.Equal(TakeoverState.Placed, (await store.FindAsync(takeover.Id, None))!.State);
        Assert.Equal(takeover.Id, (await store.ClaimAsync(Wish("A"), None)).Id);
        Assert.Empty(await store.OpenAsync(None));

        await ground.LiftAsync(hold.Id, Staff.Comms);
        var lifted = (await store.FindAsync(takeover.Id, None))!;
        Assert.Equal((TakeoverState.Lifted, true), (lifted.State, lifted.LiftedAt is not null));
        Assert.NotEqual(takeover.Id, (await store.ClaimAsync(Wish("A"), None)).Id);
    }

    [Fact]
    public async Task Exercise_BecomesAShadow_AndCanNeverHaveAHold()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (files, store) = (new IncidentFiles(ground.Database), new TakeoverStore(ground.Database));
        await IncidentFilesTests.FileAsync(files, IncidentFilesTests.Report("A") with { Exercise = true });
        var (shadow, proposed) = (await store.ClaimAsync(Wish("A") with { Exercise = true }, None), await store.ClaimAsync(Wish("A", veto: 60) with { Exercise = true, Rule = "another" }, None));
        Assert.Equal((TakeoverState.Shadow, TakeoverState.Pending), (shadow.State, proposed.State));
        Assert.Equal(StepOutcome.Done, await store.StepAsync(proposed.Id, TakeoverStep.Forward, Staff.Comms, null, null, None));
        Assert.Equal(TakeoverState.Shadow, (await store.FindAsync(proposed.Id, None))!.State);
        Assert.Equal(StepOutcome.Late, await store.StepAsync(shadow.Id, TakeoverStep.Placed, Actor.System, null, "H-000001", None));

        // Not even by hand: the table itself refuses it.
        await Assert.ThrowsAsync<PostgresException>(() => ground.ExecuteAsync($"update takeover set state = 'running' where id = '{shadow.Id}'"));
        await Assert.ThrowsAsync<PostgresException>(() => ground.ExecuteAsync($"update takeover set hold_id = 'H-000001' where id = '{shadow.Id}'"));
        Assert.Equal(StepOutcome.Done, await store.StepAsync(shadow.Id, TakeoverStep.End, Staff.Comms, null, null, None));
        Assert.Equal(TakeoverState.Ended, (await store.FindAsync(shadow.Id, None))!.State);
        Assert.Equal(0, await ground.ScalarAsync<long>("select count(*) from hold"));
    }

    private static NewTakeover Wish(string number, int? veto = null) => new(
        Guid.CreateVersion7(), number, Exercise: false, "major", 1, "a major incident is declared", veto, HoldKind.CentralCoordination, Coventry, [], null, "rule 1: major incident declared");
}

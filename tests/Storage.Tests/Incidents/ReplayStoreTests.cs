using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Replays;
using Coordination.Storage.Incidents;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.Incidents;

/// <summary>Replays: one at a time, one host's at a time, at most so many a second, nothing but exercises, and nothing while anything real comes.</summary>
public sealed class ReplayStoreTests(FastPostgresFixture server)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replay_IsSentInOrder_Once_ToItsEnd()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, wish) = (new ReplayStore(ground.Database), Wish(3));
        Assert.Null(await store.CurrentAsync(None));
        Assert.Null(await store.ClaimAsync(Lease, None));
        Assert.Equal(BeginOutcome.Done, await store.BeginAsync(wish, Staff.Comms, None));
        Assert.Equal(BeginOutcome.Already, await store.BeginAsync(wish, Staff.Comms, None));

        var claimed = (await store.ClaimAsync(Lease, None))!;
        Assert.Equal((wish.Id, "Jo Comms"), (claimed.Id, claimed.StartedName));
        for (var n = 1; n <= 3; n++)
        {
            var send = await DueAsync(ground, store, claimed);
            Assert.Equal((n, wish.Reports[n - 1].Report), (send.N, send.Report));
            Assert.True(await store.NoteAsync(claimed, Lease, n, Guid.NewGuid(), "ignored", None));
        }

        Assert.IsType<ReplayNext.Over>(await store.NextAsync(claimed, Lease, None));
        var ended = (await store.FindAsync(wish.Id, None))!;
        Assert.Equal((ReplayState.Finished, 3, 3, false), (ended.State, ended.Sent, ended.Total, ended.Sending));
        Assert.Equal((4, "ignored", "REPLAY-T-3", "Jo Comms"), (ended.LastLine, ended.LastDecision, ended.LastNumber, ended.StartedName));
        Assert.Equal(wish.Faults, ended.Faults);
        Assert.Equal("replay-started, replay-finished", await ground.ScalarAsync<string>("select string_agg(event, ', ' order by number) from journal where stream = 'replay/' || $1", wish.Id.ToString()));

        // The file is kept as it came, once, whoever replays it.
        Assert.Equal(BeginOutcome.Done, await store.BeginAsync(Wish(1), Staff.Comms, None));
        Assert.Equal("not really a CSV", await ground.ScalarAsync<string>("select convert_from(bytes, 'UTF8') from replay_file"));
        Assert.Equal(ReplayState.Running, (await store.CurrentAsync(None))!.State);
    }

    [Fact]
    public async Task Second_IsRefused_UntilTheFirstIsOver_ByOneIndex()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new ReplayStore(ground.Database);
        var begun = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.BeginAsync(Wish(2), Staff.Comms, None)));
        Assert.Equal((1, 7), (begun.Count(b => b == BeginOutcome.Done), begun.Count(b => b == BeginOutcome.Other)));
        var one = (await store.CurrentAsync(None))!;
        await store.StepAsync(one.Id, ReplayStep.Pause, Staff.Comms, None);
        Assert.Equal(BeginOutcome.Other, await store.BeginAsync(Wish(2), Staff.Comms, None));
        await store.StepAsync(one.Id, ReplayStep.Stop, Staff.Comms, None);
        Assert.Equal(BeginOutcome.Done, await store.BeginAsync(Wish(2), Staff.Comms, None));

        // Without the index nothing else keeps them apart: what is tested here is that.
        await ground.ExecuteAsync("drop index replay_one");
        Assert.Equal(BeginOutcome.Done, await store.BeginAsync(Wish(2), Staff.Comms, None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HostThatLostItsLease_ChangesNothing_AndTheNextSendsTheSameBytes(bool leasesCount)
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, wish) = (new ReplayStore(ground.Database), Wish(2));
        await store.BeginAsync(wish, Staff.Comms, None);
        if (!leasesCount)
        {
            await ground.PatchAsync("note_replay_report", " and r.lease = p_lease", "");
        }

        var first = (await store.ClaimAsync(Lease, None))!;
        Assert.Null(await store.ClaimAsync(Lease, None));
        var sent = await DueAsync(ground, store, first);
        await ground.ExecuteAsync("update replay set leased_until = clock_timestamp()");
        var second = (await store.ClaimAsync(Lease, None))!;
        Assert.IsType<ReplayNext.Over>(await store.NextAsync(first, Lease, None));
        Assert.Equal(!leasesCount, await store.NoteAsync(first, Lease, sent.N, Guid.NewGuid(), "ignored", None));
        if (leasesCount)
        {
            Assert.Equal(sent, await DueAsync(ground, store, second));
            await store.ReleaseAsync(first, None);
            Assert.Null(await store.ClaimAsync(Lease, None));
            await store.ReleaseAsync(second, None);
            Assert.NotNull(await store.ClaimAsync(Lease, None));
        }
    }

    [Fact]
    public async Task Stopped_SendsNothingMore()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, wish) = (new ReplayStore(ground.Database), Wish(3));
        await store.BeginAsync(wish, Staff.Comms, None);
        var claimed = (await store.ClaimAsync(Lease, None))!;
        var send = await DueAsync(ground, store, claimed);
        Assert.True((await store.FindAsync(wish.Id, None))!.Sending);
        Assert.Equal(ReplayStepOutcome.Done, await store.StepAsync(wish.Id, ReplayStep.Stop, Staff.Officer, None));
        Assert.Equal(ReplayStepOutcome.Already, await store.StepAsync(wish.Id, ReplayStep.Stop, Staff.Comms, None));

        // What was on its way counts; nothing follows it.
        Assert.True(await store.NoteAsync(claimed, Lease, send.N, Guid.NewGuid(), "ignored", None));
        Assert.IsType<ReplayNext.Over>(await store.NextAsync(claimed, Lease, None));
        await store.ReleaseAsync(claimed, None);
        Assert.Null(await store.ClaimAsync(Lease, None));
        var ended = (await store.FindAsync(wish.Id, None))!;
        Assert.Equal((ReplayState.Stopped, 1, "Lee Comms", false), (ended.State, ended.Sent, ended.StateName, ended.Sending));
        Assert.Equal(ReplayStepOutcome.Over, await store.StepAsync(wish.Id, ReplayStep.Resume, Staff.Comms, None));
        Assert.Equal(ReplayStepOutcome.Gone, await store.StepAsync(Guid.NewGuid(), ReplayStep.Stop, Staff.Comms, None));
    }

    [Fact]
    public async Task Paused_Waits_AndGoesOnWhereItWas()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, wish) = (new ReplayStore(ground.Database), Wish(2, TimeSpan.FromHours(1)));
        await store.BeginAsync(wish, Staff.Comms, None);
        var claimed = (await store.ClaimAsync(Lease, None))!;
        await store.NoteAsync(claimed, Lease, (await DueAsync(ground, store, claimed)).N, Guid.NewGuid(), "ignored", None);
        var before = Assert.IsType<ReplayNext.Wait>(await store.NextAsync(claimed, Lease, None)).For;
        Assert.InRange(before, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(60));

        await store.StepAsync(wish.Id, ReplayStep.Pause, Staff.Comms, None);
        Assert.IsType<ReplayNext.Over>(await store.NextAsync(claimed, Lease, None));
        Assert.Equal((ReplayState.Paused, ReplayPause.Person), ((await store.FindAsync(wish.Id, None))!.State, (await store.FindAsync(wish.Id, None))!.Pause));
        await ground.ExecuteAsync("update replay set state_at = state_at - interval '2 hours', clock_from = clock_from - interval '2 hours'");
        Assert.Equal(ReplayStepOutcome.Done, await store.StepAsync(wish.Id, ReplayStep.Resume, Staff.Comms, None));
        Assert.InRange(Assert.IsType<ReplayNext.Wait>(await store.NextAsync(claimed, Lease, None)).For, TimeSpan.FromMinutes(58), before);
    }

    [Fact]
    public async Task Bound_HoldsWhateverIsDue()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new ReplayStore(ground.Database);
        await store.BeginAsync(Wish(5), Staff.Comms, None);
        var claimed = (await store.ClaimAsync(Lease, None))!;
        await store.NoteAsync(claimed, Lease, (await DueAsync(ground, store, claimed)).N, Guid.NewGuid(), "ignored", None);

        // An hour behind, and still not two within a quarter of a second: the last one seems to be sent a moment ahead.
        await ground.ExecuteAsync("update replay set clock_from = clock_from - interval '1 hour', sent_at = clock_timestamp() + interval '20 seconds'");
        Assert.InRange(Assert.IsType<ReplayNext.Wait>(await store.NextAsync(claimed, Lease, None)).For, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20) + ReplayPlan.Gap);
    }

    [Fact]
    public async Task ReportThatIsNoExercise_IsNeverPartOfOne()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new ReplayStore(ground.Database);
        foreach (var report in new[] { """{"exercise":false,"number":"REPLAY-1"}""", """{"number":"REPLAY-1"}""", """{"exercise":"true","number":"REPLAY-1"}""", """{"exercise":true,"number":"WM-1"}""" })
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => store.BeginAsync(Wish(1) with { Reports = [new NewReplayReport(2, TimeSpan.Zero, report)] }, Staff.Comms, None));
            Assert.Equal(PostgresErrorCodes.CheckViolation, refused.SqlState);
        }

        Assert.Null(await store.CurrentAsync(None));
    }

    [Theory]
    [InlineData("incident")]
    [InlineData("hold")]
    [InlineData("message")]
    public async Task WhatIsReal_MakesItPause_AndAPersonLetsItGoOn(string what)
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, wish) = (new ReplayStore(ground.Database), Wish(3));
        await store.BeginAsync(wish, Staff.Comms, None);
        var claimed = (await store.ClaimAsync(Lease, None))!;

        // An exercise of somebody else's is none of it.
        await IncidentFilesTests.FileAsync(new IncidentFiles(ground.Database), IncidentFilesTests.Report("D-1") with { Exercise = true });
        await LeaveAsync(ground, Domain.Incidents.Cap.CapStatus.Exercise);
        await DueAsync(ground, store, claimed);
        var (pause, about) = what switch
        {
            "incident" => (ReplayPause.RealIncident, await RealAsync(ground)),
            "hold" => (ReplayPause.RealHold, (await ground.PlaceAsync(Scope.LocalAccounts)).Hold.Id),
            _ => (ReplayPause.RealMessage, await LeaveAsync(ground, Domain.Incidents.Cap.CapStatus.Actual)),
        };

        Assert.IsType<ReplayNext.Over>(await store.NextAsync(claimed, Lease, None));
        var paused = (await store.FindAsync(wish.Id, None))!;
        Assert.Equal((ReplayState.Paused, pause, about, "The service"), (paused.State, paused.Pause, paused.About, paused.StateName));
        await store.ReleaseAsync(claimed, None);
        Assert.Null(await store.ClaimAsync(Lease, None));

        // It was seen by whoever lets it go on; what comes then makes it pause again.
        Assert.Equal(ReplayStepOutcome.Done, await store.StepAsync(wish.Id, ReplayStep.Resume, Staff.Comms, None));
        claimed = (await store.ClaimAsync(Lease, None))!;
        await DueAsync(ground, store, claimed);
        await IncidentFilesTests.FileAsync(new IncidentFiles(ground.Database), IncidentFilesTests.Report("WM-2"));
        Assert.IsType<ReplayNext.Over>(await store.NextAsync(claimed, Lease, None));
        Assert.Equal("WM-2", (await store.FindAsync(wish.Id, None))!.About);
    }

    [Fact]
    public async Task NothingIsStarted_NorGoesOn_OverARealProposal()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, takeovers, wish) = (new ReplayStore(ground.Database), new TakeoverStore(ground.Database), Wish(1));
        await store.BeginAsync(wish, Staff.Comms, None);
        await store.StepAsync(wish.Id, ReplayStep.Pause, Staff.Comms, None);
        await IncidentFilesTests.FileAsync(new IncidentFiles(ground.Database), IncidentFilesTests.Report("WM-1"));
        var proposal = await takeovers.ClaimAsync(new NewTakeover(Guid.CreateVersion7(), "WM-1", false, "ten-pumps", 1, "w", 60, HoldKind.Freeze, Scope.LocalAccounts, [], null, "r"), None);
        Assert.Equal(ReplayStepOutcome.Real, await store.StepAsync(wish.Id, ReplayStep.Resume, Staff.Comms, None));
        await store.StepAsync(wish.Id, ReplayStep.Stop, Staff.Comms, None);
        Assert.Equal(BeginOutcome.Real, await store.BeginAsync(Wish(1), Staff.Comms, None));
        await takeovers.StepAsync(proposal.Id, TakeoverStep.Veto, Staff.Comms, "no", null, None);
        Assert.Equal(BeginOutcome.Done, await store.BeginAsync(Wish(1), Staff.Comms, None));
    }

    [Fact]
    public async Task TooManyThatWaitForAPerson_MakeItPause_UntilSomeAreClosed()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, wish, inbox) = (new ReplayStore(ground.Database), Wish(ReplayRules.MostWaiting + 2), new IncidentInbox(ground.Database));
        await store.BeginAsync(wish, Staff.Comms, None);
        var claimed = (await store.ClaimAsync(Lease, None))!;
        Guid left = default;
        for (var n = 1; n <= ReplayRules.MostWaiting; n++)
        {
            left = Guid.Parse(await LeaveAsync(ground, Domain.Incidents.Cap.CapStatus.Exercise));
            await store.NoteAsync(claimed, Lease, (await DueAsync(ground, store, claimed)).N, left, "ask", None);
        }

        Assert.IsType<ReplayNext.Over>(await store.NextAsync(claimed, Lease, None));
        Assert.Equal((ReplayPause.Waiting, ReplayRules.MostWaiting), ((await store.FindAsync(wish.Id, None))!.Pause, (await store.FindAsync(wish.Id, None))!.Waiting));
        await store.StepAsync(wish.Id, ReplayStep.Resume, Staff.Comms, None);
        Assert.IsType<ReplayNext.Over>(await store.NextAsync(claimed, Lease, None));
        await inbox.SettleAsync(left, "Seen", Staff.Comms, None);
        await store.StepAsync(wish.Id, ReplayStep.Resume, Staff.Comms, None);
        await DueAsync(ground, store, claimed);
    }

    [Fact]
    public async Task TooManyShadows_MakeItPause()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, takeovers, wish) = (new ReplayStore(ground.Database), new TakeoverStore(ground.Database), Wish(2));
        await store.BeginAsync(wish, Staff.Comms, None);
        var claimed = (await store.ClaimAsync(Lease, None))!;
        for (var i = 0; i < ReplayRules.MostShadows; i++)
        {
            await DueAsync(ground, store, claimed);
            var number = FormattableString.Invariant($"{ReplayReports.NumberPrefix}{ReplayReports.TagOf(wish.Id)}-{i}");
            await IncidentFilesTests.FileAsync(new IncidentFiles(ground.Database), IncidentFilesTests.Report(number) with { Exercise = true });
            await takeovers.ClaimAsync(new NewTakeover(Guid.CreateVersion7(), number, true, "terrorism", 1, "w", null, HoldKind.Freeze, Scope.LocalAccounts, [], null, "r"), None);
        }

        Assert.IsType<ReplayNext.Over>(await store.NextAsync(claimed, Lease, None));
        var paused = (await store.FindAsync(wish.Id, None))!;
        Assert.Equal((ReplayPause.Shadows, ReplayRules.MostShadows), (paused.Pause, paused.Shadows));
    }

    // As if a quarter of a second had passed since the last one.
    private static async Task<ReplayNext.Send> DueAsync(Ground ground, ReplayStore store, ClaimedReplay claimed)
    {
        await ground.ExecuteAsync("update replay set sent_at = sent_at - interval '1 second'");
        return Assert.IsType<ReplayNext.Send>(await store.NextAsync(claimed, Lease, None));
    }

    private static async Task<string> RealAsync(Ground ground)
    {
        await IncidentFilesTests.FileAsync(new IncidentFiles(ground.Database), IncidentFilesTests.Report("WM-1"));
        return "WM-1";
    }

    private static async Task<string> LeaveAsync(Ground ground, Domain.Incidents.Cap.CapStatus status)
    {
        var (id, store) = (Guid.NewGuid(), new IncidentStore(ground.Database));
        await store.RecordAsync(new RawMessage(id, id.ToByteArray(), "application/json", Staff.Comms), None);
        await store.DecideAsync(new TriagedMessage(id, null, null, status, null, [], "ask", "r", null, null, [], false), None);
        return id.ToString();
    }

    private static NewReplay Wish(int reports, TimeSpan? gap = null)
    {
        var at = new DateTimeOffset(2017, 2, 23, 18, 0, 0, TimeSpan.Zero);
        return new NewReplay(
            Guid.NewGuid(), "not really a CSV"u8.ToArray(), "storm.csv", "A recording", new Dictionary<string, string>(StringComparer.Ordinal) { ["number"] = "Ref" }, 60, 1,
            [new ReplayFault(9, "Ref", "line 9: the number is missing")], at, at,
            [.. Enumerable.Range(1, reports).Select(n => new NewReplayReport(n + 1, (gap ?? TimeSpan.Zero) * (n - 1), $$"""{"number":"REPLAY-T-{{n}}","exercise":true}"""))]);
    }
}

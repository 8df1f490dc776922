using System.Text;
using Coordination.Dashboard.Incidents;
using Coordination.Dashboard.Incidents.Replays;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Replays;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.People;
using Coordination.Pages.Tests.Trials;
using Coordination.Storage.Incidents;
using Coordination.Storage.People;
using Coordination.Testing;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;

namespace Coordination.Pages.Tests.Replays;

/// <summary>Recorded incidents go the way of reported ones, as exercises, once, whichever host sends them and whichever dies.</summary>
public sealed class ReplayTests(FastPostgresFixture postgres) : IClassFixture<FastPostgresFixture>
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public void AnyFile_WhateverItsColumnsSay_MakesExercisesAlone() =>
        Gen.Select(Gen.OneOf("false", "no", "0", "real", "Actual", "{exercise:false}"), Gen.String[Gen.Char['!', 'z'], 0, 30], Gen.Int[0, 900]).Sample((says, text, pumps) =>
        {
            var type = text.Replace("\"", "", StringComparison.Ordinal);
            var file = Encoding.UTF8.GetBytes($"exercise,{Recorded.Header}\n{says},1,2017-02-23,18,\"{type}x\",{says},\"{type}\",{says},Barnet,{says},{pumps}\n{says},2,2017-02-23,18,{says},,,,,,\n");
            var replay = ReplayMaking.Make(Guid.NewGuid(), ReplayGround.Wish(file), Recorded.Map, TimeProvider.System.GetUtcNow());
            Assert.Equal(2, replay.Reports.Count + replay.BadRows);
            Assert.All(replay.Reports, r =>
            {
                var read = Assert.IsType<IncidentReportReading.Accepted>(IncidentReportReader.Read(Encoding.UTF8.GetBytes(r.Report)));
                Assert.True(read.Report.Exercise);
                Assert.StartsWith(ReplayReports.NumberPrefix, read.Report.Number, StringComparison.Ordinal);
            });
        });

    [Fact]
    public void RowsThatMakeNoReport_AreCounted_AndNamedByTheirLines()
    {
        string[] good = [.. Enumerable.Range(1, 30).Select(i => Recorded.Row($"g-{i}"))];
        string[] bad = [Recorded.Row("p", pumps: "501"), .. Enumerable.Range(1, 25).Select(i => Recorded.Row($"b-{i}", hour: "25"))];
        var replay = ReplayMaking.Make(Guid.NewGuid(), ReplayGround.Wish(Recorded.Csv([.. good, .. bad])), Recorded.Map, TimeProvider.System.GetUtcNow());

        Assert.Equal((30, 26, 20), (replay.Reports.Count, replay.BadRows, replay.Faults.Count));
        Assert.Equal("line 32: pumps is not from 0 to 500", replay.Faults[0].Words);
        Assert.Equal(Enumerable.Range(32, 20), replay.Faults.Select(f => f.Line));
    }

    [Fact]
    public async Task Replay_GoesTheWayOfReports_AndMakesShadowsAlone()
    {
        await using var ground = await ReplayGround.MakeAsync(postgres);
        var sender = ground.First.GetRequiredService<ReplaySender>();
        var replay = await ground.StartAsync(Recorded.Csv(Recorded.Row("1"), Recorded.Row("2", group: "Terrorist attack"), Recorded.Row("3", pumps: "12"), Recorded.Row("4", pumps: "6")));
        await sender.StartAsync(None);
        var ended = await ground.BecomesAsync(replay.Id, r => r.State == ReplayState.Finished, "all is sent");
        await sender.StopAsync(None);

        Assert.Equal((4, 2, 1), (ended.Sent, ended.Shadows, ended.Waiting));
        var files = ground.First.GetRequiredService<IIncidentFiles>();
        Assert.Empty((await files.ListAsync(exercise: false, 10, null, None)).Items);
        var exercises = (await files.ListAsync(exercise: true, 10, null, None)).Items;
        Assert.Equal(4, exercises.Count);
        Assert.All(exercises, e => Assert.Equal((ReplayReports.Source, true), (Assert.Single(e.Incident.Reports).Source, e.Incident.Exercise)));
        var takeovers = await ground.First.GetRequiredService<ITakeoverStore>().OpenAsync(None);
        Assert.Equal([TakeoverStateWords(ended, "2", "Shadow"), TakeoverStateWords(ended, "3", "Pending")], takeovers.Select(t => $"{t.Number} {t.State} {t.Exercise} {t.HoldId}").Order());
        Assert.Equal(0, await ground.ScalarAsync<long>("select count(*) from hold"));

        // Each was kept as it came before anything was made of it, and the inbox has it.
        Assert.Equal(4, await ground.ScalarAsync<long>("select count(*) from incident_message m join journal j on j.stream = 'incident/' || m.id and j.event = 'message-received' where m.received_by = 'replay'"));
        Assert.Equal(4, await ground.ScalarAsync<long>("select count(*) from replay_report o join incident_decision d on d.message_id = o.message_id and d.decision = o.decision"));
        Assert.Equal("replay", Assert.Single(await ground.First.GetRequiredService<IIncidentInbox>().SourcesAsync(None)).Id);
    }

    [Fact]
    public async Task ManyHosts_SendEachReportOnce_AlsoWhenTheyDieInBetween()
    {
        await using var ground = await ReplayGround.MakeAsync(postgres);
        var replay = await ground.StartAsync(Recorded.Csv(Enumerable.Range(1, 12).Select(i => Recorded.Row(FormattableString.Invariant($"n-{i}")))));

        // A host that dies after it has sent a report, and before it has noted that: nothing of it is left but its lease.
        var dead = (await ground.Store.ClaimAsync(ReplaySender.Lease, None))!;
        var sent = Assert.IsType<ReplayNext.Send>(await ground.Store.NextAsync(dead, ReplaySender.Lease, None));
        await ground.First.GetRequiredService<ReportDesk>().ReceiveAsync(Encoding.UTF8.GetBytes(sent.Report), ReplayReports.Source, ReplaySender.ActorFor(dead.StartedName), None);
        Assert.Null(await ground.Store.ClaimAsync(ReplaySender.Lease, None));
        await ground.ExecuteAsync("update replay set leased_until = clock_timestamp()");

        var hosts = new[] { ground.First, ground.Host(), ground.Host() }.Select(h => h.GetRequiredService<ReplaySender>()).ToArray();
        await Task.WhenAll(hosts.Select(h => h.StartAsync(None)));
        await ground.BecomesAsync(replay.Id, r => r.Sent >= 4, "some are sent");

        // And one that stops lets another have it.
        await hosts[0].StopAsync(None);
        await hosts[1].StopAsync(None);
        await ground.BecomesAsync(replay.Id, r => r.State == ReplayState.Finished, "another host goes on to the end");
        await hosts[2].StopAsync(None);
        Assert.Equal(12, await ground.ScalarAsync<long>("select count(*) from incident_message"));
        Assert.Equal(12, await ground.ScalarAsync<long>("select count(*) from incident_report where exercise"));
        Assert.Equal(12, await ground.ScalarAsync<long>("select count(*) from incident_decision"));
    }

    [Fact]
    public async Task SecondRun_OfTheSameFile_IsAnotherSetOfIncidents()
    {
        await using var ground = await ReplayGround.MakeAsync(postgres);
        var sender = ground.First.GetRequiredService<ReplaySender>();
        await sender.StartAsync(None);
        foreach (var _ in new[] { 1, 2 })
        {
            var replay = await ground.StartAsync(Recorded.Csv(Recorded.Row("1"), Recorded.Row("2")));
            await ground.BecomesAsync(replay.Id, r => r.State == ReplayState.Finished, "all is sent");
        }

        await sender.StopAsync(None);
        Assert.Equal(4, await ground.ScalarAsync<long>("select count(*) from incident where exercise"));
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from replay_file"));
    }

    [Fact]
    public async Task RealReport_PausesIt_AndAStopIsTheEnd()
    {
        await using var ground = await ReplayGround.MakeAsync(postgres);
        var sender = ground.First.GetRequiredService<ReplaySender>();
        await sender.StartAsync(None);
        var replay = await ground.StartAsync(Recorded.Csv(Recorded.Row("1", hour: "1"), Recorded.Row("2", hour: "2"), Recorded.Row("3", hour: "3")), speed: 1);
        await ground.BecomesAsync(replay.Id, r => r.Sent == 1, "the first is sent at once");
        var real = new IncidentReport { Number = "WM-1", Revision = 1, ReportedAt = TimeProvider.System.GetUtcNow(), Exercise = false, Status = IncidentStatus.Open, TypeAtCall = "House fire" };
        await ground.First.GetRequiredService<ReportDesk>().ReceiveAsync(Encoding.UTF8.GetBytes(IncidentReportJson.Write(real)), "vision", ReplayGround.Manager, None);
        var paused = await ground.BecomesAsync(replay.Id, r => r.State == ReplayState.Paused, "something real came");
        Assert.Contains("incident WM-1", ReplayWords.Why(paused), StringComparison.Ordinal);

        Assert.Equal(ReplayState.Running, (await ground.Desk.ResumeAsync(replay.Id, ReplayGround.Manager, None)).Replay!.State);
        Assert.Equal(ReplayState.Paused, (await ground.Desk.PauseAsync(replay.Id, new Actor("lee", "Lee", Role.CommsOfficer), None)).Replay!.State);
        await ground.Desk.ResumeAsync(replay.Id, ReplayGround.Manager, None);
        var stopped = (await ground.Desk.StopAsync(replay.Id, new Actor("lee", "Lee", Role.CommsOfficer), None)).Replay!;
        Assert.Equal((ReplayState.Stopped, false, "Lee"), (stopped.State, stopped.Sending, stopped.StateName));
        await ground.ExecuteAsync("update replay set clock_from = clock_from - interval '1 day'");
        sender.Knock();
        Assert.Equal("replay-over", (await ground.Desk.ResumeAsync(replay.Id, ReplayGround.Manager, None)).Refusal!.Code);
        await sender.StopAsync(None);
        Assert.Equal(1, (await ground.Store.FindAsync(replay.Id, None))!.Sent);
    }

    [Fact]
    public async Task Wishes_ThatDoNotFit_AreRefusedInWords()
    {
        await using var ground = await ReplayGround.MakeAsync(postgres);
        var two = ReplayGround.Wish(Recorded.Csv(Recorded.Row("1", date: "2017-01-01"), Recorded.Row("2", date: "2017-12-31")), speed: 1);
        async Task<string?> CodeAsync(ReplayWish wish, Role role) => (await ground.Desk.StartAsync(wish, Guid.NewGuid(), new Actor("a", "A", role), None)).Refusal?.Code;

        Assert.Equal("forbidden", await CodeAsync(two, Role.CommsOfficer));
        Assert.Equal("speed-out-of-range", await CodeAsync(two with { Speed = 3601 }, Role.FireControl));
        Assert.Equal("replay-too-long", await CodeAsync(two, Role.FireControl));
        var big = ReplayGround.Wish(Recorded.Csv(Enumerable.Range(1, ReplayRules.MostReports + 1).Select(i => Recorded.Row(FormattableString.Invariant($"n-{i}")))));
        Assert.Equal("forbidden", await CodeAsync(big, Role.FireControl));
        Assert.Equal("recording-invalid", await CodeAsync(ReplayGround.Wish(Recorded.Csv(Recorded.Row("1", pumps: "900"))), Role.FireControl));
        Assert.Null(await CodeAsync(big, Role.CommsManager));

        var second = (await ground.Desk.StartAsync(two with { Speed = 3600 }, Guid.NewGuid(), ReplayGround.Manager, None)).Refusal!;
        Assert.Equal("replay-running", second.Code);
        Assert.Contains("storm.csv, started by A, 0 of 1,001 sent", second.Reason, StringComparison.Ordinal);
        Assert.Equal("replay-unknown", (await ground.Desk.StopAsync(Guid.NewGuid(), ReplayGround.Manager, None)).Refusal!.Code);
        var running = (await ground.Store.CurrentAsync(None))!;
        Assert.Equal("forbidden", (await ground.Desk.StopAsync(running.Id, new Actor("h", "H", Role.AccountHolder), None)).Refusal!.Code);
        Assert.Equal("forbidden", (await ground.Desk.ResumeAsync(running.Id, new Actor("f", "F", Role.FireControl), None)).Refusal!.Code);
        Assert.False(ReplayDesk.IsLate(running, running.StartedAt));
        Assert.True(ReplayDesk.IsLate(running, running.StartedAt + ReplayDesk.Late + TimeSpan.FromSeconds(1)));

        await ground.Desk.StopAsync(running.Id, ReplayGround.Manager, None);
        await ground.First.GetRequiredService<IStaffStore>().SaveAsync([new StaffMember(ReplayReports.Source, "Re Play", Role.FireControl, null)], None);
        Assert.Equal("replay-source-taken", await CodeAsync(two with { Speed = 3600 }, Role.CommsManager));
    }

    private static string TakeoverStateWords(Replay replay, string recorded, string state) => $"{ReplayReports.NumberPrefix}{replay.Tag}-{recorded} {state} True ";
}

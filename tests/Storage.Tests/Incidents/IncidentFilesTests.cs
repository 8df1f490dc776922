using Coordination.Domain.Holds;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Incidents;

/// <summary>Incidents on file: what came is kept once, whatever its order, and an exercise is never among real ones.</summary>
public sealed class IncidentFilesTests(FastPostgresFixture server)
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Report_IsFiledOnce_AndJournaledOnce()
    {
        await using var ground = await Ground.MakeAsync(server);
        var files = new IncidentFiles(ground.Database);
        Assert.True(await FileAsync(files, Report("WM-1")));
        Assert.False(await FileAsync(files, Report("WM-1")));
        Assert.True(await FileAsync(files, Report("WM-1", revision: 2)));
        Assert.Equal(2, await ground.ScalarAsync<long>("select count(*) from journal where stream = 'incident-file/WM-1' and event = 'incident-reported'"));
        var incident = (await files.FindAsync("WM-1", exercise: false, None))!;
        Assert.Equal([1L, 2L], incident.Reports.Select(r => r.Report.Revision));
        Assert.Equal(2, incident.Now.Revision);
        Assert.Null(await files.FindAsync("WM-2", exercise: false, None));
    }

    [Fact]
    public async Task ManyAtOnce_AreEachFiledOnce_AndTheChainIsWhole()
    {
        await using var ground = await Ground.MakeAsync(server);
        var files = new IncidentFiles(ground.Database);
        var filed = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => FileAsync(files, Report("WM-1", revision: (i / 4) + 1))));
        Assert.Equal(8, filed.Count(f => f));
        Assert.Equal(8, (await files.FindAsync("WM-1", exercise: false, None))!.Reports.Count);
        Assert.Equal(8, await ground.ScalarAsync<long>("select max(number) from journal where stream = 'incident-file/WM-1'"));
    }

    [Fact]
    public async Task Exercise_IsAnIncidentOfItsOwn_UnderTheSameNumber()
    {
        await using var ground = await Ground.MakeAsync(server);
        var files = new IncidentFiles(ground.Database);
        await FileAsync(files, Report("WM-1"));
        await FileAsync(files, Report("WM-1", revision: 7) with { Exercise = true, LinkedTo = ["WM-9"] });
        Assert.Equal(1, (await files.FindAsync("WM-1", exercise: false, None))!.Now.Revision);
        Assert.Equal(7, (await files.FindAsync("WM-1", exercise: true, None))!.Now.Revision);
        Assert.Equal(["WM-1"], await files.GroupAsync("WM-1", exercise: false, None));
        Assert.Equal(["WM-1", "WM-9"], await files.GroupAsync("WM-1", exercise: true, None));
        Assert.Equal(["WM-1"], (await files.ListAsync(exercise: false, 10, null, None)).Items.Select(i => i.Incident.Number));
    }

    [Fact]
    public async Task Left_IsWhatNothingWasDecidedOf_OnceWhatItWantedHasEnded()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (files, takeovers, messages) = (new IncidentFiles(ground.Database), new TakeoverStore(ground.Database), new IncidentStore(ground.Database));
        var report = Report("WM-1");
        var (message, other) = (Guid.NewGuid(), Guid.NewGuid());
        await messages.RecordAsync(new RawMessage(message, "{}"u8.ToArray(), "application/json", Staff.Comms), None);
        await messages.RecordAsync(new RawMessage(other, "[]"u8.ToArray(), "application/json", Staff.Comms), None);
        await files.FileAsync("control", report, IncidentReportJson.Digest(report), message, Staff.Comms, None);
        await files.FileAsync("control", Report("WM-2"), IncidentReportJson.Digest(Report("WM-2")), other, Staff.Comms, None);
        var wish = new NewTakeover(Guid.CreateVersion7(), "WM-1", false, "major", 1, "w", null, HoldKind.Freeze, Scope.LocalAccounts, [], null, "r");
        await takeovers.ClaimAsync(wish, None);
        await takeovers.ClaimAsync(wish with { Id = Guid.CreateVersion7(), Rule = "second", VetoSeconds = 60 }, None);
        Assert.Empty(await files.LeftAsync(None));

        // A host that lives may still be about it; and what is under way is not known yet.
        await takeovers.StepAsync(wish.Id, TakeoverStep.Refused, Actor.System, "no", null, None);
        Assert.Empty(await files.LeftAsync(None));
        await ground.ExecuteAsync("update incident_message set received_at = received_at - interval '11 seconds'");
        await ground.ExecuteAsync("update takeover set state = 'running' where rule = 'major'");
        Assert.Empty(await files.LeftAsync(None));
        await ground.ExecuteAsync("update takeover set state = 'refused' where rule = 'major'");
        var left = Assert.Single(await files.LeftAsync(None));
        Assert.Equal((message, "control", "WM-1", 2), (left.MessageId, left.Source, left.Report.Number, left.Takeovers.Count));

        await messages.DecideAsync(new TriagedMessage(message, null, null, null, null, [], "ask", "r", "WM-1", null, [], false), None);
        Assert.Empty(await files.LeftAsync(None));
    }

    [Fact]
    public async Task Group_IsFoundFromEveryEnd_AlsoBeforeAllOfItIsKnown()
    {
        await using var ground = await Ground.MakeAsync(server);
        var files = new IncidentFiles(ground.Database);
        await FileAsync(files, Report("B") with { DuplicateOf = "A" });
        await FileAsync(files, Report("C") with { LinkedTo = ["B", "D"] });
        foreach (var number in new[] { "A", "B", "C", "D" })
        {
            var group = await files.GroupAsync(number, exercise: false, None);
            Assert.Equal(number, group[0]);
            Assert.Equal(["A", "B", "C", "D"], group.Order());
        }

        Assert.Equal(["E"], await files.GroupAsync("E", exercise: false, None));
    }

    [Fact]
    public async Task List_IsByWhatChangedLast_PageByPage()
    {
        await using var ground = await Ground.MakeAsync(server);
        var files = new IncidentFiles(ground.Database);
        foreach (var number in new[] { "A", "B", "C" })
        {
            await FileAsync(files, Report(number));
        }

        await FileAsync(files, Report("A", revision: 2));
        var first = await files.ListAsync(exercise: false, 2, null, None);
        var second = await files.ListAsync(exercise: false, 2, first.Next, None);
        Assert.Equal(["A", "C", "B"], first.Items.Concat(second.Items).Select(i => i.Incident.Number));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Delivery_IsUsedForOneMessage()
    {
        await using var ground = await Ground.MakeAsync(server);
        var files = new IncidentFiles(ground.Database);
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.Equal(DeliveryKind.New, await files.NoteDeliveryAsync("vision", "msg_1", one, None));
        Assert.Equal(DeliveryKind.Same, await files.NoteDeliveryAsync("vision", "msg_1", one, None));
        Assert.Equal(DeliveryKind.Other, await files.NoteDeliveryAsync("vision", "msg_1", other, None));
        Assert.Equal(DeliveryKind.New, await files.NoteDeliveryAsync("second", "msg_1", other, None));
        await ground.ExecuteAsync("update webhook_delivery set at = at - interval '2 days' where source = 'vision'");
        Assert.Equal(DeliveryKind.New, await files.NoteDeliveryAsync("vision", "msg_2", other, None));
        Assert.Equal(2, await ground.ScalarAsync<long>("select count(*) from webhook_delivery"));
    }

    internal static IncidentReport Report(string number, long revision = 1) => new()
    {
        Number = number,
        Revision = revision,
        ReportedAt = new DateTimeOffset(2026, 11, 27, 10, 0, 0, TimeSpan.Zero) + TimeSpan.FromMinutes(revision),
        Exercise = false,
        Status = IncidentStatus.Open,
        TypeAtCall = "House fire",
    };

    internal static Task<bool> FileAsync(IncidentFiles files, IncidentReport report)
    {
        var accepted = Assert.IsType<IncidentReportReading.Accepted>(IncidentReportReader.Read(System.Text.Encoding.UTF8.GetBytes(IncidentReportJson.Write(report))));
        return files.FileAsync("vision", accepted.Report, accepted.Digest, Guid.NewGuid(), Staff.Comms, None);
    }
}

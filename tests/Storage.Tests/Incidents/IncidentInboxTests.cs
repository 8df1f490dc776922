using System.Text;
using Coordination.Domain.Incidents.Cap;
using Coordination.Storage.Incidents;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Incidents;

public sealed class IncidentInboxTests(FastPostgresFixture server)
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_HasEverythingThatCame_NewestFirst_PageByPage()
    {
        await using var ground = await Ground.MakeAsync(server);
        var inbox = new IncidentInbox(ground.Database);
        var (ask, ignored, refused, undecided) = (await SendAsync(ground, "ask"), await SendAsync(ground, "ignored"), await SendAsync(ground, "refused"), await SendAsync(ground, null));

        var first = await inbox.ListAsync(open: false, 3, null, None);
        var second = await inbox.ListAsync(open: false, 3, first.Next, None);
        Assert.Equal([undecided, refused, ignored, ask], first.Items.Concat(second.Items).Select(m => m.Id));
        Assert.Null(second.Next);
        await Assert.ThrowsAsync<BadCursorException>(() => inbox.ListAsync(open: false, 3, "bm9uZQ", None));

        var read = (await inbox.FindAsync(ask, None))!;
        Assert.Equal(("ask", "Decide by hand.", "INC-1", "control@example.org", "Actual"), (read.Decision, read.Reason, read.Incident, read.Sender, read.Status));
        Assert.Equal(("<alert ask>", 11), (Encoding.UTF8.GetString((await inbox.BodyAsync(ask, None))!.Body), read.Bytes));
        Assert.Null(await inbox.FindAsync(Guid.NewGuid(), None));
        Assert.Null(await inbox.BodyAsync(Guid.NewGuid(), None));
    }

    [Fact]
    public async Task Open_IsWhatWasLeftToAPerson_AndWhatWasNeverDecided_UntilItIsSettled()
    {
        await using var ground = await Ground.MakeAsync(server);
        var inbox = new IncidentInbox(ground.Database);
        var (ask, ignored, refused, undecided) = (await SendAsync(ground, "ask"), await SendAsync(ground, "ignored"), await SendAsync(ground, "refused"), await SendAsync(ground, null));
        Assert.Equal([refused, ask], await OpenAsync(inbox));

        // What has just come is being decided about.
        await ground.ExecuteAsync($"update incident_message set received_at = received_at - interval '2 minutes' where id = '{undecided}'");
        Assert.Equal([refused, ask, undecided], await OpenAsync(inbox));
        Assert.Equal(3, await inbox.CountOpenAsync(None));

        Assert.Equal(SettleOutcome.Settled, await inbox.SettleAsync(ask, "Held by hand: H-000001", Staff.Comms, None));
        Assert.Equal(SettleOutcome.Already, await inbox.SettleAsync(ask, "Nothing to do", Staff.Officer, None));
        Assert.Equal(SettleOutcome.NotOpen, await inbox.SettleAsync(ignored, "Seen", Staff.Comms, None));
        Assert.Equal(SettleOutcome.Gone, await inbox.SettleAsync(Guid.NewGuid(), "Seen", Staff.Comms, None));
        Assert.Equal(SettleOutcome.Settled, await inbox.SettleAsync(undecided, "Rang them: sent again", Staff.Comms, None));
        Assert.Equal([refused], await OpenAsync(inbox));

        var settled = (await inbox.FindAsync(ask, None))!.Settled!;
        Assert.Equal((Staff.Comms.Id, Staff.Comms.Name, "Held by hand: H-000001"), (settled.By, settled.ByName, settled.Note));
        Assert.Equal("Held by hand: H-000001", await ground.ScalarAsync<string>($"select reason from journal where stream = 'incident/{ask}' and event = 'message-settled'"));
        Assert.Equal(1, await ground.ScalarAsync<long>($"select count(*) from journal where stream = 'incident/{ask}' and event = 'message-settled'"));
        Assert.Equal(0, await ground.ScalarAsync<long>($"select count(*) from journal where stream = 'incident/{ignored}' and event = 'message-settled'"));
    }

    [Fact]
    public async Task Settle_ByTwoAtOnce_HasOneWinner()
    {
        await using var ground = await Ground.MakeAsync(server);
        var inbox = new IncidentInbox(ground.Database);
        var ask = await SendAsync(ground, "ask");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => inbox.SettleAsync(ask, $"By {i}", Staff.Comms, None)));
        Assert.Single(outcomes, SettleOutcome.Settled);
        Assert.Equal(7, outcomes.Count(o => o == SettleOutcome.Already));
        Assert.Equal(1, await ground.ScalarAsync<long>($"select count(*) from journal where stream = 'incident/{ask}' and event = 'message-settled'"));
    }

    [Fact]
    public async Task Sources_AreThoseWhoSend_WithTheirLastAndTheirDay()
    {
        await using var ground = await Ground.MakeAsync(server);
        var inbox = new IncidentInbox(ground.Database);
        await SendAsync(ground, "ask");
        await SendAsync(ground, "refused");
        var old = await SendAsync(ground, "ignored");
        await ground.ExecuteAsync($"update incident_message set received_at = received_at - interval '2 days' where id = '{old}'");
        var source = Assert.Single(await inbox.SourcesAsync(None));
        Assert.Equal((Staff.Comms.Id, "refused", 2, 1), (source.Id, source.LastDecision, source.Day, source.DayRefused));
    }

    private static async Task<Guid[]> OpenAsync(IncidentInbox inbox) => [.. (await inbox.ListAsync(open: true, 20, null, None)).Items.Select(m => m.Id)];

    private static async Task<Guid> SendAsync(Ground ground, string? decision)
    {
        var (store, id) = (new IncidentStore(ground.Database), Guid.NewGuid());
        await store.RecordAsync(new RawMessage(id, Encoding.UTF8.GetBytes($"<alert {decision ?? "none"}>"), "application/cap+xml", Staff.Comms), None);
        if (decision is not null)
        {
            await store.DecideAsync(
                new TriagedMessage(
                    id, new CapReference("control@example.org", id.ToString(), AccountDesk.Now), "digest", CapStatus.Actual, CapMsgType.Alert, [], decision, "Decide by hand.", "INC-1", null, [], false),
                None);
        }

        return id;
    }
}

using Coordination.Domain.Holds;
using Coordination.Domain.Notices;
using Coordination.Storage.Notices;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Notices;

/// <summary>Messages to webhooks: each queued once, one host's at a time, sent until it is taken, and what became of it on record.</summary>
public sealed class WebhookQueueTests(FastPostgresFixture server)
{
    private const string Target = "an address";
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Due_IsWhatCameAfterTheWebhookWasSet_AndIsNotQueued()
    {
        await using var ground = await Ground.MakeAsync(server);
        var queue = new WebhookQueue(ground.Database);
        var before = (await ground.PlaceAsync(Scope.Everything)).Hold.Id;
        Assert.Empty(await queue.DueAsync(["a", "b"], None));
        await queue.StartAsync(["b", "a"], None);
        Assert.Empty(await queue.DueAsync(["a", "b"], None));
        var hold = (await ground.PlaceAsync(Scope.Everything)).Hold.Id;
        await queue.StartAsync(["a", "b", "c"], None);
        var due = Assert.Single(await queue.DueAsync(["a", "b", "c"], None));
        Assert.Equal((hold, NoticeKind.Placed), (due.HoldId, due.Kind));
        Assert.Equal(["a", "b"], due.Webhooks);
        Assert.Equal(1, await queue.QueueAsync(due with { Webhooks = ["a"] }, "{}", None));
        Assert.Equal(["b"], Assert.Single(await queue.DueAsync(["a", "b", "c"], None)).Webhooks);
        Assert.Equal(1, await queue.QueueAsync(due, "{}", None));
        Assert.Empty(await queue.DueAsync(["a", "b", "c"], None));

        await ground.LiftAsync(hold);
        await ground.LiftAsync(before);
        var lifts = await queue.DueAsync(["a", "b", "c"], None);
        Assert.Equal([(hold, NoticeKind.Lifted), (before, NoticeKind.Lifted)], lifts.Select(d => (d.HoldId, d.Kind)));
        Assert.All(lifts, d => Assert.Equal(["a", "b", "c"], d.Webhooks));

        // What came and went before anybody was told makes one message.
        var brief = (await ground.PlaceAsync(Scope.Everything)).Hold.Id;
        await ground.LiftAsync(brief);
        Assert.Equal([NoticeKind.Lifted], (await queue.DueAsync(["a"], None)).Where(d => d.HoldId == brief).Select(d => d.Kind));
        await ground.ExecuteAsync("update hold set placed_at = placed_at - interval '25 hours', lifted_at = lifted_at - interval '25 hours'");
        await ground.ExecuteAsync("update webhook set since = since - interval '30 hours'");
        Assert.Empty(await queue.DueAsync(["a", "b", "c"], None));
    }

    [Fact]
    public async Task Queue_ByManyHostsAtOnce_QueuesOneForEachWebhook()
    {
        await using var ground = await Ground.MakeAsync(server);
        var queue = new WebhookQueue(ground.Database);
        await queue.StartAsync(["a", "b", "c"], None);
        var hold = (await ground.PlaceAsync(Scope.Everything)).Hold.Id;
        var added = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => queue.QueueAsync(new DueWebhooks(hold, NoticeKind.Placed, n % 2 == 0 ? ["c", "b", "a"] : ["a", "b", "c"]), "{}", None)));
        Assert.Equal(3, added.Sum());
        Assert.Equal(3, await ground.ScalarAsync<long>("select count(*) from webhook_message"));
        Assert.Equal(
            """{"kind" : "placed", "webhooks" : ["a","b","c"], "overtaken" : []}""", await ground.ScalarAsync<string>("select string_agg(payload, '|') from journal where event = 'webhooks-queued'"));
        Assert.Equal(["a", "b", "c"], (await new WebhookReader(ground.Database).OfHoldAsync(hold, None)).Select(r => r.Webhook));
    }

    [Fact]
    public async Task Claim_GivesEachMessageToOneHost()
    {
        await using var ground = await Ground.MakeAsync(server);
        var queue = new WebhookQueue(ground.Database);
        await queue.StartAsync(["a", "b"], None);
        for (var n = 0; n < 10; n++)
        {
            await PlacedAsync(ground, queue, "a", "b");
        }

        var claimed = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => queue.ClaimAsync("a", Target, Lease, None)));
        var all = claimed.OfType<ClaimedWebhook>().ToList();

        // No more than there are: if a lease kept nothing, this would never end.
        while (all.Count <= 10 && await queue.ClaimAsync("a", Target, Lease, None) is { } rest)
        {
            all.Add(rest);
        }

        Assert.Equal((10, 10), (all.Count, all.Select(m => m.Id).Distinct().Count()));
        Assert.All(all, m => Assert.Equal(("a", 1, "{}"), (m.Webhook, m.Attempts, m.Body)));
        Assert.Equal("b", (await queue.ClaimAsync("b", Target, Lease, None))!.Webhook);
    }

    [Fact]
    public async Task Later_ComesBackAtItsTime_AndIsGivenUpAfterTheLast()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (queue, hold) = await QueuedAsync(ground);
        var first = (await queue.ClaimAsync("a", Target, Lease, None))!;
        Assert.Equal(WebhookState.Queued, await queue.SettleAsync(first, Target, WebhookOutcome.Later, "The receiver answered 500.", TimeSpan.FromMinutes(5), None));
        Assert.Null(await queue.ClaimAsync("a", Target, Lease, None));
        var row = Assert.Single(await new WebhookReader(ground.Database).OfHoldAsync(hold, None));
        Assert.Equal((1, WebhookState.Queued, "The receiver answered 500."), (row.Attempts, row.State, row.Why));
        Assert.InRange(row.NextAt!.Value - AccountDesk.Now, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5.1));

        await ground.ExecuteAsync("update webhook_message set next_at = clock_timestamp()");
        var again = (await queue.ClaimAsync("a", Target, Lease, None))!;
        Assert.Equal((first.Id, 2), (again.Id, again.Attempts));
        Assert.Null(await queue.SettleAsync(first, Target, WebhookOutcome.Later, "stale", null, None));
        Assert.Equal(WebhookState.GaveUp, await queue.SettleAsync(again, Target, WebhookOutcome.Later, new string('x', 500), null, None));
        Assert.Null(await queue.ClaimAsync("a", Target, Lease, None));
        Assert.Equal(200, Assert.Single(await new WebhookReader(ground.Database).OfHoldAsync(hold, None)).Why!.Length);
        Assert.Equal("webhooks-queued, webhook-gave-up", await EventsAsync(ground, hold));

        // The word that it was taken may come late: it is the truth.
        Assert.Equal(WebhookState.Sent, await queue.SettleAsync(first, Target, WebhookOutcome.Sent, null, null, None));
        Assert.Null(await queue.SettleAsync(again, Target, WebhookOutcome.Sent, null, null, None));
        Assert.Equal("webhooks-queued, webhook-gave-up, webhook-sent", await EventsAsync(ground, hold));
    }

    [Fact]
    public async Task AHostThatStops_LeavesItsMessageToTheNext_AsTheSameMessage()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (queue, hold) = await QueuedAsync(ground);
        var lost = (await queue.ClaimAsync("a", Target, TimeSpan.Zero, None))!;
        var taken = (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => queue.ClaimAsync("a", Target, Lease, None)))).OfType<ClaimedWebhook>();
        var again = Assert.Single(taken);
        Assert.Equal((lost.Id, lost.Body, 2), (again.Id, again.Body, again.Attempts));
        Assert.Null(await queue.SettleAsync(lost, Target, WebhookOutcome.Later, "late", null, None));
        Assert.Equal(WebhookState.Sent, await queue.SettleAsync(again, Target, WebhookOutcome.Sent, null, null, None));
        Assert.Equal("webhooks-queued, webhook-sent", await EventsAsync(ground, hold));
    }

    [Fact]
    public async Task Gone_StopsThatAddress_AndNoOther()
    {
        await using var ground = await Ground.MakeAsync(server);
        var queue = new WebhookQueue(ground.Database);
        await queue.StartAsync(["a", "b"], None);
        var (one, two) = (await PlacedAsync(ground, queue, "a", "b"), await PlacedAsync(ground, queue, "a", "b"));
        var first = (await queue.ClaimAsync("a", Target, Lease, None))!;
        Assert.Equal(WebhookState.Gone, await queue.SettleAsync(first, Target, WebhookOutcome.Gone, "410", null, None));
        Assert.Null(await queue.ClaimAsync("a", Target, Lease, None));
        var reader = new WebhookReader(ground.Database);
        Assert.Equal([WebhookState.Gone, WebhookState.Queued], (await reader.OfHoldAsync(one, None)).Select(r => r.State));
        Assert.Equal([WebhookState.Gone, WebhookState.Queued], (await reader.OfHoldAsync(two, None)).Select(r => r.State));
        Assert.Equal("webhooks-queued, webhook-gone", await EventsAsync(ground, two));
        Assert.NotNull(await queue.ClaimAsync("b", Target, Lease, None));

        // With its new address it is told again, of what comes then.
        var three = await PlacedAsync(ground, queue, "a");
        Assert.Equal(three, (await queue.ClaimAsync("a", "another address", Lease, None))!.HoldId);
    }

    [Fact]
    public async Task Lift_OvertakesWhatIsNotOut_AndWaitsForWhatIsUnderWay()
    {
        await using var ground = await Ground.MakeAsync(server);
        var queue = new WebhookQueue(ground.Database);
        await queue.StartAsync(["a", "b", "c"], None);
        var hold = await PlacedAsync(ground, queue, "a", "b", "c");
        var underWay = (await queue.ClaimAsync("a", Target, Lease, None))!;
        await queue.ClaimAsync("c", Target, TimeSpan.Zero, None);
        await ground.LiftAsync(hold);
        Assert.Equal(3, await queue.QueueAsync(new DueWebhooks(hold, NoticeKind.Lifted, ["a", "b", "c"]), "lift", None));
        Assert.Equal("""{"kind" : "lifted", "webhooks" : ["a","b","c"], "overtaken" : ["b"]}""", await ground.ScalarAsync<string>("select payload from journal where stream = $1 order by number desc limit 1", "notice/" + hold));
        Assert.Null(await queue.ClaimAsync("a", Target, Lease, None));
        Assert.Equal("lift", (await queue.ClaimAsync("b", Target, Lease, None))!.Body);

        // A host that stopped leaves nothing of the placing that would still go out, and the lift follows at once.
        Assert.Equal("lift", (await queue.ClaimAsync("c", Target, Lease, None))!.Body);
        Assert.Equal(WebhookState.Overtaken, await queue.SettleAsync(underWay, Target, WebhookOutcome.Later, "500", TimeSpan.Zero, None));
        Assert.Equal("lift", (await queue.ClaimAsync("a", Target, Lease, None))!.Body);
        Assert.Equal(
            [WebhookState.Overtaken, WebhookState.Overtaken, WebhookState.Overtaken, WebhookState.Queued, WebhookState.Queued, WebhookState.Queued],
            (await new WebhookReader(ground.Database).OfHoldAsync(hold, None)).Select(r => r.State));
    }

    [Fact]
    public async Task LiftAndOutcome_AtOnce_NeverLeaveAMessageOfThePlacingForLater()
    {
        await using var ground = await Ground.MakeAsync(server);
        var queue = new WebhookQueue(ground.Database);
        await queue.StartAsync(["a", "b"], None);
        for (var n = 0; n < 12; n++)
        {
            var hold = await PlacedAsync(ground, queue, "a", "b");
            var claimed = new[] { (await queue.ClaimAsync("a", Target, Lease, None))!, (await queue.ClaimAsync("b", Target, Lease, None))! };
            await ground.LiftAsync(hold);
            await Task.WhenAll(
                [queue.QueueAsync(new DueWebhooks(hold, NoticeKind.Lifted, ["a", "b"]), "lift", None),
                .. claimed.Select(c => queue.SettleAsync(c, Target, WebhookOutcome.Later, "500", TimeSpan.Zero, None))]);

            // Whichever came first: what a claim finds is the lift.
            foreach (var webhook in new[] { "a", "b" })
            {
                var lift = (await queue.ClaimAsync(webhook, Target, Lease, None))!;
                Assert.Equal((hold, "lift"), (lift.HoldId, lift.Body));
                Assert.Equal(WebhookState.Sent, await queue.SettleAsync(lift, Target, WebhookOutcome.Sent, null, null, None));
            }

            Assert.Equal(2, await ground.ScalarAsync<long>("select count(*) from webhook_message where hold_id = $1 and kind = 'placed' and state = 'overtaken'", hold));
        }
    }

    private static Task<string> EventsAsync(Ground ground, string hold) =>
        ground.ScalarAsync<string>("select string_agg(event, ', ' order by number) from journal where stream = $1", "notice/" + hold);

    private static async Task<string> PlacedAsync(Ground ground, WebhookQueue queue, params string[] webhooks)
    {
        var hold = (await ground.PlaceAsync(Scope.Everything)).Hold.Id;
        Assert.Equal(webhooks.Length, await queue.QueueAsync(new DueWebhooks(hold, NoticeKind.Placed, webhooks), "{}", None));
        return hold;
    }

    private static async Task<(WebhookQueue Queue, string Hold)> QueuedAsync(Ground ground)
    {
        var queue = new WebhookQueue(ground.Database);
        await queue.StartAsync(["a"], None);
        return (queue, await PlacedAsync(ground, queue, "a"));
    }
}

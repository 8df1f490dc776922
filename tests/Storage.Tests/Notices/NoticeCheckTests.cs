using Coordination.Domain.Holds;
using Coordination.Domain.Notices;
using Coordination.Storage.Notices;
using Coordination.Storage.Tests.Fence;
using Coordination.Storage.Verification;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Notices;

/// <summary>Messages that were changed past the journal are found; what may happen to one is not.</summary>
public sealed class NoticeCheckTests(FastPostgresFixture server)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("update notice set state = 'sent', sent_at = clock_timestamp() where state = 'failed'", "is not what its entries say")]
    [InlineData("update notice set state = 'queued' where state = 'sent' and name = 'A'", "is not what its entries say")]
    [InlineData("update notice set state = 'gave-up' where state = 'sent' and name = 'A'", "is not what its entries say")]
    [InlineData("update notice set name = 'Z' where state = 'gave-up'", "is not what its entries say")]
    [InlineData("update notice set state = 'overtaken' where state = 'queued'", "More messages are overtaken")]
    [InlineData("delete from notice where state = 'no-address'", "without an address, there are")]
    [InlineData("update notice_round set beyond = 0", "people who were to be told")]
    [InlineData("delete from notice; delete from notice_round", "are gone")]
    [InlineData("update webhook_message set state = 'sent', sent_at = clock_timestamp() where state = 'gave-up'", "its latest entry says gave-up")]
    [InlineData("update webhook_message set state = 'queued' where state = 'overtaken'", "its latest entry says overtaken")]
    [InlineData("delete from webhook_message where state = 'sent'", "is gone")]
    [InlineData("update webhook_message set webhook = 'other' where state = 'gone'", "has no entry")]
    public async Task Verify_FindsWhatWasChangedByHand(string sql, string words)
    {
        await using var ground = await Ground.MakeAsync(server);
        await TellPeopleAsync(ground);
        await TellWebhooksAsync(ground);
        var before = await CheckAsync(ground);
        Assert.Empty(before.Differences);
        Assert.Equal(15, before.Looked);
        await ground.ExecuteAsync(sql);
        Assert.Contains((await CheckAsync(ground)).Differences, d => d.ToString().Contains(words, StringComparison.Ordinal));
    }

    // One sent, one refused, one given up and then sent after all, one given up, one without an address, one that waits; and a placing that its lift overtook.
    private static async Task TellPeopleAsync(Ground ground)
    {
        var queue = new NoticeQueue(ground.Database);
        var hold = (await ground.PlaceAsync(Scope.Everything)).Hold.Id;
        Notice[] notices = [.. new[] { "A", "B", "C", "D", "E" }.Select(n => new Notice($"{n}@example.org", n, "s", "words"))];
        await queue.QueueAsync(new DueRound(hold, NoticeKind.Placed), new NoticeRound(notices, ["F"], 3), None);
        var claimed = (await queue.ClaimAsync(5, Lease, None)).ToDictionary(n => n.Notice.Name, StringComparer.Ordinal);
        await queue.SettleAsync(claimed["A"], NoticeOutcome.Sent, null, null, None);
        await queue.SettleAsync(claimed["B"], NoticeOutcome.Failed, "550", null, None);
        await queue.SettleAsync(claimed["C"], NoticeOutcome.Later, "451", null, None);
        await queue.SettleAsync(claimed["C"], NoticeOutcome.Sent, null, null, None);
        await queue.SettleAsync(claimed["D"], NoticeOutcome.Later, "451", null, None);

        var brief = (await ground.PlaceAsync(Scope.Everything)).Hold.Id;
        await queue.QueueAsync(new DueRound(brief, NoticeKind.Placed), new NoticeRound(notices[..2], [], 0), None);
        var underWay = Assert.Single(await queue.ClaimAsync(1, Lease, None));
        await ground.LiftAsync(brief);
        await queue.QueueAsync(new DueRound(brief, NoticeKind.Lifted), new NoticeRound(notices[..1], [], 0), None);
        await queue.SettleAsync(underWay, NoticeOutcome.Later, "451", TimeSpan.Zero, None);
    }

    // One of each end: sent, given up, gone, overtaken with the lift, and one that waits.
    private static async Task TellWebhooksAsync(Ground ground)
    {
        var queue = new WebhookQueue(ground.Database);
        await queue.StartAsync(["a", "b", "c", "d", "other"], None);
        var hold = (await ground.PlaceAsync(Scope.Everything)).Hold.Id;
        await queue.QueueAsync(new DueWebhooks(hold, NoticeKind.Placed, ["a", "b", "c", "d"]), "{}", None);
        await queue.SettleAsync((await queue.ClaimAsync("a", "t", Lease, None))!, "t", WebhookOutcome.Sent, null, null, None);
        await queue.SettleAsync((await queue.ClaimAsync("b", "t", Lease, None))!, "t", WebhookOutcome.Later, "500", null, None);
        await queue.SettleAsync((await queue.ClaimAsync("c", "t", Lease, None))!, "t", WebhookOutcome.Gone, "410", null, None);
        await ground.LiftAsync(hold);
        await queue.QueueAsync(new DueWebhooks(hold, NoticeKind.Lifted, ["a", "d"]), "{}", None);
    }

    private static async Task<VerificationCheck> CheckAsync(Ground ground) =>
        Assert.Single((await new Verifier(ground.ConnectionString, TimeProvider.System).RunAsync(null, None)).Checks, c => c.Kind == CheckKind.Notices);
}

using Coordination.Domain.Holds;
using Coordination.Domain.Notices;
using Coordination.Storage.Notices;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Notices;

/// <summary>Messages to people: each round queued once, each message one host's at a time, and what became of it on record.</summary>
public sealed class NoticeQueueTests(FastPostgresFixture server)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly NoticeRound Round = new([new("a@example.org", "A", "s", "words"), new("b@example.org", "B", "s", "words")], ["C"], 4);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Due_IsWhatCameAfterTheFirstStart_AndIsNotQueued()
    {
        await using var ground = await Ground.MakeAsync(server);
        var queue = new NoticeQueue(ground.Database);
        var before = (await ground.PlaceAsync(Scope.Everything)).Hold;
        Assert.Empty(await queue.DueAsync(None));
        await queue.StartAsync(None);
        Assert.Empty(await queue.DueAsync(None));
        var hold = (await ground.PlaceAsync(Scope.Everything)).Hold;
        await queue.StartAsync(None);
        Assert.Equal([new DueRound(hold.Id, NoticeKind.Placed)], await queue.DueAsync(None));
        Assert.True(await queue.QueueAsync(new DueRound(hold.Id, NoticeKind.Placed), Round, None));
        Assert.Empty(await queue.DueAsync(None));

        // The lift of a hold of which nobody was told is told: it came after the start.
        await ground.LiftAsync(hold.Id);
        await ground.LiftAsync(before.Id);
        Assert.Equal([new DueRound(hold.Id, NoticeKind.Lifted), new DueRound(before.Id, NoticeKind.Lifted)], await queue.DueAsync(None));

        // What came and went before anybody was told makes one round.
        var brief = (await ground.PlaceAsync(Scope.Everything)).Hold;
        await ground.LiftAsync(brief.Id);
        Assert.Equal([NoticeKind.Lifted], (await queue.DueAsync(None)).Where(d => d.HoldId == brief.Id).Select(d => d.Kind));
        await ground.ExecuteAsync("update hold set placed_at = placed_at - interval '25 hours', lifted_at = lifted_at - interval '25 hours'");
        await ground.ExecuteAsync("update notice_start set at = at - interval '30 hours'");
        Assert.Empty(await queue.DueAsync(None));
    }

    [Fact]
    public async Task Queue_ByManyHostsAtOnce_QueuesOnce()
    {
        await using var ground = await Ground.MakeAsync(server);
        var queue = new NoticeQueue(ground.Database);
        var hold = (await ground.PlaceAsync(Scope.Everything)).Hold;
        var queued = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => queue.QueueAsync(new DueRound(hold.Id, NoticeKind.Placed), Round, None)));
        Assert.Equal(1, queued.Count(q => q));
        Assert.Equal(3, await ground.ScalarAsync<long>("select count(*) from notice"));
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from journal where stream = $1", "notice/" + hold.Id));
        var payload = await ground.ScalarAsync<string>("select payload from journal where event = 'notices-queued'");
        Assert.Equal("""{"kind" : "placed", "people" : 3, "beyond" : 4, "unreachable" : 1, "overtaken" : 0}""", payload);

        var told = Assert.Single(await new NoticeReader(ground.Database).OfHoldAsync(hold.Id, None));
        Assert.Equal((NoticeKind.Placed, 3, 2, 1, 4), (told.Kind, told.Total, told.Count(NoticeState.Queued), told.Count(NoticeState.NoAddress), told.Beyond));
        Assert.Equal(["C", "A", "B"], told.People.Select(p => p.Name));
    }

    [Fact]
    public async Task Claim_GivesEachMessageToOneHost()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (queue, _) = await QueuedAsync(ground, new NoticeRound([.. Enumerable.Range(0, 40).Select(i => new Notice($"p{i}@example.org", $"P{i}", "s", "words"))], [], 0));
        var claimed = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => queue.ClaimAsync(5, Lease, None)));
        Assert.All(claimed, c => Assert.InRange(c.Count, 0, 5));
        var rest = await queue.ClaimAsync(100, Lease, None);
        var all = claimed.SelectMany(c => c).Concat(rest).Select(n => n.Id).ToArray();
        Assert.Equal((40, 40), (all.Length, all.Distinct().Count()));
        Assert.Empty(await queue.ClaimAsync(5, Lease, None));
    }

    [Fact]
    public async Task Settle_KeepsWhatBecameOfEach_WithOneEntryForItsEnd()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (queue, hold) = await QueuedAsync(ground, Round);
        var claimed = await queue.ClaimAsync(10, Lease, None);
        Assert.Equal(["A", "B"], claimed.Select(n => n.Notice.Name).Order(StringComparer.Ordinal));
        var (a, b) = (claimed.Single(n => n.Notice.Name == "A"), claimed.Single(n => n.Notice.Name == "B"));
        Assert.Equal(NoticeState.Sent, await queue.SettleAsync(a, NoticeOutcome.Sent, null, null, None));
        Assert.Null(await queue.SettleAsync(a, NoticeOutcome.Sent, null, null, None));
        Assert.Null(await queue.SettleAsync(b with { Lease = Guid.NewGuid() }, NoticeOutcome.Failed, "not mine", null, None));
        Assert.Equal(NoticeState.Failed, await queue.SettleAsync(b, NoticeOutcome.Failed, "550 " + new string('x', 500), null, None));
        var told = Assert.Single(await new NoticeReader(ground.Database).OfHoldAsync(hold, None));
        Assert.Equal((1, 1, 1), (told.Count(NoticeState.Sent), told.Count(NoticeState.Failed), told.Count(NoticeState.NoAddress)));
        Assert.Equal(200, told.People[0].Why!.Length);
        Assert.NotNull(told.People.Single(p => p.Name == "A").SentAt);
        Assert.Equal("notices-queued, notice-sent, notice-failed", await ground.ScalarAsync<string>("select string_agg(event, ', ' order by number) from journal where stream = $1", "notice/" + hold));
        Assert.Equal(0, await ground.ScalarAsync<long>("select count(*) from journal where stream like 'notice/%' and (payload like '%words%' or payload like '%@example.org%')"));
    }

    [Fact]
    public async Task Later_ComesBackAtItsTime_AndIsGivenUpAfterTheLast()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (queue, hold) = await QueuedAsync(ground, Round with { Notices = [Round.Notices[0]] });
        var notice = Assert.Single(await queue.ClaimAsync(1, Lease, None));
        Assert.Equal(NoticeState.Queued, await queue.SettleAsync(notice, NoticeOutcome.Later, "451 busy", TimeSpan.FromMinutes(5), None));
        Assert.Empty(await queue.ClaimAsync(1, Lease, None));
        var row = Assert.Single(await new NoticeReader(ground.Database).OfHoldAsync(hold, None)).People.Single(p => p.Name == "A");
        Assert.Equal((1, "451 busy"), (row.Attempts, row.Why));
        Assert.InRange(row.NextAt!.Value - AccountDesk.Now, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5.1));

        await ground.ExecuteAsync("update notice set next_at = clock_timestamp() where state = 'queued'");
        var again = Assert.Single(await queue.ClaimAsync(1, Lease, None));
        Assert.Equal((notice.Id, 1), (again.Id, again.Attempts));
        Assert.Equal(NoticeState.GaveUp, await queue.SettleAsync(again, NoticeOutcome.Later, "451 busy", null, None));
        Assert.Empty(await queue.ClaimAsync(1, Lease, None));
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from journal where event = 'notice-gave-up' and payload like '%\"name\" : \"A\"%\"attempts\" : 2%'"));
    }

    [Fact]
    public async Task Doubt_IsRepeatedOnce_AndNeverTwice()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (queue, _) = await QueuedAsync(ground, Round with { Notices = [Round.Notices[0]] });
        var first = Assert.Single(await queue.ClaimAsync(1, Lease, None));
        Assert.Equal(NoticeState.Queued, await queue.SettleAsync(first, NoticeOutcome.Doubt, "no word", TimeSpan.Zero, None));
        var second = Assert.Single(await queue.ClaimAsync(1, Lease, None));
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(NoticeState.GaveUp, await queue.SettleAsync(second, NoticeOutcome.Doubt, "no word", TimeSpan.Zero, None));

        // The word that it was taken may come late: it is the truth.
        Assert.Equal(NoticeState.Sent, await queue.SettleAsync(second, NoticeOutcome.Sent, null, null, None));
    }

    [Fact]
    public async Task AHostThatStopsWhileItSends_LeavesADoubt()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (queue, _) = await QueuedAsync(ground, Round);
        Assert.Equal(2, (await queue.ClaimAsync(2, TimeSpan.Zero, None)).Count);
        Assert.Empty(await queue.ClaimAsync(2, Lease, None));
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => queue.TakeOverAsync(None)));
        Assert.Equal(2, taken.Sum());
        var again = await queue.ClaimAsync(2, TimeSpan.Zero, None);
        Assert.Equal([1, 1], again.Select(n => n.Attempts));
        await queue.TakeOverAsync(None);
        Assert.Empty(await queue.ClaimAsync(2, Lease, None));
        Assert.Equal(2, await ground.ScalarAsync<long>("select count(*) from notice where state = 'gave-up' and doubts = 2"));
        Assert.Equal(2, await ground.ScalarAsync<long>("select count(*) from journal where event = 'notice-gave-up'"));
    }

    [Fact]
    public async Task Lift_OvertakesWhatIsNotOut_AndWaitsForWhatIsUnderWay()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (queue, hold) = await QueuedAsync(ground, Round);
        var underWay = Assert.Single(await queue.ClaimAsync(1, Lease, None));
        await ground.LiftAsync(hold);
        Assert.True(await queue.QueueAsync(new DueRound(hold, NoticeKind.Lifted), Round, None));
        var other = Assert.Single(await queue.ClaimAsync(10, Lease, None));
        Assert.NotEqual(underWay.Notice.Address, other.Notice.Address);

        // Nothing of the placing goes out any more; the lift follows at once.
        Assert.Equal(NoticeState.Overtaken, await queue.SettleAsync(underWay, NoticeOutcome.Later, "451 busy", TimeSpan.Zero, None));
        Assert.Equal(underWay.Notice.Address, Assert.Single(await queue.ClaimAsync(10, Lease, None)).Notice.Address);
        var told = await new NoticeReader(ground.Database).OfHoldAsync(hold, None);
        Assert.Equal([NoticeKind.Placed, NoticeKind.Lifted], told.Select(t => t.Kind));
        Assert.Equal((2, 2), (told[0].Count(NoticeState.Overtaken), told[1].Count(NoticeState.Queued)));
    }

    [Fact]
    public async Task LiftAndOutcome_AtOnce_NeverLeaveAMessageOfThePlacingForLater()
    {
        await using var ground = await Ground.MakeAsync(server);
        var queue = new NoticeQueue(ground.Database);
        for (var n = 0; n < 12; n++)
        {
            var hold = (await ground.PlaceAsync(Scope.Everything)).Hold.Id;
            await queue.QueueAsync(new DueRound(hold, NoticeKind.Placed), Round, None);
            var claimed = await queue.ClaimAsync(10, Lease, None);
            await ground.LiftAsync(hold);
            await Task.WhenAll(
                [queue.QueueAsync(new DueRound(hold, NoticeKind.Lifted), Round with { Notices = [] }, None),
                .. claimed.Select(c => queue.SettleAsync(c, NoticeOutcome.Later, "451 busy", TimeSpan.Zero, None))]);
            Assert.Equal(2, await ground.ScalarAsync<long>("select count(*) from notice where hold_id = $1 and kind = 'placed' and state = 'overtaken'", hold));
        }
    }

    [Fact]
    public async Task Reader_ListsTheFirst_AndCountsAll()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (_, hold) = await QueuedAsync(ground, new NoticeRound([.. Enumerable.Range(0, 250).Select(i => new Notice($"p{i}@example.org", $"P{i}", "s", "words"))], ["Q"], 0));
        await ground.ExecuteAsync("update notice set state = 'sent', sent_at = clock_timestamp() where name = 'P249'");
        var told = Assert.Single(await new NoticeReader(ground.Database).OfHoldAsync(hold, None));
        Assert.Equal((251, 249, 1, 1), (told.Total, told.Count(NoticeState.Queued), told.Count(NoticeState.Sent), told.Count(NoticeState.NoAddress)));
        Assert.Equal((INoticeReader.MostPeople, "Q", "P0"), (told.People.Count, told.People[0].Name, told.People[1].Name));
        Assert.Empty(await new NoticeReader(ground.Database).OfHoldAsync("H-999999", None));
    }

    private static async Task<(NoticeQueue Queue, string Hold)> QueuedAsync(Ground ground, NoticeRound round)
    {
        var queue = new NoticeQueue(ground.Database);
        var hold = (await ground.PlaceAsync(Scope.Everything)).Hold.Id;
        Assert.True(await queue.QueueAsync(new DueRound(hold, NoticeKind.Placed), round, None));
        return (queue, hold);
    }
}

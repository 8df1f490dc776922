using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Coordination.Storage.OffSystem;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Tests.Fence;
using Coordination.Storage.Verification;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.OffSystem;

/// <summary>What is known when a post is judged, and what is kept of it.</summary>
public sealed class OffSystemRecordTests(FastPostgresFixture server)
{
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Facts_KnowWhatWentOutHere_AndEveryCallWhoseOutcomeIsNotKnown()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync("a");
        var removed = await SendAsync(ground, account, "gone");
        await account.CommitAsync(new PostRemoved(removed, "Wrong picture"));
        await SendAsync(ground, account, "out");
        await SendAsync(ground, await ground.AccountAsync("b"), "other");
        var refused = await account.ScheduleAsync();
        await account.NotSentAsync(refused, await ground.PermitAsync(account.WishFor(refused)));
        Assert.Equal("gone, out; 0 open", await FactsAsync(ground, account));

        // On the wire: its post may carry the time of the call, or the time it was planned for.
        var open = await account.ScheduleAsync(TimeSpan.FromMinutes(-3));
        var permit = await ground.PermitAsync(account.WishFor(open));
        var facts = await new OffSystemTurns(ground.Database).FactsAsync(account.Key, ["out", "strange"], None);
        Assert.Equal(["out"], facts.Ours);
        var call = Assert.Single(facts.Open);
        Assert.True(call.From < AccountDesk.Now.AddMinutes(-2) && call.To > AccountDesk.Now, $"{call}");
        Assert.Equal(OffSystemVerdict.NotYetKnown, OffSystemRule.Judge("strange", AccountDesk.Now, facts));

        // Given up as unknown it is still not known, until a person or the platform has settled it.
        await account.CloseAsync(permit, "unknown", new PostUnknown(open, "No answer"));
        Assert.Equal("gone, out; 1 open", await FactsAsync(ground, account));
        await account.CloseAsync(permit, "sent", new PostPublished(open, "late", null, AccountDesk.Now));
        Assert.Equal("gone, late, out; 0 open", await FactsAsync(ground, account));
    }

    [Fact]
    public async Task Facts_KnowThePartsOfAThread_AlsoOfOneThatIsNotAllOut()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync("a");
        var post = await account.ScheduleAsync(about: new PostAbout { Thread = ["Second", "Third"] });
        foreach (var (part, id) in new[] { (0, "one"), (1, "two") })
        {
            await account.CloseAsync(await ground.PermitAsync(account.WishFor(post) with { Part = part }), "sent", new PostPartPublished(post, part, id, null, AccountDesk.Now));
        }

        var facts = await new OffSystemTurns(ground.Database).FactsAsync(account.Key, ["one", "two", "strange"], None);
        Assert.Equal(["one", "two"], facts.Ours.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Record_KeepsAPostOnceForEachHold_WithItsEntryInTheJournal()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.AccountAsync("a");
        var first = await ground.PlaceAsync(Scope.Everything);
        var turn = await ground.ClaimOneAsync();
        Assert.Equal(2, await ground.RecordAsync(turn, Shown.Finds(turn, "1", "2")));
        turn = await ground.ClaimOneAsync();
        Assert.Equal(1, await ground.RecordAsync(turn, Shown.Finds(turn, "2", "3")));

        var second = await ground.PlaceAsync(Shown.Of("a"));
        turn = await ground.ClaimOneAsync();
        Assert.Equal(1, await ground.RecordAsync(turn, Shown.Finds(turn, "3")));

        Assert.Equal(4, await ground.ScalarAsync<long>("select count(*) from journal where stream = 'off-system/x/a' and event = 'off-system-post' and actor_id = 'system'"));
        var reader = new OffSystemReader(ground.Database);
        Assert.Equal(["3", "2", "1"], (await reader.FoundAsync(first.Hold.Id, 10, null, None)).Items.Select(p => p.RemoteId));
        Assert.Equal(["3"], (await reader.FoundAsync(second.Hold.Id, 10, null, None)).Items.Select(p => p.RemoteId));
        Assert.Equal([new OffSystemCount(first.Hold.Id, 3), new OffSystemCount(second.Hold.Id, 1)], await reader.StandingAsync(None));

        var page = await reader.FoundAsync(first.Hold.Id, 2, null, None);
        Assert.Equal(["1"], (await reader.FoundAsync(first.Hold.Id, 2, page.Next, None)).Items.Select(p => p.RemoteId));
        await Assert.ThrowsAsync<BadCursorException>(() => reader.FoundAsync(second.Hold.Id, 2, page.Next, None));
        await ground.LiftAsync(first.Hold.Id);
        Assert.Equal([second.Hold.Id], (await reader.StandingAsync(None)).Select(c => c.HoldId));
    }

    [Fact]
    public async Task Record_LeavesOutWhatWasMadeAfterTheLift_InATurnThatTheLiftRan()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.AccountAsync("a");
        var hold = await ground.PlaceAsync(Scope.Everything);
        var turn = await ground.ClaimOneAsync();
        await ground.LiftAsync(hold.Hold.Id);
        FoundPost Made(string id, TimeSpan after) => new(id, null, AccountDesk.Now + after, [hold.Hold.Id]);

        Assert.Equal(1, await ground.RecordAsync(turn, new TurnOutcome(true, null, 0, [Made("under", TimeSpan.FromMinutes(-1)), Made("after", TimeSpan.FromMinutes(1))])));
        Assert.Equal("under", Assert.Single((await new OffSystemReader(ground.Database).FoundAsync(hold.Hold.Id, 10, null, None)).Items).RemoteId);
    }

    [Fact]
    public async Task Record_MovesOn_OnlyWhenAllIsReadAndJudged()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.AccountAsync("a");
        await ground.PlaceAsync(Scope.Everything);
        var first = await ground.ClaimOneAsync();
        Assert.Null(Assert.Single(first.Holds).CleanUntil);
        await ground.RecordAsync(first, Shown.Finds(first));
        var clean = Assert.Single((await ground.ClaimOneAsync()).Holds).CleanUntil;
        Assert.Equal(first.AskedAt, clean);

        foreach (var outcome in (TurnOutcome[])[TurnOutcome.NotRead("It is closed for now."), new(true, null, 1, []), new(true, "The account shows more.", 0, [])])
        {
            await ground.RecordAsync(await ground.ClaimOneAsync(), outcome);
            Assert.Equal(clean, Assert.Single((await ground.ClaimOneAsync()).Holds).CleanUntil);
        }
    }

    [Fact]
    public async Task Reader_NamesEachAccountThatIsNotChecked_WithWhy_AndCountsTheOthers()
    {
        await using var ground = await Ground.MakeAsync(server);
        foreach (var handle in (string[])["clean", "failed", "overdue", "undecided", "waiting"])
        {
            await ground.AccountAsync(handle);
        }

        await ground.ExecuteAsync("update account set lifecycle = 'approved' where key = 'x/waiting'");
        var hold = await ground.PlaceAsync(Scope.Everything);
        var reader = new OffSystemReader(ground.Database);
        Assert.Equal(new OffSystemSummary(5, 0, 0, 0, null, null), await reader.SummaryAsync(hold.Hold.Id, None));

        var turns = (await ground.ClaimAsync()).ToDictionary(t => t.Account.Handle, StringComparer.Ordinal);
        foreach (var handle in (string[])["clean", "failed", "overdue"])
        {
            await ground.RecordAsync(turns[handle], Shown.Finds(turns[handle]));
        }

        await ground.RecordAsync(turns["undecided"], new TurnOutcome(true, null, 2, []));
        await ground.RecordAsync(turns["failed"], TurnOutcome.NotRead("It answered 503."));
        await ground.ExecuteAsync("update off_system_look set failed_since = failed_since - interval '1 hour'");
        await ground.RecordAsync(turns["failed"], TurnOutcome.NotRead("It answered 502."));
        await ground.ExecuteAsync("update off_system_look set checked_at = checked_at - interval '6 minutes' where account = 'x/overdue'");

        var rows = (await reader.UncheckedAsync(hold.Hold.Id, 10, null, None)).Items;
        Assert.Equal(
            [("x/failed", "failed"), ("x/overdue", "overdue"), ("x/undecided", "undecided"), ("x/waiting", "not-connected")],
            rows.Select(r => (r.Account, r.Code)));
        Assert.Equal("It answered 502.", rows[0].Why);
        Assert.True(rows[0].Since < AccountDesk.Now.AddMinutes(-50), "since when it fails is when it first did");
        Assert.NotNull(rows[0].CheckedAt);
        Assert.Equal(2, rows[2].Undecided);
        Assert.Equal((5, 1, 2), await reader.SummaryAsync(hold.Hold.Id, None) is var s ? (s.Covered, s.Checked, s.Undecided) : default);

        var page = await reader.UncheckedAsync(hold.Hold.Id, 3, null, None);
        Assert.Equal(["x/waiting"], (await reader.UncheckedAsync(hold.Hold.Id, 3, page.Next, None)).Items.Select(r => r.Account));

        // It answers again; and of a lifted hold nothing gets old any more.
        await ground.RecordAsync(turns["failed"], Shown.Finds(turns["failed"]));
        await ground.LiftAsync(hold.Hold.Id);
        Assert.Equal(["x/undecided", "x/waiting"], (await reader.UncheckedAsync(hold.Hold.Id, 10, null, None)).Items.Select(r => r.Account));
    }

    [Theory]
    [InlineData("select 1", null)]
    [InlineData("update off_system_post set url = 'https://example.org/other' where remote_id = '1'", "is another than its entry says")]
    [InlineData("delete from off_system_post where remote_id = '1'", "the list of them does not")]
    [InlineData("update off_system_post set remote_id = '9', entry = 9 where remote_id = '1'", "has no entry in the journal")]
    [InlineData("update journal set payload = 'x' where stream = 'off-system/x/a' and number = 1", "cannot be read as an off-system post")]
    public async Task Verify_ComparesWhatWasFoundWithTheJournal(string tampering, string? says)
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.AccountAsync("a");
        await ground.PlaceAsync(Scope.Everything);
        var turn = await ground.ClaimOneAsync();
        await ground.RecordAsync(turn, Shown.Finds(turn, "1", "2"));
        await ground.ExecuteAsync("alter table journal disable trigger all");
        await ground.ExecuteAsync(tampering);

        var report = await new Verifier(ground.ConnectionString, TimeProvider.System).RunAsync(null, None);
        var check = Assert.Single(report.Checks, c => c.Kind == CheckKind.OffSystem);
        Assert.Equal(says is null, report.Agrees);
        Assert.True(says is null ? check is { Looked: 2, Found: 0 } : check.Differences.Any(d => d.ToString().Contains(says, StringComparison.Ordinal)), string.Join('\n', check.Differences));
    }

    private static async Task<PostId> SendAsync(Ground ground, AccountDesk account, string remoteId)
    {
        var post = await account.ScheduleAsync();
        await account.CloseAsync(await ground.PermitAsync(account.WishFor(post)), "sent", new PostPublished(post, remoteId, null, AccountDesk.Now));
        return post;
    }

    private static async Task<string> FactsAsync(Ground ground, AccountDesk account)
    {
        var facts = await new OffSystemTurns(ground.Database).FactsAsync(account.Key, ["gone", "out", "other", "late", "strange"], None);
        return $"{string.Join(", ", facts.Ours.Order(StringComparer.Ordinal))}; {facts.Open.Count} open";
    }
}

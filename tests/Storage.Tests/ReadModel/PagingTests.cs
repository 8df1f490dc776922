using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Posts;
using Coordination.Storage.Journal;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.ReadModel;

/// <summary>Turning pages on the database: no row twice and none lost, whatever comes in between two pages.</summary>
public sealed class PagingTests(FastPostgresFixture server)
{
    private static readonly DateTimeOffset Due = new(2030, 5, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task PostsOfAnAccount_ComeOnceEach_LatestFirst_WhenManyAreDueAtTheSameTime(int limit)
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var same = await ScheduleAsync(account, Due, 5);
        var early = await ScheduleAsync(account, Due.AddMicroseconds(-1), 1);
        var late = await ScheduleAsync(account, Due.AddMicroseconds(1), 1);
        await ScheduleAsync(await ground.AccountAsync("bilston"), Due, 2);
        var reader = new PostReader(ground.Database);

        var paged = await AllAsync(cursor => reader.OfAccountAsync(account.Key.Value, limit, cursor, CancellationToken.None), limit);

        Assert.Equal([.. late, .. same.OrderByDescending(x => x), .. early], paged.Select(p => p.Id));
    }

    [Fact]
    public async Task PostsOfAnAccount_AreNotDisturbed_ByPostsThatComeBetweenPages()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var there = await ScheduleAsync(account, Due, 6);
        var reader = new PostReader(ground.Database);

        var paged = await AllAsync(
            cursor => reader.OfAccountAsync(account.Key.Value, 2, cursor, CancellationToken.None), 2,
            between: async page =>
            {
                await ScheduleAsync(account, Due.AddHours(page), 1);
                await ScheduleAsync(account, Due.AddHours(-page), 1);
            });

        Assert.Equal(paged.Count, paged.Select(p => p.Id).Distinct().Count());
        Assert.Equal(there.OrderByDescending(x => x), paged.Select(p => p.Id).Where(there.Contains));
        Assert.DoesNotContain(paged, p => p.DueAt > Due);
        Assert.Contains(paged, p => p.DueAt < Due);
    }

    [Fact]
    public async Task OwingReceipts_AreThoseCoveredWhileTheHoldStands_AndNobodyAfterTheLift()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (inside, outside) = (await ground.AccountAsync("a", "coventry"), await ground.AccountAsync("c", "dudley"));
        await ground.AccountAsync("b", "coventry");
        var hold = (await ground.PlaceAsync(new Scope { Areas = ["coventry"] })).Hold.Id;
        await ReceiptAsync(ground, hold, "x/b");
        var reader = new HoldReader(ground.Database);

        Assert.Equal([inside.Key], await reader.OwingReceiptAsync(hold, null, 10, CancellationToken.None));
        Assert.Empty(await reader.OwingReceiptAsync(hold, inside.Key, 10, CancellationToken.None));

        // It moves into the scope after the lift: a receipt of it would say that the hold had covered it.
        await ground.LiftAsync(hold);
        await outside.CommitAsync(new AccountRelabelled(outside.State.Labels with { Area = "coventry" }));
        Assert.Empty(await reader.OwingReceiptAsync(hold, null, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Approvals_AreWaitedFor_ByWhatIsScheduledUnderAHoldThatAsksForThem()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync("a", "coventry");
        var waiting = await ScheduleAsync(account, Due, 3);
        await ScheduleAsync(await ground.AccountAsync("b", "dudley"), Due, 1);
        var hold = (await ground.PlaceAsync(new Scope { Areas = ["coventry"] }, HoldKind.ApprovalRequired)).Hold.Id;
        var approved = (await ScheduleAsync(account, Due, 1))[0];
        await account.ApproveAsync(new PostId(approved), hold);
        await account.ApproveAsync(new PostId(waiting[0]), "H-000099");
        var reader = new PostReader(ground.Database);

        var paged = await AllAsync(cursor => reader.AwaitingApprovalAsync(null, 1, cursor, CancellationToken.None), 1);
        Assert.Equal(waiting.Order(), paged.Select(p => p.Id));
        Assert.All(paged, p => Assert.Equal((true, hold), (p.AwaitsApproval, Assert.Single(p.HeldBy))));
        Assert.Equal(3, (await reader.CountAsync(Due, CancellationToken.None)).AwaitingApproval);

        var row = (await reader.FindAsync(approved, CancellationToken.None))!;
        Assert.Equal((false, 0, Staff.Comms.Name, hold), (row.AwaitsApproval, row.HeldBy.Count, row.ApprovedBy, Assert.Single(row.ApprovedFor)));
        await ground.LiftAsync(hold);
        Assert.Empty((await reader.AwaitingApprovalAsync(null, 10, null, CancellationToken.None)).Items);
    }

    [Fact]
    public async Task HandBack_ComesOnceEach_OldestFirst_WhileOthersComeAndGo()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (first, second) = (await ground.AccountAsync(), await ground.AccountAsync("bilston"));
        Guid[] there = [.. await ScheduleAsync(first, Due, 3), .. await ScheduleAsync(second, Due, 3)];
        await ScheduleAsync(first, Due, 1);
        await ground.ExecuteAsync("update post set state = 'held' where id = any ($1)", there);
        await ground.ExecuteAsync("update post set state = 'missed' where id = $1", there[2]);
        await ground.ExecuteAsync("update post set state = 'unknown' where id = $1", there[4]);
        var reader = new PostReader(ground.Database);

        var paged = await AllAsync(
            cursor => reader.HandBackAsync(HandBackFilter.None, 1, cursor, CancellationToken.None), 1,
            // What was shown is dealt with meanwhile, and an older one comes in.
            between: async page =>
            {
                await ground.ExecuteAsync("update post set state = 'cancelled' where id = $1", there.Order().ElementAt(page - 1));
                var late = await ScheduleAsync(first, Due.AddHours(-page), 1);
                await ground.ExecuteAsync("update post set state = 'held' where id = any ($1)", late);
            });

        Assert.Equal(there.Order(), paged.Select(p => p.Id));
    }

    [Fact]
    public async Task Receipts_ComeOnceEach_ThoseWithoutOneFirst_WhileMoreComeIn()
    {
        await using var ground = await Ground.MakeAsync(server);
        string[] handles = ["a", "b", "c", "d", "e", "f"];
        foreach (var handle in handles)
        {
            await ground.AccountAsync(handle);
        }

        var hold = (await ground.PlaceAsync(Scope.Everything)).Hold.Id;
        await ReceiptAsync(ground, hold, "x/b", "x/e");
        var reader = new HoldReader(ground.Database);

        var paged = await AllAsync(
            cursor => reader.ReceiptsAsync(hold, 1, cursor, CancellationToken.None), 1,
            between: page => page switch
            {
                1 => ReceiptAsync(ground, hold, "x/a", "x/d"),
                3 => ReceiptAsync(ground, hold, "x/c", "x/f"),
                _ => Task.CompletedTask,
            });

        Assert.Equal(["x/a", "x/c", "x/d", "x/f", "x/b", "x/e"], paged.Select(r => r.Account));
        Assert.Equal([false, false, true, true, true, true], paged.Select(r => r.AcknowledgedAt is not null));
        Assert.Equal(["x/a", "x/b", "x/c", "x/d", "x/e", "x/f"], (await reader.ReceiptsAsync(hold, 50, null, CancellationToken.None)).Items.Select(r => r.Account));
    }

    [Fact]
    public async Task Holds_ComeOnceEach_NewestFirst_WhileMoreArePlaced()
    {
        await using var ground = await Ground.MakeAsync(server);
        var there = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            there.Insert(0, (await ground.PlaceAsync(Scope.Everything)).Hold.Id);
        }

        await ground.LiftAsync(there[2]);
        var reader = new HoldReader(ground.Database);

        var paged = await AllAsync(
            cursor => reader.ListAsync(null, 2, cursor, CancellationToken.None), 2, between: _ => ground.PlaceAsync(Scope.Everything));
        var standing = await AllAsync(cursor => reader.ListAsync(true, 1, cursor, CancellationToken.None), 1);

        Assert.Equal(there, paged.Select(h => h.Id));
        Assert.Equal(6, standing.Select(h => h.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal([there[2]], (await reader.ListAsync(false, 5, null, CancellationToken.None)).Items.Select(h => h.Id));
    }

    [Fact]
    public async Task Journal_ComesOnceEach_NewestFirst_WhileMoreIsWritten()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        await ScheduleAsync(account, Due, 4);
        var reader = new JournalReader(ground.Database);

        var paged = await AllAsync(
            cursor => reader.ReadAsync("account/" + account.Key, 1, cursor, CancellationToken.None), 1, between: _ => ScheduleAsync(account, Due, 1));

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], paged.Select(e => e.Number));
    }

    [Fact]
    public async Task ACursor_IsRefused_ByEveryListButItsOwn()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (first, second) = (await ground.AccountAsync(), await ground.AccountAsync("bilston"));
        foreach (var account in (AccountDesk[])[first, second])
        {
            await ScheduleAsync(account, Due, 3);
        }

        await ground.ExecuteAsync("update post set state = 'missed'");
        var (one, two) = ((await ground.PlaceAsync(Scope.Everything)).Hold.Id, (await ground.PlaceAsync(Scope.Everything)).Hold.Id);
        var (posts, holds, journal) = (new PostReader(ground.Database), new HoldReader(ground.Database), new JournalReader(ground.Database));
        var lists = new Dictionary<string, Func<string?, Task<string?>>>(StringComparer.Ordinal)
        {
            ["posts of one"] = async c => (await posts.OfAccountAsync(first.Key.Value, 1, c, CancellationToken.None)).Next,
            ["posts of another"] = async c => (await posts.OfAccountAsync(second.Key.Value, 1, c, CancellationToken.None)).Next,
            ["hand-back"] = async c => (await posts.HandBackAsync(HandBackFilter.None, 1, c, CancellationToken.None)).Next,
            ["holds"] = async c => (await holds.ListAsync(null, 1, c, CancellationToken.None)).Next,
            ["receipts of one"] = async c => (await holds.ReceiptsAsync(one, 1, c, CancellationToken.None)).Next,
            ["receipts of another"] = async c => (await holds.ReceiptsAsync(two, 1, c, CancellationToken.None)).Next,
            ["journal of one"] = async c => (await journal.ReadAsync("account/" + first.Key, 1, c, CancellationToken.None)).Next,
            ["journal of another"] = async c => (await journal.ReadAsync("account/" + second.Key, 1, c, CancellationToken.None)).Next,
        };
        foreach (var (name, list) in lists)
        {
            var cursor = await list(null) ?? throw new InvalidOperationException($"{name} has one page only.");
            await list(cursor);
            foreach (var (_, other) in lists.Where(l => l.Key != name))
            {
                await Assert.ThrowsAsync<BadCursorException>(() => other(cursor));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("!!")]
    [InlineData("cmVjZWlwdHMvSC0wMDAwMDEKMTIzfDB4L2EA")] // "receipts/H-000001\n123|0x/a\0": the database would choke on the last sign.
    [InlineData("cmVjZWlwdHMvSC0wMDAwMDEKMTIzfDJ4L2E")] // "receipts/H-000001\n123|2x/a": no such flag.
    [InlineData("cmVjZWlwdHMvSC0wMDAwMDEKOTIyMzM3MjAzNjg1NDc3NTgwN3wweC9h")] // A time after the end of time.
    public async Task ACursor_IsRefused_WhenNobodyMadeIt(string cursor)
    {
        await using var ground = await Ground.MakeAsync(server);
        Assert.Equal("H-000001", (await ground.PlaceAsync(Scope.Everything)).Hold.Id);
        await Assert.ThrowsAsync<BadCursorException>(() => new HoldReader(ground.Database).ReceiptsAsync("H-000001", 1, cursor, CancellationToken.None));
    }

    private static async Task<IReadOnlyList<T>> AllAsync<T>(Func<string?, Task<Page<T>>> read, int limit, Func<int, Task>? between = null)
    {
        var all = new List<T>();
        string? cursor = null;
        for (var number = 1; ; number++)
        {
            var page = await read(cursor);
            Assert.InRange(page.Items.Count, 1, limit);
            all.AddRange(page.Items);
            if (page.Next is null)
            {
                return all;
            }

            Assert.True(number < 100, "the pages never end");
            cursor = page.Next;
            if (between is not null)
            {
                await between(number);
            }
        }
    }

    private static async Task<Guid[]> ScheduleAsync(AccountDesk account, DateTimeOffset due, int count)
    {
        var posts = Enumerable.Range(0, count).Select(_ => new PostId(Guid.NewGuid())).ToArray();
        await account.CommitAsync([.. posts.Select(id =>
            (AccountEvent)new PostScheduled(id, "Test your smoke alarm.", due, TimeSpan.FromMinutes(5), Staff.Holder.Id, Staff.Holder.Name, null, AccountDesk.Now))]);
        return [.. posts.Select(p => p.Value)];
    }

    private static async Task ReceiptAsync(Ground ground, string hold, params string[] accounts)
    {
        foreach (var account in accounts)
        {
            await ground.ExecuteAsync("insert into hold_receipt (hold_id, account) values ($1, $2)", hold, account);
        }
    }
}

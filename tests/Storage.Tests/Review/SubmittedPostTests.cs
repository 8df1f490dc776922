using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Posts;
using Coordination.Storage.Fence;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Review;

/// <summary>Submitted posts at the fence and in the lists.</summary>
public sealed class SubmittedPostTests(FastPostgresFixture server)
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submitted_GetsNoPermit_UntilItIsApproved()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var post = await account.SubmitAsync(TimeSpan.FromSeconds(-1));
        Assert.IsType<PermitAnswer.Stale>(await ground.TakeAsync(account.WishFor(post)));
        await account.CommitAsync(new PostReturned(post, 1, "Which street?", Staff.Comms.Id, Staff.Comms.Name, AccountDesk.Now));
        Assert.IsType<PermitAnswer.Stale>(await ground.TakeAsync(account.WishFor(post)));

        var other = await account.SubmitAsync(TimeSpan.FromSeconds(-1));
        await account.ApproveAsync(other);
        Assert.IsType<PermitAnswer.Issued>(await ground.TakeAsync(account.WishFor(other)));
    }

    [Fact]
    public async Task Approval_LetsNothingThroughAHold_ThatDoesNotLetItsPosterThrough()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var (frozen, coordinated, asked) = (await account.SubmitAsync(TimeSpan.FromSeconds(-1)), await account.SubmitAsync(TimeSpan.FromSeconds(-1)), await account.SubmitAsync(TimeSpan.FromSeconds(-1)));

        var freeze = (await ground.PlaceAsync(new Scope { All = true })).Hold.Id;
        await account.ApproveAsync(frozen);
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(frozen)));
        await ground.LiftAsync(freeze);

        // Comms approves it, and it still goes out for its writer, whom the hold does not name.
        var hold = (await ground.PlaceAsync(new Scope { All = true }, HoldKind.CentralCoordination, Staff.Comms.Id)).Hold.Id;
        await account.ApproveAsync(coordinated);
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(coordinated)));
        await ground.LiftAsync(hold);

        // The account's own approver is none whom a pre-election hold means.
        var election = (await ground.PlaceAsync(new Scope { All = true }, HoldKind.ApprovalRequired)).Hold.Id;
        await account.ApproveAsync(asked);
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(asked)));
        await account.ApproveAsync(asked, election);
        Assert.IsType<PermitAnswer.Issued>(await ground.TakeAsync(account.WishFor(asked)));
    }

    [Fact]
    public async Task Approved_IsStopped_ByAHoldThatComesAfterwards()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var post = await account.SubmitAsync(TimeSpan.FromSeconds(-1));
        await account.ApproveAsync(post);
        await ground.PlaceAsync(new Scope { All = true }, HoldKind.ApprovalRequired);
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(post)));
    }

    [Fact]
    public async Task DueScan_FindsWhatNobodyHasApproved()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        await account.SubmitAsync(TimeSpan.FromSeconds(-1));
        Assert.Equal([account.Key], await new DueScanner(ground.Database).ClaimDueAsync(10, None));
    }

    [Fact]
    public async Task Lists_ShowWhatIsWhose()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (aston, mine, corporate) = (await ground.AccountAsync(), await ground.AccountAsync("mine"), await ground.AccountAsync("wmfs", kind: AccountKind.Corporate));
        var comms = await aston.SubmitAsync();
        var local = await mine.SubmitAsync(commsOnly: false);
        var own = await corporate.SubmitAsync(commsOnly: false);
        var back = await mine.SubmitAsync();
        await mine.CommitAsync(new PostReturned(back, 1, "Which street?", Staff.Comms.Id, Staff.Comms.Name, AccountDesk.Now));
        var reader = new PostReader(ground.Database);

        Assert.Equal(Ids(comms, local, own), Ids(await reader.AwaitingApprovalAsync(null, 10, null, None)));
        Assert.Equal(3, (await reader.CountAsync(AccountDesk.Now, None)).AwaitingApproval);
        Assert.Equal(Ids(local), Ids(await reader.AwaitingApprovalAsync(new ApproverFilter([mine.Key.Value], [], [mine.Key.Value], "watch"), 10, null, None)));
        Assert.Equal(Ids(local), Ids(await reader.AwaitingApprovalAsync(new ApproverFilter([], ["local"], [], "watch"), 10, null, None)));
        Assert.Empty(Ids(await reader.AwaitingApprovalAsync(new ApproverFilter([], ["local"], [mine.Key.Value], "watch"), 10, null, None)));
        Assert.Empty(Ids(await reader.AwaitingApprovalAsync(new ApproverFilter([], ["local"], [], Staff.Holder.Id), 10, null, None)));
        Assert.Empty(Ids(await reader.AwaitingApprovalAsync(new ApproverFilter([], [], [], "watch"), 10, null, None)));

        var returned = Assert.Single((await reader.ReturnedAsync(Staff.Holder.Id, 10, null, None)).Items);
        Assert.Equal((back.Value, "Which street?", "INC-1"), (returned.Id, returned.Return!.Comment, returned.About!.Incident));
        Assert.Empty((await reader.ReturnedAsync(Staff.Comms.Id, 10, null, None)).Items);
    }

    [Theory]
    [InlineData(10, false, 2)]
    [InlineData(30, false, 3)]
    [InlineData(30, true, 4)]
    public async Task Near_FindsWhatIsDueAroundATime(int minutes, bool corporate, int expected)
    {
        await using var ground = await Ground.MakeAsync(server);
        var (aston, other) = (await ground.AccountAsync(), await ground.AccountAsync("wmfs", kind: AccountKind.Corporate));
        var at = AccountDesk.Now + TimeSpan.FromHours(2);
        var itself = await aston.ScheduleAsync(at - AccountDesk.Now);
        await aston.ScheduleAsync(at - AccountDesk.Now + TimeSpan.FromMinutes(9));
        await aston.SubmitAsync(at - AccountDesk.Now - TimeSpan.FromMinutes(9));
        await aston.ScheduleAsync(at - AccountDesk.Now - TimeSpan.FromMinutes(25));
        await aston.CommitAsync(new PostCancelled(await aston.ScheduleAsync(at - AccountDesk.Now), "No."));
        await other.ScheduleAsync(at - AccountDesk.Now + TimeSpan.FromMinutes(5));

        var near = await new PostReader(ground.Database).NearAsync([aston.Key.Value], corporate, at, TimeSpan.FromMinutes(minutes), itself.Value, 20, None);
        Assert.Equal(expected, near.Count);
        Assert.Equal(near.Select(p => p.DueAt).Order(), near.Select(p => p.DueAt));
        Assert.Single(await new PostReader(ground.Database).NearAsync([aston.Key.Value], corporate, at, TimeSpan.FromMinutes(minutes), itself.Value, 1, None));
    }

    [Fact]
    public async Task Calendar_CountsADaysPosts_AndShowsTheFirst_ByTheDayInLondon()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (aston, other) = (await ground.AccountAsync(), await ground.AccountAsync("other", "coventry"));

        // 23:30 UTC on 1 June is half past midnight on 2 June in London; the same hour in January is not.
        var (june, january) = (new DateTimeOffset(2030, 6, 1, 23, 30, 0, TimeSpan.Zero), new DateTimeOffset(2030, 1, 1, 23, 30, 0, TimeSpan.Zero));
        var first = await aston.ScheduleAsync(june - AccountDesk.Now);
        await aston.ScheduleAsync(june.AddHours(2) - AccountDesk.Now);
        await other.ScheduleAsync(june.AddHours(3) - AccountDesk.Now);
        await aston.CommitAsync(new PostCancelled(await aston.ScheduleAsync(june - AccountDesk.Now), "No."));
        await aston.ScheduleAsync(january - AccountDesk.Now);
        var reader = new PostReader(ground.Database);

        var day = Assert.Single(await reader.CalendarAsync([], null, new DateOnly(2030, 6, 1), new DateOnly(2030, 6, 8), 1, None));
        Assert.Equal((new DateOnly(2030, 6, 2), 3, first.Value), (day.Day, day.Total, Assert.Single(day.First).Id));
        Assert.Equal(new DateOnly(2030, 1, 1), Assert.Single(await reader.CalendarAsync([], null, new DateOnly(2030, 1, 1), new DateOnly(2030, 1, 2), 9, None)).Day);
        Assert.Empty(await reader.CalendarAsync([], null, new DateOnly(2030, 6, 3), new DateOnly(2030, 6, 8), 1, None));

        // Narrowed by all of the scopes that are given; a scope that names nothing covers nothing.
        Assert.Equal(2, Assert.Single(await reader.CalendarAsync([new Scope { Areas = ["birmingham"] }], null, new DateOnly(2030, 6, 2), new DateOnly(2030, 6, 3), 9, None)).Total);
        Assert.Empty(await reader.CalendarAsync([new Scope { Areas = ["birmingham"] }, new Scope { Areas = ["coventry"] }], null, new DateOnly(2030, 6, 2), new DateOnly(2030, 6, 3), 9, None));
        Assert.Equal(3, Assert.Single(await reader.CalendarAsync([], [new Scope { Areas = ["coventry"] }, new Scope { Areas = ["birmingham"] }], new DateOnly(2030, 6, 2), new DateOnly(2030, 6, 3), 9, None)).Total);
        Assert.Empty(await reader.CalendarAsync([new Scope { Areas = ["birmingham"] }], [new Scope { Areas = ["coventry"] }], new DateOnly(2030, 6, 2), new DateOnly(2030, 6, 3), 9, None));
        Assert.Empty(await reader.CalendarAsync([], [], new DateOnly(2030, 6, 2), new DateOnly(2030, 6, 3), 9, None));
        Assert.Empty(await reader.CalendarAsync([new Scope()], null, new DateOnly(2030, 6, 2), new DateOnly(2030, 6, 3), 9, None));
    }

    private static IEnumerable<Guid> Ids(params PostId[] posts) => posts.Select(p => p.Value).Order();

    private static IEnumerable<Guid> Ids(Page<PostRow> page) => page.Items.Select(p => p.Id).Order();
}

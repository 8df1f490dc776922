using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Posts;
using Coordination.Storage.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Fence;

/// <summary>A failed post that a person sends again meets the fence as any other confirmation does: no hold is passed by it (G1), nothing goes out twice (G3).</summary>
public sealed class FenceRetryTests(FastPostgresFixture server)
{
    [Fact]
    public async Task Retry_TakesTheNextAttemptsPermit_AndTheFormerOneIsNeverUsedAgain()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var post = await FailAsync(ground, account);
        Assert.IsType<PermitAnswer.Stale>(await ground.TakeAsync(account.WishFor(post)));

        await account.RetryAsync(post);
        Assert.IsType<PermitAnswer.Taken>(await ground.TakeAsync(account.WishFor(post, attempt: 1)));
        await ground.PermitAsync(account.WishFor(post));
        Assert.IsType<PermitAnswer.Taken>(await ground.TakeAsync(account.WishFor(post)));
    }

    [Fact]
    public async Task Retry_IsStoppedByAHold_PlacedBeforeOrAfterIt()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var (before, after) = (await FailAsync(ground, account), await FailAsync(ground, account));
        await account.RetryAsync(after);
        await ground.PlaceAsync(Scope.Everything);
        await account.RetryAsync(before);
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(before)));
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(after)));
    }

    [Fact]
    public async Task Retry_ByAnother_GoesOutForThem_SoAHoldThatNamesTheFormerPosterStopsIt()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        await ground.PlaceAsync(Scope.Everything, HoldKind.CentralCoordination, Staff.Comms.Id);
        var post = await account.ScheduleAsync(poster: Staff.Comms);
        await account.CloseAsync(await ground.PermitAsync(account.WishFor(post)), "not-sent", new PostFailed(post, "No sign-in", null, 1));

        await account.RetryAsync(post, Staff.Holder);
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(post)));
        await account.RetryAsync(post, Staff.Comms);
        await ground.PermitAsync(account.WishFor(post));
    }

    [Fact]
    public async Task Retry_OfAPostThatNeverHadAPermit_TakesTheFirst()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        await account.CommitAsync(new PostFailed(post, "No sign-in"));
        await account.RetryAsync(post);
        Assert.Equal(1, account.State.Find(post)!.Attempt);
        await ground.PermitAsync(account.WishFor(post));
    }

    private static async Task<PostId> FailAsync(Ground ground, AccountDesk account)
    {
        var post = await account.ScheduleAsync();
        await account.CloseAsync(await ground.PermitAsync(account.WishFor(post)), "not-sent", new PostFailed(post, "No sign-in", null, 1));
        return post;
    }
}

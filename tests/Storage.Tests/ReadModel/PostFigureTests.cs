using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.ReadModel;

/// <summary>Which posts' figures are read next, shared out among all silos, and what is kept of the answer.</summary>
public sealed class PostFigureTests(FastPostgresFixture server)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Claim_TakesWhatIsOutAndDue_EachOnce_AndTheNextComesWhenItIsHalfAsOldAgain()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var day = await OutAsync(ground, account, "day", "1 day");
        await OutAsync(ground, account, "new", "10 seconds");
        await OutAsync(ground, account, "old", "15 days");
        await account.CommitAsync(new PostRemoved(await OutAsync(ground, account, "gone", "1 day"), "Wrong picture"));
        await account.ScheduleAsync(TimeSpan.FromHours(1));
        var store = new PostFigureStore(ground.Database);

        var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.ClaimAsync(Minute, 10, None)));
        var wanted = Assert.Single(claims.SelectMany(c => c));
        Assert.Equal((account.Key, day.Value, "day"), (wanted.Account, wanted.Post, wanted.RemoteId));
        Assert.Null(await store.FindAsync(day.Value, None));

        await store.KeepAsync(day.Value, new PostFigures(7, 2, 1, null, AccountDesk.Now), Minute, None);
        var kept = await store.FindAsync(day.Value, None);
        Assert.Equal((7, 2, 1, (long?)null), (kept!.Likes, kept.Reposts, kept.Replies, kept.Quotes));
        Assert.Equal(12, Math.Round(await HoursToTheNextAsync(ground)));
        Assert.Empty(await store.ClaimAsync(Minute, 10, None));

        await ground.ExecuteAsync("update post_figures set not_before = clock_timestamp() - interval '1 second'");
        Assert.Single(await store.ClaimAsync(Minute, 10, None));
        await store.PutOffAsync(day.Value, TimeSpan.FromHours(3), None);
        Assert.Equal(3, Math.Round(await HoursToTheNextAsync(ground)));
    }

    [Fact]
    public async Task Claim_StaysOutOfTheWay_OfAPostThatIsDueNow()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        await OutAsync(ground, account, "day", "1 day");
        await account.ScheduleAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(await new PostFigureStore(ground.Database).ClaimAsync(Minute, 10, None));
    }

    private static Task<double> HoursToTheNextAsync(Ground ground) =>
        ground.ScalarAsync<double>("select (extract(epoch from not_before - clock_timestamp()) / 3600)::double precision from post_figures");

    private static async Task<PostId> OutAsync(Ground ground, AccountDesk account, string remoteId, string ago)
    {
        var post = await account.ScheduleAsync();
        await account.CloseAsync(await ground.PermitAsync(account.WishFor(post)), "sent", new PostPublished(post, remoteId, null, AccountDesk.Now));
        await ground.ExecuteAsync("update post set published_at = clock_timestamp() - $2::interval where id = $1", post.Value, ago);
        return post;
    }
}

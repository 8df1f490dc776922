using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.ReadModel;

/// <summary>Whether due posts leave on time, and a message's posts.</summary>
public sealed class QueueTests(FastPostgresFixture server)
{
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Queue_CountsWhatIsLateThroughTheServiceItself()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync("late");
        var queue = new QueueReader(ground.Database);
        Assert.Equal((0, null), await LateAsync(queue));

        await account.ScheduleAsync(TimeSpan.FromSeconds(-5));
        await account.ScheduleAsync(TimeSpan.FromSeconds(60));
        Assert.Equal((0, null), await LateAsync(queue));

        var oldest = await account.ScheduleAsync(TimeSpan.FromSeconds(-90));
        await account.ScheduleAsync(TimeSpan.FromSeconds(-30));
        var standing = await queue.ReadAsync(None);
        Assert.Equal(2, standing.Late);
        Assert.InRange(standing.Oldest!.Value, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(150));

        // The platform asked to wait: that is not the service's being late.
        var failure = new PostFailure(FailureClass.WillRetry, FailureCause.RateLimit, AccountDesk.Now, null, AccountDesk.Now.AddMinutes(1));
        await account.CommitAsync(new PostNotSent(oldest, "Busy.", failure));
        Assert.Equal(1, (await queue.ReadAsync(None)).Late);

        // Once that time has passed and nothing happened, it is.
        await account.CommitAsync(new PostNotSent(oldest, "Busy.", failure with { RetryAt = AccountDesk.Now.AddSeconds(-11) }));
        Assert.Equal(2, (await queue.ReadAsync(None)).Late);
    }

    [Fact]
    public async Task Queue_ClearsByItself_AndDoesNotCountWhatIsOnTheWire()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync("clears");
        var (sent, missed) = (await account.ScheduleAsync(TimeSpan.FromSeconds(-60)), await account.ScheduleAsync(TimeSpan.FromSeconds(-60)));
        var queue = new QueueReader(ground.Database);
        Assert.Equal(2, (await queue.ReadAsync(None)).Late);

        await ground.PermitAsync(account.WishFor(sent));
        Assert.Equal(1, (await queue.ReadAsync(None)).Late);
        await account.CommitAsync(new PostMissed(missed, "Too late."));
        Assert.False((await queue.ReadAsync(None)).IsBehind);
    }

    [Fact]
    public async Task Queue_NamesTheSilosThatHaveLatePostsInHand()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync("silos");
        await account.ScheduleAsync(TimeSpan.FromSeconds(-60));
        var queue = new QueueReader(ground.Database);
        await queue.TellAsync("one", 12, AccountDesk.Now.AddSeconds(-40), None);
        await queue.TellAsync("two", 3, AccountDesk.Now.AddSeconds(-60), None);
        await queue.TellAsync("on-time", 3, AccountDesk.Now, None);
        await queue.TellAsync("idle", 0, null, None);
        await queue.TellAsync("silent", 5, AccountDesk.Now.AddSeconds(-60), None);
        await ground.ExecuteAsync("update silo_queue set at = clock_timestamp() - interval '11 seconds' where silo = 'silent'");

        var silos = (await queue.ReadAsync(None)).Silos;
        Assert.Equal([("two", 3), ("one", 12)], silos.Select(s => (s.Silo, s.Waiting)));
    }

    [Fact]
    public async Task Message_HasItsPostsByAccount_AndNoOthers()
    {
        await using var ground = await Ground.MakeAsync(server);
        var message = Guid.CreateVersion7();
        foreach (var handle in (string[])["b", "a"])
        {
            var account = await ground.AccountAsync(handle);
            await account.ScheduleAsync();
            await account.CommitAsync(new PostScheduled(new PostId(Guid.CreateVersion7()), "One text", AccountDesk.Now, TimeSpan.FromMinutes(5), "holder", "Holder", message, AccountDesk.Now));
        }

        var posts = await new PostReader(ground.Database).OfMessageAsync(message, 500, None);
        Assert.Equal(["x/a", "x/b"], posts.Select(p => p.Account));
        Assert.All(posts, p => Assert.Equal("One text", p.Text));
        Assert.Empty(await new PostReader(ground.Database).OfMessageAsync(Guid.NewGuid(), 500, None));
        Assert.Single(await new PostReader(ground.Database).OfMessageAsync(message, 1, None));
    }

    private static async Task<(int Late, TimeSpan? Oldest)> LateAsync(QueueReader queue)
    {
        var standing = await queue.ReadAsync(None);
        return (standing.Late, standing.Oldest);
    }
}

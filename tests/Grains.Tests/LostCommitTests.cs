using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Testing;
using Xunit;

namespace Coordination.Grains.Tests;

/// <summary>Commits that fail, reports that get lost, two silos that know nothing of each other.</summary>
public sealed class LostCommitTests(SharedCluster shared)
{
    private Cluster Cluster => shared.Cluster;

    [Fact]
    public async Task Memory_IsDiscarded_WhenTheCommitFails()
    {
        var key = await Cluster.RegisterAsync("trigger");
        var grain = Cluster.Account(key);
        await Cluster.ScheduleAsync(key, TimeSpan.FromHours(1));
        var before = await grain.Read();
        var post = new NewPost(new PostId(Guid.CreateVersion7()), "Text", Cluster.Time.GetUtcNow() + TimeSpan.FromHours(2));
        var context = Cluster.By(People.Manager);
        await using (await BrokenJournal.OfAsync(Cluster, key))
        {
            var lost = await Assert.ThrowsAsync<StoreUnavailableException>(() => grain.Schedule(post, context));
            Assert.Contains(key.Value, lost.Message, StringComparison.Ordinal);
            var after = await grain.Read();
            Assert.Equal(before.Version, after.Version);
            Assert.Single(after.State.Posts);
        }

        // The same wish, under the same operation id, once the database is well again.
        Assert.Equal(CommandOutcome.Accepted, (await grain.Schedule(post, context)).Outcome);
        Assert.Equal(CommandOutcome.AlreadyDone, (await grain.Schedule(post, context)).Outcome);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Fact]
    public async Task Post_IsHandedOverAgain_WhenItsWorkerNeverSpokeAgain()
    {
        var connection = await Tests.Cluster.DatabaseAsync(shared.Postgres);
        await using var cluster = await Tests.Cluster.StartAsync(connection, 1);
        var key = await cluster.RegisterAsync("silent");
        var id = await cluster.HandedOverAsync(key);
        await cluster.Account(key).Wake();
        Assert.Single(cluster.Queue.Of(id));

        cluster.Time.Advance(TimeSpan.FromMinutes(2));
        await cluster.Account(key).Wake();
        await Eventually.Becomes(() => cluster.Queue.Of(id).Count == 2, "the post is handed over again");
    }

    [Fact]
    public async Task SplitBrain_LetsOneWriterWin_AndTheChainHolds()
    {
        var connection = await Tests.Cluster.DatabaseAsync(shared.Postgres);
        await using var one = await Tests.Cluster.StartAsync(connection, 1);
        await using var two = await Tests.Cluster.StartAsync(connection, 1);
        var key = await one.RegisterAsync("split");
        Assert.Equal((await one.Account(key).Read()).Version, (await two.Account(key).Read()).Version);
        await one.ScheduleAsync(key, TimeSpan.FromHours(1));

        var post = new NewPost(new PostId(Guid.CreateVersion7()), "Text", one.Time.GetUtcNow() + TimeSpan.FromHours(2));
        var context = Tests.Cluster.By(People.Manager);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => two.Account(key).Schedule(post, context));
        Assert.Equal(CommandOutcome.Accepted, (await two.Account(key).Schedule(post, context)).Outcome);

        // Both at once, again and again: each wish takes exactly once.
        var wishes = Enumerable.Range(0, 20).Select(async i =>
        {
            var cluster = i % 2 == 0 ? one : two;
            var wish = new NewPost(new PostId(Guid.CreateVersion7()), $"Race {i}", one.Time.GetUtcNow() + TimeSpan.FromHours(3));
            var by = Tests.Cluster.By(People.Manager);
            await Eventually.Becomes(
                async () => (await cluster.Account(key).Schedule(wish, by)).Outcome is CommandOutcome.Accepted or CommandOutcome.AlreadyDone, $"wish {i} takes");
            return wish.Id;
        });
        var ids = await Task.WhenAll(wishes);
        await Assert.ThrowsAnyAsync<Exception>(() => StaleAsync(one, two, key));
        var state = (await FreshAsync(one, key)).State;
        Assert.Equal(22, state.Posts.Select(p => p.Id).Distinct().Count(id => ids.Contains(id) || state.Find(id) is not null) - 0);
        Assert.All(ids, id => Assert.Single(state.Posts, p => p.Id == id));
    }

    // Whoever wrote last, the other's memory is old: its next write loses.
    private static async Task StaleAsync(Cluster one, Cluster two, AccountKey key)
    {
        await FreshAsync(two, key);
        await one.Account(key).Read();
        await Eventually.Becomes(async () => (await one.Account(key).RecordCounters(1, 1)).Outcome == CommandOutcome.Accepted, "one writes");
        await two.Account(key).RecordCounters(2, 2);
    }

    // A write that succeeds proves that the memory is the database's.
    private static async Task<AccountView> FreshAsync(Cluster cluster, AccountKey key)
    {
        await Eventually.Becomes(async () => (await cluster.Account(key).RecordCounters(0, 0)).Outcome == CommandOutcome.Accepted, "a write succeeds");
        var view = await cluster.Account(key).Read();
        await Record.AssertAgreesAsync(cluster, key);
        return view;
    }
}

/// <summary>A journal that refuses one account's entries, until disposed.</summary>
internal sealed class BrokenJournal : IAsyncDisposable
{
    private readonly Cluster _cluster;
    private readonly string _name;

    private BrokenJournal(Cluster cluster, string name) => (_cluster, _name) = (cluster, name);

    public static async Task<BrokenJournal> OfAsync(Cluster cluster, AccountKey key)
    {
        var name = "broken_" + Guid.NewGuid().ToString("N");
        await cluster.ExecuteAsync(
            $"""
            create function {name}() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$;
            create trigger {name} before insert on journal for each row when (new.stream = 'account/{key.Value}') execute function {name}();
            """);
        return new BrokenJournal(cluster, name);
    }

    public async ValueTask DisposeAsync() => await _cluster.ExecuteAsync($"drop trigger {_name} on journal; drop function {_name}()");
}

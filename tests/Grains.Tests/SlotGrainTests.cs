using Coordination.Contracts;
using Coordination.Domain.Posts;
using Xunit;

namespace Coordination.Grains.Tests;

/// <summary>Posts that go into the account's next free queue slot.</summary>
public sealed class SlotGrainTests(SharedCluster shared)
{
    private Cluster Cluster => shared.Cluster;

    [Fact]
    public async Task Schedule_GivesEachItsOwnSlot_WhenManyWantTheSameAtOnce()
    {
        var key = await Cluster.RegisterAsync("slots");
        var offered = Slots(8);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Cluster.Account(key).Schedule(Post(offered), Cluster.By(People.Manager))));
        Assert.All(answers, a => Assert.Equal(CommandOutcome.Accepted, a.Outcome));
        Assert.Equal(offered, answers.Select(a => a.Post!.DueAt).Order());

        var none = await Cluster.Account(key).Schedule(Post(offered), Cluster.By(People.Manager));
        Assert.Equal("no-free-slot", none.Refusal?.Code);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Fact]
    public async Task Repeat_IsTheSamePost_ThoughOtherSlotsAreFreeThen()
    {
        var key = await Cluster.RegisterAsync("slot-again");
        var offered = Slots(3);
        var context = Cluster.By(People.Manager);
        var post = Post(offered);
        var first = await Cluster.Account(key).Schedule(post, context);
        Assert.Equal(offered[0], first.Post!.DueAt);

        // The caller sees the slot taken; later there may be none left.
        foreach (var seen in new[] { offered[1..], [] })
        {
            var again = await Cluster.Account(key).Schedule(post with { Slots = seen }, context);
            Assert.Equal((CommandOutcome.AlreadyDone, offered[0]), (again.Outcome, again.Post?.DueAt));
        }

        Assert.Single((await Cluster.Account(key).Read()).State.Posts);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Fact]
    public async Task Repeat_IsAnotherWish_WhenItIsForNoSlot()
    {
        var key = await Cluster.RegisterAsync("slot-or-time");
        var context = Cluster.By(People.Manager);
        var post = Post(Slots(2));
        Assert.Equal(CommandOutcome.Accepted, (await Cluster.Account(key).Schedule(post, context)).Outcome);
        var timed = await Cluster.Account(key).Schedule(post with { Slots = null, DueAt = Slots(1)[0] }, context);
        Assert.Equal("operation-reused", timed.Refusal?.Code);
    }

    private static NewPost Post(IReadOnlyList<DateTimeOffset> slots) => new(new PostId(Guid.CreateVersion7()), "Test your alarm", null, Slots: slots);

    private DateTimeOffset[] Slots(int count)
    {
        var now = Cluster.Time.GetUtcNow();
        var day = new DateTimeOffset(now.Year, now.Month, now.Day, 17, 30, 0, TimeSpan.Zero).AddDays(1);
        return [.. Enumerable.Range(0, count).Select(n => day.AddDays(n))];
    }
}

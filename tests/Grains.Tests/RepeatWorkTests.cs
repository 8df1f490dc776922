using Coordination.Contracts;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Schedule;
using Coordination.Silo.Repeats;
using Coordination.Storage.People;
using Coordination.Storage.Repeats;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Coordination.Grains.Tests;

/// <summary>What a silo does for one repeat, over real accounts: twice, at once, after a death, for people who have left.</summary>
public sealed class RepeatWorkTests(SharedCluster shared)
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById(WallClock.London);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private Cluster Cluster => shared.Cluster;

    private IRepeatStore Store => Cluster.Get<IRepeatStore>();

    [Fact]
    public async Task Run_MakesEachPostOnce_WhoeverDoesIt()
    {
        var (key, owner) = (await Cluster.RegisterAsync("repeat"), await StaffAsync());
        var id = await StartAsync(key, owner, 1, 8, 60);

        // Somebody made one and died before saying so.
        var first = (await RepeatAsync(id)).Dates[0];
        await Store.TryAsync(id, [first.PostId.Value], None);
        await Cluster.Account(key).Schedule(new NewPost(first.PostId, "Test your alarm", first.DueAt, PostRules.DefaultTolerance, RepeatIds.Message(id, first.Local)), new CommandContext(RepeatIds.Making(id, first.Local, key), owner));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Work.RunAsync(id, None)));

        var repeat = await RepeatAsync(id);
        Assert.Equal([RepeatDateState.Made, RepeatDateState.Made, RepeatDateState.Planned], repeat.Dates.Select(d => d.State));
        var posts = (await Cluster.Account(key).Read()).State.Posts;
        Assert.Equal(repeat.Dates.Take(2).Select(d => (d.PostId, d.DueAt)), posts.Select(p => (p.Id, p.DueAt)).OrderBy(p => p.DueAt));
        Assert.All(posts, p => Assert.Equal((owner.Id, 1), (p.PosterId, p.Revision)));
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Fact]
    public async Task Run_MakesNothingLate()
    {
        var (key, owner) = (await Cluster.RegisterAsync("repeat"), await StaffAsync());
        var id = await StartAsync(key, owner, -400, -1, 2);
        await Work.RunAsync(id, None);
        var repeat = await RepeatAsync(id);
        Assert.Equal([RepeatDateState.Skipped, RepeatDateState.Skipped, RepeatDateState.Made], repeat.Dates.Select(d => d.State));
        Assert.Contains("Nothing is sent late", repeat.Dates[0].Why, StringComparison.Ordinal);
        Assert.Single((await Cluster.Account(key).Read()).State.Posts);
    }

    [Fact]
    public async Task Run_SaysThatItWasMade_ThoughItsTimeHasPassedSince()
    {
        var (key, owner, later) = (await Cluster.RegisterAsync("repeat"), await StaffAsync(), new ShiftedTime());
        var id = await StartAsync(key, owner, 1, 2);
        var made = (await RepeatAsync(id)).Dates[0];
        await Store.TryAsync(id, [made.PostId.Value], None);
        await Cluster.Account(key).Schedule(new NewPost(made.PostId, "Test your alarm", made.DueAt, PostRules.DefaultTolerance, RepeatIds.Message(id, made.Local)), new CommandContext(RepeatIds.Making(id, made.Local, key), owner));

        // Whoever made it died before saying so, and nobody has looked since.
        later.Advance(TimeSpan.FromDays(10));
        await new RepeatWork(Store, Cluster.Get<IStaffStore>(), Cluster.Grains, later, NullLogger<RepeatWork>.Instance).RunAsync(id, None);
        Assert.Equal([RepeatDateState.Made, RepeatDateState.Skipped], (await RepeatAsync(id)).Dates.Select(d => d.State));
    }

    [Fact]
    public async Task Run_ShowsARefusal_AndTriesAgain()
    {
        var (key, owner) = (await Cluster.RegisterAsync("repeat"), await StaffAsync(new Scope { Areas = ["elsewhere"] }));
        var id = await StartAsync(key, owner, 1);
        await Work.RunAsync(id, None);
        var refused = (await RepeatAsync(id)).Dates[0];
        Assert.Equal(RepeatDateState.Refused, refused.State);
        Assert.Contains("does not hold the account", refused.Why, StringComparison.Ordinal);

        // Whoever looks later finds its time passed, and why it was not made.
        var (late, later) = (await StartAsync(key, owner, 1), new ShiftedTime());
        await Work.RunAsync(late, None);
        later.Advance(TimeSpan.FromDays(3));
        await new RepeatWork(Store, Cluster.Get<IStaffStore>(), Cluster.Grains, later, NullLogger<RepeatWork>.Instance).RunAsync(late, None);
        Assert.Equal(RepeatDateState.Skipped, (await RepeatAsync(late)).Dates[0].State);
        Assert.Contains("does not hold the account", (await RepeatAsync(late)).Dates[0].Why, StringComparison.Ordinal);

        // Their rights as they are now: they hold it again.
        await SaveAsync(owner, new Scope { All = true }, true);
        await Work.RunAsync(id, None);
        Assert.Equal((RepeatDateState.Made, null), ((await RepeatAsync(id)).Dates[0].State, (await RepeatAsync(id)).Dates[0].Why));
    }

    [Theory]
    [InlineData(false, Role.AccountHolder, "is not on the active staff")]
    [InlineData(true, Role.Auditor, "may not publish any more")]
    public async Task Run_HaltsARepeat_WhoseOwnerHasLeft(bool active, Role role, string why)
    {
        var (key, owner) = (await Cluster.RegisterAsync("repeat"), await StaffAsync());
        var id = await StartAsync(key, owner, 1, 60);
        await Work.RunAsync(id, None);
        await SaveAsync(owner with { Role = role }, new Scope { All = true }, active);
        await Work.RunAsync(id, None);

        var halted = await RepeatAsync(id);
        Assert.Equal((RepeatState.Halted, RepeatDateState.Made), (halted.State, halted.Dates[0].State));
        Assert.Contains(why, halted.Why, StringComparison.Ordinal);
        Assert.Equal(PostState.Scheduled, (await Cluster.Account(key).Read()).State.Find(halted.Dates[0].PostId)!.State);

        // What stays is taken back by whoever stops it.
        var officer = await StaffAsync(role: Role.CommsOfficer);
        await Store.EndAsync(id, RepeatState.Stopped, "They have left.", officer, None);
        await Work.RunAsync(id, None);
        Assert.Equal([RepeatDateState.TakenBack, RepeatDateState.Planned], (await RepeatAsync(id)).Dates.Select(d => d.State));
    }

    [Fact]
    public async Task Run_TakesBackWhatIsAsWritten_AndKeepsWhatSomebodyChanged()
    {
        var (key, owner) = (await Cluster.RegisterAsync("repeat"), await StaffAsync());
        var id = await StartAsync(key, owner, 1, 2, 3);
        await Work.RunAsync(id, None);
        var dates = (await RepeatAsync(id)).Dates;
        await Cluster.Account(key).Reschedule(dates[1].PostId, dates[1].DueAt.AddHours(1), Cluster.By(People.Manager));
        await Cluster.Account(key).Cancel(dates[2].PostId, "Not this one.", Cluster.By(People.Manager));
        await Store.EndAsync(id, RepeatState.Stopped, "Another campaign.", owner, None);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Work.RunAsync(id, None)));

        Assert.Equal([RepeatDateState.TakenBack, RepeatDateState.Kept, RepeatDateState.TakenBack], (await RepeatAsync(id)).Dates.Select(d => d.State));
        Assert.Contains("Somebody has changed this post", (await RepeatAsync(id)).Dates[1].Why, StringComparison.Ordinal);
        Assert.Equal(PostState.Scheduled, (await Cluster.Account(key).Read()).State.Find(dates[1].PostId)!.State);
        await Record.AssertAgreesAsync(Cluster, key);
    }

    [Fact]
    public async Task Withdraw_IsRefused_WithoutARight() =>
        await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await Cluster.Account(await Cluster.RegisterAsync("repeat")).Withdraw(default, 1, "x", Cluster.By(People.Auditor)));

    private RepeatWork Work => new(Store, Cluster.Get<IStaffStore>(), Cluster.Grains, Cluster.Time, NullLogger<RepeatWork>.Instance);

    private async Task<Repeat> RepeatAsync(Guid id) => (await Store.FindAsync(id, None))!;

    private async Task<Guid> StartAsync(AccountKey key, Actor owner, params int[] days)
    {
        var id = Guid.NewGuid();
        var noon = TimeZoneInfo.ConvertTime(Cluster.Time.GetUtcNow(), London).Date.AddHours(12);
        var dates = days.Select(d => WallClock.At(noon.AddDays(d), London)).ToArray();
        var wish = new RepeatWish { Text = "Test your alarm", Accounts = [key], Rule = "FREQ=DAILY;COUNT=9", First = dates[0].Local };
        Assert.Equal(RepeatAnswer.Started, await Store.StartAsync(id, wish, dates, owner, None));
        return id;
    }

    private async Task<Actor> StaffAsync(Scope? publishesOn = null, Role role = Role.AccountHolder)
    {
        var actor = new Actor("p" + Guid.NewGuid().ToString("N")[..12], "Pat Example", role, role == Role.AccountHolder ? publishesOn ?? new Scope { All = true } : null);
        await SaveAsync(actor, actor.PublishesOn, true);
        return actor;
    }

    private Task SaveAsync(Actor actor, Scope? publishesOn, bool active) => Cluster.Get<IStaffStore>().SaveAsync([new StaffMember(actor.Id, actor.Name, actor.Role, publishesOn, active)], None);
}

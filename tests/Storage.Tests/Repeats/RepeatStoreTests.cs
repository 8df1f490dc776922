using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Schedule;
using Coordination.Storage.Repeats;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Repeats;

public sealed class RepeatStoreTests(FastPostgresFixture server)
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById(WallClock.London);
    private static readonly AccountKey Aston = AccountKey.Parse("x/aston");
    private static readonly AccountKey Canley = AccountKey.Parse("x/canley");

    // Not near an edge of anything: the first tomorrow, the last in seven weeks.
    private static readonly DateTime First = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1).AddHours(9);

    private static readonly RepeatWish Wish = new() { Text = "Test your alarm", Accounts = [Aston, Canley], Rule = "FREQ=WEEKLY;COUNT=8", First = DateTime.SpecifyKind(First, DateTimeKind.Unspecified), SkipHolidays = true };

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_KeepsEverything_AndItsEntry_Once()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, id) = (new RepeatStore(ground.Database), Guid.NewGuid());
        Assert.Equal(RepeatAnswer.Started, await StartAsync(store, id));
        Assert.Equal(RepeatAnswer.Started, await StartAsync(store, id));
        Assert.Equal(RepeatAnswer.Reused, await StartAsync(store, id, Wish with { Text = "Another" }));
        Assert.Equal(RepeatAnswer.Reused, await StartAsync(store, id, actor: Staff.Comms));

        var kept = (await store.FindAsync(id, None))!;
        Assert.Equal((RepeatState.Active, Staff.Holder.Id, 1, 16), (kept.State, kept.OwnerId, kept.Version, kept.Dates.Count));
        Assert.Equal((Wish.Text, Wish.Rule, Wish.First, Wish.SkipHolidays), (kept.Wish.Text, kept.Wish.Rule, kept.Wish.First, kept.Wish.SkipHolidays));
        Assert.All(kept.Dates, d => Assert.Equal((RepeatIds.Post(id, d.Local, d.Account), RepeatDateState.Planned, false, WallClock.At(d.Local, London).At), (d.PostId, d.State, d.Tried, d.DueAt)));
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from journal where stream = $1 and event = 'repeat-started' and actor_id = $2", "repeat/" + id, Staff.Holder.Id));
        Assert.Null(await store.FindAsync(Guid.NewGuid(), None));
    }

    [Fact]
    public async Task Start_IsRefused_WhenItsOwnerHasTooMany()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new RepeatStore(ground.Database);
        for (var n = 0; n < RepeatRules.MostActive; n++)
        {
            Assert.Equal(RepeatAnswer.Started, await StartAsync(store, Guid.NewGuid()));
        }

        Assert.Equal(RepeatAnswer.TooMany, await StartAsync(store, Guid.NewGuid()));
        Assert.Equal(RepeatAnswer.Started, await StartAsync(store, Guid.NewGuid(), actor: Staff.Comms));
    }

    [Fact]
    public async Task Claim_GivesARepeatToOne_UntilItIsGivenBack()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, id) = (new RepeatStore(ground.Database), Guid.NewGuid());
        await StartAsync(store, id);
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.ClaimAsync(10, None)));
        Assert.Equal([id], claims.SelectMany(c => c));

        // Who died with it loses it.
        await ground.ExecuteAsync("update repeat set leased_until = clock_timestamp() - interval '1 second', look_at = clock_timestamp()");
        Assert.Equal([id], await store.ClaimAsync(10, None));
        await store.RecordAsync(id, RepeatState.Active, [], None);
        Assert.Empty(await store.ClaimAsync(10, None));

        // What is farther than the horizon is nobody's business yet.
        await ground.ExecuteAsync("update repeat set look_at = clock_timestamp()");
        await ground.ExecuteAsync("update repeat_date set state = 'made' where due_at < clock_timestamp() + interval '35 days'");
        Assert.Empty(await store.ClaimAsync(10, None));
    }

    [Fact]
    public async Task Record_WritesWhatIsNews_WithOneEntry()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, id) = (new RepeatStore(ground.Database), Guid.NewGuid());
        await StartAsync(store, id);
        var dates = (await store.FindAsync(id, None))!.Dates;
        RepeatOutcome[] outcomes =
        [
            new(dates[0].Account, dates[0].Local, RepeatDateState.Made), new(dates[1].Account, dates[1].Local, RepeatDateState.Refused, "The account is retired."),
            new(dates[2].Account, dates[2].Local, RepeatDateState.Holiday, "Boxing Day"),
        ];
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await store.RecordAsync(id, RepeatState.Active, outcomes, None);
        }

        // Whoever was slower has no say about what is settled; a refusal may still turn.
        await store.RecordAsync(id, RepeatState.Active, [outcomes[0] with { State = RepeatDateState.Skipped, Why = "Late" }, outcomes[1] with { State = RepeatDateState.Made, Why = null }], None);
        var kept = (await store.FindAsync(id, None))!;
        Assert.Equal([RepeatDateState.Made, RepeatDateState.Made, RepeatDateState.Holiday, RepeatDateState.Planned], kept.Dates.Take(4).Select(d => d.State));
        Assert.Equal((3, "Boxing Day", null), (kept.Version, kept.Dates[2].Why, kept.Dates[1].Why));
        Assert.Equal(2, await ground.ScalarAsync<long>("select count(*) from journal where stream = $1 and event = 'repeat-dates' and actor_id = 'system'", "repeat/" + id));
    }

    [Fact]
    public async Task Try_IsRefused_WhenTheRepeatHasEnded()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, id) = (new RepeatStore(ground.Database), Guid.NewGuid());
        await StartAsync(store, id);
        var date = (await store.FindAsync(id, None))!.Dates[0];
        Assert.True(await store.TryAsync(id, [date.PostId.Value], None));
        Assert.True((await store.FindAsync(id, None))!.Dates[0].Tried);
        Assert.True(await store.EndAsync(id, RepeatState.Halted, "Gone", Actor.System, None));
        Assert.False(await store.TryAsync(id, [date.PostId.Value], None));
        Assert.False(await store.EndAsync(Guid.NewGuid(), RepeatState.Stopped, "x", Staff.Comms, None));
    }

    [Fact]
    public async Task End_IsByAPersonOnce_AlsoAfterTheServiceHaltedIt()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, id) = (new RepeatStore(ground.Database), Guid.NewGuid());
        await StartAsync(store, id);
        await store.EndAsync(id, RepeatState.Halted, "Its owner has left.", Actor.System, None);
        await store.EndAsync(id, RepeatState.Halted, "Again.", Actor.System, None);
        await store.EndAsync(id, RepeatState.Stopped, "Not wanted.", Staff.Comms, None);
        await store.EndAsync(id, RepeatState.Stopped, "Nor by me.", Staff.Officer, None);
        await store.EndAsync(id, RepeatState.Halted, "Late.", Actor.System, None);
        var kept = (await store.FindAsync(id, None))!;
        Assert.Equal((RepeatState.Stopped, Staff.Comms.Name, "Not wanted.", 3), (kept.State, kept.EndedByName, kept.Why, kept.Version));
        Assert.Equal("repeat-started repeat-halted repeat-stopped", await ground.ScalarAsync<string>("select string_agg(event, ' ' order by number) from journal where stream = $1", "repeat/" + id));
    }

    [Fact]
    public async Task Claim_GivesAStoppedRepeat_WhileWhatMayBeMadeIsOpen()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, id) = (new RepeatStore(ground.Database), Guid.NewGuid());
        await StartAsync(store, id);
        Assert.Equal([id], await store.ClaimAsync(10, None));
        var date = (await store.FindAsync(id, None))!.Dates[0];
        await store.TryAsync(id, [date.PostId.Value], None);

        // Stopped while somebody is at it: theirs until they give it back, then looked at at once.
        await store.EndAsync(id, RepeatState.Stopped, "Not wanted.", Staff.Comms, None);
        Assert.Empty(await store.ClaimAsync(10, None));
        await store.RecordAsync(id, RepeatState.Active, [new RepeatOutcome(date.Account, date.Local, RepeatDateState.Made)], None);
        Assert.Equal([id], await store.ClaimAsync(10, None));
        await store.RecordAsync(id, RepeatState.Stopped, [new RepeatOutcome(date.Account, date.Local, RepeatDateState.TakenBack)], None);
        await ground.ExecuteAsync("update repeat set look_at = clock_timestamp()");
        Assert.Empty(await store.ClaimAsync(10, None));
    }

    [Fact]
    public async Task List_ShowsHowEachStands_PageByPage()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, first, second) = (new RepeatStore(ground.Database), Guid.NewGuid(), Guid.NewGuid());
        await StartAsync(store, first);
        await StartAsync(store, second, Wish with { Accounts = [Aston] }, Staff.Comms);
        var dates = (await store.FindAsync(first, None))!.Dates;
        await store.RecordAsync(first, RepeatState.Active, [new RepeatOutcome(dates[0].Account, dates[0].Local, RepeatDateState.Refused, "No."), new RepeatOutcome(dates[2].Account, dates[2].Local, RepeatDateState.Skipped, "Late.")], None);
        await store.EndAsync(second, RepeatState.Stopped, "Not wanted.", Staff.Comms, None);

        var page = await store.ListAsync(null, 1, null, None);
        Assert.Equal((second, 0, 0), (Assert.Single(page.Items).Repeat.Id, page.Items[0].Left, page.Items[0].Next.Count));
        var row = Assert.Single((await store.ListAsync(null, 1, page.Next, None)).Items);
        Assert.Equal((first, 8, 1, 1), (row.Repeat.Id, row.Left, row.Refused, row.Skipped));
        Assert.Equal(dates.Select(d => d.DueAt).Distinct().Take(3), row.Next);
        Assert.Equal(first, Assert.Single((await store.ListAsync(Staff.Holder.Id, 10, null, None)).Items).Repeat.Id);
    }

    private static Task<RepeatAnswer> StartAsync(RepeatStore store, Guid id, RepeatWish? wish = null, Actor? actor = null) => store.StartAsync(
        id, wish ?? Wish, [.. Enumerable.Range(0, 8).Select(n => WallClock.At(Wish.First.AddDays(7 * n), London))], actor ?? Staff.Holder, None);
}

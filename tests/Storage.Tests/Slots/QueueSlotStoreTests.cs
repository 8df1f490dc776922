using Coordination.Domain.Accounts;
using Coordination.Domain.Schedule;
using Coordination.Storage.Slots;
using Coordination.Storage.Tests.Fence;
using Coordination.Storage.Verification;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Slots;

public sealed class QueueSlotStoreTests(FastPostgresFixture server)
{
    private static readonly AccountKey Aston = AccountKey.Parse("x/aston");
    private static readonly AccountKey Bilston = AccountKey.Parse("x/bilston");
    private static readonly QueueSlot Tuesday = new(DayOfWeek.Tuesday, new TimeOnly(17, 30));
    private static readonly QueueSlot Sunday = new(DayOfWeek.Sunday, new TimeOnly(9, 0));
    private static readonly DateTimeOffset At = new(2026, 3, 3, 17, 30, 0, TimeSpan.Zero);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Set_KeepsTheWeeksOrder_AndItsEntry()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new QueueSlotStore(ground.Database);
        Assert.True(await store.SetAsync(Aston, [Sunday, Tuesday], 0, Staff.Officer, None));

        var read = await store.ReadAsync([Aston, Bilston, Aston], None);
        var kept = read[Aston];
        Assert.Equal((1, Staff.Officer.Name), (kept.Version, kept.SavedByName));
        Assert.Equal([Tuesday, Sunday], kept.Slots);
        Assert.Equal(QueueSlots.None(Bilston) with { Slots = read[Bilston].Slots }, read[Bilston]);
        Assert.Empty(read[Bilston].Slots);
        Assert.Equal(kept.SavedAt!.Value.UtcDateTime, await ground.ScalarAsync<DateTime>("select at from journal where stream = 'slots/x/aston' and number = 1 and event = 'slots-set'"));
        Assert.Equal("""{"slots" : ["tue 17:30", "sun 09:00"]}""", await ground.ScalarAsync<string>("select payload from journal where stream = 'slots/x/aston'"));
    }

    [Fact]
    public async Task Set_ChangesNothing_WhenItIsRepeated()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new QueueSlotStore(ground.Database);
        Assert.True(await store.SetAsync(Bilston, [], 0, Staff.Comms, None));
        Assert.True(await store.SetAsync(Aston, [Tuesday], 0, Staff.Comms, None));
        Assert.True(await store.SetAsync(Aston, [Tuesday], 0, Staff.Officer, None));
        Assert.True(await store.SetAsync(Aston, [Tuesday, Sunday], 1, Staff.Comms, None));
        Assert.True(await store.SetAsync(Aston, [Sunday, Tuesday], 1, Staff.Comms, None));
        Assert.Equal(2, await ground.ScalarAsync<long>("select count(*) from journal where stream like 'slots/%'"));
    }

    [Fact]
    public async Task Set_Refuses_WhatWasNotRead()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new QueueSlotStore(ground.Database);
        await store.SetAsync(Aston, [Tuesday], 0, Staff.Comms, None);
        Assert.False(await store.SetAsync(Aston, [Sunday], 0, Staff.Comms, None));
        Assert.False(await store.SetAsync(Aston, [], 2, Staff.Comms, None));
        Assert.False(await store.SetAsync(Bilston, [Sunday], 1, Staff.Comms, None));
        Assert.True(await store.SetAsync(Aston, [], 1, Staff.Comms, None));

        // Set anew after all were taken out: the version goes on.
        Assert.True(await store.SetAsync(Aston, [Sunday], 2, Staff.Comms, None));
        Assert.Equal(3, (await store.ReadAsync([Aston], None))[Aston].Version);
    }

    [Fact]
    public async Task Set_LetsOneOfManyThrough_WhenAllReadTheSame()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new QueueSlotStore(ground.Database);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => store.SetAsync(Aston, [new QueueSlot(DayOfWeek.Monday, new TimeOnly(9, i))], 0, Staff.Comms, None)));
        Assert.Single(answers, a => a);
    }

    [Fact]
    public async Task Taken_IsWhenUnfinishedPostsAreDue()
    {
        await using var ground = await Ground.MakeAsync(server);
        foreach (var (account, state, days) in new[]
        {
            ("x/aston", "scheduled", 0), ("x/aston", "submitted", 1), ("x/aston", "returned", 2), ("x/aston", "held", 3), ("x/aston", "missed", 4),
            ("x/aston", "cancelled", 5), ("x/aston", "published", 6), ("x/aston", "failed", 7), ("x/aston", "scheduled", 40), ("x/aston", "scheduled", -1), ("x/bilston", "scheduled", 8),
        })
        {
            await ground.ExecuteAsync(FormattableString.Invariant(
                $"insert into post (id, account, state, text, due_at, tolerance, poster_id, poster_name, revision, attempt, confirmed_seq, created_at) values (gen_random_uuid(), '{account}', '{state}', 'Text', '{At.AddDays(days):O}', '5 minutes', 'a', 'A', 1, 1, 1, now())"));
        }

        var taken = await new QueueSlotStore(ground.Database).TakenAsync([Aston], At, At.AddDays(28), None);
        Assert.Equal([0, 1, 2, 3, 4], taken[Aston].Order().Select(t => (t - At).Days));
        Assert.Empty(taken[Bilston]);
    }

    [Theory]
    [InlineData("select 1", null)]
    [InlineData("update queue_slots set slots = '[\"tue 17:31\"]'", "not what was set last")]
    [InlineData("update queue_slots set saved_by = 'another'", "not what was set last")]
    [InlineData("update queue_slots set version = 1", "not what was set last")]
    [InlineData("delete from queue_slots", "no post is put into them")]
    [InlineData("insert into queue_slots select 'x/bilston', slots, 1, now(), 'a', 'A' from queue_slots", "does not have them")]
    [InlineData("select journal_append('slots/x/aston', 'slots-lost', 'a', 'A', 'system', null, null, null, '{}')", "does not belong here")]
    public async Task Verify_ComparesSlotsWithTheirJournal(string tampering, string? says)
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new QueueSlotStore(ground.Database);
        await store.SetAsync(Aston, [Tuesday, Sunday], 0, Staff.Comms, None);
        await store.SetAsync(Aston, [Tuesday], 1, Staff.Officer, None);
        await ground.ExecuteAsync(tampering);

        var report = await new Verifier(ground.ConnectionString, TimeProvider.System).RunAsync(null, None);
        var check = Assert.Single(report.Checks, c => c.Kind == CheckKind.QueueSlots);
        Assert.Equal(says is null, report.Agrees);
        Assert.True(says is null ? check is { Looked: 1, Found: 0 } : check.Differences.Any(d => d.ToString().Contains(says, StringComparison.Ordinal)), string.Join('\n', check.Differences));
    }
}

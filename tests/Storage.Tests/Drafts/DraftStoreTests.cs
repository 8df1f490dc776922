using Coordination.Domain.Accounts;
using Coordination.Domain.Drafts;
using Coordination.Domain.Review;
using Coordination.Storage.Drafts;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Drafts;

public sealed class DraftStoreTests(FastPostgresFixture server)
{
    private static readonly AccountKey Aston = AccountKey.Parse("x/aston");
    private static readonly DraftContent Words = new("Open day", [Aston], new DateTimeOffset(2030, 5, 1, 9, 0, 0, TimeSpan.Zero), new PostAbout { Topic = PostTopic.Event });

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Save_KeepsEverything_AndARepeatChangesNothing()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, id) = (new DraftStore(ground.Database), Guid.CreateVersion7());
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal(DraftAnswer.Saved, await store.SaveAsync(id, 0, Words, Staff.Holder, None));
        }

        var draft = (await store.FindAsync(id, None))!;
        Assert.Equal((1, "Open day", Words.DueAt, PostTopic.Event), (draft.Revision, draft.Content.Text, draft.Content.DueAt, draft.Content.About.Topic));
        Assert.Equal((Staff.Holder.Id, Staff.Holder.Name, Aston), (draft.WriterId, draft.SavedByName, Assert.Single(draft.Content.Accounts)));
        Assert.Null(await store.FindAsync(Guid.NewGuid(), None));
        Assert.Equal(0, await ground.ScalarAsync<long>("select count(*) from journal where payload like '%Open day%'"));
    }

    [Fact]
    public async Task Later_IsToldOfTheOther_AndTheOthersWordsStay()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, id) = (new DraftStore(ground.Database), Guid.CreateVersion7());
        await store.SaveAsync(id, 0, Words, Staff.Holder, None);
        Assert.Equal(DraftAnswer.Saved, await store.SaveAsync(id, 1, Words with { Text = "Open day, with cake" }, Staff.Comms, None));
        Assert.Equal(DraftAnswer.Changed, await store.SaveAsync(id, 1, Words with { Text = "Open day at ten" }, Staff.Holder, None));
        Assert.Equal("Open day, with cake", (await store.FindAsync(id, None))!.Content.Text);

        Assert.Equal(DraftAnswer.Saved, await store.SaveAsync(id, 2, Words with { Text = "Open day at ten" }, Staff.Holder, None));
        Assert.Equal(DraftAnswer.Saved, await store.SaveAsync(id, 3, Words with { Text = "Open day at eleven", DueAt = null }, Staff.Holder, None));
        Assert.Equal(DraftAnswer.Saved, await store.SaveAsync(id, 4, Words with { Text = "Open day at eleven", DueAt = null, Line = "H-000007" }, Staff.Holder, None));
        Assert.Equal("H-000007", (await store.FindAsync(id, None))!.Content.Line);
        Assert.Equal([("Open day, with cake", Staff.Comms.Name), ("Open day", Staff.Holder.Name)], (await store.FindAsync(id, None))!.Former.Select(f => (f.Text, f.ByName)));
    }

    [Fact]
    public async Task Plan_IsKept_AndAnotherPlanIsAnotherRevision()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, id) = (new DraftStore(ground.Database), Guid.CreateVersion7());
        var plan = new DraftPlan(TimeSpan.FromHours(1), NextSlot: true, new DraftRepeat("FREQ=DAILY;COUNT=3", SkipHolidays: true));
        await store.SaveAsync(id, 0, Words, Staff.Holder, None);
        Assert.Equal(DraftPlan.Usual, (await store.FindAsync(id, None))!.Content.Plan);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal(DraftAnswer.Saved, await store.SaveAsync(id, 1, Words with { Plan = plan }, Staff.Holder, None));
        }

        Assert.Equal((2, plan), ((await store.FindAsync(id, None))!.Revision, (await store.FindAsync(id, None))!.Content.Plan));
        Assert.Equal(DraftAnswer.Changed, await store.SaveAsync(id, 1, Words with { Plan = plan with { NextSlot = false } }, Staff.Comms, None));
    }

    [Fact]
    public async Task Former_AreTheLastTwenty()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, id) = (new DraftStore(ground.Database), Guid.CreateVersion7());
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(DraftAnswer.Saved, await store.SaveAsync(id, i, Words with { Text = $"Words {i}" }, i % 2 == 0 ? Staff.Holder : Staff.Comms, None));
        }

        Assert.Equal(Enumerable.Range(9, 20).Reverse().Select(i => $"Words {i}"), (await store.FindAsync(id, None))!.Former.Select(f => f.Text));
    }

    [Fact]
    public async Task Discard_IsOfTheRevisionThatWasRead()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, id) = (new DraftStore(ground.Database), Guid.CreateVersion7());
        await store.SaveAsync(id, 0, Words, Staff.Holder, None);
        await store.SaveAsync(id, 1, Words with { Text = "Other" }, Staff.Comms, None);
        Assert.False(await store.DiscardAsync(id, 1, None));
        Assert.True(await store.DiscardAsync(id, 2, None));
        Assert.True(await store.DiscardAsync(id, 2, None));
        Assert.Equal(DraftAnswer.Gone, await store.SaveAsync(id, 2, Words, Staff.Holder, None));
        Assert.Equal(0, await ground.ScalarAsync<long>("select count(*) from draft_former"));
    }

    [Fact]
    public async Task Lists_AreOnesOwn_AndOthersWithAccounts()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new DraftStore(ground.Database);
        var (own, shared, bare) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await store.SaveAsync(own, 0, Words, Staff.Holder, None);
        await store.SaveAsync(shared, 0, Words, Staff.Comms, None);
        await store.SaveAsync(bare, 0, Words with { Accounts = [] }, Staff.Comms, None);
        Assert.Equal([own], (await store.OfWriterAsync(Staff.Holder.Id, 10, None)).Select(d => d.Id));
        Assert.Equal([shared], (await store.OfOthersAsync(Staff.Holder.Id, 10, None)).Select(d => d.Id));
        Assert.Equal([bare, shared], (await store.OfWriterAsync(Staff.Comms.Id, 10, None)).Select(d => d.Id));
    }

    [Fact]
    public async Task Writer_HasOnlySoMany()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new DraftStore(ground.Database);
        for (var i = 0; i < DraftRules.Most; i++)
        {
            await store.SaveAsync(Guid.CreateVersion7(), 0, Words, Staff.Holder, None);
        }

        Assert.Equal(DraftAnswer.TooMany, await store.SaveAsync(Guid.CreateVersion7(), 0, Words, Staff.Holder, None));
        Assert.Equal(DraftAnswer.Saved, await store.SaveAsync(Guid.CreateVersion7(), 0, Words, Staff.Comms, None));
    }

    [Fact]
    public async Task TwoWhoBeginTheSame_AreOneDraft()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, id) = (new DraftStore(ground.Database), Guid.CreateVersion7());
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => store.SaveAsync(id, 0, Words with { Text = $"Words {i}" }, Staff.Holder, None)));
        Assert.Single(answers, DraftAnswer.Saved);
        Assert.Equal(7, answers.Count(a => a == DraftAnswer.Changed));
    }
}

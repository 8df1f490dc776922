using Coordination.Domain.Templates;
using Coordination.Storage.Templates;
using Coordination.Storage.Tests.Fence;
using Coordination.Storage.Verification;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Templates;

public sealed class TemplateStoreTests(FastPostgresFixture server)
{
    private static readonly TemplateWish Road = new("road-closed", "Road closed", "{road} is closed at {place}.\n\"{{Thank you}}\"", "Until it is open again");
    private static readonly TemplateWish Alarm = new("alarm", "Alarm test", "Test yours on {day}.", null);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Save_KeepsEverything_AndItsEntry()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new TemplateStore(ground.Database);
        Assert.Equal(TemplateOutcome.Saved, await store.SaveAsync(Road, null, Staff.Comms, None));
        Assert.Equal(TemplateOutcome.Saved, await store.SaveAsync(Alarm, null, Staff.Officer, None));

        Assert.Equal(["Alarm test", "Road closed"], (await store.AllAsync(None)).Select(t => t.Name));
        var saved = (await store.FindAsync(Road.Id, None))!;
        Assert.Equal((Road.Id, Road.Name, Road.Text, Road.Hint, 1, Staff.Comms.Id, Staff.Comms.Name), (saved.Id, saved.Name, saved.Text, saved.Hint, saved.Version, saved.SavedBy, saved.SavedByName));
        Assert.Null((await store.FindAsync(Alarm.Id, None))!.Hint);
        Assert.Equal(saved.SavedAt.UtcDateTime, await ground.ScalarAsync<DateTime>("select at from journal where stream = 'template/road-closed' and number = 1 and event = 'template-saved'"));
        Assert.Equal(Road.Text, await ground.ScalarAsync<string>("select payload::json ->> 'text' from journal where stream = 'template/road-closed'"));
        Assert.Null(await store.FindAsync("nobody", None));
    }

    [Fact]
    public async Task Save_ChangesNothing_WhenItIsRepeated()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new TemplateStore(ground.Database);
        await store.SaveAsync(Alarm, null, Staff.Comms, None);
        Assert.Equal(TemplateOutcome.Saved, await store.SaveAsync(Alarm, null, Staff.Officer, None));
        await store.SaveAsync(Alarm with { Hint = "On Mondays" }, 1, Staff.Comms, None);
        Assert.Equal(TemplateOutcome.Saved, await store.SaveAsync(Alarm with { Hint = "On Mondays" }, 1, Staff.Comms, None));

        Assert.Equal((2, "On Mondays"), ((await store.FindAsync("alarm", None))!.Version, (await store.FindAsync("alarm", None))!.Hint));
        Assert.Equal(2, await ground.ScalarAsync<long>("select count(*) from journal where stream = 'template/alarm'"));
    }

    [Fact]
    public async Task Save_AndRemove_Refuse_WhatWasNotRead()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new TemplateStore(ground.Database);
        await store.SaveAsync(Alarm, null, Staff.Comms, None);
        await store.SaveAsync(Road, null, Staff.Comms, None);

        Assert.Equal(TemplateOutcome.Changed, await store.SaveAsync(Alarm with { Text = "Another" }, null, Staff.Comms, None));
        Assert.Equal(TemplateOutcome.Changed, await store.SaveAsync(Alarm with { Text = "Another" }, 2, Staff.Comms, None));
        Assert.Equal(TemplateOutcome.Gone, await store.SaveAsync(Alarm with { Id = "other", Name = "Other" }, 1, Staff.Comms, None));
        Assert.Equal(TemplateOutcome.NameTaken, await store.SaveAsync(Alarm with { Name = "road CLOSED" }, 1, Staff.Comms, None));
        Assert.Equal(TemplateOutcome.NameTaken, await store.SaveAsync(Alarm with { Id = "other", Name = "road CLOSED" }, null, Staff.Comms, None));
        Assert.Equal(TemplateOutcome.Changed, await store.RemoveAsync("alarm", 2, Staff.Comms, None));
        Assert.Equal(TemplateOutcome.Gone, await store.RemoveAsync("other", 1, Staff.Comms, None));
        Assert.Equal(2, await ground.ScalarAsync<long>("select count(*) from journal where stream like 'template/%'"));
        Assert.Equal(TemplateOutcome.Removed, await store.RemoveAsync("alarm", 1, Staff.Officer, None));
        Assert.Equal(TemplateOutcome.Gone, await store.RemoveAsync("alarm", 1, Staff.Comms, None));
        Assert.Null(await store.FindAsync("alarm", None));
        Assert.Equal(Staff.Officer.Id, await ground.ScalarAsync<string>("select actor_id from journal where stream = 'template/alarm' and number = 2 and event = 'template-removed'"));
    }

    [Fact]
    public async Task Version_GoesOnGrowing_WhenAnIdIsUsedAgain()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new TemplateStore(ground.Database);
        await store.SaveAsync(Alarm, null, Staff.Comms, None);
        await store.RemoveAsync("alarm", 1, Staff.Comms, None);
        await store.SaveAsync(Alarm with { Text = "Another" }, null, Staff.Comms, None);

        // Who read the first one does not change the second.
        Assert.Equal(3, (await store.FindAsync("alarm", None))!.Version);
        Assert.Equal(TemplateOutcome.Changed, await store.SaveAsync(Alarm, 1, Staff.Comms, None));
    }

    [Fact]
    public async Task Save_LetsOneOfManyThrough_WhenAllReadTheSame()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new TemplateStore(ground.Database);
        await store.SaveAsync(Alarm, null, Staff.Comms, None);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => store.SaveAsync(Alarm with { Text = $"Text {i}" }, 1, Staff.Comms, None)));

        Assert.Single(answers, a => a == TemplateOutcome.Saved);
        Assert.Equal(7, answers.Count(a => a == TemplateOutcome.Changed));
    }

    [Fact]
    public async Task Save_RefusesAnother_WhenThereAreAsManyAsFit()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new TemplateStore(ground.Database);
        await ground.ExecuteAsync($"insert into post_template select 't-' || n, 'T ' || n, 'Words', null, 1, now(), 'a', 'A' from generate_series(1, {TemplateDecider.Most}) n");

        Assert.Equal(TemplateOutcome.TooMany, await store.SaveAsync(Alarm, null, Staff.Comms, None));
        Assert.Equal(TemplateOutcome.Saved, await store.SaveAsync(Alarm with { Id = "t-1" }, 1, Staff.Comms, None));
    }

    [Theory]
    [InlineData("select 1", null)]
    [InlineData("update post_template set text = 'Others' where id = 'alarm'", "is not what was saved last")]
    [InlineData("update post_template set name = 'Others' where id = 'alarm'", "is not what was saved last")]
    [InlineData("update post_template set hint = null where id = 'alarm'", "is not what was saved last")]
    [InlineData("update post_template set saved_by = 'another' where id = 'alarm'", "is not what was saved last")]
    [InlineData("update post_template set version = 1 where id = 'alarm'", "is not what was saved last")]
    [InlineData("delete from post_template where id = 'alarm'", "cannot be chosen")]
    [InlineData("insert into post_template select 'road-closed', 'Road', text, null, 1, now(), 'a', 'A' from post_template", "does not have it as saved")]
    [InlineData("select journal_append('template/alarm', 'template-lost', 'a', 'A', 'system', null, null, null, '{}')", "does not belong here")]
    public async Task Verify_ComparesTemplatesWithTheirJournal(string tampering, string? says)
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new TemplateStore(ground.Database);
        await store.SaveAsync(Road, null, Staff.Comms, None);
        await store.RemoveAsync(Road.Id, 1, Staff.Comms, None);
        await store.SaveAsync(Alarm, null, Staff.Comms, None);
        await store.SaveAsync(Alarm with { Hint = "On Mondays" }, 1, Staff.Officer, None);
        await ground.ExecuteAsync(tampering);

        var report = await new Verifier(ground.ConnectionString, TimeProvider.System).RunAsync(null, None);
        var check = Assert.Single(report.Checks, c => c.Kind == CheckKind.Templates);
        Assert.Equal(says is null, report.Agrees);
        Assert.True(says is null ? check is { Looked: 1, Found: 0 } : check.Differences.Any(d => d.ToString().Contains(says, StringComparison.Ordinal)), string.Join('\n', check.Differences));
    }
}

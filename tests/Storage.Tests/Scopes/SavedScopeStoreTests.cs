using Coordination.Domain.Holds;
using Coordination.Storage.Scopes;
using Coordination.Storage.Tests.Fence;
using Coordination.Storage.Verification;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Scopes;

public sealed class SavedScopeStoreTests(FastPostgresFixture server)
{
    private static readonly Scope Cadets = new() { Name = "Cadets", Accounts = ["x/cadets"], Except = new Scope { Platforms = ["x"] } };
    private static readonly Scope Youth = new() { Name = "Youth", Kinds = ["local"] };

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Save_KeepsEverything_AndItsEntry()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new SavedScopeStore(ground.Database);
        Assert.Equal(ScopeAnswer.Saved, await store.SaveAsync("youth", Youth, null, Staff.Comms, None));
        Assert.Equal(ScopeAnswer.Saved, await store.SaveAsync("cadets", Cadets, null, Staff.Officer, None));

        Assert.Equal(["Cadets", "Youth"], (await store.AllAsync(None)).Select(s => s.Name));
        var saved = (await store.FindAsync("cadets", None))!;
        Assert.Equal(("cadets", "Cadets", 1, Staff.Officer.Id, Staff.Officer.Name), (saved.Id, saved.Name, saved.Version, saved.SavedBy, saved.SavedByName));
        Assert.True(saved.Scope is { Name: "Cadets", Accounts: ["x/cadets"], Except.Platforms: ["x"] });
        Assert.Equal(saved.SavedAt.UtcDateTime, await ground.ScalarAsync<DateTime>("select at from journal where stream = 'scope/cadets' and number = 1 and event = 'scope-saved'"));
        Assert.Null(await store.FindAsync("nobody", None));
    }

    [Fact]
    public async Task Save_ChangesNothing_WhenItIsRepeated()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new SavedScopeStore(ground.Database);
        await store.SaveAsync("youth", Youth, null, Staff.Comms, None);
        Assert.Equal(ScopeAnswer.Saved, await store.SaveAsync("youth", Youth, null, Staff.Officer, None));
        await store.SaveAsync("youth", Youth with { Kinds = ["corporate"] }, 1, Staff.Comms, None);
        Assert.Equal(ScopeAnswer.Saved, await store.SaveAsync("youth", Youth with { Kinds = ["corporate"] }, 1, Staff.Comms, None));

        Assert.Equal(2, (await store.FindAsync("youth", None))!.Version);
        Assert.Equal(2, await ground.ScalarAsync<long>("select count(*) from journal where stream = 'scope/youth'"));
    }

    [Fact]
    public async Task Save_AndRemove_Refuse_WhatWasNotRead()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new SavedScopeStore(ground.Database);
        await store.SaveAsync("youth", Youth, null, Staff.Comms, None);
        await store.SaveAsync("cadets", Cadets, null, Staff.Comms, None);

        Assert.Equal(ScopeAnswer.Changed, await store.SaveAsync("youth", Youth with { All = true }, null, Staff.Comms, None));
        Assert.Equal(ScopeAnswer.Changed, await store.SaveAsync("youth", Youth with { All = true }, 2, Staff.Comms, None));
        Assert.Equal(ScopeAnswer.Gone, await store.SaveAsync("other", Youth with { Name = "Other" }, 1, Staff.Comms, None));
        Assert.Equal(ScopeAnswer.NameTaken, await store.SaveAsync("youth", Youth with { Name = "cadeTS" }, 1, Staff.Comms, None));
        Assert.Equal(ScopeAnswer.Changed, await store.RemoveAsync("youth", 2, Staff.Comms, None));
        Assert.Equal(ScopeAnswer.Gone, await store.RemoveAsync("other", 1, Staff.Comms, None));
        Assert.Equal(2, await ground.ScalarAsync<long>("select count(*) from journal where stream like 'scope/%'"));
        Assert.Equal(ScopeAnswer.Removed, await store.RemoveAsync("youth", 1, Staff.Comms, None));
        Assert.Equal(ScopeAnswer.Gone, await store.RemoveAsync("youth", 1, Staff.Comms, None));
    }

    [Fact]
    public async Task Version_GoesOnGrowing_WhenAnIdIsUsedAgain()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new SavedScopeStore(ground.Database);
        await store.SaveAsync("youth", Youth, null, Staff.Comms, None);
        await store.RemoveAsync("youth", 1, Staff.Comms, None);
        await store.SaveAsync("youth", Youth with { All = true }, null, Staff.Comms, None);

        // Who read the first one does not change the second.
        Assert.Equal(3, (await store.FindAsync("youth", None))!.Version);
        Assert.Equal(ScopeAnswer.Changed, await store.SaveAsync("youth", Youth, 1, Staff.Comms, None));
    }

    [Fact]
    public async Task Save_LetsOneOfTwoThrough_WhenBothReadTheSame()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new SavedScopeStore(ground.Database);
        await store.SaveAsync("youth", Youth, null, Staff.Comms, None);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => store.SaveAsync("youth", Youth with { Areas = [$"area-{i}"] }, 1, Staff.Comms, None)));

        Assert.Single(answers, a => a == ScopeAnswer.Saved);
        Assert.Equal(7, answers.Count(a => a == ScopeAnswer.Changed));
    }

    [Fact]
    public async Task Save_RefusesAnother_WhenThereAreAsManyAsFit()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new SavedScopeStore(ground.Database);
        await ground.ExecuteAsync($"insert into saved_scope select 's-' || n, 'S ' || n, '{{}}', 1, now(), 'a', 'A' from generate_series(1, {SavedScopeDecider.Most}) n");

        Assert.Equal(ScopeAnswer.TooMany, await store.SaveAsync("youth", Youth, null, Staff.Comms, None));
        Assert.Equal(ScopeAnswer.Saved, await store.SaveAsync("s-1", Youth, 1, Staff.Comms, None));
    }

    [Theory]
    [InlineData("select 1", null)]
    [InlineData("update saved_scope set scope = '{\"name\":\"Cadets\",\"all\":true}' where id = 'cadets'", "is not what was saved last")]
    [InlineData("update saved_scope set name = 'Others' where id = 'cadets'", "is not what was saved last")]
    [InlineData("update saved_scope set saved_by = 'another' where id = 'cadets'", "is not what was saved last")]
    [InlineData("update saved_scope set version = 1 where id = 'cadets'", "is not what was saved last")]
    [InlineData("delete from saved_scope where id = 'cadets'", "cannot be chosen")]
    [InlineData("insert into saved_scope select 'youth', 'Youth', scope, 1, now(), 'a', 'A' from saved_scope", "does not have it as saved")]
    [InlineData("select journal_append('scope/cadets', 'scope-lost', 'a', 'A', 'system', null, null, null, '{}')", "does not belong here")]
    public async Task Verify_ComparesSavedScopesWithTheirJournal(string tampering, string? says)
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new SavedScopeStore(ground.Database);
        await store.SaveAsync("youth", Youth, null, Staff.Comms, None);
        await store.RemoveAsync("youth", 1, Staff.Comms, None);
        await store.SaveAsync("cadets", Cadets with { All = true }, null, Staff.Comms, None);
        await store.SaveAsync("cadets", Cadets, 1, Staff.Officer, None);
        await ground.ExecuteAsync(tampering);

        var report = await new Verifier(ground.ConnectionString, TimeProvider.System).RunAsync(null, None);
        var check = Assert.Single(report.Checks, c => c.Kind == CheckKind.SavedScopes);
        Assert.Equal(says is null, report.Agrees);
        Assert.True(says is null ? check is { Looked: 1, Found: 0 } : check.Differences.Any(d => d.ToString().Contains(says, StringComparison.Ordinal)), string.Join('\n', check.Differences));
    }
}

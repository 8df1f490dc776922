using Coordination.Domain.Incidents.Rules;
using Coordination.Storage.Incidents;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Incidents;

/// <summary>The rules about incidents: one draft, two people, versions that stay.</summary>
public sealed class RuleBookStoreTests(FastPostgresFixture server)
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Draft_ComesIntoForce_ByTwoPeople_AndTheOldVersionsStay()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new RuleBookStore(ground.Database);
        Assert.Equal((1, RuleBook.Default), (await store.VersionAsync(None), await store.FindAsync(1, None)));
        Assert.Null(await store.DraftAsync(None));
        Assert.Equal(DraftOutcome.Gone, await store.StepAsync(DraftStep.Ask, 1, "Why not", Staff.Comms, None));

        IncidentRule[] rules = [.. RuleBook.Default.Rules.Take(3)];
        Assert.Equal(DraftOutcome.Done, await store.SaveAsync(rules, 0, Staff.Comms, None));
        Assert.Equal(DraftOutcome.Stale, await store.SaveAsync(rules, 0, Staff.Second, None));
        Assert.Equal(DraftOutcome.Done, await store.SaveAsync([.. rules.Take(2)], 1, Staff.Second, None));
        var draft = (await store.DraftAsync(None))!;
        Assert.Equal((2, 1, 2, Staff.Second.Name), (draft.Revision, draft.BasedOn, draft.Rules.Count, draft.ChangedBy));
        Assert.Equal(rules.Take(2).Select(r => r.When.Words()), draft.Rules.Select(r => r.When.Words()));

        Assert.Equal(DraftOutcome.NotAsked, await store.StepAsync(DraftStep.Activate, 2, null, Staff.Second, None));
        Assert.Equal(DraftOutcome.Stale, await store.StepAsync(DraftStep.Ask, 1, "Fewer rules", Staff.Comms, None));
        Assert.Equal(DraftOutcome.Done, await store.StepAsync(DraftStep.Ask, 2, "Fewer rules", Staff.Comms, None));
        Assert.Equal(DraftOutcome.Asked, await store.SaveAsync(rules, 2, Staff.Comms, None));
        Assert.Equal(DraftOutcome.Own, await store.StepAsync(DraftStep.Activate, 2, null, Staff.Comms, None));
        Assert.Equal(DraftOutcome.Done, await store.StepAsync(DraftStep.Decline, 2, "Read it again", Staff.Second, None));
        Assert.Equal($"{Staff.Second.Name}: Read it again", (await store.DraftAsync(None))!.Declined);
        Assert.Equal(1, await store.VersionAsync(None));

        Assert.Equal(DraftOutcome.Done, await store.StepAsync(DraftStep.Ask, 2, "Fewer rules", Staff.Comms, None));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => store.StepAsync(DraftStep.Activate, 2, "Good", Staff.Second, None)));
        Assert.Single(outcomes, DraftOutcome.Done);
        Assert.Equal(2, await store.VersionAsync(None));
        Assert.Equal(2, (await store.FindAsync(2, None))!.Rules.Count);
        Assert.Null(await store.FindAsync(3, None));
        Assert.Null(await store.DraftAsync(None));
        var versions = await store.VersionsAsync(None);
        Assert.Equal([2, 1], versions.Select(v => v.Version));
        Assert.Equal((Staff.Comms.Name, "Fewer rules", Staff.Second.Name, "Good"), (versions[0].AskedBy, versions[0].Reason, versions[0].ConfirmedBy, versions[0].Note));
        Assert.Equal(6, await ground.ScalarAsync<long>("select count(*) from journal where stream = 'rule-book'"));
    }

    [Fact]
    public async Task Draft_ThatAnotherVersionOvertook_IsNotActivated()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new RuleBookStore(ground.Database);
        await store.SaveAsync([.. RuleBook.Default.Rules.Take(1)], 0, Staff.Comms, None);
        await store.StepAsync(DraftStep.Ask, 1, "One rule", Staff.Comms, None);
        await ground.ExecuteAsync("insert into rule_book values (2, '[]', clock_timestamp(), 'a', 'A', 'r', 'b', 'B', null)");
        Assert.Equal(DraftOutcome.Overtaken, await store.StepAsync(DraftStep.Activate, 1, null, Staff.Second, None));
        Assert.Equal(DraftOutcome.Done, await store.StepAsync(DraftStep.Decline, 1, "Overtaken", Staff.Second, None));
        Assert.Equal(DraftOutcome.Overtaken, await store.StepAsync(DraftStep.Ask, 1, "One rule", Staff.Comms, None));
        Assert.Equal(DraftOutcome.Done, await store.StepAsync(DraftStep.Discard, 1, null, Staff.Comms, None));
        Assert.Null(await store.DraftAsync(None));
    }
}

using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;
using Coordination.Storage.Tests.Fence;
using Coordination.Storage.Verification;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Incidents;

/// <summary>What was changed past the journal is found.</summary>
public sealed class IncidentCheckTests(FastPostgresFixture server)
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("update incident_report set report = replace(report, 'House', 'Other')", "is not what was filed")]
    [InlineData("update incident_report set digest = 'x'", "has no entry")]
    [InlineData("delete from incident_report", "is gone")]
    [InlineData("update takeover set state = 'vetoed'", "its latest entry says")]
    [InlineData("update takeover set hold_id = 'H-999999', state = 'placed' where state = 'placed'", "its latest entry says")]
    [InlineData("update hold set operation_id = gen_random_uuid() where incident is null", "placed by another wish")]
    [InlineData("alter table agreed_line drop constraint agreed_line_takeover_id_fkey; delete from takeover where state = 'placed'", "is gone")]
    [InlineData("update agreed_line set line = 9 where takeover_id is null", "is not what was said")]
    [InlineData("update agreed_line set accounts = '{x/a}' where takeover_id is not null", "is not what was said")]
    [InlineData("update agreed_line set said_by = 'somebody'", "is not what was said")]
    [InlineData("update agreed_line set hold_id = 'H-999999'", "has no entry")]
    [InlineData("update agreed_line set takeover_id = null", "has no entry")]
    [InlineData("insert into agreed_line select gen_random_uuid(), hold_id, null, number, 2, accounts, said_by, said_name, said_at from agreed_line limit 1", "has no entry")]
    [InlineData("delete from agreed_line where takeover_id is null", "is gone")]
    [InlineData("update rule_book set rules = '[]'", "is not what was activated")]
    [InlineData("delete from rule_book", "is gone")]
    public async Task Verify_FindsWhatWasChangedByHand(string sql, string words)
    {
        await using var ground = await Ground.MakeAsync(server);
        var (files, store, rules) = (new IncidentFiles(ground.Database), new TakeoverStore(ground.Database), new RuleBookStore(ground.Database));
        await IncidentFilesTests.FileAsync(files, IncidentFilesTests.Report("A"));
        await IncidentFilesTests.FileAsync(files, IncidentFilesTests.Report("A") with { Exercise = true });
        var wish = new NewTakeover(Guid.CreateVersion7(), "A", false, "major", 1, "w", null, HoldKind.CentralCoordination, Scope.LocalAccounts, [], null, "r");
        var order = Ground.Order(Scope.LocalAccounts) with { OperationId = wish.Id };
        await store.ClaimAsync(wish, None);
        var (hold, byHand) = (await ground.PlaceAsync(order), await ground.PlaceAsync(Ground.Order(Scope.LocalAccounts) with { Incident = "A" }));
        await store.StepAsync(wish.Id, TakeoverStep.Placed, Actor.System, null, hold.Id, None);
        await new AgreedLineStore(ground.Database).SayAsync(Guid.NewGuid(), hold.Id, ["x/a", "x/b"], Staff.Comms, None);
        await new AgreedLineStore(ground.Database).SayAsync(Guid.NewGuid(), byHand.Id, ["x/a"], Staff.Comms, None);
        await store.ClaimAsync(wish with { Id = Guid.CreateVersion7(), Rule = "other", VetoSeconds = 60 }, None);
        await store.ClaimAsync(wish with { Id = Guid.CreateVersion7(), Exercise = true }, None);
        await rules.SaveAsync(RuleBook.Default.Rules, 0, Staff.Comms, None);
        await rules.StepAsync(DraftStep.Ask, 1, "Why", Staff.Comms, None);
        await rules.StepAsync(DraftStep.Activate, 1, null, Staff.Second, None);

        var before = await CheckAsync(ground);
        Assert.Empty(before.Differences);
        Assert.Equal(8, before.Looked);
        await ground.ExecuteAsync(sql);
        Assert.Contains((await CheckAsync(ground)).Differences, d => d.ToString().Contains(words, StringComparison.Ordinal));
    }

    private static async Task<VerificationCheck> CheckAsync(Ground ground) =>
        Assert.Single((await new Verifier(ground.ConnectionString, TimeProvider.System).RunAsync(null, None)).Checks, c => c.Kind == CheckKind.Incidents);
}

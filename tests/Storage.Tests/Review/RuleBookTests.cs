using Coordination.Domain.Review;
using Coordination.Storage.Review;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Review;

public sealed class RuleBookTests(FastPostgresFixture server)
{
    private static readonly PublishingRules Strict = new()
    {
        Content = new Dictionary<string, ContentAct>(StringComparer.Ordinal) { ["phone"] = ContentAct.Comms },
        Approvals = [new ApprovalRule("local", ApprovalNeed.Two, ["alex"])],
        ClashMinutes = 45,
    };

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_GivesTheUsual_BeforeAnybodySetAnything()
    {
        await using var ground = await Ground.MakeAsync(server);
        var kept = await new RuleBook(ground.Database).ReadAsync(None);
        Assert.Equal((0, (DateTimeOffset?)null, 30), (kept.Version, kept.SavedAt, kept.Rules.ClashMinutes));
    }

    [Fact]
    public async Task Save_KeepsEverything_AndItsEntry()
    {
        await using var ground = await Ground.MakeAsync(server);
        var book = new RuleBook(ground.Database);
        Assert.True(await book.SaveAsync(Strict, 0, Staff.Comms, None));
        var kept = await book.ReadAsync(None);
        Assert.Equal((1, Staff.Comms.Name, 45, ContentAct.Comms), (kept.Version, kept.SavedByName, kept.Rules.ClashMinutes, kept.Rules.Content["phone"]));
        Assert.Equal(("local", ApprovalNeed.Two, "alex"), (kept.Rules.Approvals[0].For, kept.Rules.Approvals[0].Need, kept.Rules.Approvals[0].Approvers[0]));
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from journal where stream = 'rules/publishing' and event = 'rules-changed' and actor_id = $1", Staff.Comms.Id));
    }

    [Fact]
    public async Task Save_ChangesNothing_WhenItIsRepeated_OrOthersWereRead()
    {
        await using var ground = await Ground.MakeAsync(server);
        var book = new RuleBook(ground.Database);
        Assert.True(await book.SaveAsync(Strict, 0, Staff.Comms, None));
        Assert.True(await book.SaveAsync(Strict, 0, Staff.Officer, None));
        Assert.False(await book.SaveAsync(Strict with { ClashMinutes = 5 }, 0, Staff.Officer, None));
        Assert.Equal((1, 45, Staff.Comms.Name), ((await book.ReadAsync(None)).Version, (await book.ReadAsync(None)).Rules.ClashMinutes, (await book.ReadAsync(None)).SavedByName));
        Assert.True(await book.SaveAsync(Strict with { ClashMinutes = 5 }, 1, Staff.Officer, None));
        Assert.Equal(2, await ground.ScalarAsync<long>("select count(*) from journal where stream = 'rules/publishing'"));
    }

    [Fact]
    public async Task Save_KeepsQuietHours_OnlyWhereTheyAreOthersThanUsual()
    {
        await using var ground = await Ground.MakeAsync(server);
        var book = new RuleBook(ground.Database);
        Assert.True(await book.SaveAsync(Strict, 0, Staff.Comms, None));
        Assert.Equal(QuietHours.Default, (await book.ReadAsync(None)).Rules.Quiet);
        Assert.False(await ground.ScalarAsync<bool>("select rules ? 'quiet' from publishing_rules"));

        var quiet = new QuietHours(new TimeOnly(21, 30), new TimeOnly(8, 0), ContentAct.Reason);
        Assert.True(await book.SaveAsync(Strict with { Quiet = quiet }, 1, Staff.Comms, None));
        Assert.Equal(quiet, (await book.ReadAsync(None)).Rules.Quiet);
        Assert.True(await book.SaveAsync(Strict, 2, Staff.Comms, None));
        Assert.Equal(QuietHours.Default, (await book.ReadAsync(None)).Rules.Quiet);
    }
}

using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Lines;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Incidents;

/// <summary>A message is tied to its hold once, before its accounts are asked; lines stand in order; what was written is answered again after the lift.</summary>
public sealed class AgreedLineStoreTests(FastPostgresFixture server)
{
    private static readonly string[] Both = ["x/b", "x/a"];

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Say_IsOnce_HoweverOftenAndByHowManyAtOnce()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, hold, message) = (new AgreedLineStore(ground.Database), await ByHandAsync(ground), Guid.NewGuid());
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.SayAsync(message, hold.Id, Both, Staff.Comms, None)));
        Assert.Single(outcomes, LineOutcome.Said);
        Assert.All(outcomes, o => Assert.Contains(o, new[] { LineOutcome.Said, LineOutcome.Same }));
        var said = Assert.Single(await store.OfHoldAsync(hold.Id, None));
        Assert.Equal((message, hold.Id, null, "INC-7", 1, Staff.Comms.Id, Staff.Comms.Name), (said.MessageId, said.HoldId, said.TakeoverId, said.Incident, said.Line, said.SaidBy, said.SaidByName));
        Assert.Equal(["x/a", "x/b"], said.Accounts);
        Assert.Empty(said.States);
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from journal where stream = $1 and event = 'line-said' and actor_id = $2", "line/" + hold.Id, Staff.Comms.Id));
    }

    [Fact]
    public async Task Say_RefusesAnotherWishUnderTheSameMessage_AHoldThatIsGone_AndOneThatWasLifted()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, hold, other, message) = (new AgreedLineStore(ground.Database), await ByHandAsync(ground), await ByHandAsync(ground), Guid.NewGuid());
        await store.SayAsync(message, hold.Id, Both, Staff.Comms, None);
        Assert.Equal(LineOutcome.Other, await store.SayAsync(message, hold.Id, ["x/a"], Staff.Comms, None));
        Assert.Equal(LineOutcome.Other, await store.SayAsync(message, other.Id, Both, Staff.Comms, None));
        Assert.Equal(LineOutcome.Gone, await store.SayAsync(Guid.NewGuid(), "H-999999", Both, Staff.Comms, None));
        await ground.LiftAsync(hold.Id);
        Assert.Equal(LineOutcome.Lifted, await store.SayAsync(Guid.NewGuid(), hold.Id, Both, Staff.Comms, None));

        // A repeat of what took is answered as before.
        Assert.Equal(LineOutcome.Same, await store.SayAsync(message, hold.Id, Both, Staff.Comms, None));
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from agreed_line"));
    }

    [Fact]
    public async Task Say_IsTheNextLine_ButToThoseThatDidNotTakeTheLast()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, hold) = (new AgreedLineStore(ground.Database), await ByHandAsync(ground));
        async Task<int> SayAsync(params string[] accounts)
        {
            var message = Guid.NewGuid();
            Assert.Equal(LineOutcome.Said, await store.SayAsync(message, hold.Id, accounts, Staff.Comms, None));
            return (await store.OfHoldAsync(hold.Id, None)).Single(m => m.MessageId == message).Line;
        }

        // Nobody took the first: the same words to the same accounts are another line, for nothing of the first is out.
        Assert.Equal(1, await SayAsync("x/a", "x/b", "x/c"));
        Assert.Equal(2, await SayAsync("x/a", "x/b", "x/c"));
        await TakenAsync(ground, (await store.OfHoldAsync(hold.Id, None))[^1].MessageId, "a");

        // Those that did not take it, alone, are sent the same line; with one that did, or with one it was not meant for, it is the next.
        Assert.Equal(2, await SayAsync("x/b"));
        Assert.Equal(2, await SayAsync("x/b", "x/c"));
        Assert.Equal(3, await SayAsync("x/a", "x/b"));
        await TakenAsync(ground, (await store.OfHoldAsync(hold.Id, None))[^1].MessageId, "b");
        Assert.Equal(4, await SayAsync("x/c"));
        var lines = LineStanding.Of(await store.OfHoldAsync(hold.Id, None));
        Assert.Equal([(1, 3, 0, 2), (2, 3, 1, 3), (3, 2, 1, null), (4, 1, 0, null)], lines.Select(l => (l.Line, l.Asked, l.Taken, l.SupersededBy)));
    }

    [Fact]
    public async Task Say_OfATakeover_IsInItsIncidentsStream_AndFoundByItsNumber()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (files, takeovers, store) = (new IncidentFiles(ground.Database), new TakeoverStore(ground.Database), new AgreedLineStore(ground.Database));
        await IncidentFilesTests.FileAsync(files, IncidentFilesTests.Report("A"));
        var wish = new NewTakeover(Guid.CreateVersion7(), "A", false, "major", 1, "w", null, HoldKind.CentralCoordination, Scope.LocalAccounts, [], null, "r");
        await takeovers.ClaimAsync(wish, None);
        var hold = await ground.PlaceAsync(Ground.Order(Scope.LocalAccounts, HoldKind.CentralCoordination, [Staff.Comms.Id]) with { OperationId = wish.Id });

        // Also before the takeover knows its hold: the line is tied by the operation.
        Assert.Equal(LineOutcome.Said, await store.SayAsync(Guid.NewGuid(), hold.Id, Both, Staff.Comms, None));
        await takeovers.StepAsync(wish.Id, TakeoverStep.Placed, Actor.System, null, hold.Id, None);
        var said = Assert.Single(await store.OfIncidentsAsync(["B", "A"], None));
        Assert.Equal((wish.Id, "A", hold.Id), (said.TakeoverId, said.Incident, said.HoldId));
        Assert.Empty(await store.OfIncidentsAsync(["B"], None));
        Assert.Equal("incident-reported, takeover-started, line-said, takeover-placed", await ground.ScalarAsync<string>(
            "select string_agg(event, ', ' order by number) from journal where stream = 'incident-file/A'"));
    }

    private static Task<Hold> ByHandAsync(Ground ground) =>
        ground.PlaceAsync(Ground.Order(Scope.LocalAccounts, HoldKind.CentralCoordination, [Staff.Comms.Id]) with { Incident = "INC-7" });

    // The account has a post of the message.
    private static async Task TakenAsync(Ground ground, Guid message, string handle)
    {
        var account = await ground.AccountAsync(handle);
        var post = await account.ScheduleAsync();
        await ground.ExecuteAsync("update post set message_id = $1 where id = $2", message, post.Value);
    }
}

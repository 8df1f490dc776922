using Coordination.Domain.Posts;
using Coordination.Storage.Prepared;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Prepared;

/// <summary>What was prepared is one for each part, whoever prepared it, and nothing takes its place while a call may have used it.</summary>
public sealed class PreparedStoreTests(FastPostgresFixture server)
{
    private const string Slot = "container";

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handle_IsFoundAgain_AsItWasKept()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, part) = (new PreparedStore(ground.Database), await PartAsync(ground));
        Assert.Null(await store.FindAsync(part, Slot, None));
        var handle = new PreparedHandle("17", "words") { ExpiresAt = new DateTimeOffset(2030, 5, 1, 9, 0, 0, TimeSpan.Zero), Pieces = 2 };
        Assert.Equal(handle, await store.KeepAsync(part, Slot, handle, null, None));
        Assert.Equal(handle, await store.FindAsync(part, Slot, None));
        Assert.Null(await store.FindAsync(part, "image-0", None));
        Assert.Null(await store.FindAsync(part with { Part = 1 }, Slot, None));
        Assert.Null(await store.FindAsync(part with { Post = new PostId(Guid.CreateVersion7()) }, Slot, None));
    }

    [Fact]
    public async Task OfManyWorkers_OneKeepsItsHandle_AndAllGetThatOne()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, part) = (new PreparedStore(ground.Database), await PartAsync(ground));
        var got = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => store.KeepAsync(part, Slot, new PreparedHandle($"h{i}", "words"), null, None), None)));
        Assert.Single(got.Select(h => h!.Handle).Distinct(StringComparer.Ordinal));
        Assert.Equal(got[0], await store.FindAsync(part, Slot, None));

        // So it is when they replace it.
        var next = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => store.KeepAsync(part, Slot, new PreparedHandle($"n{i}", "words"), got[0], None), None)));
        Assert.Single(next.Select(h => h!.Handle).Distinct(StringComparer.Ordinal));
        Assert.StartsWith("n", next[0]!.Handle, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OlderRevision_NeverTakesThePlaceOfANewer()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, part) = (new PreparedStore(ground.Database), await PartAsync(ground));
        var old = (await store.KeepAsync(part, Slot, new PreparedHandle("old", "words"), null, None))!;
        var changed = part with { Revision = part.Revision + 1 };
        var current = (await store.KeepAsync(changed, Slot, new PreparedHandle("new", "other words"), old, None))!;
        Assert.Equal("new", current.Handle);
        Assert.Null(await store.KeepAsync(part, Slot, new PreparedHandle("stale", "words"), current, None));
        Assert.Null(await store.KeepAsync(part, Slot, new PreparedHandle("stale", "words"), old, None));
        Assert.Equal(current, await store.FindAsync(changed, Slot, None));
    }

    [Fact]
    public async Task NothingTakesItsPlace_WhileACallMayHaveUsedIt()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync(platform: "threads");
        var post = await account.ScheduleAsync();
        var (store, part) = (new PreparedStore(ground.Database), new PreparedPart(account.Key, post, 0, 1));
        var first = (await store.KeepAsync(part, Slot, new PreparedHandle("first", "words"), null, None))!;
        var permit = await ground.PermitAsync(account.WishFor(post));
        Assert.Equal("first", (await ReplaceAsync("second"))!.Handle);

        // Known not to be sent, it may be replaced; a post that is out, or of which nobody knows, keeps it.
        await ground.ExecuteAsync("update permit set outcome = 'not-sent' where id = $1", permit.PermitId);
        Assert.Equal("second", (await ReplaceAsync("second"))!.Handle);
        foreach (var outcome in new[] { "sent", "unknown" })
        {
            await ground.ExecuteAsync("update permit set outcome = $2 where id = $1", permit.PermitId, outcome);
            Assert.Equal("second", (await ReplaceAsync("third"))!.Handle);
        }

        async Task<PreparedHandle?> ReplaceAsync(string handle) =>
            await store.KeepAsync(part, Slot, new PreparedHandle(handle, "words"), await store.FindAsync(part, Slot, None) ?? first, None);
    }

    [Fact]
    public async Task Notes_OnlyGrow_AndBelongToTheOneThatStands()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, part) = (new PreparedStore(ground.Database), await PartAsync(ground));
        var handle = (await store.KeepAsync(part, "image-0", new PreparedHandle("17", "bytes"), null, None))!;
        await store.NoteAsync(part, "image-0", handle with { Pieces = 3 }, None);
        await store.NoteAsync(part, "image-0", handle with { Pieces = 1 }, None);
        await store.NoteAsync(part, "image-0", handle with { Handle = "18", Pieces = 9, Complete = true }, None);
        Assert.Equal(handle with { Pieces = 3 }, await store.FindAsync(part, "image-0", None));
        await store.NoteAsync(part, "image-0", handle with { Complete = true }, None);
        await store.NoteAsync(part, "image-0", handle with { Spent = true }, None);
        Assert.Equal(handle with { Pieces = 3, Complete = true, Spent = true }, await store.FindAsync(part, "image-0", None));

        // A new one begins at its own beginning.
        var next = new PreparedHandle("19", "bytes");
        Assert.Equal(next, await store.KeepAsync(part, "image-0", next, handle, None));
    }

    [Fact]
    public async Task Purge_TakesWhatIsOld_AndNothingElse()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (store, part) = (new PreparedStore(ground.Database), await PartAsync(ground));
        await store.KeepAsync(part, "image-0", new PreparedHandle("17", "bytes"), null, None);
        await ground.ExecuteAsync("update prepared set kept_at = now() - interval '31 days'");
        await store.KeepAsync(part, "image-1", new PreparedHandle("18", "bytes"), null, None);
        Assert.Equal(1, await store.PurgeAsync(TimeSpan.FromDays(30), 100, None));
        Assert.NotNull(await store.FindAsync(part, "image-1", None));
        Assert.Equal(0, await store.PurgeAsync(TimeSpan.FromDays(30), 100, None));
    }

    private static async Task<PreparedPart> PartAsync(Ground ground) => new((await ground.AccountAsync(platform: "threads")).Key, new PostId(Guid.CreateVersion7()), 0, 1);
}

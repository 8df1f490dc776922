using System.Security.Cryptography;
using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.Drafts;
using Coordination.Domain.Media;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Coordination.Domain.Schedule;
using Coordination.Storage.Drafts;
using Coordination.Storage.Media;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.Media;

public sealed class MediaStoreTests(FastPostgresFixture server)
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Image_IsKeptOnce_UnderItsName()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new MediaStore(ground.Database);
        var image = Image(1);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await store.SaveAsync(image, Staff.Holder.Id, Staff.Holder.Name, None);
        }

        var file = (await store.ReadAsync(image.Hash, None))!;
        Assert.Equal(("image/png", 30, 20), (file.ContentType, file.Width, file.Height));
        Assert.Equal(image.Bytes.ToArray(), file.Bytes);
        Assert.Equal(image.Preview.ToArray(), (await store.ReadPreviewAsync(image.Hash, None))!.Bytes);
        Assert.Null(await store.ReadAsync(Image(2).Hash, None));
        Assert.Equal(1, await store.CountSinceAsync(Staff.Holder.Id, TimeSpan.FromHours(1), None));
        Assert.Equal(0, await store.CountSinceAsync(Staff.Comms.Id, TimeSpan.FromHours(1), None));
    }

    [Fact]
    public async Task Database_TakesNoOtherBytesUnderAName()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new MediaStore(ground.Database);
        var image = Image(1);
        await Assert.ThrowsAsync<PostgresException>(() => store.SaveAsync(image with { Hash = Image(2).Hash }, "a", "A", None));
        await store.SaveAsync(image, "a", "A", None);
        await Assert.ThrowsAsync<PostgresException>(() => ground.ExecuteAsync("update media set bytes = 'x'"));
    }

    [Fact]
    public async Task Purge_TakesWhatNobodyWants_AndNothingThatAPostADraftOrARepeatShows()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new MediaStore(ground.Database);
        var (unwanted, posted, drafted, repeated, wanted) = (Image(1), Image(2), Image(3), Image(4), Image(5));
        foreach (var image in new[] { unwanted, posted, drafted, repeated, wanted })
        {
            await store.SaveAsync(image, "a", "A", None);
        }

        var account = await ground.AccountAsync();
        var about = new PostAbout { Images = [Shown(posted)] };
        await account.CommitAsync(new PostScheduled(new PostId(Guid.CreateVersion7()), "Open day", AccountDesk.Now, TimeSpan.FromMinutes(5), Staff.Holder.Id, Staff.Holder.Name, null, AccountDesk.Now, about));
        await new DraftStore(ground.Database).SaveAsync(
            Guid.CreateVersion7(), 0, new DraftContent("Open day", [AccountKey.Parse("x/aston")], null, new PostAbout { Images = [Shown(drafted)] }), Staff.Holder, None);
        var wish = new RepeatWish
        {
            Text = "Open day", Accounts = [AccountKey.Parse("x/aston")], Rule = "FREQ=YEARLY;COUNT=2", First = new DateTime(2030, 5, 1, 9, 0, 0), About = new PostAbout { Images = [Shown(repeated)] },
        };
        await ground.ExecuteAsync(
            "insert into repeat (id, wish, owner_id, owner_name, state, started_at, version) values ($1, $2::jsonb, 'a', 'A', 'active', now(), 1)",
            Guid.CreateVersion7(),
            JsonSerializer.Serialize(wish, StorageJson.Options));
        await ground.ExecuteAsync("update media set wanted_at = now() - interval '31 days'");
        Assert.Equal([Image(9).Hash], await store.WantAsync([wanted.Hash, Image(9).Hash], None));

        Assert.Equal(1, await store.PurgeAsync(TimeSpan.FromDays(30), 100, None));
        Assert.Null(await store.ReadAsync(unwanted.Hash, None));
        Assert.All(new[] { posted, drafted, repeated, wanted }, image => Assert.Equal(1, ground.ScalarAsync<long>("select count(*) from media where hash = $1", image.Hash).GetAwaiter().GetResult()));
    }

    [Fact]
    public async Task Purge_LeavesWhatIsWantedInTheSameMoment()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new MediaStore(ground.Database);
        await store.SaveAsync(Image(1), "a", "A", None);
        await ground.ExecuteAsync("update media set wanted_at = now() - interval '31 days'");

        // Somebody wants it and has not committed yet: the purge waits for its row, and looks again.
        await using var wish = await ground.BeginAsync();
        await wish.RunAsync("update media set wanted_at = clock_timestamp()");
        var purge = store.PurgeAsync(TimeSpan.FromDays(30), 100, None);
        await ground.UntilBlockedOrDoneAsync(purge);
        Assert.False(purge.IsCompleted);
        await wish.CommitAsync();

        Assert.Equal(0, await purge);
        Assert.NotNull(await store.ReadAsync(Image(1).Hash, None));
    }

    internal static StoredMedia Image(byte content)
    {
        byte[] bytes = [content, 2, 3];
        return new StoredMedia(Convert.ToHexStringLower(SHA256.HashData(bytes)), "image/png", 30, 20, bytes, new byte[] { 9, content });
    }

    internal static PostImage Shown(StoredMedia image) => new(image.Hash, "An engine", ImageRights.Own, null, ImagePeople.Nobody, null);
}

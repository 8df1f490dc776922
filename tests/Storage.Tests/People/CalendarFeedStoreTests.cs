using Coordination.Storage.People;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.People;

public sealed class CalendarFeedStoreTests(FastPostgresFixture server)
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Feed_IsFoundByItsLastToken_WhileItsPersonIsActive()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (feeds, staff) = (new CalendarFeedStore(ground.Database), new StaffStore(ground.Database));
        var member = new StaffMember(Staff.Holder.Id, Staff.Holder.Name, Staff.Holder.Role, null);
        await staff.SaveAsync([member], None);
        Assert.Null(await feeds.MadeAtAsync(member.Id, None));
        await feeds.MakeAsync(Staff.Holder, "first", None);
        await feeds.MakeAsync(Staff.Holder, "second", None);
        Assert.NotNull(await feeds.MadeAtAsync(member.Id, None));
        Assert.Equal((null, member.Id, null), (await feeds.FindAsync("first", None), await feeds.FindAsync("second", None), await feeds.FindAsync("other", None)));
        Assert.Null(await staff.FindByTokenAsync("second", None));

        await staff.SaveAsync([member with { Active = false }], None);
        Assert.Null(await feeds.FindAsync("second", None));
        await staff.SaveAsync([member], None);
        Assert.Equal((true, false), (await feeds.RevokeAsync(Staff.Holder, None), await feeds.RevokeAsync(Staff.Holder, None)));
        Assert.Null(await feeds.FindAsync("second", None));
        Assert.Equal("feed-made feed-made feed-revoked", await ground.ScalarAsync<string>("select string_agg(event, ' ' order by number) from journal where stream = $1", "feed/" + member.Id));
        Assert.Equal(0, await ground.ScalarAsync<long>("select count(*) from journal where payload like '%second%'"));
    }
}

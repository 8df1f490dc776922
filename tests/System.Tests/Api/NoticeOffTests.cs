using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>Without a mail server nobody is told, and it says so.</summary>
public sealed class NoticeOffTests(ServiceFixture fixture)
{
    [Fact]
    public async Task WithoutAMailServer_NobodyIsTold_AndItSaysSo()
    {
        using var comms = fixture.As(Roles.Manager);
        var hold = await comms.HoldAsync("freeze", "x/demo_wmfs_aston");
        await comms.LiftAsync(hold);
        var notices = (await comms.GetAsync($"/api/holds/{hold.Text("id")}/notices")).Expect(HttpStatusCode.OK).Json;
        Assert.False(notices["on"]!.GetValue<bool>());
        Assert.Empty(notices["items"]!.AsArray());
    }
}

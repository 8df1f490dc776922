using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.ReadModel;

/// <summary>Which posts correct which, from the read model.</summary>
public sealed class CorrectionReaderTests(FastPostgresFixture server)
{
    [Fact]
    public async Task Correction_IsFoundFromWhatItCorrects_AndAMessageFromEachOfItsPosts()
    {
        await using var ground = await Ground.MakeAsync(server);
        var reader = new CorrectionReader(ground.Database);
        var (aston, bilston) = (await ground.AccountAsync(), await ground.AccountAsync("bilston"));
        var (first, second, alone) = (await aston.ScheduleAsync(), await bilston.ScheduleAsync(), await aston.ScheduleAsync());
        var message = Guid.NewGuid();
        await ground.ExecuteAsync($"update post set message_id = '{message}' where id in ('{first}', '{second}')");
        await ground.ExecuteAsync($"update post set about = '{{\"corrects\":\"{first}\"}}' where id = '{alone}'");

        Assert.Equal(new[] { first, second }.OrderBy(id => id.Value), (await reader.FamilyAsync(second, CancellationToken.None)).Select(p => p.Id).OrderBy(id => id.Value));
        Assert.Equal(new CorrectedPost(alone, "x/aston", "scheduled"), Assert.Single(await reader.FamilyAsync(alone, CancellationToken.None)));
        Assert.Empty(await reader.FamilyAsync(new PostId(Guid.NewGuid()), CancellationToken.None));
        Assert.Equal([alone.Value], await reader.OfAsync(first, CancellationToken.None));
        Assert.Empty(await reader.OfAsync(alone, CancellationToken.None));
    }
}

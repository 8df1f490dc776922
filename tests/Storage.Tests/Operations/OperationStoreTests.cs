using Coordination.Storage.Operations;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Operations;

public sealed class OperationStoreTests(FastPostgresFixture server)
{
    [Fact]
    public async Task Claim_TellsARepeatFromAnotherWish()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new OperationStore(ground.Database);
        var id = Guid.NewGuid();
        Assert.Equal(OperationClaim.First, await store.ClaimAsync(id, "import", [1], CancellationToken.None));
        Assert.Equal(OperationClaim.Repeat, await store.ClaimAsync(id, "import", [1], CancellationToken.None));
        Assert.Equal(OperationClaim.Reused, await store.ClaimAsync(id, "import", [2], CancellationToken.None));
        Assert.Equal(OperationClaim.Reused, await store.ClaimAsync(id, "other", [1], CancellationToken.None));
        Assert.Equal([id], await store.TookAsync([id, Guid.NewGuid()], CancellationToken.None));
    }

    [Fact]
    public async Task Claim_IsFirstForOne_WhenManyComeAtOnce()
    {
        await using var ground = await Ground.MakeAsync(server);
        var store = new OperationStore(ground.Database);
        var id = Guid.NewGuid();
        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => store.ClaimAsync(id, "import", [(byte)(i % 2)], CancellationToken.None)));
        Assert.Single(claims, OperationClaim.First);
        Assert.Equal(7, claims.Count(claim => claim == OperationClaim.Repeat));
        Assert.Equal(8, claims.Count(claim => claim == OperationClaim.Reused));
    }
}

using Coordination.Domain.Holds;
using Coordination.Storage.Fence;
using Xunit;

namespace Coordination.Storage.Tests.Fence.Checks;

/// <summary>Whoever takes a proof writes into the hold's stream, and stands in the way of no permit.</summary>
internal static class ProofChecks
{
    private const string Take = "select number from record_proof($1, 'ada-audit', 'Ada Audit', 'auditor', '{}')";

    private static readonly Scope Coventry = new() { Areas = ["coventry"] };

    /// <summary>While a proof is being recorded, permits pass, and whoever writes into the hold's stream waits.</summary>
    public static async Task ProofKeepsTheStreamInOrderAndLetsPermitsPass(Ground ground)
    {
        var account = await ground.AccountAsync();
        var hold = (await ground.PlaceAsync(Coventry)).Hold;
        await using var proof = await ground.BeginAsync();
        Assert.Equal(2, await proof.ScalarAsync<long>(Take, hold.Id));

        await ground.PermitAsync(account.WishFor(await account.ScheduleAsync()));
        var lift = ground.TryLiftAsync(hold.Id);
        await ground.UntilBlockedOrDoneAsync(lift);
        var second = ground.ScalarAsync<long>(Take, hold.Id);
        await ground.UntilBlockedOrDoneAsync(second);
        Assert.False(lift.IsCompleted || second.IsCompleted);
        await proof.CommitAsync();

        Assert.IsType<FenceAnswer<LiftAnswer>.Took>(await lift);
        await second;
        Assert.Equal(4, await ground.ScalarAsync<long>("select count(*) from journal where stream = $1", "hold/" + hold.Id));
    }

    /// <summary>Of a hold that never was nothing is recorded.</summary>
    public static async Task ProofOfNoHoldIsNone(Ground ground) =>
        Assert.Equal((true, 0L), (
            await ground.ScalarAsync<bool>("select number is null from record_proof('H-999999', 'ada-audit', 'Ada Audit', 'auditor', '{}')"),
            await ground.ScalarAsync<long>("select count(*) from journal")));
}

using System.Transactions;
using Coordination.Domain.Holds;
using Coordination.Storage.Fence;
using Coordination.Storage.People;
using Coordination.Storage.ReadModel;
using Coordination.Testing;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.Fence;

/// <summary>FENCE.md rule 11: nothing that goes on elsewhere keeps a hold waiting.</summary>
public sealed class FencePoolTests(FastPostgresFixture server)
{
    [Fact]
    public async Task PlaceHold_Takes_WhenTheMainPoolIsUsedUp()
    {
        await using var ground = await Ground.MakeAsync(server, o => o.MainPoolSize = 3);
        var taken = new List<NpgsqlConnection>();
        for (var i = 0; i < 3; i++)
        {
            taken.Add(await ground.Database.Main.OpenConnectionAsync());
        }

        await ground.PlaceAsync(Scope.Everything);

        // What a host reads before and after the fence's answer: labels, named people, how many accounts are covered, the standing holds.
        await new AccountReader(ground.Database).LabelsAsync(CancellationToken.None);
        await new StaffStore(ground.Database).AllAsync(CancellationToken.None);
        await new AccountReader(ground.Database).CountCoveredAsync(Scope.Everything, CancellationToken.None);
        await new HoldReader(ground.Database).StandingAsync(CancellationToken.None);

        foreach (var connection in taken)
        {
            await connection.DisposeAsync();
        }
    }

    [Fact]
    public async Task PlaceHold_Takes_WhenMorePermitsWaitForRowsThanThePoolHas()
    {
        await using var ground = await Ground.MakeAsync(server, o => (o.FencePoolSize, o.PermitsAtOnce) = (4, 3));
        var account = await ground.AccountAsync();
        var wish = account.WishFor(await account.ScheduleAsync());
        await using var paused = await ground.BeginAsync();
        await paused.RunAsync("update grain_state set payload = payload where grain_key = $1", "account/" + account.Key);
        var permits = Enumerable.Range(0, 12).Select(_ => ground.TakeAsync(wish)).ToArray();
        await Eventually.Becomes(
            () => ground.ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"),
            n => n >= 3, "the permits wait for the row");

        Assert.IsType<FenceAnswer<PlacedHold>.Took>(await ground.TryPlaceAsync(Scope.Everything, patience: TimeSpan.Zero));

        await paused.CommitAsync();
        Assert.All(await Task.WhenAll(permits), answer => Assert.IsType<PermitAnswer.Held>(answer));
    }

    [Fact]
    public async Task Fence_IsNoPartOfAnAmbientTransaction()
    {
        await using var ground = await Ground.MakeAsync(server);
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await ground.PlaceAsync(Scope.Everything);
        }

        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from hold"));
    }

    [Fact]
    public async Task FencePool_HasItsOwnLimits_OnTheServer()
    {
        await using var ground = await Ground.MakeAsync(server);
        await using var connection = await ground.Database.Fence.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            "select current_setting('statement_timeout') || ' ' || current_setting('lock_timeout') || ' ' || current_setting('application_name')", connection);

        Assert.Equal("5s 5s coordination-fence", await command.ExecuteScalarAsync());
    }
}

using Coordination.Contracts;
using Coordination.Domain.Posts;
using Coordination.Testing;
using Dapper;
using Npgsql;
using Xunit;

namespace Coordination.Grains.Tests;

/// <summary>A database that is slow to say what stands: what is wanted now is wanted when it has answered, not when it was asked.</summary>
public sealed class SlowReadTests(SharedCluster shared)
{
    [Fact]
    public async Task Now_IsNotInThePast_HoweverLongTheHoldsTookToRead()
    {
        var connection = await Cluster.DatabaseAsync(shared.Postgres);
        await using var cluster = await Cluster.StartAsync(connection, 1);
        var key = await cluster.RegisterAsync("slow");
        var id = new PostId(Guid.CreateVersion7());

        Task<CommandAnswer> answer;
        await using (var other = new NpgsqlConnection(connection))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await other.ExecuteAsync("lock table hold in access exclusive mode");
            answer = cluster.Account(key).Schedule(new NewPost(id, "Test your alarm", null), Cluster.By(People.Manager));
            await Eventually.Becomes(
                async () => await other.ExecuteScalarAsync<bool>("select exists (select from pg_locks where relation = 'hold'::regclass and not granted)"), "the account waits to read the holds");
            cluster.Time.Advance(PostRules.PastGrace * 3);
        }

        Assert.Equal((CommandOutcome.Accepted, null), ((await answer).Outcome, (await answer).Refusal?.Code));
        await Record.AssertAgreesAsync(cluster, key);
    }
}

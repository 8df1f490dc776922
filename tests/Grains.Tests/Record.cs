using System.Text.Json;
using Coordination.Domain.Accounts;
using Coordination.Domain.Posts;
using Coordination.Storage;
using Coordination.Storage.Journal;
using Coordination.Storage.ReadModel;
using Dapper;
using Xunit;

namespace Coordination.Grains.Tests;

/// <summary>What the database keeps of an account: stored state, journal and read model say the same (G4).</summary>
internal static class Record
{
    public static async Task AssertAgreesAsync(Cluster cluster, AccountKey key)
    {
        var stream = "account/" + key.Value;
        var verdict = await cluster.Get<IJournalReader>().VerifyAsync(stream, CancellationToken.None);
        Assert.True(verdict.Intact, verdict.What);

        await using var connection = await cluster.Database.Fence.OpenConnectionAsync();
        var stored = JsonSerializer.Deserialize<AccountState>(
            (await connection.QuerySingleAsync<byte[]>("select payload from grain_state where grain_key = @stream", new { stream })).AsSpan(), StorageJson.Options)!;
        var payloads = await connection.QueryAsync<string>(
            "select payload from journal where stream = @stream and event <> 'permit-issued' order by number", new { stream });
        var folded = AccountFold.Fold(AccountState.None, payloads.Select(p => JsonSerializer.Deserialize<AccountEvent>(p, StorageJson.Options)!));
        Assert.Equal(Json(stored), Json(folded));
        Assert.Equal(Json(stored), Json((await cluster.Account(key).Read()).State));

        var rows = (await connection.QueryAsync<(Guid Id, string State, int Revision, int Attempt)>(
            "select id, state, revision, attempt from post where account = @account", new { account = key.Value })).ToDictionary(r => r.Id);
        Assert.All(stored.Posts, p => Assert.Equal((p.Id.Value, p.State.Id(), p.Revision, p.Attempt), rows[p.Id.Value]));

        var summary = Assert.Single(await cluster.Get<IAccountReader>().ReadAsync([key.Value], CancellationToken.None));
        var expected = AccountSummary.Of(stored, summary.Version);
        Assert.Equal(
            (expected.Lifecycle, expected.Attention, expected.Scheduled, expected.AwaitingPerson, expected.Counters.Published),
            (summary.Lifecycle, summary.Attention, summary.Scheduled, summary.AwaitingPerson, summary.Counters.Published));
        Assert.Equal(await connection.QuerySingleAsync<long>("select version from grain_state where grain_key = @stream", new { stream }), summary.Version);
    }

    private static string Json(AccountState state) => JsonSerializer.Serialize(state, StorageJson.Options);
}

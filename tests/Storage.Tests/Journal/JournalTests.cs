using Coordination.Storage.Journal;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.Journal;

/// <summary>The chain that the database writes, recomputed by code that did not write it.</summary>
public sealed class JournalTests(FastPostgresFixture server)
{
    [Fact]
    public async Task Verify_FindsTheChainIntact_WithEverySignAndEmptyField()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        await account.ScheduleAsync(text: "Ä fire in \"Erdington\" \U0001F692 is out: 100 % \\ 'quoted'\n\tand tabbed.");
        var verdict = await new JournalReader(ground.Database).VerifyAsync("account/" + account.Key, CancellationToken.None);
        Assert.True(verdict.Intact, verdict.What);
        Assert.Equal(4, verdict.Entries);
    }

    [Theory]
    [InlineData("update journal set payload = payload || ' ' where number = 2")]
    [InlineData("update journal set reason = 'another' where number = 2")]
    [InlineData("update journal set actor_id = 'somebody-else' where number = 2")]
    [InlineData("update journal set at = at + interval '1 microsecond' where number = 2")]
    [InlineData("update journal set fence_seq = 1 where number = 4")]
    [InlineData("update journal set operation_id = gen_random_uuid() where number = 2")]
    [InlineData("update journal set salt = salt || '\\x00' where number = 2")]
    [InlineData("update journal set salt = null where number = 2")]
    [InlineData("delete from journal where number = 2")]
    [InlineData("delete from journal where number = 2; update journal set number = number - 1 where number > 2")]
    public async Task Verify_FindsTheTampering(string tampering)
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        await account.ScheduleAsync();
        await ground.ExecuteAsync("alter table journal disable trigger all");
        await ground.ExecuteAsync(tampering);
        var verdict = await new JournalReader(ground.Database).VerifyAsync("account/" + account.Key, CancellationToken.None);
        Assert.False(verdict.Intact);
        Assert.NotNull(verdict.What);
    }

    [Fact]
    public async Task Redaction_ErasesTheContent_AndTheChainStillVerifies()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        await account.ScheduleAsync();
        await ground.EraseAsync("account/" + account.Key, 4);
        var verdict = await new JournalReader(ground.Database).VerifyAsync("account/" + account.Key, CancellationToken.None);
        Assert.True(verdict.Intact, verdict.What);
    }

    [Theory]
    [InlineData("update journal set actor_name = 'x'")]
    [InlineData("update journal set payload = null")]
    [InlineData("update journal set payload = null, reason = null, salt = null")]
    [InlineData("delete from journal")]
    [InlineData("truncate journal")]
    public async Task Journal_IsAppendOnly(string sql)
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.AccountAsync();
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ground.ExecuteAsync(sql));
        Assert.Equal("WM100", refused.SqlState);
    }
}

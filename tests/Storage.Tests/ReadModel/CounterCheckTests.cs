using Coordination.Domain.Accounts;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.ReadModel;

/// <summary>Who reads which account's public figures next: shared out among all silos by the database.</summary>
public sealed class CounterCheckTests(FastPostgresFixture server)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Claim_SharesTheWork_AndGivesNoAccountTwice_WhenManyClaimAtOnce()
    {
        await using var ground = await Ground.MakeAsync(server);
        var template = await ground.AccountAsync("a0000");
        await ground.ExecuteAsync(
            """
            insert into account (key, platform, kind, display_name, lifecycle, version)
            select 'x/a' || to_char(n, 'FM0000'), platform, kind, display_name, lifecycle, 1 from account, generate_series(1, 199) n where key = $1
            """,
            template.Key.Value);
        var checks = new CounterChecks(ground.Database);

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => checks.ClaimAsync(Hour, 20, None)));
        var rest = await checks.ClaimAsync(Hour, 1000, None);

        Assert.True(claims.Count(c => c.Count > 0) > 1, "one claimer got everything, so this shows nothing about sharing");
        Assert.All(claims, c => Assert.InRange(c.Count, 0, 20));
        Assert.Equal(200, claims.Append(rest).Sum(c => c.Count));
        Assert.Equal(200, claims.Append(rest).SelectMany(c => c).Distinct().Count());
    }

    [Fact]
    public async Task Claim_PassesOverWhatAnotherHasUnderItsHands()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.AccountAsync("a");
        await ground.AccountAsync("b");
        await using var busy = await ground.BeginAsync();
        await busy.RunAsync("select 1 from account where key = 'x/a' for update");

        Assert.Equal(["x/b"], await ClaimAsync(new CounterChecks(ground.Database)));
    }

    [Fact]
    public async Task Claim_GivesTheNeverReadFirst_ThenTheOldest_AndNoneThatIsFresh()
    {
        await using var ground = await Ground.MakeAsync(server);
        foreach (var handle in (string[])["never", "old", "older", "fresh"])
        {
            await ground.AccountAsync(handle);
        }

        await CheckedAsync(ground, "x/old", "2 hours");
        await CheckedAsync(ground, "x/older", "3 hours");
        await CheckedAsync(ground, "x/fresh", "59 minutes");
        var checks = new CounterChecks(ground.Database);

        Assert.Equal(["x/never"], await ClaimAsync(checks, 1));
        Assert.Equal(["x/older"], await ClaimAsync(checks, 1));
        Assert.Equal(["x/old"], await ClaimAsync(checks, 1));
        Assert.Empty(await ClaimAsync(checks, 1));
    }

    [Fact]
    public async Task Claim_LeavesAccountsAlone_ThatAreNotConnected_OrAboutToPublish()
    {
        await using var ground = await Ground.MakeAsync(server);
        var soon = await ground.AccountAsync("soon");
        await soon.ScheduleAsync(TimeSpan.FromSeconds(30));
        var later = await ground.AccountAsync("later");
        await later.ScheduleAsync(TimeSpan.FromHours(1));
        var retired = await ground.AccountAsync("retired");
        await retired.CommitAsync(new AccountRetired("The station closed."));

        Assert.Equal(["x/later"], await ClaimAsync(new CounterChecks(ground.Database)));
    }

    [Fact]
    public async Task Claim_ComesBack_WhenItsSiloDied()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.AccountAsync("a");
        var checks = new CounterChecks(ground.Database);
        Assert.Equal(["x/a"], await ClaimAsync(checks));
        Assert.Empty(await ClaimAsync(checks));

        await ground.ExecuteAsync("update account set counters_not_before = counters_not_before - $1", CounterChecks.Lease);
        Assert.Equal(["x/a"], await ClaimAsync(checks));
    }

    [Fact]
    public async Task AFailure_PutsOff_AndShows_UntilThePlatformAnswersAgain()
    {
        await using var ground = await Ground.MakeAsync(server);
        var key = (await ground.AccountAsync("a")).Key;
        var checks = new CounterChecks(ground.Database);
        Assert.Equal(new CounterCheck(null, null), await checks.ReadAsync(key, None));

        await checks.PutOffAsync(key, TimeSpan.FromMinutes(10), None);
        var failed = await checks.ReadAsync(key, None);
        Assert.Null(failed.AnsweredAt);
        Assert.NotNull(failed.FailedAt);
        Assert.Empty(await ClaimAsync(checks));

        await ground.ExecuteAsync("update account set counters_not_before = counters_not_before - interval '10 minutes'");
        Assert.Equal(["x/a"], await ClaimAsync(checks));
        await checks.AnsweredAsync(key, None);
        var answered = await checks.ReadAsync(key, None);
        Assert.NotNull(answered.AnsweredAt);
        Assert.Null(answered.FailedAt);
    }

    [Fact]
    public async Task ACommit_LeavesTheObservationAlone()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync("a");
        var checks = new CounterChecks(ground.Database);
        await checks.AnsweredAsync(account.Key, None);
        var before = await checks.ReadAsync(account.Key, None);

        await account.CommitAsync(new CountersRead(12, 3, AccountDesk.Now));

        Assert.NotNull(before.AnsweredAt);
        Assert.Equal(before, await checks.ReadAsync(account.Key, None));
    }

    private static async Task<string[]> ClaimAsync(CounterChecks checks, int limit = 10) => [.. (await checks.ClaimAsync(Hour, limit, None)).Select(k => k.Value)];

    private static Task CheckedAsync(Ground ground, string account, string ago) =>
        ground.ExecuteAsync("update account set counters_checked_at = clock_timestamp() - $2::text::interval where key = $1", account, ago);
}

using Coordination.Storage.ReadModel;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.ReadModel;

/// <summary>Plans against what the platforms take, and accounts whose posts wait for it.</summary>
public sealed class RateTests(FastPostgresFixture server)
{
    private static readonly DateTimeOffset At = new(2030, 5, 1, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Excess_IsFound_InTheWindowThatTheNewPostWouldBeIn_AndInNoOther()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (full, free) = (await ground.AccountAsync("full"), await ground.AccountAsync("free"));

        // X takes 100 in 15 minutes: 99 within ten, one a quarter of an hour later, and a hundred on another account's day.
        await PlanAsync(ground, full, 99, At, TimeSpan.FromSeconds(6));
        await PlanAsync(ground, full, 1, At.AddMinutes(20), TimeSpan.Zero);
        await PlanAsync(ground, free, 100, At.AddHours(2), TimeSpan.Zero);
        var rates = new RateWaits(ground.Database);

        Assert.Empty(await rates.ExcessAsync([full.Key, free.Key], At.AddMinutes(5), null, None));
        await PlanAsync(ground, full, 1, At.AddMinutes(9), TimeSpan.Zero);
        var excess = Assert.Single(await rates.ExcessAsync([full.Key, free.Key], At.AddMinutes(5), null, None));
        Assert.Equal(("x/full", 101, 100, At), (excess.Of, excess.Planned, excess.Limit.Posts, excess.From));
        Assert.Contains("X takes at most 100 posts of an account in 15 minutes; with this, 101 are planned on x/full.", excess.Words, StringComparison.Ordinal);

        // One that is moved there is not counted twice, and what is far away in time is another window.
        var own = await ground.ScalarAsync<Guid>("select id from post where account = 'x/full' order by due_at limit 1");
        Assert.Empty(await rates.ExcessAsync([full.Key], At.AddMinutes(5), own, None));
        Assert.Empty(await rates.ExcessAsync([full.Key], At.AddHours(1), null, None));
    }

    [Fact]
    public async Task Excess_CountsAllAccountsTogether_WhereThePlatformDoes()
    {
        await using var ground = await Ground.MakeAsync(server);
        var one = await ground.AccountAsync("one");
        await ground.ExecuteAsync(
            """
            insert into account (key, platform, kind, display_name, lifecycle, version)
            select 'x/many' || n, platform, kind, display_name, lifecycle, 1 from account, generate_series(1, 200) n where key = 'x/one'
            """);
        await ground.ExecuteAsync(
            """
            insert into post (id, account, state, text, due_at, tolerance, poster_id, poster_name, revision, attempt, confirmed_seq, created_at)
            select gen_random_uuid(), 'x/many' || 1 + n % 200, 'scheduled', 'text', $1 + n * interval '8 seconds', interval '5 minutes', 'alex', 'Alex', 1, 1, 0, now()
            from generate_series(1, 10000) n
            """,
            At.UtcDateTime);

        var excess = Assert.Single(await new RateWaits(ground.Database).ExcessAsync([one.Key], At.AddHours(1), null, None));
        Assert.Equal(("X", 10_001, true), (excess.Of, excess.Planned, excess.Limit.WholeService));
    }

    [Fact]
    public async Task Wait_IsShownWhileItLasts_AndIsNoLatenessOfTheService()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync("waits");
        await account.ScheduleAsync(TimeSpan.FromSeconds(-60));
        var (rates, queue) = (new RateWaits(ground.Database), new QueueReader(ground.Database));
        Assert.Null(await rates.ReadAsync(account.Key, None));
        Assert.True((await queue.ReadAsync(None)).IsBehind);

        await rates.TellAsync(account.Key, AccountDesk.Now.AddMinutes(1), "X takes no more.", None);
        Assert.Equal("X takes no more.", (await rates.ReadAsync(account.Key, None))!.Why);
        Assert.False((await queue.ReadAsync(None)).IsBehind);

        await rates.TellAsync(account.Key, AccountDesk.Now.AddSeconds(-11), "X took no more.", None);
        Assert.Null(await rates.ReadAsync(account.Key, None));
        Assert.True((await queue.ReadAsync(None)).IsBehind);
    }

    private static Task PlanAsync(Ground ground, AccountDesk account, int posts, DateTimeOffset from, TimeSpan step) => ground.ExecuteAsync(
        """
        insert into post (id, account, state, text, due_at, tolerance, poster_id, poster_name, revision, attempt, confirmed_seq, created_at)
        select gen_random_uuid(), $1, 'scheduled', 'text', $2 + n * $3, interval '5 minutes', 'alex', 'Alex', 1, 1, 0, now() from generate_series(0, $4 - 1) n
        """,
        account.Key.Value, from.UtcDateTime, step, posts);
}

using Coordination.Domain.Accounts;
using Coordination.Domain.Platforms;
using Coordination.Storage.SignIns;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.SignIns;

/// <summary>Whose sign-in is looked at next, shared out among all silos, and what is kept of the answer.</summary>
public sealed class SignInCheckTests(FastPostgresFixture server)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Claim_GivesEachAccountOnce_WhenManyClaimAtOnce()
    {
        await using var ground = await Ground.MakeAsync(server);
        var template = await ground.AccountAsync("a0000");
        await ground.ExecuteAsync(
            """
            insert into account (key, platform, kind, display_name, lifecycle, version)
            select 'x/a' || to_char(n, 'FM0000'), platform, kind, display_name, lifecycle, 1 from account, generate_series(1, 99) n where key = $1
            """,
            template.Key.Value);
        var checks = new SignInChecks(ground.Database);

        // Those that met in one moment go away with less; what they left is there for the next.
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => checks.ClaimAsync(Day, 20, None)));
        var rest = await checks.ClaimAsync(Day, 1000, None);

        Assert.Equal(100, claims.Append(rest).Sum(c => c.Count));
        Assert.Equal(100, claims.Append(rest).SelectMany(c => c).Distinct().Count());
    }

    [Fact]
    public async Task Claim_TakesWhatIsOld_Broken_OrNeededSoon_AndNothingElse()
    {
        await using var ground = await Ground.MakeAsync(server);
        foreach (var handle in (string[])["never", "fresh", "old", "broken", "just-broken", "soon", "soon-fresh", "now", "retired"])
        {
            await ground.AccountAsync(handle);
        }

        await LookedAtAsync(ground, "fresh", "1 hour");
        await LookedAtAsync(ground, "old", "25 hours");
        await LookedAtAsync(ground, "broken", "11 minutes", works: false);
        await LookedAtAsync(ground, "just-broken", "9 minutes", works: false);
        await LookedAtAsync(ground, "soon", "31 minutes");
        await LookedAtAsync(ground, "soon-fresh", "29 minutes");
        await LookedAtAsync(ground, "now", "40 hours");
        await ground.ExecuteAsync("update account set next_post_at = clock_timestamp() + interval '20 minutes' where key in ('x/soon', 'x/soon-fresh')");
        await ground.ExecuteAsync("update account set next_post_at = clock_timestamp() + interval '20 seconds' where key = 'x/now'");
        await ground.ExecuteAsync("update account set lifecycle = 'retired' where key = 'x/retired'");
        var checks = new SignInChecks(ground.Database);

        Assert.Equal(["x/broken", "x/never", "x/old", "x/soon"], await ClaimAsync(checks));
        Assert.Empty(await ClaimAsync(checks));
    }

    [Fact]
    public async Task Want_ComesBeforeEverything_AlsoWhereNothingElseIsLookedAt()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync("wanted");
        await ground.AccountAsync("other");
        await LookedAtAsync(ground, "wanted", "1 minute", works: false);
        var checks = new SignInChecks(ground.Database);
        Assert.Empty(await checks.ClaimAsync(null, 10, None));

        await checks.WantAsync(account.Key, None);
        Assert.Equal([account.Key], await checks.ClaimAsync(null, 10, None));
        Assert.Empty(await checks.ClaimAsync(null, 10, None));

        // A claim whose holder died ends by itself; a wish that comes meanwhile is not lost by it.
        await checks.WantAsync(account.Key, None);
        Assert.Equal([account.Key], await checks.ClaimAsync(null, 10, None));
        await checks.AnsweredAsync(account.Key, null, null, None);
        Assert.Empty(await checks.ClaimAsync(null, 10, None));
    }

    [Fact]
    public async Task Answers_AreKept_AndWhatCouldNotBeAskedHidesNothingOfThem()
    {
        await using var ground = await Ground.MakeAsync(server);
        var key = (await ground.AccountAsync("kept")).Key;
        var checks = new SignInChecks(ground.Database);
        Assert.Equal(new SignInStanding(key), await checks.ReadAsync(key, None));

        var end = AccountDesk.Now.AddDays(6);
        await checks.AnsweredAsync(key, null, end, None);
        var works = await checks.ReadAsync(key, None);
        Assert.Equal(SignInVerdict.EndsSoon, SignInRules.Look(works, AccountDesk.Now));
        Assert.InRange(works.ExpiresAt!.Value, end.AddMilliseconds(-1), end.AddMilliseconds(1));

        await checks.PutOffAsync(key, "It answered 503.", TimeSpan.FromMinutes(5), None);
        var unasked = await checks.ReadAsync(key, None);
        Assert.Equal((true, "It answered 503.", works.CheckedAt), (unasked.Works, unasked.FailedWhy, unasked.CheckedAt));
        Assert.Empty(await ClaimAsync(checks));

        await checks.AnsweredAsync(key, "Revoked\0.", null, None);
        var refused = await checks.ReadAsync(key, None);
        Assert.Equal((false, "Revoked\uFFFD.", null), (refused.Works, refused.Why, refused.FailedAt));
    }

    [Fact]
    public async Task Troubled_ListsWhatSomebodyHasToSeeTo_TheBrokenFirst()
    {
        await using var ground = await Ground.MakeAsync(server);
        var checks = new SignInChecks(ground.Database);
        foreach (var (handle, refused, days) in new (string, string?, int?)[] { ("fine", null, null), ("far", null, 15), ("near", null, 6), ("nearer", null, 2), ("gone", "Revoked.", null) })
        {
            await checks.AnsweredAsync((await ground.AccountAsync(handle)).Key, refused, days is { } d ? AccountDesk.Now.AddDays(d) : null, None);
        }

        await ground.AccountAsync("never-asked");
        Assert.Equal(["x/gone", "x/nearer", "x/near"], (await checks.TroubledAsync(None)).Select(s => s.Account.Value));
        await ground.ExecuteAsync("update account set lifecycle = 'retired' where key = 'x/gone'");
        Assert.Equal(["x/nearer", "x/near"], (await checks.TroubledAsync(None)).Select(s => s.Account.Value));
    }

    private static async Task<IReadOnlyList<string>> ClaimAsync(SignInChecks checks) =>
        [.. (await checks.ClaimAsync(Day, 100, None)).Select(k => k.Value).Order(StringComparer.Ordinal)];

    private static Task LookedAtAsync(Ground ground, string handle, string ago, bool works = true) => ground.ExecuteAsync(
        $"insert into sign_in (account, checked_at, works) values ($1, clock_timestamp() - interval '{ago}', {works})", AccountKey.Parse("x/" + handle).Value);
}

using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Storage.OffSystem;
using Coordination.Storage.Tests.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.OffSystem;

/// <summary>Who looks which account through next: shared out among all silos by the database, at no more than the rate.</summary>
public sealed class OffSystemClaimTests(FastPostgresFixture server)
{
    [Fact]
    public async Task Claim_TakesConnectedAccountsThatStandingHoldsCover_AndNoOthers()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.AccountAsync("covered");
        await ground.AccountAsync("open");
        await ground.AccountAsync("elsewhere", platform: "mastodon");
        await (await ground.AccountAsync("retired")).CommitAsync(new AccountRetired("The station closed."));
        Assert.Empty(await ground.ClaimAsync());

        var one = await ground.PlaceAsync(new Scope { All = true, Except = Shown.Of("open") });
        var two = await ground.PlaceAsync(Shown.Of("covered"));
        var turn = Assert.Single(await ground.ClaimAsync());
        Assert.Equal("x/covered", turn.Account.Value);
        Assert.Equal([(one.Hold.Id, one.Hold.PlacedAt), (two.Hold.Id, two.Hold.PlacedAt)], turn.Holds.Select(h => (h.Id, h.PlacedAt)));
        Assert.Equal(["mastodon/elsewhere"], (await ground.ClaimAsync(platform: "mastodon")).Select(t => t.Account.Value));
    }

    [Fact]
    public async Task Claim_SharesTheWork_AndGivesNoAccountTwice_WhenManyClaimAtOnce()
    {
        await using var ground = await CrowdAsync(200);
        var claims = new List<OffSystemTurn>();

        // Of callers at one moment one gets an answer: they come again, as the sweep does.
        while (claims.Count < 200)
        {
            claims.AddRange((await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ground.ClaimAsync(limit: 20)))).SelectMany(c => c));
        }

        Assert.Equal(200, claims.Count);
        Assert.Equal(200, claims.Select(c => c.Account).Distinct().Count());
    }

    [Fact]
    public async Task Claim_StopsAtTheRate_OverAllCallers_UntilTheWindowIsOver()
    {
        await using var ground = await CrowdAsync(50);

        // 60 in a minute are 10 in ten seconds.
        Assert.Equal(7, (await ground.ClaimAsync(limit: 7, perMinute: 60)).Count);
        Assert.Equal(3, (await ground.ClaimAsync(limit: 7, perMinute: 60)).Count);
        Assert.Empty(await ground.ClaimAsync(limit: 7, perMinute: 60));
        await ground.PassAsync("11 seconds");
        Assert.Equal(7, (await ground.ClaimAsync(limit: 7, perMinute: 60)).Count);
    }

    [Fact]
    public async Task Claim_GivesTheNextTurnAfterAMinute_TheLongestWaitingFirst()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.AccountAsync("a");
        await ground.AccountAsync("b");
        await ground.PlaceAsync(Scope.Everything);
        foreach (var expected in (string[])["x/a", "x/b"])
        {
            var turn = Assert.Single(await ground.ClaimAsync(limit: 1));
            Assert.Equal(expected, turn.Account.Value);
            await ground.RecordAsync(turn, Shown.Finds(turn));
            await ground.PassAsync("20 seconds");
        }

        Assert.Empty(await ground.ClaimAsync());
        await ground.PassAsync("30 seconds");
        Assert.Equal(["x/a"], await ground.ClaimKeysAsync());
        await ground.PassAsync("20 seconds");
        Assert.Equal(["x/b"], await ground.ClaimKeysAsync());
    }

    [Fact]
    public async Task Claim_ComesAtOnce_WhenAHoldCame_AndNotAfterTheLift()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.AccountAsync("a");
        var first = await ground.PlaceAsync(Scope.Everything);
        var turn = Assert.Single(await ground.ClaimAsync());
        await ground.RecordAsync(turn, Shown.Finds(turn));
        Assert.Empty(await ground.ClaimAsync());

        var second = await ground.PlaceAsync(Shown.Of("a"));
        turn = Assert.Single(await ground.ClaimAsync());
        await ground.RecordAsync(turn, Shown.Finds(turn));
        await ground.LiftAsync(first.Hold.Id);
        await ground.PassAsync("1 hour");
        Assert.Equal(second.Hold.Id, Assert.Single(Assert.Single(await ground.ClaimAsync()).Holds).Id);

        await ground.LiftAsync(second.Hold.Id);
        await ground.PassAsync("1 hour");
        Assert.Empty(await ground.ClaimAsync());
    }

    [Fact]
    public async Task Claim_ComesBack_WhenItsSiloDied_AndALateSiloDoesNotEndAnothersTurn()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.AccountAsync("a");
        await ground.PlaceAsync(Scope.Everything);
        var lost = Assert.Single(await ground.ClaimAsync());
        await ground.PassAsync("110 seconds");
        Assert.Empty(await ground.ClaimAsync());
        await ground.PassAsync("11 seconds");
        Assert.Single(await ground.ClaimAsync());

        await ground.RecordAsync(lost, TurnOutcome.NotRead("It answered late."));
        await ground.PassAsync("61 seconds");
        Assert.Empty(await ground.ClaimAsync());
    }

    [Fact]
    public async Task Claim_LeavesAnAccountAlone_AsLongAsItsPlatformAsks_AlsoForANewHold()
    {
        await using var ground = await Ground.MakeAsync(server);
        await ground.AccountAsync("a");
        await ground.PlaceAsync(Scope.Everything);
        await ground.RecordAsync(Assert.Single(await ground.ClaimAsync()), TurnOutcome.NotRead("It allows no more requests for now.", TimeSpan.FromMinutes(30)));
        await ground.PassAsync("29 minutes");
        await ground.PlaceAsync(Shown.Of("a"));
        Assert.Empty(await ground.ClaimAsync());
        await ground.PassAsync("61 seconds");
        Assert.Equal(["x/a"], await ground.ClaimKeysAsync());
    }

    private async Task<Ground> CrowdAsync(int accounts)
    {
        var ground = await Ground.MakeAsync(server);
        await ground.AccountAsync("a0000");
        await ground.ExecuteAsync(
            """
            insert into account (key, platform, kind, display_name, lifecycle, version)
            select 'x/a' || to_char(n, 'FM0000'), platform, kind, display_name, lifecycle, 1 from account, generate_series(1, $1) n
            """,
            accounts - 1);
        await ground.PlaceAsync(Scope.Everything);
        return ground;
    }
}

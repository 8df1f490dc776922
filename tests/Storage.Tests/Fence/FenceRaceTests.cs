using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Posts;
using Coordination.Storage.Fence;
using Coordination.Testing;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.Fence;

/// <summary>Many permit takers against many holds, relabels and lifts; then the database is asked for one permit inside a hold.</summary>
public sealed class FenceRaceTests(FastPostgresFixture server)
{
    private const int Accounts = 40;
    private const int Takers = 32;
    private static readonly string[] Areas = ["birmingham", "coventry", "dudley", "sandwell"];

    private static bool Long => Environment.GetEnvironmentVariable("WMFS_LONG") == "1";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Fence_IssuesNoPermitInsideAHold_WhileAllIsChangingAtOnce(int seed)
    {
        var (permits, changes) = Long ? (20_000, 2_000) : (1_200, 120);
        await using var ground = await Ground.MakeAsync(server, o => (o.FencePoolSize, o.PermitsAtOnce) = (60, 48));
        var desks = await Task.WhenAll(Enumerable.Range(0, Accounts).Select(i => ground.AccountAsync($"station{i}", Areas[i % Areas.Length])));
        var (issued, held) = (0, 0);

        // Each account belongs to one taker or mover at a time, as its grain would see to; holds come from everywhere.
        var locks = desks.ToDictionary(d => d, _ => new SemaphoreSlim(1));
        var left = permits;
        var takers = Enumerable.Range(0, Takers).Select(async n =>
        {
            var random = new Random((seed * 1000) + n);
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var desk = desks[random.Next(desks.Length)];
                await locks[desk].WaitAsync();
                try
                {
                    var post = await desk.ScheduleAsync(poster: random.Next(2) == 0 ? Staff.Comms : Staff.Holder);
                    switch (await ground.TakeAsync(desk.WishFor(post)))
                    {
                        case PermitAnswer.Issued permit:
                            Interlocked.Increment(ref issued);
                            await desk.CloseAsync(permit, "sent", new PostPublished(post, "1", null, AccountDesk.Now));
                            break;
                        case PermitAnswer.Held:
                            Interlocked.Increment(ref held);
                            await desk.CommitAsync(new PostCancelled(post, "Held"));
                            break;
                        case var other:
                            Assert.Fail($"Neither issued nor held: {other}");
                            break;
                    }
                }
                finally
                {
                    locks[desk].Release();
                }
            }
        });
        var changesLeft = changes;
        var holders = Enumerable.Range(0, 4).Select(async n =>
        {
            var random = new Random((seed * 7919) + n);
            while (Interlocked.Decrement(ref changesLeft) >= 0)
            {
                var hold = await ground.PlaceAsync(
                    new Scope { Areas = [Areas[random.Next(Areas.Length)]], Except = random.Next(3) == 0 ? new Scope { Stations = ["station1", "station2"] } : null },
                    (HoldKind)(1 + random.Next(2)),
                    Staff.Comms.Id);
                await MoveAsync(desks[random.Next(desks.Length)], Areas[random.Next(Areas.Length)]);
                await ground.LiftAsync(hold.Hold.Id);
            }
        });

        await Task.WhenAll(takers.Concat(holders));

        Assert.Equal("", await ViolationsAsync(ground));
        Assert.True(issued > 0 && held > 0, $"{issued} issued, {held} held: the race was none.");
        Assert.Equal(issued, await ground.ScalarAsync<long>("select count(*) from permit"));

        async Task MoveAsync(AccountDesk desk, string area)
        {
            await locks[desk].WaitAsync();
            try
            {
                await desk.CommitAsync(new AccountRelabelled(desk.State.Labels with { Area = area }));
            }
            catch (PostgresException refused) when (refused.SqlState == "WM007")
            {
                // It would have left a hold.
            }
            finally
            {
                locks[desk].Release();
            }
        }
    }

    [Fact]
    public async Task PermitInsideHold_NamesTheViolation_WhenAPermitSlippedIn()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var (before, inside, after) = (await account.ScheduleAsync(), await account.ScheduleAsync(), await account.ScheduleAsync());
        await ground.PermitAsync(account.WishFor(before));
        var hold = await ground.PlaceAsync(Scope.Everything);
        Assert.Equal("", await ViolationsAsync(ground));

        var slipped = await SlipAsync(ground, account, inside);
        await ground.LiftAsync(hold.Hold.Id);
        await account.RescheduleAsync(after);
        await ground.PermitAsync(account.WishFor(after));

        Assert.Equal($"{slipped} in {hold.Hold.Id}", await ViolationsAsync(ground));
    }

    [Fact]
    public async Task PermitInsideHold_LooksAtTheLabelsOfTheTime_NotAtTodays()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (leaver, joiner) = (await ground.AccountAsync("leaver"), await ground.AccountAsync("joiner", "coventry"));
        var hold = await ground.PlaceAsync(new Scope { Areas = ["birmingham"] });
        var (inside, outside) = (await leaver.ScheduleAsync(), await joiner.ScheduleAsync());
        var slipped = await SlipAsync(ground, leaver, inside);
        await ground.PermitAsync(joiner.WishFor(outside));
        await ground.LiftAsync(hold.Hold.Id);
        await leaver.CommitAsync(Checks.LabelChecks.To(leaver, "coventry"));
        await joiner.CommitAsync(Checks.LabelChecks.To(joiner, "birmingham"));

        Assert.Equal($"{slipped} in {hold.Hold.Id}", await ViolationsAsync(ground));
    }

    [Fact]
    public async Task PermitInsideHold_NamesAPosterWhoWasRemoved_AndNotOneWhoWasNamed()
    {
        await using var ground = await Ground.MakeAsync(server);
        var account = await ground.AccountAsync();
        var hold = await ground.PlaceAsync(Scope.Everything, HoldKind.CentralCoordination, Staff.Comms.Id, Staff.Holder.Id);
        await ground.PermitAsync(account.WishFor(await account.ScheduleAsync(poster: Staff.Comms)));
        await ground.ExecuteAsync("select remove_named_poster($1, 'system', 'The service', 'system')", Staff.Comms.Id);
        await ground.PermitAsync(account.WishFor(await account.ScheduleAsync()));
        Assert.Equal("", await ViolationsAsync(ground));

        var slipped = await SlipAsync(ground, account, await account.ScheduleAsync(poster: Staff.Comms));

        Assert.Equal($"{slipped} in {hold.Hold.Id}", await ViolationsAsync(ground));
    }

    [Fact]
    public async Task Sequences_AreDrawnOneAtATime() // Rule 12: a session that caches numbers hands out old ones later.
    {
        await using var ground = await Ground.MakeAsync(server);
        Assert.Equal(1, await ground.ScalarAsync<long>("select cache_size from pg_sequences where sequencename = 'fence_seq'"));
    }

    private static Task<string> ViolationsAsync(Ground ground) => ground.ScalarAsync<string>(
        "select coalesce(string_agg(permit_seq || ' in ' || hold_id, ', ' order by permit_seq), '') from permit_inside_hold");

    // As a broken fence would: a permit beside the function.
    private static Task<long> SlipAsync(Ground ground, AccountDesk account, PostId post) => ground.ScalarAsync<long>(
        """
        insert into permit (id, seq, account, post_id, part, action, attempt, poster_id, revision, state_version, token, issued_at, expires_at)
        select gen_random_uuid(), nextval('fence_seq'), account, id, 0, 'publish', 1, poster_id, 1, $2, gen_random_uuid(), now(), now() from post where id = $1
        returning seq
        """,
        post.Value,
        account.Version);
}

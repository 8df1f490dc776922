using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Coordination.Storage.Fence;
using Npgsql;
using Xunit;

namespace Coordination.Storage.Tests.Fence.Checks;

/// <summary>Rules 1, 2, 3 and 9: what a permit needs. Each check passes on the product and fails on it with the rule taken out.</summary>
internal static class PermitChecks
{
    public static readonly Scope Everything = Scope.Everything;

    /// <summary>Rule 1: a change in place has a permit for just that, a hold stops it, and it goes out over a post of its account that stands.</summary>
    public static async Task EditGoesOverWhatStands(Ground ground)
    {
        var (account, other) = (await ground.AccountAsync(), await ground.AccountAsync("binley"));
        var (first, theirs) = (await PublishAsync(ground, account, "r1"), await PublishAsync(ground, other, "r2"));
        var edit = await ChangeAsync(account, first, "r1");
        Assert.IsType<PermitAnswer.Stale>(await ground.TakeAsync(account.WishFor(edit) with { Action = "publish" }));
        var plain = await account.ScheduleAsync();
        Assert.IsType<PermitAnswer.Stale>(await ground.TakeAsync(account.WishFor(plain) with { Action = "edit" }));
        Assert.IsType<PermitAnswer.Gone>(await ground.TakeAsync(account.WishFor(await ChangeAsync(account, theirs, "r2"))));
        Assert.IsType<PermitAnswer.Gone>(await ground.TakeAsync(account.WishFor(await ChangeAsync(account, first, "r9"))));
        await ground.PermitAsync(account.WishFor(edit));

        var late = await ChangeAsync(account, first, "r1");
        await account.CommitAsync(new PostRemovalAsked(first, "Wrong street.", Staff.Comms.Id, Staff.Comms.Name, AccountDesk.Now));
        Assert.IsType<PermitAnswer.Gone>(await ground.TakeAsync(account.WishFor(late)));
        await account.CommitAsync(new PostNotRemoved(first, "Not now."));
        await ground.PermitAsync(account.WishFor(late));

        var last = await ChangeAsync(account, first, "r1");
        await account.CommitAsync(new PostRemoved(first, "Off.", AccountDesk.Now));
        Assert.IsType<PermitAnswer.Gone>(await ground.TakeAsync(account.WishFor(last)));

        var held = await ChangeAsync(other, theirs, "r2");
        await ground.PlaceAsync(Scope.Everything);
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(other.WishFor(held)));
    }

    /// <summary>Rule 3: a part of a thread waits until the one that it answers is out, and is counted by itself.</summary>
    public static async Task PartWaitsForTheOneItAnswers(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        Assert.IsType<PermitAnswer.Stale>(await ground.TakeAsync(account.WishFor(post) with { Part = 1 }));
        var first = await ground.PermitAsync(account.WishFor(post));
        Assert.IsType<PermitAnswer.Stale>(await ground.TakeAsync(account.WishFor(post) with { Part = 1 }));
        await account.NotSentAsync(post, first);
        Assert.IsType<PermitAnswer.Stale>(await ground.TakeAsync(account.WishFor(post, attempt: 1) with { Part = 1 }));
        await account.CloseAsync(await ground.PermitAsync(account.WishFor(post)), "sent", new PostPartPublished(post, 0, "1", null, AccountDesk.Now));
        await ground.PermitAsync(account.WishFor(post) with { Part = 1 });
    }

    /// <summary>Rule 1: removing is no outbound call that a hold stops.</summary>
    public static async Task RemovalNeedsNoPermit(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        var permit = await ground.PermitAsync(account.WishFor(post));
        await account.CloseAsync(permit, "sent", new PostPublished(post, "1", null, AccountDesk.Now));
        await ground.PlaceAsync(Everything);

        await Succeeds(() => account.CommitAsync(new AccountDesk.Wish([new PostRemoved(post, "Wrong street")], Staff.Comms)));
    }

    /// <summary>Rule 2a: another version than the row's is stale, whichever way it differs.</summary>
    public static async Task AnotherVersionIsStale(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        var wish = account.WishFor(post);

        Assert.IsType<PermitAnswer.Stale>(await ground.TakeAsync(wish with { StateVersion = wish.StateVersion - 1 }));
        Assert.IsType<PermitAnswer.Stale>(await ground.TakeAsync(wish with { StateVersion = wish.StateVersion + 1 }));
        Assert.IsType<PermitAnswer.Stale>(await ground.TakeAsync(wish with { Account = AccountKey.Parse("x/nobody") }));
        Assert.Equal(0, await ground.ScalarAsync<long>("select count(*) from permit"));
        await ground.PermitAsync(wish);
    }

    /// <summary>Rule 2a: the row is locked, so a commit that is under way makes the wish stale.</summary>
    public static async Task CommitUnderWayIsWaitedFor(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        await using var commit = await ground.BeginAsync();
        await commit.RunAsync("update grain_state set version = version + 1 where grain_key = $1", "account/" + account.Key);

        var taking = ground.TakeAsync(account.WishFor(post));
        await ground.UntilBlockedOrDoneAsync(taking);
        await commit.CommitAsync();

        Assert.IsType<PermitAnswer.Stale>(await taking);
    }

    /// <summary>Rules 2b and 2c: a hold that is committing is waited for, and then seen.</summary>
    public static async Task HoldUnderWayIsWaitedForAndSeen(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        await using var hold = await ground.BeginAsync();
        await RawPlaceAsync(hold);

        var taking = ground.TakeAsync(account.WishFor(post));
        await ground.UntilBlockedOrDoneAsync(taking);
        await hold.CommitAsync();

        Assert.IsType<PermitAnswer.Held>(await taking);
    }

    /// <summary>Rule 2, row before fence: a permit that waits for an account's row keeps no hold waiting.</summary>
    public static async Task HoldPassesPermitThatWaitsForARow(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        await using var paused = await ground.BeginAsync();
        await paused.RunAsync("update grain_state set payload = payload where grain_key = $1", "account/" + account.Key);
        var taking = ground.TakeAsync(account.WishFor(post));
        await ground.UntilBlockedOrDoneAsync(taking);

        await using (var hold = await ground.BeginAsync())
        {
            await hold.RunAsync("select set_config('lock_timeout', '1500ms', true)");
            await Succeeds(() => RawPlaceAsync(hold));
            await hold.CommitAsync();
        }

        await paused.CommitAsync();
        Assert.IsType<PermitAnswer.Held>(await taking);
    }

    /// <summary>Rule 2: every function of the fence refuses another isolation level.</summary>
    public static async Task OtherIsolationIsRefused(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        string[] calls =
        [
            $"select answer from take_permit('{account.Key}', '{post}', 0, 'publish', 1, 'sam-aston', 1, {account.Version}, '10 s', null)",
            "select (placed).id from place_hold(gen_random_uuid(), '\\x00', 'freeze', '{\"all\":true}', 'r', 'a', 'A', 'comms-manager', '{}', null, null, null)",
            "select answer from lift_hold(gen_random_uuid(), 'H-000001', 'r', 'a', 'A', 'comms-manager', true, true, null)",
            "select id from decline_lift(gen_random_uuid(), 'H-000001', 'r', 'a', 'A', 'comms-manager')",
            "select id from review_hold(gen_random_uuid(), 'H-000001', now(), 'r', 'a', 'A', 'comms-manager')",
            "select end_due_holds()",
            "select lapse_lift_asks('a', null)",
            "select remove_named_poster('a', 'a', 'A', 'system')",
            "select commit_account('x/aston', 1, '{}')",
        ];
        foreach (var call in calls)
        {
            foreach (var level in (string[])["repeatable read", "serializable"])
            {
                await using var transaction = await ground.BeginAsync();
                await transaction.RunAsync($"set transaction isolation level {level}");
                var error = await Record.ExceptionAsync(() => transaction.RunAsync(call));
                Assert.Equal("WM002", Assert.IsType<PostgresException>(error).SqlState);
            }
        }
    }

    /// <summary>Rule 2c: early and late are told by the database's clock.</summary>
    public static async Task EarlyAndLateGetNoPermit(Ground ground)
    {
        var account = await ground.AccountAsync();
        var early = await account.ScheduleAsync(TimeSpan.FromMinutes(1));
        var late = await account.ScheduleAsync(TimeSpan.FromMinutes(-1), tolerance: TimeSpan.FromSeconds(30));

        var answer = Assert.IsType<PermitAnswer.TooEarly>(await ground.TakeAsync(account.WishFor(early)));
        Assert.InRange(answer.Wait, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(61));
        Assert.IsType<PermitAnswer.Missed>(await ground.TakeAsync(account.WishFor(late)));
    }

    /// <summary>Rule 2c: what the caller believes of the post must be what is on record.</summary>
    public static async Task OtherBeliefsAreStale(Ground ground)
    {
        var account = await ground.AccountAsync();
        var other = await ground.AccountAsync("foleshill");
        var post = await account.ScheduleAsync();
        var wish = account.WishFor(post);

        Assert.IsType<PermitAnswer.Stale>(await ground.TakeAsync(wish with { PosterId = Staff.Comms.Id }));
        Assert.IsType<PermitAnswer.Stale>(await ground.TakeAsync(wish with { Revision = 2 }));
        Assert.IsType<PermitAnswer.Stale>(await ground.TakeAsync(wish with { Account = other.Key, StateVersion = other.Version }));
        await account.CommitAsync(new PostCancelled(post, "Not needed"));
        Assert.IsType<PermitAnswer.Stale>(await ground.TakeAsync(wish with { StateVersion = account.Version }));
    }

    /// <summary>Rules 2d and 9: a permit is on record with its number, its life and its journal entry.</summary>
    public static async Task PermitIsOnRecord(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        var permit = await ground.PermitAsync(account.WishFor(post));

        Assert.True(await ground.ScalarAsync<bool>(
            "select expires_at - issued_at = $2 from permit where id = $1", permit.PermitId, FenceClient.PermitLifetime));
        Assert.Equal(1, await ground.ScalarAsync<long>(
            "select count(*) from journal where stream = $1 and event = 'permit-issued' and fence_seq = $2", "account/" + account.Key, permit.Sequence));
    }

    /// <summary>Rule 3: one permit for each key; a new attempt needs the former one closed as not sent.</summary>
    public static async Task AttemptsFollowEachOther(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();

        Assert.IsType<PermitAnswer.Stale>(await ground.TakeAsync(account.WishFor(post, attempt: 2)));
        var first = await ground.PermitAsync(account.WishFor(post));
        Assert.IsType<PermitAnswer.Taken>(await ground.TakeAsync(account.WishFor(post)));
        Assert.IsType<PermitAnswer.Taken>(await ground.TakeAsync(account.WishFor(post, attempt: 2)));

        await account.NotSentAsync(post, first);
        Assert.IsType<PermitAnswer.Taken>(await ground.TakeAsync(account.WishFor(post, attempt: 1)));
        Assert.IsType<PermitAnswer.Taken>(await ground.TakeAsync(account.WishFor(post, attempt: 3)));
        var second = await ground.PermitAsync(account.WishFor(post));

        foreach (var outcome in (string[])["unknown", "sent"])
        {
            await ground.ExecuteAsync("update permit set outcome = $2 where id = $1", second.PermitId, outcome);
            Assert.IsType<PermitAnswer.Taken>(await ground.TakeAsync(account.WishFor(post, attempt: 3, keyLifetime: TimeSpan.FromHours(1))));
        }
    }

    /// <summary>Rule 3: a foreign key brings the wait for a row back.</summary>
    public static async Task PermitHasNoForeignKey(Ground ground) => Assert.Equal(
        0, await ground.ScalarAsync<long>("select count(*) from pg_constraint where contype = 'f' and conrelid in ('permit'::regclass, 'hold'::regclass)"));

    /// <summary>Places a freeze on everything inside a transaction of the test's.</summary>
    public static Task RawPlaceAsync(PausedTransaction transaction) => transaction.RunAsync(
        """select (placed).id from place_hold(gen_random_uuid(), '\x00', 'freeze', '{"all":true}', 'r', 'a', 'A', 'comms-manager', '{}', null, null, null)""");

    /// <summary>A failure of the database is a failed check, not a broken test.</summary>
    public static async Task Succeeds(Func<Task> action) => Assert.Null(await Record.ExceptionAsync(action));

    /// <summary>The database refuses with this SQLSTATE.</summary>
    public static async Task RefusedAs(string sqlState, Func<Task> action) =>
        Assert.Equal(sqlState, Assert.IsType<PostgresException>(await Record.ExceptionAsync(action)).SqlState);

    private static async Task<PostId> PublishAsync(Ground ground, AccountDesk account, string remoteId)
    {
        var post = await account.ScheduleAsync();
        await account.CloseAsync(await ground.PermitAsync(account.WishFor(post)), "sent", new PostPublished(post, remoteId, "https://example.org/" + remoteId, AccountDesk.Now));
        return post;
    }

    private static Task<PostId> ChangeAsync(AccountDesk account, PostId first, string target) =>
        account.ScheduleAsync(about: new PostAbout { Corrects = first, InPlace = true, Target = target });
}

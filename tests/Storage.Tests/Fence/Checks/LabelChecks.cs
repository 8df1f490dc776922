using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Storage.Fence;
using Xunit;
using static Coordination.Storage.Tests.Fence.Checks.PermitChecks;

namespace Coordination.Storage.Tests.Fence.Checks;

/// <summary>Rules 7, 8 and 10: what the commit on an account looks at.</summary>
internal static class LabelChecks
{
    private static readonly Scope Birmingham = new() { Areas = ["birmingham"] };

    public static AccountRelabelled To(AccountDesk account, string area) => new(account.State.Labels with { Area = area });

    /// <summary>Rule 7: nobody walks out of a standing hold by moving; moving within or into it is free.</summary>
    public static async Task RelabelThatLeavesAHoldIsRefused(Ground ground)
    {
        var account = await ground.AccountAsync();
        var hold = await ground.PlaceAsync(Birmingham);

        await RefusedAs("WM007", () => account.CommitAsync(To(account, "coventry")));
        Assert.Equal("birmingham", await ground.ScalarAsync<string>("select area from account where key = $1", account.Key.Value));
        Assert.Equal(account.Version, await ground.ScalarAsync<int>("select version from grain_state where grain_key = $1", "account/" + account.Key));
        await account.CommitAsync(new AccountRelabelled(account.State.Labels with { Department = "prevention" }));
        await ground.LiftAsync(hold.Hold.Id);
        await account.CommitAsync(To(account, "coventry"));
    }

    /// <summary>Rule 7: a relabel waits for a hold that is being placed, and then is refused by it.</summary>
    public static async Task RelabelWaitsForAHoldUnderWay(Ground ground)
    {
        var account = await ground.AccountAsync();
        await using var hold = await ground.BeginAsync();
        await hold.RunAsync(
            """select (placed).id from place_hold(gen_random_uuid(), '\x00', 'freeze', '{"areas":["birmingham"]}', 'r', 'a', 'A', 'comms-manager', '{}', null, null, null)""");

        var moving = account.CommitAsync(To(account, "coventry"));
        await ground.UntilBlockedOrDoneAsync(moving);
        await hold.CommitAsync();

        await RefusedAs("WM007", () => moving);
    }

    /// <summary>Rule 7: a new account is covered by what stands.</summary>
    public static async Task NewAccountIsCovered(Ground ground)
    {
        var hold = await ground.PlaceAsync(Birmingham);
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();

        Assert.Equal([hold.Hold.Id], Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(post))).HoldIds);
    }

    /// <summary>Rule 7: each change of labels, and nothing else, leaves a row with a number of the fence.</summary>
    public static async Task LabelHistoryIsKept(Ground ground)
    {
        var account = await ground.AccountAsync();
        await account.ScheduleAsync();
        var hold = await ground.PlaceAsync(new Scope { Areas = ["coventry"] });
        await account.CommitAsync(To(account, "coventry"));

        Assert.Equal("birmingham, coventry", await ground.ScalarAsync<string>(
            "select coalesce(string_agg(area, ', ' order by seq), '') from label_history where account = $1", account.Key.Value));
        Assert.True(hold.Hold.Sequence < await ground.ScalarAsync<long>("select max(seq) from label_history"));
    }

    /// <summary>Rule 7: a commit that stalls with the fence in hand is ended in half a second, and a hold goes through.</summary>
    public static async Task StalledCommitIsEnded(Ground ground)
    {
        var account = await ground.AccountAsync();
        await using var stalled = await ground.BeginAsync();
        var commit = $$"""
            {"account": {"platform": "x", "kind": "local", "area": "coventry", "station": "aston", "displayName": "A", "lifecycle": "connected", "scheduled": 0, "awaiting": 0, "published": 0},
             "actor": {"id": "a", "name": "A", "role": "comms-manager"}, "guard": [], "permits": [], "events": [], "receipts": [], "posts": []}
            """;
        await stalled.RunAsync("select commit_account($1, $2, $3::jsonb)", account.Key.Value, account.Version, commit);

        await using var hold = await ground.BeginAsync();
        await hold.RunAsync("select set_config('lock_timeout', '2500ms', true)");
        await Succeeds(() => RawPlaceAsync(hold));
        await hold.CommitAsync();
        Assert.NotNull(await Record.ExceptionAsync(stalled.CommitAsync));
        Assert.Equal("birmingham", await ground.ScalarAsync<string>("select area from account where key = $1", account.Key.Value));
    }

    /// <summary>Rule 8: a post whose permit is open is being sent, and nobody changes it.</summary>
    public static async Task OpenPermitStopsACancel(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        var permit = await ground.PermitAsync(account.WishFor(post));
        var cancel = new AccountDesk.Wish([new PostCancelled(post, "Wrong day")], Guard: [post]);

        await RefusedAs("WM008", () => account.CommitAsync(cancel));
        Assert.Equal("scheduled", await ground.ScalarAsync<string>("select state from post where id = $1", post.Value));
        await account.NotSentAsync(post, permit);
        await account.CommitAsync(cancel);
    }

    /// <summary>Rule 8: a permit that is being committed is waited for by the state row, and then seen.</summary>
    public static async Task PermitUnderWayStopsACancel(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        await using var permit = await ground.BeginAsync();
        await permit.RunAsync(
            "select answer from take_permit($1, $2, 0, 'publish', 1, 'sam-aston', 1, $3, interval '10 s', null)", account.Key.Value, post.Value, account.Version);

        var cancelling = account.CommitAsync(new AccountDesk.Wish([new PostCancelled(post, "Wrong day")], Guard: [post]));
        await ground.UntilBlockedOrDoneAsync(cancelling);
        await permit.CommitAsync();

        await RefusedAs("WM008", () => cancelling);
    }

    /// <summary>Rule 10: only the token closes as not sent; anybody may say that it was sent, or that nobody knows.</summary>
    public static async Task OnlyTheTokenClosesAsNotSent(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        var permit = await ground.PermitAsync(account.WishFor(post));
        var notSent = new PostNotSent(post, "Busy");

        await RefusedAs("WM010", () => account.CloseAsync(permit, "not-sent", notSent, withToken: false));
        await RefusedAs("WM010", () => account.CloseAsync(permit, "not-sent", notSent, token: Guid.NewGuid()));
        await account.CloseAsync(permit, "unknown", new PostUnknown(post, "No answer"), withToken: false);
        await account.CloseAsync(permit, "sent", new PostPublished(post, "1", null, AccountDesk.Now), withToken: false);
        Assert.Equal("sent", await ground.ScalarAsync<string>("select outcome from permit"));
    }

    /// <summary>Rule 10: what is known is not taken back.</summary>
    public static async Task KnownOutcomeStays(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        var permit = await ground.PermitAsync(account.WishFor(post));
        await account.CloseAsync(permit, "sent", new PostPublished(post, "1", null, AccountDesk.Now));

        await RefusedAs("WM010", () => account.CloseAsync(permit, "not-sent", new PostNotSent(post, "Busy")));
        await RefusedAs("WM010", () => account.CloseAsync(permit, "unknown", new PostUnknown(post, "No answer")));
        Assert.Equal("sent", await ground.ScalarAsync<string>("select outcome from permit"));
    }

    /// <summary>Rule 10: without an outcome, a new attempt needs the platform's promise about our key, an expired permit, and the key's life.</summary>
    public static async Task SameKeyWithinItsLife(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        var hour = TimeSpan.FromHours(1);
        var first = await ground.PermitAsync(account.WishFor(post));
        Assert.IsType<PermitAnswer.Taken>(await ground.TakeAsync(account.WishFor(post, attempt: 2, keyLifetime: hour)));

        await AgeAsync(ground, first.PermitId, TimeSpan.FromMinutes(40));
        Assert.IsType<PermitAnswer.Taken>(await ground.TakeAsync(account.WishFor(post, attempt: 2)));
        Assert.IsType<PermitAnswer.Taken>(await ground.TakeAsync(account.WishFor(post, attempt: 2, keyLifetime: TimeSpan.FromMinutes(30))));
        await ground.PermitAsync(account.WishFor(post, attempt: 2, keyLifetime: hour));
    }

    /// <summary>Rule 10: the key's life runs from the first call that may have used it, not from the last.</summary>
    public static async Task KeyLivesFromItsFirstUse(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        var hour = TimeSpan.FromHours(1);
        var first = await ground.PermitAsync(account.WishFor(post));
        await AgeAsync(ground, first.PermitId, TimeSpan.FromMinutes(40));
        var second = await ground.PermitAsync(account.WishFor(post, attempt: 2, keyLifetime: hour));
        await AgeAsync(ground, first.PermitId, TimeSpan.FromMinutes(40));
        await AgeAsync(ground, second.PermitId, TimeSpan.FromMinutes(40));

        Assert.IsType<PermitAnswer.Taken>(await ground.TakeAsync(account.WishFor(post, attempt: 3, keyLifetime: hour)));
    }

    /// <summary>Rules 3 and 10: what is known of one call is known of all attempts at that part, and of no other part.</summary>
    public static async Task OutcomeIsOfOnePart(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        var hour = TimeSpan.FromHours(1);
        var first = await ground.PermitAsync(account.WishFor(post));
        await AgeAsync(ground, first.PermitId, TimeSpan.FromMinutes(1));
        await ground.PermitAsync(account.WishFor(post, attempt: 2, keyLifetime: hour));
        await account.CloseAsync(first, "sent", new PostPartPublished(post, 0, "1", null, AccountDesk.Now));
        await ground.PermitAsync(account.WishFor(post) with { Part = 1 });

        // The report of the first part, told once more.
        await account.CloseAsync(first, "sent", new AccountNeedsAttention("A test"));

        Assert.Equal("0/1 sent, 0/2 sent, 1/1 open", await ground.ScalarAsync<string>(
            "select string_agg(part || '/' || attempt || ' ' || coalesce(outcome, 'open'), ', ' order by part, attempt) from permit"));
    }

    /// <summary>G2: a post's id on another account is refused; neither post is lost.</summary>
    public static async Task PostOfAnotherAccountIsLeftAlone(Ground ground)
    {
        var (account, other) = (await ground.AccountAsync(), await ground.AccountAsync("foleshill", "coventry"));
        var post = await account.ScheduleAsync();
        var theft = new PostScheduled(post, "Another text", AccountDesk.Now, TimeSpan.FromMinutes(5), Staff.Holder.Id, Staff.Holder.Name, null, AccountDesk.Now);

        await RefusedAs("WM011", () => other.CommitAsync(theft));
        Assert.Equal("Test your smoke alarm.", await ground.ScalarAsync<string>("select text from post"));
        await ground.PermitAsync(account.WishFor(post));
    }

    private static Task AgeAsync(Ground ground, Guid permit, TimeSpan by) =>
        ground.ExecuteAsync("update permit set issued_at = issued_at - $2, expires_at = expires_at - $2 where id = $1", permit, by);
}

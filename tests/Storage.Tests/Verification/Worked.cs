using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using Coordination.Domain.Schedule;
using Coordination.Storage.Accounts;
using Coordination.Storage.Fence;
using Coordination.Storage.Media;
using Coordination.Storage.Migrations;
using Coordination.Storage.Repeats;
using Coordination.Storage.Review;
using Coordination.Storage.Tests.Fence;
using Coordination.Storage.Tests.Media;
using Coordination.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Coordination.Storage.Tests.Verification;

/// <summary>A database after real work, done by the product's own commits and fence: posts of every end, holds of both kinds, receipts, labels that moved.</summary>
internal static class Worked
{
    private static readonly Scope Coventry = new() { Areas = ["coventry"] };

    /// <summary>A database of its own for a test; the work is done once.</summary>
    public static async Task<Ground> MakeAsync(PostgresFixture server) => Ground.On(await server.CreateMigratedDatabaseAsync(
        async connection =>
        {
            await Migrator.MigrateAsync(connection, NullLogger.Instance);
            await using var ground = Ground.On(connection);
            await WorkAsync(ground);
        },
        "worked"));

    private static async Task WorkAsync(Ground ground)
    {
        var aston = await ground.AccountAsync();
        await PublishAsync(ground, aston, Staff.Holder);
        await EndEachWayAsync(ground, aston);
        await PassAndHoldAsync(ground);
        await StandAsync(ground);
        await MoveAsync(ground);
        await ApproveAsync(ground);
        await AskAsync(ground);
        await ReviewAsync(ground);
        await RepeatAsync(ground);
        await ThreadAsync(ground);
        await ChangeAsync(ground);
        await FillAsync(await ground.AccountAsync("busy", "dudley"));
    }

    /// <summary>One post from its confirmation to its publication.</summary>
    public static async Task<PostId> PublishAsync(Ground ground, AccountDesk account, Actor poster)
    {
        var post = await account.ScheduleAsync(poster: poster);
        await account.CloseAsync(await ground.PermitAsync(account.WishFor(post)), "sent", new PostPublished(post, "1", "https://example.org/1", AccountDesk.Now));
        return post;
    }

    // erdington: a thread that is out; one of which a part is out, and no more goes.
    private static async Task ThreadAsync(Ground ground)
    {
        var account = await ground.AccountAsync("erdington", "sutton");
        foreach (var (whole, name) in new[] { (true, "w"), (false, "h") })
        {
            var post = await account.ScheduleAsync(about: new PostAbout { Thread = ["The second part."] });
            await account.CloseAsync(await ground.PermitAsync(account.WishFor(post)), "sent", new PostPartPublished(post, 0, name + "1", "https://example.org/t1", AccountDesk.Now));
            if (whole)
            {
                await account.NotSentAsync(post, await ground.PermitAsync(account.WishFor(post) with { Part = 1 }));
                var permit = await ground.PermitAsync(account.WishFor(post) with { Part = 1 });
                await account.CommitAsync(new AccountDesk.Wish(
                    [new PostPartPublished(post, 1, name + "2", null, AccountDesk.Now), new PostPublished(post, name + "1", "https://example.org/t1", AccountDesk.Now)],
                    Actor.System,
                    Permits: [new PermitClosing(permit.PermitId, permit.Token, "sent")]));
            }
            else
            {
                await account.CommitAsync(new PostMissed(post, "Too late"));
            }
        }
    }

    // canley, on Mastodon: a post that was changed where it stands; one that was removed with its change; a change that is missed because its post is gone.
    private static async Task ChangeAsync(Ground ground)
    {
        var account = await ground.AccountAsync("canley", "coventry-south", platform: "mastodon");
        foreach (var removed in new[] { false, true })
        {
            var first = await PublishAsync(ground, account, Staff.Holder);
            var about = new PostAbout { Corrects = first, InPlace = true, Target = "1" };
            var change = await account.ScheduleAsync(about: about);
            await account.CloseAsync(await ground.PermitAsync(account.WishFor(change)), "sent", new PostPublished(change, "1", "https://example.org/1", AccountDesk.Now));
            if (removed)
            {
                await account.CommitAsync(new PostRemoved(first, "Wrong street", AccountDesk.Now), new PostRemoved(change, "Wrong street", AccountDesk.Now));
                await account.CommitAsync(new PostMissed(await account.ScheduleAsync(about: about), "It is gone"));
            }
        }
    }

    // aston: every end a post may have.
    private static async Task EndEachWayAsync(Ground ground, AccountDesk account)
    {
        var removed = await PublishAsync(ground, account, Staff.Holder);
        await account.CommitAsync(new PostRemoved(removed, "Wrong picture"));
        await account.CommitAsync(new PostCancelled(await account.ScheduleAsync(), "Not needed"));
        await account.CommitAsync(new PostMissed(await account.ScheduleAsync(), "Too late"));
        await account.CommitAsync(new PostFailed(await account.ScheduleAsync(), "No sign-in"));

        var rejected = await account.ScheduleAsync();
        await account.CloseAsync(await ground.PermitAsync(account.WishFor(rejected)), "not-sent", new PostRejected(rejected, "Too long for it"));
        var unknown = await account.ScheduleAsync();
        await account.CloseAsync(await ground.PermitAsync(account.WishFor(unknown)), "unknown", new PostUnknown(unknown, "No answer"));

        // Not sent at first, then sent.
        var twice = await account.ScheduleAsync();
        await account.NotSentAsync(twice, await ground.PermitAsync(account.WishFor(twice)));
        await account.CloseAsync(await ground.PermitAsync(account.WishFor(twice)), "sent", new PostPublished(twice, "2", null, AccountDesk.Now));

        // Refused at first, then sent again by a person, as it stood.
        var failed = await account.ScheduleAsync();
        await account.CloseAsync(await ground.PermitAsync(account.WishFor(failed)), "not-sent", new PostFailed(failed, "No sign-in", new PostFailure(FailureClass.NeedsYou, FailureCause.SignIn, AccountDesk.Now), 1));
        await account.RetryAsync(failed);
        await account.CloseAsync(await ground.PermitAsync(account.WishFor(failed)), "sent", new PostPublished(failed, "4", null, AccountDesk.Now));

        // Never answered, and asked for again under the same key: both permits are closed by what is learnt.
        var repeated = await account.ScheduleAsync();
        await ground.PermitAsync(account.WishFor(repeated));
        await ground.ExecuteAsync("update permit set expires_at = issued_at where post_id = $1", repeated.Value);
        var second = await ground.PermitAsync(account.WishFor(repeated, attempt: 2, keyLifetime: TimeSpan.FromHours(1)));
        await account.CloseAsync(second, "sent", new PostPublished(repeated, "3", null, AccountDesk.Now));
    }

    // walsall: a central coordination that lets Comms through, loses one of its people, and is lifted; one post slept through it.
    private static async Task PassAndHoldAsync(Ground ground)
    {
        var account = await ground.AccountAsync("walsall", "walsall");
        var slept = await account.ScheduleAsync();
        var held = await account.ScheduleAsync();
        var hold = await ground.PlaceAsync(new Scope { Areas = ["walsall"] }, HoldKind.CentralCoordination, Staff.Comms.Id, "pat-gone");
        await account.CommitAsync(new PostHeld(held, [hold.Hold.Id]), new HoldAcknowledged(hold.Hold.Id, 1));
        await PublishAsync(ground, account, Staff.Comms);
        await ground.ExecuteAsync("select remove_named_poster('pat-gone', 'system', 'The service', 'system')");
        await ground.LiftAsync(hold.Hold.Id);
        await account.RescheduleAsync(held);
        await account.CloseAsync(await ground.PermitAsync(account.WishFor(held)), "sent", new PostPublished(held, "4", null, AccountDesk.Now));
        Xunit.Assert.Equal(PostState.Scheduled, account.State.Find(slept)!.State);
    }

    // foleshill and canley: a freeze that still stands, of which one of them has no receipt yet.
    private static async Task StandAsync(Ground ground)
    {
        var (foleshill, _) = (await ground.AccountAsync("foleshill", "coventry"), await ground.AccountAsync("canley", "coventry"));
        var waiting = await foleshill.ScheduleAsync();
        var hold = await ground.PlaceAsync(Coventry);
        await foleshill.CommitAsync(new HoldAcknowledged(hold.Hold.Id, 0));
        await ground.ExecuteAsync(
            "select record_proof($1, 'ada-audit', 'Ada Audit', 'auditor', $2)", hold.Hold.Id, $$"""{"sha256":"{{new string('a', 64)}}","fileSha256":"{{new string('a', 64)}}","format":"json"}""");
        Xunit.Assert.Equal(PostState.Scheduled, foleshill.State.Find(waiting)!.State);
    }

    // mover: from one borough to another, with a post and a hold on either side of it.
    private static async Task MoveAsync(Ground ground)
    {
        var mover = await ground.AccountAsync("mover", "sandwell");
        var before = await ground.PlaceAsync(new Scope { Areas = ["sandwell"] });
        await mover.CommitAsync(new HoldAcknowledged(before.Hold.Id, 0));
        await ground.LiftAsync(before.Hold.Id);
        await PublishAsync(ground, mover, Staff.Holder);
        await mover.CommitAsync(new AccountRelabelled(mover.State.Labels with { Area = "solihull" }));
        await PublishAsync(ground, mover, Staff.Holder);
    }

    // tettenhall: a hold that asks for an approval: one post published with it, one that has it, one that lost it by being moved.
    private static async Task ApproveAsync(Ground ground)
    {
        var account = await ground.AccountAsync("tettenhall", "cannock");
        var hold = (await ground.PlaceAsync(new Scope { Areas = ["cannock"] }, HoldKind.ApprovalRequired)).Hold.Id;
        await account.CommitAsync(new HoldAcknowledged(hold, 0));
        var (sent, waiting, moved) = (await account.ScheduleAsync(), await account.ScheduleAsync(), await account.ScheduleAsync());
        await account.ApproveAsync(sent, hold);
        await account.CloseAsync(await ground.PermitAsync(account.WishFor(sent)), "sent", new PostPublished(sent, "5", null, AccountDesk.Now));
        await account.ApproveAsync(waiting, hold);
        await account.ApproveAsync(moved, hold);
        await account.RescheduleAsync(moved);
    }

    // Holds from an incident: one of which somebody has asked for the lift after a first request was declined, one lifted by two.
    private static async Task AskAsync(Ground ground)
    {
        var asked = await ground.PlaceForIncidentAsync(new Scope { Areas = ["lichfield"] });
        await ground.LiftAsync(asked.Id);
        Xunit.Assert.IsType<FenceAnswer<Hold>.Took>(await ground.TryDeclineAsync(asked.Id, Staff.Comms));
        await ground.LiftAsync(asked.Id);
        var lifted = await ground.PlaceForIncidentAsync(new Scope { Areas = ["tamworth"] });
        await ground.LiftAsync(lifted.Id);
        await ground.LiftAsync(lifted.Id, Staff.Second);
    }

    // tipton: rules that Comms set; one post still to be approved, one sent back, one approved and published, one that nobody approved in time.
    private static async Task ReviewAsync(Ground ground)
    {
        var book = new RuleBook(ground.Database);
        await book.SaveAsync(PublishingRules.Default with { ClashMinutes = 15 }, 0, Staff.Comms, CancellationToken.None);
        var kept = await book.ReadAsync(CancellationToken.None);
        await book.SaveAsync(PublishingRules.Default with { ClashMinutes = 20, Approvals = [new ApprovalRule("local", ApprovalNeed.One, [Staff.Holder.Id])] }, kept.Version, Staff.Comms, CancellationToken.None);

        var account = await ground.AccountAsync("tipton", "burntwood");
        await account.SubmitAsync();
        var image = MediaStoreTests.Image(1);
        await new MediaStore(ground.Database).SaveAsync(image, Staff.Holder.Id, Staff.Holder.Name, CancellationToken.None);
        await account.CommitAsync(new PostScheduled(
            new PostId(Guid.CreateVersion7()), "Test your smoke alarm.", AccountDesk.Now.AddDays(1), TimeSpan.FromMinutes(5), Staff.Holder.Id, Staff.Holder.Name, null, AccountDesk.Now,
            new PostAbout { Images = [MediaStoreTests.Shown(image)] }));
        var (returned, sent, missed) = (await account.SubmitAsync(), await account.SubmitAsync(TimeSpan.FromSeconds(-1)), await account.SubmitAsync(TimeSpan.FromSeconds(-1)));
        await account.CommitAsync(new PostReturned(returned, 1, "Which street?", Staff.Comms.Id, Staff.Comms.Name, AccountDesk.Now));
        await account.ApproveAsync(sent);
        await account.CloseAsync(await ground.PermitAsync(account.WishFor(sent)), "sent", new PostPublished(sent, "6", null, AccountDesk.Now));
        await account.CommitAsync(new PostMissed(missed, "Nobody had approved it when its time came."));
    }

    // Three repeats: one that goes on with a date made and one refused, one that the service halted, one that a person stopped.
    private static async Task RepeatAsync(Ground ground)
    {
        var (store, zone, first) = (new RepeatStore(ground.Database), TimeZoneInfo.FindSystemTimeZoneById(WallClock.London), new DateTime(2027, 5, 3, 9, 0, 0));
        for (var n = 1; n <= 3; n++)
        {
            var wish = new RepeatWish { Text = "Test your alarm", Accounts = [AccountKey.Parse("x/aston")], Rule = "FREQ=WEEKLY;COUNT=3", First = first, About = new PostAbout { Topic = PostTopic.Event } };
            await store.StartAsync(RepeatId(n), wish, [.. Enumerable.Range(0, 3).Select(i => WallClock.At(first.AddDays(7 * i), zone))], Staff.Holder, CancellationToken.None);
            var account = wish.Accounts[0];
            await store.RecordAsync(
                RepeatId(n), RepeatState.Active, [new RepeatOutcome(account, first, RepeatDateState.Made), new RepeatOutcome(account, first.AddDays(7), RepeatDateState.Refused, "The account is retired.")], CancellationToken.None);
        }

        await store.EndAsync(RepeatId(2), RepeatState.Halted, "Its owner has left.", Actor.System, CancellationToken.None);
        await store.EndAsync(RepeatId(3), RepeatState.Stopped, "Not wanted.", Staff.Comms, CancellationToken.None);
        await store.RecordAsync(RepeatId(3), RepeatState.Stopped, [new RepeatOutcome(AccountKey.Parse("x/aston"), first, RepeatDateState.TakenBack)], CancellationToken.None);
    }

    /// <summary>The id of one of the three repeats.</summary>
    public static Guid RepeatId(int n) => new(n, 0, 7, [8, 0, 0, 0, 0, 0, 0, 9]);

    // busy: more finished posts than a state keeps.
    private static async Task FillAsync(AccountDesk account)
    {
        for (var round = 0; round < 3; round++)
        {
            var events = new List<AccountEvent>();
            for (var i = 0; i < AccountState.FinishedPostsKept / 2; i++)
            {
                var id = new PostId(Guid.CreateVersion7());
                events.Add(new PostScheduled(id, "Test your smoke alarm.", AccountDesk.Now, TimeSpan.FromMinutes(5), Staff.Holder.Id, Staff.Holder.Name, null, AccountDesk.Now));
                events.Add(new PostCancelled(id, "Not needed"));
            }

            await account.CommitAsync([.. events]);
        }
    }
}

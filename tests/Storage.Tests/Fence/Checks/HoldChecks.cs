using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Domain.Posts;
using Coordination.Storage.Fence;
using Xunit;
using static Coordination.Storage.Tests.Fence.Checks.PermitChecks;

namespace Coordination.Storage.Tests.Fence.Checks;

/// <summary>Rules 4 and 5: what a hold refuses, and how it is placed and lifted.</summary>
internal static class HoldChecks
{
    private static readonly Scope Birmingham = new() { Areas = ["birmingham"] };

    /// <summary>Rule 4a: a hold that stands refuses what it covers, and nothing else.</summary>
    public static async Task StandingHoldRefusesWhatItCovers(Ground ground)
    {
        var (aston, foleshill) = (await ground.AccountAsync(), await ground.AccountAsync("foleshill", "coventry"));
        var (covered, free) = (await aston.ScheduleAsync(), await foleshill.ScheduleAsync());
        var hold = await ground.PlaceAsync(Birmingham);

        Assert.Equal([hold.Hold.Id], Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(aston.WishFor(covered))).HoldIds);
        await ground.PermitAsync(foleshill.WishFor(free));
    }

    /// <summary>A receipt is for a hold that is there and covers its account, whoever asked for it.</summary>
    public static async Task ReceiptIsForAHoldThatCovers(Ground ground)
    {
        var (aston, foleshill) = (await ground.AccountAsync(), await ground.AccountAsync("foleshill", "coventry"));
        var hold = (await ground.PlaceAsync(Birmingham)).Hold.Id;

        await ReceiptAsync(hold, aston);
        await RefusedAs("WM016", () => ReceiptAsync(hold, foleshill));
        await RefusedAs("WM016", () => ReceiptAsync("H-999999", aston));

        Task ReceiptAsync(string id, AccountDesk account) =>
            ground.ExecuteAsync("insert into hold_receipt (hold_id, account) values ($1, $2)", id, account.Key.Value);
    }

    /// <summary>Rule 4a: holds are a set; an account is open when its last hold is lifted.</summary>
    public static async Task LastHoldOpensTheAccount(Ground ground)
    {
        var account = await ground.AccountAsync();
        var (first, second) = (await ground.PlaceAsync(Birmingham), await ground.PlaceAsync(Everything));
        var post = await account.ScheduleAsync();

        Assert.Equal([first.Hold.Id, second.Hold.Id], Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(post))).HoldIds);
        await ground.LiftAsync(first.Hold.Id);
        await account.RescheduleAsync(post);
        Assert.Equal([second.Hold.Id], Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(post))).HoldIds);
        await ground.LiftAsync(second.Hold.Id);
        await account.RescheduleAsync(post);
        await ground.PermitAsync(account.WishFor(post));
    }

    /// <summary>Rule 4b: what fell due under a hold never goes out by itself after it.</summary>
    public static async Task FellDueUnderAHoldStaysHeld(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        var hold = await ground.PlaceAsync(Birmingham);
        await ground.LiftAsync(hold.Hold.Id);

        Assert.Equal([hold.Hold.Id], Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(post))).HoldIds);
    }

    /// <summary>Rule 4b: neither does what was confirmed under the hold and fell due under it, when everybody slept until the lift.</summary>
    public static async Task ConfirmedAndDueUnderAHoldStaysHeld(Ground ground)
    {
        var account = await ground.AccountAsync();
        var moved = await account.ScheduleAsync(TimeSpan.FromHours(1));
        var hold = await ground.PlaceAsync(Birmingham);
        await account.RescheduleAsync(moved);
        var written = await account.ScheduleAsync();
        await ground.LiftAsync(hold.Hold.Id);

        foreach (var post in (PostId[])[moved, written])
        {
            Assert.Equal([hold.Hold.Id], Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(post))).HoldIds);
        }
    }

    /// <summary>Rule 4b: a person's confirmation after the lift is taken for what it is, whatever that person's clock said.</summary>
    public static async Task ConfirmedAfterTheLiftGoes(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        var hold = await ground.PlaceAsync(Birmingham);
        await ground.LiftAsync(hold.Hold.Id);
        await account.RescheduleAsync(post, TimeSpan.FromSeconds(-2));

        await ground.PermitAsync(account.WishFor(post));
    }

    /// <summary>Rule 4b: what falls due after the lift goes out.</summary>
    public static async Task DueAfterTheLiftGoes(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync(TimeSpan.FromMinutes(10));
        await ground.LiftAsync((await ground.PlaceAsync(Birmingham)).Hold.Id);

        // The clock is the database's: the ten minutes pass by moving all that has happened into the past.
        await ground.ExecuteAsync("update hold set placed_at = placed_at - interval '11 minutes', lifted_at = lifted_at - interval '11 minutes'");
        await ground.ExecuteAsync("update post set due_at = due_at - interval '11 minutes'");
        await ground.PermitAsync(account.WishFor(post));
    }

    /// <summary>Rule 4b with rule 7: moving away after the lift changes nothing about what the hold stopped.</summary>
    public static async Task MovingAfterTheLiftFreesNothing(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        var hold = await ground.PlaceAsync(Birmingham);
        await ground.LiftAsync(hold.Hold.Id);
        await account.CommitAsync(LabelChecks.To(account, "coventry"));

        Assert.Equal([hold.Hold.Id], Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(post))).HoldIds);
    }

    /// <summary>Rule 4b with rule 7: moving in after the lift makes nobody suffer for a hold that never covered them.</summary>
    public static async Task MovingInAfterTheLiftHoldsNothing(Ground ground)
    {
        var account = await ground.AccountAsync(area: "coventry");
        var post = await account.ScheduleAsync();
        await ground.LiftAsync((await ground.PlaceAsync(Birmingham)).Hold.Id);
        await account.CommitAsync(LabelChecks.To(account, "birmingham"));

        await ground.PermitAsync(account.WishFor(post));
    }

    /// <summary>Rule 4: a named poster is let through with what they confirmed after the hold, nobody else with anything.</summary>
    public static async Task NamedPosterConfirmsAfterTheHold(Ground ground)
    {
        var account = await ground.AccountAsync();
        var (before, unnamed) = (await account.ScheduleAsync(poster: Staff.Comms), await account.ScheduleAsync());
        await ground.PlaceAsync(Birmingham, HoldKind.CentralCoordination, Staff.Comms.Id);
        var after = await account.ScheduleAsync(poster: Staff.Comms);
        await account.RescheduleAsync(unnamed);

        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(before)));
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(unnamed)));
        await ground.PermitAsync(account.WishFor(after));
    }

    /// <summary>Rule 4: each covering hold must let it through; a freeze lets nobody through.</summary>
    public static async Task EachHoldMustLetItThrough(Ground ground)
    {
        var account = await ground.AccountAsync();
        await ground.PlaceAsync(Birmingham, HoldKind.CentralCoordination, Staff.Comms.Id);
        var freeze = await ground.PlaceAsync(Everything, HoldKind.Freeze, Staff.Comms.Id);
        var post = await account.ScheduleAsync(poster: Staff.Comms);

        Assert.Equal([freeze.Hold.Id], Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(post))).HoldIds);
    }

    /// <summary>Rule 4: an approval counts for one revision, given after the hold.</summary>
    public static async Task ApprovalIsForThisRevisionAndAfterTheHold(Ground ground)
    {
        var account = await ground.AccountAsync();
        var early = await account.ScheduleAsync();
        await account.ApproveAsync(early, "H-000001");
        var hold = (await ground.PlaceAsync(Birmingham, HoldKind.ApprovalRequired)).Hold.Id;
        Assert.Equal("H-000001", hold);
        var (approved, edited, other) = (await account.ScheduleAsync(), await account.ScheduleAsync(), await account.ScheduleAsync());
        await account.ApproveAsync(approved, hold);
        await account.ApproveAsync(edited, hold);
        await ground.ExecuteAsync("update post set revision = 2 where id = $1", edited.Value);
        await account.ApproveAsync(other, "H-000009");

        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(early)));
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(edited) with { Revision = 2 }));
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(other)));
        await ground.PermitAsync(account.WishFor(approved));
    }

    /// <summary>Rule 4: an approval is a confirmation with a number, on record; another revision has none, and what happens otherwise leaves it.</summary>
    public static async Task ApprovalIsKeptUntilTheNextRevision(Ground ground)
    {
        var account = await ground.AccountAsync();
        var hold = (await ground.PlaceAsync(Birmingham, HoldKind.ApprovalRequired)).Hold.Id;
        var (kept, moved) = (await account.ScheduleAsync(), await account.ScheduleAsync());
        await account.ApproveAsync(kept, hold);
        await account.ApproveAsync(moved, hold);
        await account.RescheduleAsync(moved);
        await account.NotSentAsync(kept, await ground.PermitAsync(account.WishFor(kept)));

        await ground.PermitAsync(account.WishFor(kept));
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(moved)));
        const string sql = """
            select concat_ws(' ', p.approved_revision, p.approved_seq = j.fence_seq, p.confirmed_seq = j.fence_seq, p.approved_for)
            from post p join journal j on j.event = 'post-approved' and (j.payload::jsonb ->> 'postId')::uuid = p.id where p.id = $1
            """;
        Assert.Equal("1 t t {H-000001}", await ground.ScalarAsync<string>(sql, kept.Value));
        Assert.Equal("f {}", await ground.ScalarAsync<string>(sql, moved.Value));
        Assert.Equal(0, await ground.ScalarAsync<long>("select count(*) from permit_inside_hold"));
    }

    /// <summary>Rule 4: who loses the role is let through no more.</summary>
    public static async Task RemovedPosterIsHeld(Ground ground)
    {
        var account = await ground.AccountAsync();
        var hold = await ground.PlaceAsync(Birmingham, HoldKind.CentralCoordination, Staff.Comms.Id, Staff.Holder.Id);
        var (gone, named) = (await account.ScheduleAsync(poster: Staff.Comms), await account.ScheduleAsync());

        Assert.Equal(1, await ground.ScalarAsync<int>("select remove_named_poster($1, 'system', 'The service', 'system')", Staff.Comms.Id));
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(gone)));
        await ground.PermitAsync(account.WishFor(named));
        Assert.Equal(1, await ground.ScalarAsync<long>(
            "select count(*) from journal where stream = $1 and event = 'named-poster-removed' and fence_seq is not null", "hold/" + hold.Hold.Id));
    }

    /// <summary>Rule 5: a permit that is being committed is waited for and named as in flight.</summary>
    public static async Task PermitUnderWayIsInFlight(Ground ground)
    {
        var account = await ground.AccountAsync();
        var post = await account.ScheduleAsync();
        await using var permit = await ground.BeginAsync();
        Assert.Equal("issued", await permit.ScalarAsync<string>(
            "select answer from take_permit($1, $2, 0, 'publish', 1, 'sam-aston', 1, $3, interval '10 s', null)", account.Key.Value, post.Value, account.Version));

        var placing = ground.TryPlaceAsync(Everything);
        await ground.UntilBlockedOrDoneAsync(placing);
        await permit.CommitAsync();

        var placed = Assert.IsType<FenceAnswer<PlacedHold>.Took>(await placing).Result;
        Assert.Equal([post.Value], placed.InFlight.Select(p => p.PostId));
        Assert.True(placed.InFlight[0].PermitSequence < placed.Hold.Sequence);
    }

    /// <summary>Rule 5: in flight is every permit without a known outcome, expired or not; and no other.</summary>
    public static async Task InFlightIsWhatHasNoOutcome(Ground ground)
    {
        var (account, other) = (await ground.AccountAsync(), await ground.AccountAsync("foleshill", "coventry"));
        var (open, expired, closed) = (await account.ScheduleAsync(), await account.ScheduleAsync(), await account.ScheduleAsync());
        var elsewhere = await other.ScheduleAsync();
        await ground.PermitAsync(account.WishFor(open));
        var old = await ground.PermitAsync(account.WishFor(expired));
        await ground.ExecuteAsync("update permit set issued_at = issued_at - interval '1 day', expires_at = expires_at - interval '1 day' where id = $1", old.PermitId);
        await account.NotSentAsync(closed, await ground.PermitAsync(account.WishFor(closed)));
        await ground.PermitAsync(other.WishFor(elsewhere));

        var placed = await ground.PlaceAsync(Birmingham);
        Assert.Equal([open.Value, expired.Value], placed.InFlight.Select(p => p.PostId));
    }

    /// <summary>Rule 5: what recovery gave up as unknown may still be on the wire, and is in flight until a person has decided about it.</summary>
    public static async Task InFlightIsWhatIsUnknown(Ground ground)
    {
        var account = await ground.AccountAsync();
        var (unknown, decided) = (await account.ScheduleAsync(), await account.ScheduleAsync());
        foreach (var post in (PostId[])[unknown, decided])
        {
            await account.CloseAsync(await ground.PermitAsync(account.WishFor(post)), "unknown", new PostUnknown(post, "The platform does not show it."), withToken: false);
        }

        await account.CommitAsync(new AccountDesk.Wish([new PostCancelled(decided, "It is not there.")], Staff.Comms));

        var placed = await ground.PlaceAsync(Birmingham);
        Assert.Equal([(unknown.Value, "unknown")], placed.InFlight.Select(p => (p.PostId, p.Outcome)));
    }

    /// <summary>Rule 5: lifting waits for permits that are being committed, so that the numbers tell the truth.</summary>
    public static async Task LiftIsExclusive(Ground ground)
    {
        var hold = await ground.PlaceAsync(Birmingham);
        await using var permit = await ground.BeginAsync();
        await permit.RunAsync("select fence_shared()");
        var lifting = ground.TryLiftAsync(hold.Hold.Id);
        await ground.UntilBlockedOrDoneAsync(lifting);

        Assert.False(lifting.IsCompleted);
        await permit.CommitAsync();
        Assert.IsType<FenceAnswer<LiftAnswer>.Took>(await lifting);
    }

    /// <summary>Rule 5: the same operation id places one hold, and with other content none.</summary>
    public static async Task RepeatPlacesNothing(Ground ground)
    {
        var operation = Guid.NewGuid();
        var first = Assert.IsType<FenceAnswer<PlacedHold>.Took>(await ground.TryPlaceAsync(Birmingham, operation: operation)).Result;
        var again = Assert.IsType<FenceAnswer<PlacedHold>.Took>(
            await ground.TryPlaceAsync(Birmingham, operation: operation, patience: TimeSpan.Zero)).Result;
        var other = Assert.IsType<FenceAnswer<PlacedHold>.Refused>(
            await ground.TryPlaceAsync(Everything, operation: operation, patience: TimeSpan.Zero));

        Assert.Equal((first.Hold.Id, false, true), (again.Hold.Id, first.Repeated, again.Repeated));
        Assert.Equal("operation-reused", other.Why.Code);
        Assert.Equal(1, await ground.ScalarAsync<long>("select count(*) from hold"));
    }

    /// <summary>Rule 5: each placing and each lift has one journal entry, with its number.</summary>
    public static async Task HoldIsJournaled(Ground ground)
    {
        var hold = await ground.PlaceAsync(Birmingham);
        var lifted = await ground.LiftAsync(hold.Hold.Id);
        Assert.Equal(LiftOutcome.AlreadyLifted, (await ground.LiftAsync(hold.Hold.Id)).Outcome);

        Assert.Equal(
            $"hold-placed {hold.Hold.Sequence}, hold-lifted {lifted.Hold.LiftedSequence}",
            await ground.ScalarAsync<string>(
                "select coalesce(string_agg(event || ' ' || fence_seq, ', ' order by number), '') from journal where stream = $1", "hold/" + hold.Hold.Id));
    }
}

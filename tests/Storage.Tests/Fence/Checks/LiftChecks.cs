using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Fence;
using Coordination.Storage.People;
using Xunit;
using static Coordination.Storage.Tests.Fence.Checks.PermitChecks;

namespace Coordination.Storage.Tests.Fence.Checks;

/// <summary>Rule 5, second approvals: what comes from a declared major incident is lifted by two.</summary>
internal static class LiftChecks
{
    /// <summary>One member of Comms asks, and the hold stands; another confirms, and only that opens its accounts.</summary>
    public static async Task LiftNeedsTwo(Ground ground)
    {
        var account = await ground.AccountAsync();
        var hold = await ground.PlaceForIncidentAsync(Everything);
        var post = await account.ScheduleAsync();

        var asked = await ground.LiftAsync(hold.Id);
        Assert.Equal((LiftOutcome.Awaiting, true, Staff.Comms.Id), (asked.Outcome, asked.Hold.Stands, asked.Hold.LiftAsk?.By));
        Assert.IsType<PermitAnswer.Held>(await ground.TakeAsync(account.WishFor(post)));

        var lifted = await ground.LiftAsync(hold.Id, Staff.Second);
        Assert.Equal((LiftOutcome.Lifted, Staff.Second.Id, Staff.Comms.Name), (lifted.Outcome, lifted.Hold.LiftedBy, lifted.Hold.LiftAsk?.ByName));
        await account.RescheduleAsync(post);
        await ground.PermitAsync(account.WishFor(post));
    }

    /// <summary>Asking twice is not two people.</summary>
    public static async Task SamePersonIsNoSecond(Ground ground)
    {
        var hold = await ground.PlaceForIncidentAsync(Everything);
        var first = await ground.LiftAsync(hold.Id);
        var again = await ground.LiftAsync(hold.Id);

        Assert.Equal((LiftOutcome.Awaiting, first.Hold.LiftAsk), (again.Outcome, again.Hold.LiftAsk));
        Assert.Equal("hold-placed by jo-comms, lift-asked by jo-comms", await ground.JournalOfAsync(hold.Id));
    }

    /// <summary>Who may only confirm neither lifts by themselves nor asks.</summary>
    public static async Task WhoConfirmsDoesNotAsk(Ground ground)
    {
        var (plain, incident) = ((await ground.PlaceAsync(Everything)).Hold, await ground.PlaceForIncidentAsync(Everything));
        foreach (var hold in (Hold[])[plain, incident])
        {
            var refused = Assert.IsType<FenceAnswer<LiftAnswer>.Refused>(await ground.TryLiftAsync(hold.Id, actor: Staff.Officer)).Why;
            Assert.Equal(("lift-not-asked", Domain.RefusalKind.Forbidden), (refused.Code, refused.Kind));
            Assert.True((await ground.HoldAsync(hold.Id)) is { Stands: true, LiftAsk: null });
        }

        await ground.LiftAsync(incident.Id);
        Assert.Equal(LiftOutcome.Lifted, (await ground.LiftAsync(incident.Id, Staff.Officer)).Outcome);
    }

    /// <summary>A request that was repeated, because its answer was lost, neither asks again nor confirms what another has asked since.</summary>
    public static async Task RepeatTakesNoNextStep(Ground ground)
    {
        var hold = await ground.PlaceForIncidentAsync(Everything);
        var operation = Guid.NewGuid();
        await ground.TryLiftAsync(hold.Id, operation);
        Assert.Equal(LiftOutcome.Awaiting, Assert.IsType<FenceAnswer<LiftAnswer>.Took>(await ground.TryLiftAsync(hold.Id, operation)).Result.Outcome);
        await ground.TryDeclineAsync(hold.Id, Staff.Second);
        Assert.Equal("lift-ask-over", Assert.IsType<FenceAnswer<LiftAnswer>.Refused>(await ground.TryLiftAsync(hold.Id, operation)).Why.Code);
        await ground.LiftAsync(hold.Id, Staff.Second);

        Assert.Equal("lift-ask-over", Assert.IsType<FenceAnswer<LiftAnswer>.Refused>(await ground.TryLiftAsync(hold.Id, operation)).Why.Code);
        Assert.True((await ground.HoldAsync(hold.Id)) is { Stands: true, LiftAsk.By: "kim-comms" });
    }

    /// <summary>Who confirms a request confirms the one that they read, and no other; and asks for nothing when it is gone.</summary>
    public static async Task ConfirmationIsOfOneRequest(Ground ground)
    {
        var hold = await ground.PlaceForIncidentAsync(Everything);
        var read = (await ground.LiftAsync(hold.Id)).Hold.LiftAsk!.Sequence;
        await ground.TryDeclineAsync(hold.Id, Staff.Comms);
        Assert.Equal("lift-ask-over", Code(await ground.TryLiftAsync(hold.Id, reason: null, actor: Staff.Second, confirms: read)));
        var anew = (await ground.LiftAsync(hold.Id)).Hold.LiftAsk!.Sequence;

        Assert.Equal("lift-ask-over", Code(await ground.TryLiftAsync(hold.Id, reason: null, actor: Staff.Second, confirms: read)));
        var lifted = Assert.IsType<FenceAnswer<LiftAnswer>.Took>(await ground.TryLiftAsync(hold.Id, reason: null, actor: Staff.Second, confirms: anew)).Result;
        Assert.Equal((LiftOutcome.Lifted, "Fire out"), (lifted.Outcome, lifted.Hold.LiftReason));
    }

    /// <summary>A request that was declined, or withdrawn, is gone and on record; the hold stands.</summary>
    public static async Task DeclinedRequestIsGone(Ground ground)
    {
        var hold = await ground.PlaceForIncidentAsync(Everything);
        await ground.LiftAsync(hold.Id);
        var operation = Guid.NewGuid();
        var declined = Assert.IsType<FenceAnswer<Hold>.Took>(await ground.TryDeclineAsync(hold.Id, Staff.Officer, operation)).Result;
        Assert.True(declined is { Stands: true, LiftAsk: null });
        Assert.IsType<FenceAnswer<Hold>.Took>(await ground.TryDeclineAsync(hold.Id, Staff.Officer, operation));

        Assert.Equal(("lift-not-asked", "hold-unknown"), (Code(await ground.TryDeclineAsync(hold.Id, Staff.Officer)), Code(await ground.TryDeclineAsync("H-999999", Staff.Officer))));
        await ground.LiftAsync(hold.Id, Staff.Second);
        await ground.LiftAsync(hold.Id);
        Assert.Equal("hold-lifted", Code(await ground.TryDeclineAsync(hold.Id, Staff.Officer)));
        Assert.Equal(
            "hold-placed by jo-comms, lift-asked by jo-comms, lift-declined by lee-comms, lift-asked by kim-comms, hold-lifted by jo-comms",
            await ground.JournalOfAsync(hold.Id));
        Assert.Equal("jo-comms kim-comms", await ground.ScalarAsync<string>(
            "select string_agg(payload::jsonb ->> 'askedBy', ' ' order by number) from journal where stream = 'hold/' || $1 and event in ('lift-declined', 'hold-lifted')", hold.Id));
    }

    /// <summary>One operation id is one order.</summary>
    public static async Task OperationIsOneOrder(Ground ground)
    {
        var (hold, other) = (await ground.PlaceForIncidentAsync(Everything), await ground.PlaceForIncidentAsync(Everything));
        var operation = Guid.NewGuid();
        await ground.TryLiftAsync(hold.Id, operation);

        Assert.Equal("operation-reused", Code(await ground.TryLiftAsync(other.Id, operation)));
        Assert.Equal("operation-reused", Code(await ground.TryLiftAsync(hold.Id, operation, actor: Staff.Second)));
        Assert.Equal("operation-reused", Code(await ground.TryLiftAsync(hold.Id, operation, reason: "Another reason")));
        Assert.Equal("operation-reused", Code(await ground.TryDeclineAsync(hold.Id, Staff.Comms, operation)));
    }

    /// <summary>Who loses the role has asked for nothing.</summary>
    public static async Task AskLapsesWithTheRole(Ground ground)
    {
        var staff = new StaffStore(ground.Database);
        await staff.SaveAsync([Member(Staff.Comms), Member(Staff.Second)], CancellationToken.None);
        var hold = await ground.PlaceForIncidentAsync(Everything);
        var asked = (await ground.LiftAsync(hold.Id)).Hold.LiftAsk!.Sequence;
        await staff.SaveAsync([Member(Staff.Comms) with { Name = "Jo C." }], CancellationToken.None);
        Assert.NotNull((await ground.HoldAsync(hold.Id)).LiftAsk);

        await staff.SaveAsync([Member(Staff.Comms) with { Role = Role.CommsOfficer }], CancellationToken.None);

        Assert.True((await ground.HoldAsync(hold.Id)) is { Stands: true, LiftAsk: null });
        Assert.Equal("lift-ask-over", Code(await ground.TryLiftAsync(hold.Id, reason: null, actor: Staff.Second, confirms: asked)));
        Assert.Equal(LiftOutcome.Awaiting, (await ground.LiftAsync(hold.Id, Staff.Second)).Outcome);
        await staff.SaveAsync([Member(Staff.Second) with { Active = false }], CancellationToken.None);
        Assert.Equal(
            "hold-placed by jo-comms, lift-asked by jo-comms, lift-lapsed by system, lift-asked by kim-comms, lift-lapsed by system",
            await ground.JournalOfAsync(hold.Id));
    }

    /// <summary>A request that came in just after its asker lost the role lapses when another one would confirm it.</summary>
    public static async Task LateAskLapsesAtTheConfirmation(Ground ground)
    {
        await new StaffStore(ground.Database).SaveAsync([Member(Staff.Comms) with { Active = false }], CancellationToken.None);
        var hold = await ground.PlaceForIncidentAsync(Everything);
        await ground.LiftAsync(hold.Id);

        var operation = Guid.NewGuid();
        Assert.Equal("lift-ask-lapsed", Code(await ground.TryLiftAsync(hold.Id, operation, actor: Staff.Second)));
        Assert.True((await ground.HoldAsync(hold.Id)) is { Stands: true, LiftAsk: null });
        Assert.Equal("lift-ask-over", Code(await ground.TryLiftAsync(hold.Id, operation, actor: Staff.Second)));
        Assert.Equal("hold-placed by jo-comms, lift-asked by jo-comms, lift-lapsed by system", await ground.JournalOfAsync(hold.Id));
    }

    private static StaffMember Member(Actor actor) => new(actor.Id, actor.Name, actor.Role, null);

    private static string Code<T>(FenceAnswer<T> answer) => Assert.IsType<FenceAnswer<T>.Refused>(answer).Why.Code;
}

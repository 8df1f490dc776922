using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Review;
using CsCheck;

namespace Coordination.Domain.Tests.Accounts;

/// <summary>Random histories of one account: commands, as people and the service give them, in any order.</summary>
internal static class AccountHistory
{
    private static readonly Gen<PostId> AnId = Gen.Int[1, 12].Select(Given.Id);
    private static readonly Gen<DateTimeOffset> ATime = Gen.Int[-1, 600].Select(m => Given.Now + TimeSpan.FromMinutes(m));
    private static readonly Gen<HoldsMet> Holds = Gen.Frequency(
        (3, Gen.Const(HoldsMet.None)), (1, Gen.Const(new HoldsMet(["H-000001"], []))), (1, Gen.Const(new HoldsMet([], ["H-000002"]))));

    private static readonly QuietHours Hour = new(new TimeOnly(11, 0), new TimeOnly(13, 0), ContentAct.Comms);
    private static readonly ContentFound Court = new("legal", "A court case", "Who agreed?", ContentAct.Comms);

    // Nothing found; a court case, which goes to Comms; two people asked for; an hour of the day in which a reason is asked for, or Comms reads first.
    private static readonly Gen<ContentLook> Looks = Gen.Frequency(
        (6, Gen.Const(ContentLook.Nothing)),
        (1, Gen.Const(new ContentLook(PublishingRules.Default, [Court]))),
        (1, Gen.Const(new ContentLook(PublishingRules.Default with { Approvals = [new ApprovalRule("local", ApprovalNeed.Two, ["holder"])] }, []))),
        (1, Gen.Const(new ContentLook(PublishingRules.Default with { Quiet = Hour with { Act = ContentAct.Reason } }, []))),
        (1, Gen.Const(new ContentLook(PublishingRules.Default with { Quiet = Hour }, []))));

    private static readonly PostAbout Answered = new() { Answers = new Dictionary<string, string>(StringComparer.Ordinal) { ["legal"] = "The court said so.", [QuietHours.Rule] = "They sleep by day." } };

    // Some take the first of some queue slots that is free.
    private static readonly Gen<IReadOnlyList<DateTimeOffset>?> Slots = Gen.Frequency(
        (5, Gen.Const((IReadOnlyList<DateTimeOffset>?)null)),
        (1, Gen.Int[0, 9].Select(n => (IReadOnlyList<DateTimeOffset>?)[.. Enumerable.Range(0, n).Select(i => Given.Now + TimeSpan.FromHours(i))])));

    // The part that goes out next, whichever that is.
    private const int Next = -1;

    // Every sixth post is a thread of two parts.
    private static PostAbout About(PostId id) => id.Value.ToByteArray()[0] % 6 == 0 ? Answered with { Thread = [$"Second of {id}"] } : Answered;

    private static readonly Gen<AccountCommand> Schedule = Gen.Select(
        AnId, ATime, Holds, Looks, Slots, (id, at, holds, look, slots) => (AccountCommand)new SchedulePost(id, $"Post {id}", at, PostRules.DefaultTolerance, null, holds, About(id)) { Look = look, Slots = slots });

    private static readonly Gen<AccountCommand> AboutAPost = Gen.Select(
        Gen.Int[0, 27],
        AnId,
        ATime,
        Gen.Int[1, 3],
        Holds,
        Looks,
        (kind, id, at, edition, holds, look) => (AccountCommand)(kind switch
        {
            0 => new ReschedulePost(id, at, holds) { Look = look },
            1 => new ReleasePost(id, at, "Still true.", holds) { Look = look },
            16 or 17 => new EditPost(id, edition, $"Post {id}, {at:t}", at, holds, About(id)) { Look = look },
            18 => new ReturnPost(id, edition, "Which street?", look.Rules),
            2 => new CancelPost(id, "Not now."),
            3 => new HoldPost(id, ["H-000002"], edition),
            4 => new MissPost(id, "Late.", edition),
            5 or 6 or 13 or 21 or 22 => new RecordPublished(id, $"remote-{id}-{edition}", null, at, kind == 13 ? edition - 1 : Next),
            7 => new RecordNotSent(id, "Refused.", edition, Part: at.Minute % 2),
            8 => new RecordRejected(id, "Too long."),
            9 => new RecordUnknown(id, "No answer."),
            10 => new RemovePost(id, "Wrong street."),
            14 or 15 or 19 or 23 => new ApprovePost(id, edition, holds, edition == 2 ? at : null) { Look = look },
            20 => new ConfirmPost(id, holds) { Look = look },
            24 or 25 => new RecordFailed(id, "No sign-in.", edition, edition == 2 ? edition : null, new FailedTry(FailureCause.SignIn, "Revoked.")),
            26 or 27 => new RetryPost(id, holds) { Look = look },
            11 => new RecordNotRemoved(id, "The platform refused."),
            _ => new RecordRemoved(id, "Wrong."),
        }));

    private static readonly Gen<AccountCommand> Any = Gen.Frequency(
        (4, Schedule), (10, AboutAPost), (1, Gen.Int[0, Given.Commands.Count - 1].Select(i => Given.Commands[i])));

    /// <summary>Commands with who gives them.</summary>
    public static readonly Gen<(AccountCommand Command, Actor Actor)[]> Commands = Gen.Select(
        Any, Gen.Int[0, Given.People.Count + 5], (command, who) => (command, who < Given.People.Count ? Given.People[who].Actor : Fitting(command))).Array[0, 80];

    /// <summary>An actor who may give the command: every other post is written by its account's holder.</summary>
    public static Actor Fitting(AccountCommand command) => command is SchedulePost { PostId: var id } && id.Value.ToByteArray()[0] % 2 == 1
        ? Given.People.First(p => p.Name == "account-holder").Actor
        : command
        is RecordCounters or AcknowledgeHold or ReportAttention or HoldPost or MissPost or RecordPublished or RecordNotSent or RecordRejected
        or RecordFailed or RecordUnknown or RecordRemoved or RecordNotRemoved
        ? Actor.System
        : Given.Manager;

    /// <summary>Runs the commands from a connected account; gives each step's former state, decision and state.</summary>
    public static IEnumerable<(AccountState Before, AccountCommand Command, Actor Actor, Decision<AccountEvent> Decision, AccountState After)> Run(
        IEnumerable<(AccountCommand Command, Actor Actor)> commands)
    {
        var state = Given.Account(AccountLifecycle.Connected);
        foreach (var (wish, actor) in commands)
        {
            var command = wish is RecordPublished { Part: Next } sent ? sent with { Part = state.Find(sent.PostId)?.NextPart ?? 0 } : wish;
            var decision = AccountDecider.Decide(state, command, actor, Given.Now);
            var after = decision is Decision<AccountEvent>.Accepted accepted ? AccountFold.Fold(state, accepted.Events) : state;
            yield return (state, command, actor, decision, after);
            state = after;
        }
    }
}

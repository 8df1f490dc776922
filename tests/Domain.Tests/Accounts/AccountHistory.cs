using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using CsCheck;

namespace Coordination.Domain.Tests.Accounts;

/// <summary>Random histories of one account: commands, as people and the service give them, in any order.</summary>
internal static class AccountHistory
{
    private static readonly Gen<PostId> AnId = Gen.Int[1, 12].Select(Given.Id);
    private static readonly Gen<DateTimeOffset> ATime = Gen.Int[-1, 600].Select(m => Given.Now + TimeSpan.FromMinutes(m));
    private static readonly Gen<HoldsMet> Holds = Gen.Frequency(
        (3, Gen.Const(HoldsMet.None)), (1, Gen.Const(new HoldsMet(["H-000001"], []))), (1, Gen.Const(new HoldsMet([], ["H-000002"]))));

    private static readonly Gen<AccountCommand> Schedule = Gen.Select(
        AnId, ATime, Holds, (id, at, holds) => (AccountCommand)new SchedulePost(id, $"Post {id}", at, PostRules.DefaultTolerance, null, holds));

    private static readonly Gen<AccountCommand> AboutAPost = Gen.Select(
        Gen.Int[0, 15],
        AnId,
        ATime,
        Gen.Int[1, 3],
        Holds,
        (kind, id, at, edition, holds) => (AccountCommand)(kind switch
        {
            0 => new ReschedulePost(id, at, holds),
            1 => new ReleasePost(id, at, "Still true.", holds),
            2 => new CancelPost(id, "Not now."),
            3 => new HoldPost(id, ["H-000002"], edition),
            4 => new MissPost(id, "Late.", edition),
            5 or 6 or 13 => new RecordPublished(id, $"remote-{id}", null, at),
            7 => new RecordNotSent(id, "Refused.", edition),
            8 => new RecordRejected(id, "Too long."),
            9 => new RecordUnknown(id, "No answer."),
            10 => new RemovePost(id, "Wrong street."),
            14 or 15 => new ApprovePost(id, edition, holds),
            11 => new RecordNotRemoved(id, "The platform refused."),
            _ => new RecordRemoved(id, "Wrong."),
        }));

    private static readonly Gen<AccountCommand> Any = Gen.Frequency(
        (4, Schedule), (10, AboutAPost), (1, Gen.Int[0, Given.Commands.Count - 1].Select(i => Given.Commands[i])));

    /// <summary>Commands with who gives them.</summary>
    public static readonly Gen<(AccountCommand Command, Actor Actor)[]> Commands = Gen.Select(
        Any, Gen.Int[0, Given.People.Count + 5], (command, who) => (command, who < Given.People.Count ? Given.People[who].Actor : Fitting(command))).Array[0, 80];

    /// <summary>An actor who may give the command.</summary>
    public static Actor Fitting(AccountCommand command) => command
        is RecordCounters or AcknowledgeHold or ReportAttention or HoldPost or MissPost or RecordPublished or RecordNotSent or RecordRejected
        or RecordFailed or RecordUnknown or RecordRemoved or RecordNotRemoved
        ? Actor.System
        : Given.Manager;

    /// <summary>Runs the commands from a connected account; gives each step's former state, decision and state.</summary>
    public static IEnumerable<(AccountState Before, AccountCommand Command, Actor Actor, Decision<AccountEvent> Decision, AccountState After)> Run(
        IEnumerable<(AccountCommand Command, Actor Actor)> commands)
    {
        var state = Given.Account(AccountLifecycle.Connected);
        foreach (var (command, actor) in commands)
        {
            var decision = AccountDecider.Decide(state, command, actor, Given.Now);
            var after = decision is Decision<AccountEvent>.Accepted accepted ? AccountFold.Fold(state, accepted.Events) : state;
            yield return (state, command, actor, decision, after);
            state = after;
        }
    }
}

using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Fence;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Fence;

/// <summary>What screens foretell of a lift is what the fence then does.</summary>
public sealed class LiftStepTests(FastPostgresFixture server)
{
    private static readonly Actor[] People = [Staff.Comms, Staff.Second, Staff.Officer, Staff.Holder, Actor.System];

    [Fact]
    public async Task NextLift_IsWhatTheFenceDoes_ForEveryHoldAndPerson()
    {
        await using var ground = await Ground.MakeAsync(server);
        var seen = new HashSet<LiftStep>();
        foreach (var actor in People)
        {
            foreach (var (needsSecond, asked) in ((bool, bool)[])[(false, false), (true, false), (true, true)])
            {
                var hold = await ground.PlaceAsync(Ground.Order(Scope.Everything) with { LiftNeedsSecond = needsSecond });
                hold = asked ? (await ground.LiftAsync(hold.Id)).Hold : hold;
                var step = HoldDecider.NextLift(hold, actor);
                seen.Add(step);

                Assert.Equal(Expected(step), Outcome(await ground.TryLiftAsync(hold.Id, actor: actor)));
            }
        }

        Assert.Equal(Enum.GetValues<LiftStep>().Length, seen.Count);
    }

    private static LiftOutcome? Expected(LiftStep step) => step switch
    {
        LiftStep.Lift or LiftStep.Confirm => LiftOutcome.Lifted,
        LiftStep.Ask or LiftStep.Await => LiftOutcome.Awaiting,
        _ => null,
    };

    private static LiftOutcome? Outcome(FenceAnswer<LiftAnswer> answer) => answer switch
    {
        FenceAnswer<LiftAnswer>.Took took => took.Result.Outcome,
        FenceAnswer<LiftAnswer>.Refused { Why.Code: "lift-not-asked" } => null,
        _ => throw new InvalidOperationException(answer.ToString()),
    };
}

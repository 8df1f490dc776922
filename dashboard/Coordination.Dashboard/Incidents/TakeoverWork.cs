using Coordination.Dashboard.Desks;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.People;
using Coordination.Storage.Fence;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents;

/// <summary>Carries out a takeover: from the rule's wish to the hold. Any host may, at the same time as another, and again after one that stopped in between: the hold's operation id is the takeover's own.</summary>
public sealed partial class TakeoverWork(ITakeoverStore takeovers, IHoldDesk desk, ILogger<TakeoverWork> logger)
{
    /// <summary>Places the hold of a takeover that is under way.</summary>
    /// <returns>The takeover as it is then: still under way when it is not known yet whether the hold took.</returns>
    /// <exception cref="InvalidOperationException">It is an exercise's: that never comes here.</exception>
    public async Task<Takeover> RunAsync(Takeover takeover, CancellationToken cancellationToken)
    {
        if (takeover.Exercise)
        {
            throw new InvalidOperationException("An exercise places no hold.");
        }

        if (takeover.State != TakeoverState.Running)
        {
            return takeover;
        }

        var actor = SystemFor(takeover.Number);
        var wish = new HoldWish(takeover.Kind, takeover.Scope, takeover.Reason, takeover.NamedPosters.Count == 0 ? null : takeover.NamedPosters, takeover.Number, ReviewAt: null);
        switch (await desk.PlaceAsync(wish, actor, takeover.Id, takeover.RuleWords, cancellationToken))
        {
            case FenceAnswer<HoldPlaced>.Took { Result.Placed.Hold: var hold }:
                await takeovers.StepAsync(takeover.Id, TakeoverStep.Placed, actor, null, hold.Id, CancellationToken.None);
                break;
            case FenceAnswer<HoldPlaced>.Refused { Why: var why }:
                LogRefused(takeover.Id, takeover.Rule, why.Code);
                await takeovers.StepAsync(takeover.Id, TakeoverStep.Refused, actor, why.Reason, null, CancellationToken.None);
                break;
            default:
                return takeover;
        }

        return await takeovers.FindAsync(takeover.Id, cancellationToken) ?? takeover;
    }

    /// <summary>The service in an incident's name.</summary>
    public static Actor SystemFor(string number) => new("system", $"Incident rule (incident {number})", Role.System);

    [LoggerMessage(LogLevel.Error, "The takeover {Takeover} by the rule {Rule} was refused ({Code}); a person has to decide.")]
    private partial void LogRefused(Guid takeover, string rule, string code);
}

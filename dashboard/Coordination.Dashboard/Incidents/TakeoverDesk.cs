using Coordination.Domain;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents;

/// <summary>The takeover as it is now, or why not.</summary>
public sealed record TakeoverAnswer(Takeover? Takeover, Refusal? Refusal);

/// <summary>Where people decide about what rules propose: object, bring it forward, end a shadow hold. One of a veto and the deadline wins.</summary>
public sealed class TakeoverDesk(ITakeoverStore takeovers, TakeoverWork work, TakeoverClock clock)
{
    /// <summary>Objects to a proposal: its hold is not placed.</summary>
    /// <param name="id">The takeover.</param>
    /// <param name="reason">Why not; it is journaled.</param>
    /// <param name="actor">Who objects.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<TakeoverAnswer> VetoAsync(Guid id, string? reason, Actor actor, CancellationToken cancellationToken) =>
        PostRules.CheckReason(reason, "A veto needs a reason. The proposal still runs. Say in a few words why nothing should be held.") is { } unfit && Forbidden(actor) is null
            ? new TakeoverAnswer(null, unfit)
            : await StepAsync(id, TakeoverStep.Veto, reason?.Trim(), actor, cancellationToken);

    /// <summary>Carries a proposal out now.</summary>
    public Task<TakeoverAnswer> ForwardAsync(Guid id, Actor actor, CancellationToken cancellationToken) => StepAsync(id, TakeoverStep.Forward, null, actor, cancellationToken);

    /// <summary>Ends the shadow hold of an exercise.</summary>
    public Task<TakeoverAnswer> EndShadowAsync(Guid id, Actor actor, CancellationToken cancellationToken) => StepAsync(id, TakeoverStep.End, null, actor, cancellationToken);

    /// <summary>There is no such takeover.</summary>
    public static Refusal Unknown(string id) =>
        new("takeover-unknown", $"There is no takeover {id}. Nothing was changed. GET /api/takeovers lists those that are open.", RefusalKind.NotFound);

    private async Task<TakeoverAnswer> StepAsync(Guid id, TakeoverStep step, string? note, Actor actor, CancellationToken cancellationToken)
    {
        if (Forbidden(actor) is { } forbidden)
        {
            return new TakeoverAnswer(null, forbidden);
        }

        var outcome = await takeovers.StepAsync(id, step, actor, note, null, cancellationToken);
        clock.Knock();
        if (await takeovers.FindAsync(id, cancellationToken) is not { } now)
        {
            return new TakeoverAnswer(null, Unknown(id.ToString()));
        }

        if (outcome == StepOutcome.Late)
        {
            return new TakeoverAnswer(now, TooLate(now, step));
        }

        return new TakeoverAnswer(now.Exercise ? now : await work.RunAsync(now, cancellationToken), null);
    }

    private static Refusal? Forbidden(Actor actor) => actor.May(Permission.DecideTakeover)
        ? null
        : new Refusal(
            "forbidden",
            $"{actor.Name} ({actor.Role.Name()}) may not decide about what a rule proposes. Nothing was changed. Who may: {PermissionMatrix.WhoMayInWords(Permission.DecideTakeover)}.",
            RefusalKind.Forbidden);

    private static Refusal TooLate(Takeover now, TakeoverStep step) => new(
        "takeover-decided",
        now.State switch
        {
            TakeoverState.Vetoed => $"{now.DecidedName} has objected before: “{now.Note}”. Nothing was held. Place a hold by hand if one is needed.",
            TakeoverState.Placed => $"The hold {now.HoldId} stands already; a veto comes too late for it. It is lifted on its page, by Comms.",
            TakeoverState.Running => "The hold is being placed at this moment; a veto comes too late for it. It is lifted on its page, by Comms.",
            TakeoverState.Lifted => $"Its hold {now.HoldId} was placed, and was lifted since. Nothing was changed.",
            TakeoverState.Refused => $"Its hold was refused: {now.Note} Nothing is held by it. Place a hold by hand.",
            TakeoverState.Shadow => "The exercise’s shadow hold stands already. End it instead.",
            TakeoverState.Ended => "The exercise’s shadow hold was ended before.",
            _ => step == TakeoverStep.End ? "It is no shadow hold yet: the proposal still waits. Object to it instead." : "It was decided before. Nothing was changed.",
        },
        RefusalKind.Conflict);
}

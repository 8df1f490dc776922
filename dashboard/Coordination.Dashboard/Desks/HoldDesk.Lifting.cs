using Coordination.Domain.Holds;
using Coordination.Domain.People;
using Coordination.Storage.Fence;

namespace Coordination.Dashboard.Desks;

/// <content>How holds end, and when they are looked at again.</content>
public sealed partial class HoldDesk
{
    /// <inheritdoc/>
    public async Task<FenceAnswer<LiftAnswer>> LiftAsync(
        string holdId, string? reason, long? confirms, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        if (HoldDecider.Lift(reason, confirms, actor) is { } refusal)
        {
            return new FenceAnswer<LiftAnswer>.Refused(refusal);
        }

        var order = new LiftHoldOrder(operationId, holdId, Words(reason), actor, confirms);
        var answer = await fence.LiftHoldAsync(order, Patience, CancellationToken.None);
        if (answer is FenceAnswer<LiftAnswer>.Took took)
        {
            LogLifted(took.Result.Hold.Id, actor.Id, took.Result.Outcome);
            await RefreshAsync();
        }

        return answer;
    }

    /// <inheritdoc/>
    public async Task<FenceAnswer<Hold>> DeclineLiftAsync(
        string holdId, string? reason, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        if (HoldDecider.DeclineLift(reason, actor) is { } refusal)
        {
            return new FenceAnswer<Hold>.Refused(refusal);
        }

        var answer = await fence.DeclineLiftAsync(new DeclineLiftOrder(operationId, holdId, reason!.Trim(), actor), Patience, CancellationToken.None);
        if (answer is FenceAnswer<Hold>.Took took)
        {
            LogDeclined(took.Result.Id, actor.Id);
            await RefreshAsync();
        }

        return answer;
    }

    /// <inheritdoc/>
    public async Task<FenceAnswer<Hold>> MoveReviewAsync(
        string holdId, DateTimeOffset reviewAt, string? reason, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        if (HoldDecider.MoveReview(reviewAt, reason, actor, time.GetUtcNow()) is { } refusal)
        {
            return new FenceAnswer<Hold>.Refused(refusal);
        }

        var answer = await fence.MoveReviewAsync(new MoveReviewOrder(operationId, holdId, reviewAt, Words(reason), actor), Patience, CancellationToken.None);
        if (answer is FenceAnswer<Hold>.Took took)
        {
            LogReviewMoved(took.Result.Id, actor.Id);
            await RefreshAsync();
        }

        return answer;
    }

    private static string? Words(string? reason) => string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
}

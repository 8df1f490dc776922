using Coordination.Storage.Fence;

namespace Coordination.Dashboard.Desks;

/// <content>What the hold desk logs: ids alone, never a reason's text.</content>
public sealed partial class HoldDesk
{
    [LoggerMessage(1, LogLevel.Information, "Hold {HoldId} placed by {ActorId}, acknowledged after {Milliseconds} ms (repeated: {Repeated}).")]
    private partial void LogPlaced(string holdId, string actorId, double milliseconds, bool repeated);

    [LoggerMessage(2, LogLevel.Information, "{ActorId} gave the order to lift hold {HoldId}: {Outcome}.")]
    private partial void LogLifted(string holdId, string actorId, LiftOutcome outcome);

    [LoggerMessage(3, LogLevel.Warning, "Hold operation {OperationId} did not reach the fence ({Exception}); nothing was held.")]
    private partial void LogNotAsked(Guid operationId, string exception);

    [LoggerMessage(4, LogLevel.Warning, "The accounts that hold {HoldId} covers were counted from the board, because the database did not answer in time ({Exception}).")]
    private partial void LogCountedHere(string holdId, string exception);

    [LoggerMessage(5, LogLevel.Warning, "The copy of the standing holds was not refreshed after a change ({Exception}); it reconciles by itself.")]
    private partial void LogNotRefreshed(string exception);

    [LoggerMessage(6, LogLevel.Information, "The request to lift hold {HoldId} was declined by {ActorId}; it stands.")]
    private partial void LogDeclined(string holdId, string actorId);

    [LoggerMessage(7, LogLevel.Information, "The review of hold {HoldId} was moved by {ActorId}.")]
    private partial void LogReviewMoved(string holdId, string actorId);
}

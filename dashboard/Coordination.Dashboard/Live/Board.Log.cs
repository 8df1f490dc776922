namespace Coordination.Dashboard.Live;

/// <content>What the board logs.</content>
public sealed partial class Board
{
    [LoggerMessage(1, LogLevel.Error, "A listener of the board failed; the others were told.")]
    private partial void LogListenerFailed(Exception e);
}

/// <content>What the keeper logs.</content>
public sealed partial class BoardKeeper
{
    [LoggerMessage(1, LogLevel.Information, "The board has all {Accounts} accounts.")]
    private partial void LogLoaded(int accounts);

    [LoggerMessage(2, LogLevel.Information, "The board healed {Accounts} accounts whose changes it had missed.")]
    private partial void LogHealed(int accounts);

    [LoggerMessage(3, LogLevel.Warning, "The board could not be compared with the database. What is on screen grows old; trying again. {Reason}")]
    private partial void LogFailed(string reason);
}

/// <content>What the feed logs.</content>
public sealed partial class BoardFeed
{
    [LoggerMessage(1, LogLevel.Information, "The live feed is there.")]
    private partial void LogFed();

    [LoggerMessage(2, LogLevel.Warning, "The live feed broke off: no silo answers. The board goes on from the database alone, some seconds behind. {Reason}")]
    private partial void LogUnfed(string reason);
}

/// <content>What the counter logs.</content>
public sealed partial class PostCounter
{
    [LoggerMessage(1, LogLevel.Debug, "The posts could not be counted. {Reason}")]
    private partial void LogFailed(string reason);
}

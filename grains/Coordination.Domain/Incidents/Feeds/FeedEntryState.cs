namespace Coordination.Domain.Incidents.Feeds;

/// <summary>Where an entry of a feed stands.</summary>
public enum FeedEntryState
{
    /// <summary>Its message was taken, whatever was decided about it.</summary>
    Taken,

    /// <summary>Its message could not be taken yet; it is tried again.</summary>
    Waiting,

    /// <summary>Its message cannot be taken; it is not tried again.</summary>
    Failed,
}

/// <summary>The states by their ids.</summary>
public static class FeedEntryStates
{
    /// <summary>The id, as it is stored and answered.</summary>
    public static string Id(this FeedEntryState state) => state switch
    {
        FeedEntryState.Taken => "taken",
        FeedEntryState.Waiting => "waiting",
        FeedEntryState.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>The state of an id.</summary>
    /// <exception cref="FormatException">There is none of that id.</exception>
    public static FeedEntryState Parse(string id) => id switch
    {
        "taken" => FeedEntryState.Taken,
        "waiting" => FeedEntryState.Waiting,
        "failed" => FeedEntryState.Failed,
        _ => throw new FormatException($"An entry has no state '{id}'."),
    };
}

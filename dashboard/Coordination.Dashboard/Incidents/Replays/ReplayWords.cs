using Coordination.Domain.Incidents.Replays;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents.Replays;

/// <summary>Replays in words.</summary>
public static class ReplayWords
{
    /// <summary>What it is called wherever it is shown.</summary>
    public const string Name = "Exercise: replay of recorded incidents";

    /// <summary>Why it pauses, as sentences; null when it does not.</summary>
    public static string? Why(Replay replay) => replay.Pause switch
    {
        null => null,
        ReplayPause.Person => $"{replay.StateName} paused it.",
        ReplayPause.RealIncident => $"Something real came: incident {replay.About}. The replay paused by itself. See to that first.",
        ReplayPause.RealHold => $"Something real came: the hold {replay.About} was placed. The replay paused by itself. See to that first.",
        ReplayPause.RealMessage => "Something real came: a message was left to a person. The replay paused by itself. See to that first.",
        ReplayPause.Shadows => $"{replay.About} of its shadow holds stand, which is all that it may have at once. The replay paused by itself. End some, then let it go on.",
        ReplayPause.Waiting => $"{replay.About} of its messages wait for a person, which is all that it may have at once. The replay paused by itself. Close some, then let it go on.",
        _ => throw new ArgumentOutOfRangeException(nameof(replay)),
    };
}

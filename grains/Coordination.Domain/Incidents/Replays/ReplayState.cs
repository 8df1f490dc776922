namespace Coordination.Domain.Incidents.Replays;

/// <summary>How far a replay is.</summary>
public enum ReplayState
{
    /// <summary>It sends.</summary>
    Running,

    /// <summary>It sends nothing until a person lets it go on.</summary>
    Paused,

    /// <summary>All of it was sent.</summary>
    Finished,

    /// <summary>A person ended it. It sends nothing more.</summary>
    Stopped,
}

/// <summary>Why a replay pauses.</summary>
public enum ReplayPause
{
    /// <summary>A person wanted it.</summary>
    Person,

    /// <summary>A real incident was reported, or something of one changed.</summary>
    RealIncident,

    /// <summary>A real hold was placed.</summary>
    RealHold,

    /// <summary>A message that is no exercise's was left to a person.</summary>
    RealMessage,

    /// <summary>So many of its shadow holds stand.</summary>
    Shadows,

    /// <summary>So many of its messages wait for a person.</summary>
    Waiting,
}

/// <summary>Ids of the states and pauses, as stored and in JSON.</summary>
public static class ReplayStates
{
    /// <summary>The state's id.</summary>
    public static string Id(this ReplayState state) => state switch
    {
        ReplayState.Running => "running",
        ReplayState.Paused => "paused",
        ReplayState.Finished => "finished",
        ReplayState.Stopped => "stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>The state of an id.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static ReplayState Parse(string id) => id switch
    {
        "running" => ReplayState.Running,
        "paused" => ReplayState.Paused,
        "finished" => ReplayState.Finished,
        "stopped" => ReplayState.Stopped,
        _ => throw new FormatException($"A replay has no state '{id}'."),
    };

    /// <summary>The id of a reason.</summary>
    public static string Id(this ReplayPause pause) => pause switch
    {
        ReplayPause.Person => "person",
        ReplayPause.RealIncident => "real-incident",
        ReplayPause.RealHold => "real-hold",
        ReplayPause.RealMessage => "real-message",
        ReplayPause.Shadows => "shadows",
        ReplayPause.Waiting => "waiting",
        _ => throw new ArgumentOutOfRangeException(nameof(pause)),
    };

    /// <summary>The reason of an id.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static ReplayPause ParsePause(string id) => id switch
    {
        "person" => ReplayPause.Person,
        "real-incident" => ReplayPause.RealIncident,
        "real-hold" => ReplayPause.RealHold,
        "real-message" => ReplayPause.RealMessage,
        "shadows" => ReplayPause.Shadows,
        "waiting" => ReplayPause.Waiting,
        _ => throw new FormatException($"A replay does not pause for '{id}'."),
    };

    /// <summary>Whether it may still send something: then no other one is started.</summary>
    public static bool IsOpen(this ReplayState state) => state is ReplayState.Running or ReplayState.Paused;
}

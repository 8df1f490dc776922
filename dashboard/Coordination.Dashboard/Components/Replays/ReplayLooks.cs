using Coordination.Dashboard.Components.Kit;
using Coordination.Domain.Incidents.Replays;

namespace Coordination.Dashboard.Components.Replays;

/// <summary>How a replay looks.</summary>
public static class ReplayLooks
{
    /// <summary>The look of a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="late">Whether it should send and does not.</param>
    public static Look Of(ReplayState state, bool late) => state switch
    {
        ReplayState.Running when late => new("Late", "clock", "attention"),
        ReplayState.Running => new("Running", "ok", "ok"),
        ReplayState.Paused => new("Paused", "clock", "attention"),
        ReplayState.Finished => new("All sent", "ok", "dim"),
        _ => new("Stopped", "dash", "dim"),
    };
}

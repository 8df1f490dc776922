using Coordination.Dashboard.Incidents;
using Coordination.Dashboard.Live;
using Coordination.Domain.Rota;

namespace Coordination.Dashboard.Team;

/// <summary>What stands open, as this host sees it now: what a turn of the duty rota is handed over with.</summary>
public sealed class OpenThings(IBoard board, DeskWatch desk, TakeoverClock takeovers)
{
    /// <summary>Counts it.</summary>
    public HandoverFacts Now() => new()
    {
        Holds = [.. board.Holds.Select(h => h.Id)],
        Proposals = takeovers.Open.Count(t => !t.Exercise),
        HandBack = board.Counts.AwaitingPerson,
        Approvals = board.Counts.AwaitingApproval,
        Messages = desk.Now.Messages,
        Tasks = desk.Now.Tasks.Count,
    };
}

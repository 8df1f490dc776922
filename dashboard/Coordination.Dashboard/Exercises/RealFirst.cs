using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;
using Coordination.Storage.Exercises;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Exercises;

/// <summary>Something real that came during an exercise: a proposal, a takeover under way, or a hold, whoever placed it.</summary>
/// <param name="Takeover">The takeover; null for a hold.</param>
/// <param name="Hold">The hold; null for a takeover that has none yet.</param>
/// <param name="Seen">Who has seen it first; null while nobody said so.</param>
public sealed record RealArrival(Takeover? Takeover, Hold? Hold, RealSeen? Seen)
{
    /// <summary>What tells it from others.</summary>
    public string Id => Hold?.Id ?? Takeover!.Id.ToString();
}

/// <summary>What is real wins the screen until a person has seen it.</summary>
public static class RealFirst
{
    /// <summary>What came while an exercise stands, or counted down when it began; the oldest first.</summary>
    /// <param name="open">Takeovers that are open, real ones and shadows.</param>
    /// <param name="holds">Holds that stand.</param>
    /// <param name="seen">What people have seen.</param>
    /// <returns>Nothing while no exercise stands.</returns>
    public static IReadOnlyList<RealArrival> Of(IReadOnlyCollection<Takeover> open, IEnumerable<Hold> holds, IReadOnlyCollection<RealSeen> seen)
    {
        if (Began(open) is not { } began)
        {
            return [];
        }

        return
        [
            .. open.Where(t => !t.Exercise && (t.State is TakeoverState.Pending or TakeoverState.Running))
                .Select(t => new RealArrival(t, null, seen.FirstOrDefault(s => s.Takeover == t.Id))),
            .. holds.Where(h => h.PlacedAt >= began)
                .Select(h => new RealArrival(null, h, seen.FirstOrDefault(s => string.Equals(s.HoldId, h.Id, StringComparison.Ordinal)))),
        ];
    }

    /// <summary>When the exercise that stands began, the oldest one of several; null while none does.</summary>
    public static DateTimeOffset? Began(IReadOnlyCollection<Takeover> open) => open.Where(t => t.Exercise).Select(t => (DateTimeOffset?)t.MadeAt).Min();
}

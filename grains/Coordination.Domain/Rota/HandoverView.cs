namespace Coordination.Domain.Rota;

/// <summary>A turn with its hand-over.</summary>
/// <param name="ShiftId">The turn's id.</param>
/// <param name="Shift">The turn.</param>
/// <param name="Handover">What was handed over; null while nothing is.</param>
/// <param name="Next">Who comes after it, by the rota; null for nobody yet.</param>
public sealed record DutyTurn(Guid ShiftId, Shift Shift, Handover? Handover, string? Next)
{
    /// <summary>Whether it is over and nobody has taken it: shown until somebody does.</summary>
    public bool IsLeft(DateTimeOffset now) => Shift.To <= now && Handover is not { Open: false };
}

/// <summary>Which turns are to be handed over, and which are left. Pure.</summary>
public static class HandoverView
{
    /// <summary>How long a turn that nobody took over is shown.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromDays(7);

    /// <summary>The turn that goes on and the one before it, for each role; none where the same person goes on.</summary>
    /// <param name="shifts">Shifts, also those that ended within <see cref="Shown"/>.</param>
    /// <param name="handovers">Hand-overs by the shift's id.</param>
    /// <param name="now">The time (UTC).</param>
    public static IReadOnlyList<DutyTurn> Of(IReadOnlyCollection<KeyValuePair<Guid, Shift>> shifts, IReadOnlyDictionary<Guid, Handover> handovers, DateTimeOffset now)
    {
        var turns = new List<DutyTurn>();
        foreach (var role in DutyRoles.All)
        {
            var theirs = shifts.Where(s => s.Value.Role == role && s.Value.Open && s.Value.To > now - Shown).OrderBy(s => s.Value.From).ThenBy(s => s.Key).ToArray();
            var current = Array.FindLastIndex(theirs, s => s.Value.Covers(now));
            var ended = Array.FindLastIndex(theirs, s => s.Value.To <= now);
            foreach (var at in new[] { ended, current }.Where(i => i >= 0))
            {
                var (id, shift) = (theirs[at].Key, theirs[at].Value);
                var next = theirs.Skip(at + 1).Select(s => s.Value).FirstOrDefault(s => s.To > shift.To);
                if (next is null || !string.Equals(next.Name, shift.Name, StringComparison.OrdinalIgnoreCase) || handovers.ContainsKey(id))
                {
                    turns.Add(new DutyTurn(id, shift, handovers.GetValueOrDefault(id), next?.Name));
                }
            }
        }

        return turns;
    }
}

namespace Coordination.Domain.Rota;

/// <summary>A time out of hours at which nobody is on the rota.</summary>
/// <param name="Role">For what.</param>
/// <param name="From">From when (UTC).</param>
/// <param name="To">Until when (UTC).</param>
public sealed record RotaGap(DutyRole Role, DateTimeOffset From, DateTimeOffset To);

/// <summary>A time at which two people are on the rota for the same.</summary>
/// <param name="Role">For what.</param>
/// <param name="From">From when (UTC).</param>
/// <param name="To">Until when (UTC).</param>
/// <param name="Names">Who.</param>
public sealed record RotaOverlap(DutyRole Role, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> Names);

/// <summary>What the shifts come to: who is there now, and where there is nobody or one too many. Pure.</summary>
public static class RotaView
{
    /// <summary>How far ahead gaps and overlaps are looked for.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(28);

    /// <summary>Who is on for a role; of several, who came last is told first.</summary>
    public static IReadOnlyList<Shift> On(IEnumerable<Shift> shifts, DutyRole role, DateTimeOffset at) =>
        [.. shifts.Where(s => s.Role == role && s.Covers(at)).OrderByDescending(s => s.From)];

    /// <summary>Who comes next for a role; null when nobody does.</summary>
    public static Shift? Next(IEnumerable<Shift> shifts, DutyRole role, DateTimeOffset at) =>
        shifts.Where(s => s.Role == role && s.Open && s.From > at).MinBy(s => s.From);

    /// <summary>The times out of hours in the next four weeks at which nobody is on, by role and time.</summary>
    public static IReadOnlyList<RotaGap> Gaps(IReadOnlyCollection<Shift> shifts, OfficeHours hours, DateTimeOffset now) =>
        [.. DutyRoles.All.SelectMany(role => hours.Outside(now, now + Ahead).SelectMany(away => Uncovered([.. shifts.Where(s => s.Role == role && s.Open)], away)).Select(p => new RotaGap(role, p.From, p.To)))];

    /// <summary>The times in the next four weeks at which two are on for the same, by role and time.</summary>
    public static IReadOnlyList<RotaOverlap> Overlaps(IReadOnlyCollection<Shift> shifts, DateTimeOffset now)
    {
        var overlaps = new List<RotaOverlap>();
        foreach (var role in DutyRoles.All)
        {
            var all = shifts.Where(s => s.Role == role && s.Open && s.To > now && s.From < now + Ahead).OrderBy(s => s.From).ThenBy(s => s.To).ToArray();
            for (var i = 0; i < all.Length; i++)
            {
                for (var j = i + 1; j < all.Length && all[j].From < all[i].To; j++)
                {
                    var (from, to) = (all[j].From > now ? all[j].From : now, all[j].To < all[i].To ? all[j].To : all[i].To);
                    if (to > from)
                    {
                        overlaps.Add(new RotaOverlap(role, from, to, [all[i].Name, all[j].Name]));
                    }
                }
            }
        }

        return [.. overlaps.OrderBy(o => o.Role).ThenBy(o => o.From)];
    }

    private static IEnumerable<Period> Uncovered(IReadOnlyList<Shift> shifts, Period away)
    {
        var at = away.From;
        foreach (var shift in shifts.Where(s => s.To > away.From && s.From < away.To).OrderBy(s => s.From))
        {
            if (shift.From > at)
            {
                yield return new Period(at, shift.From);
            }

            at = shift.To > at ? shift.To : at;
        }

        if (at < away.To)
        {
            yield return new Period(at, away.To);
        }
    }
}

namespace Coordination.Domain.Incidents.Replays;

/// <summary>When each report of a replay is due, counted from its start.</summary>
/// <remarks>
/// A record that is exact to the hour tells of an hour's incidents at one moment: they are spread evenly over it, up to the next moment that the record names; the same within a minute.
/// Whatever the speed, two reports are never closer together than <see cref="Gap"/>: what is real must not wait for an exercise.
/// </remarks>
public static class ReplayPlan
{
    /// <summary>Most reports in a second.</summary>
    public const int MostPerSecond = 4;

    /// <summary>The slowest and the fastest speed: seconds of the recording in one second.</summary>
    public const int LeastSpeed = 1, MostSpeed = 3600;

    /// <summary>The speed when nobody says: an hour in a minute.</summary>
    public const int UsualSpeed = 60;

    /// <summary>The shortest time between two reports.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromSeconds(1.0 / MostPerSecond);

    /// <summary>How long a replay may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    /// <summary>When each is due; the first at once.</summary>
    /// <param name="times">When each was called in (UTC), the first first.</param>
    /// <param name="speed"><see cref="LeastSpeed"/> to <see cref="MostSpeed"/>.</param>
    public static IReadOnlyList<TimeSpan> Offsets(IReadOnlyList<DateTimeOffset> times, int speed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(speed, LeastSpeed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(speed, MostSpeed);
        var offsets = new TimeSpan[times.Count];
        var exactTo = ExactTo(times);
        for (var from = 0; from < times.Count;)
        {
            var to = from + 1;
            while (to < times.Count && times[to] <= times[from])
            {
                to++;
            }

            var next = to < times.Count ? times[to] - times[from] : exactTo;
            var over = next < exactTo ? next : exactTo;
            for (var i = from; i < to; i++)
            {
                var recorded = times[from] - times[0] + (over * ((double)(i - from) / (to - from)));
                var due = TimeSpan.FromMilliseconds(Math.Floor(recorded.TotalMilliseconds / speed));
                offsets[i] = i > 0 && due < offsets[i - 1] + Gap ? offsets[i - 1] + Gap : due;
            }

            from = to;
        }

        return offsets;
    }

    /// <summary>How long a replay takes: from its first report to its last.</summary>
    public static TimeSpan Lasts(IReadOnlyList<DateTimeOffset> times, int speed) => Offsets(times, speed) is [.., var last] ? last : TimeSpan.Zero;

    private static TimeSpan ExactTo(IReadOnlyList<DateTimeOffset> times) =>
        times.All(t => t.Ticks % TimeSpan.TicksPerHour == 0) ? TimeSpan.FromHours(1)
        : times.All(t => t.Ticks % TimeSpan.TicksPerMinute == 0) ? TimeSpan.FromMinutes(1)
        : TimeSpan.Zero;
}

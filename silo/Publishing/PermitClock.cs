using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Coordination.Silo.Publishing;

/// <summary>A clock that also counts the time a machine was suspended, for the life of permits (FENCE.md rule 9).</summary>
internal static partial class PermitClock
{
    // linux/time.h
    private const int ClockBootTime = 7;

    /// <summary>Time since some fixed instant of this boot. On Linux the boot-time clock; elsewhere the later of wall and monotonic clock.</summary>
    public static TimeSpan Now(TimeProvider time)
    {
        if (OperatingSystem.IsLinux() && GetTime(ClockBootTime, out var spec) == 0)
        {
            return TimeSpan.FromSeconds(spec.Seconds) + TimeSpan.FromMicroseconds(spec.Nanoseconds / 1000.0);
        }

        var wall = time.GetUtcNow() - DateTimeOffset.UnixEpoch;
        var monotonic = Stopwatch.GetElapsedTime(0);
        return Started is var (firstWall, firstMonotonic) && wall - firstWall > monotonic - firstMonotonic ? firstMonotonic + (wall - firstWall) : monotonic;
    }

    private static readonly (TimeSpan Wall, TimeSpan Monotonic) Started =
        (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch, Stopwatch.GetElapsedTime(0));

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}

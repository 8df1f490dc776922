using System.Globalization;

namespace Coordination.FaultTests.World;

/// <summary>Gives a process another time of day, with the library of Debian's package <c>faketime</c>.</summary>
internal static class SkewedClock
{
    // One folder deep: below /usr/lib links may lead in circles.
    private static readonly string? Library = Directory.Exists("/usr/lib")
        ? Directory.EnumerateDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        : null;

    /// <summary>Whether this machine can do it.</summary>
    public static bool Available => Library is not null;

    /// <summary>Sets a process's clock this far ahead, or behind; its other clocks are right, as they are on a machine whose time is wrong.</summary>
    public static void Apply(IDictionary<string, string> environment, TimeSpan ahead)
    {
        if (Library is null || ahead == TimeSpan.Zero)
        {
            return;
        }

        environment["LD_PRELOAD"] = Library;
        environment["FAKETIME"] = string.Create(CultureInfo.InvariantCulture, $"{ahead.TotalSeconds:+0;-0}s");
        environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
    }
}

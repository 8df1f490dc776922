using System.Diagnostics;
using System.Globalization;

namespace Coordination.Testing;

/// <summary>Looks at the machine's processes and ends those of a test.</summary>
public static class Processes
{
    private const int SessionField = 3; // In /proc/PID/stat, counted after the name: state, parent, group, session.

    /// <summary>The live processes of the session that <paramref name="leader"/> began.</summary>
    public static IReadOnlyList<int> InSession(int leader) => Where(x => SessionOf(x) == leader);

    /// <summary>The live processes whose current folder is <paramref name="folder"/> or lies in it.</summary>
    public static IReadOnlyList<int> WorkingIn(string folder) => Where(x =>
        new FileInfo($"/proc/{x}/cwd").LinkTarget is { } at
        && (string.Equals(at, folder, StringComparison.Ordinal) || at.StartsWith(folder + "/", StringComparison.Ordinal)));

    /// <summary>Whether a process runs a program of that name.</summary>
    public static bool Runs(int process, string program) =>
        new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/exe")).LinkTarget is { } at
        && string.Equals(Path.GetFileName(at), program, StringComparison.Ordinal);

    /// <summary>Ends processes as a power cut would, and waits until they are gone.</summary>
    public static async Task KillAsync(Func<IReadOnlyList<int>> which)
    {
        ArgumentNullException.ThrowIfNull(which);
        await Eventually.Becomes(
            () =>
            {
                var left = which();
                foreach (var id in left)
                {
                    Kill(id);
                }

                return left.Count == 0;
            },
            "killed processes are gone");
    }

    /// <summary>Sends a signal by its name, such as INT.</summary>
    public static async Task SignalAsync(int process, string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // Ended by itself meanwhile.
        }
    }

    private static List<int> Where(Func<int, bool> condition)
    {
        var found = new List<int>();
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            try
            {
                if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && condition(id))
                {
                    found.Add(id);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone meanwhile, or somebody else's.
            }
        }

        return found;
    }

    private static int SessionOf(int id)
    {
        // "123 (a name) S 1 123 123 ...": the name may hold anything, so count from the last bracket.
        var stat = File.ReadAllText($"/proc/{id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? 0 : int.Parse(fields[SessionField], CultureInfo.InvariantCulture);
    }
}

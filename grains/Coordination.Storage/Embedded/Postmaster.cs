using System.Globalization;

namespace Coordination.Storage.Embedded;

/// <summary>What a running server says of itself in <c>postmaster.pid</c>.</summary>
/// <param name="ProcessId">The server's process.</param>
/// <param name="Port">Its port; 0 while it has not got so far.</param>
/// <param name="Status"><c>starting</c>, <c>ready</c>, <c>stopping</c>, or empty.</param>
internal sealed record Postmaster(int ProcessId, int Port, string Status)
{
    /// <summary>Reads the file of the database in <paramref name="folder"/>; null when there is none, or none that makes sense.</summary>
    public static Postmaster? Read(string folder)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(PathIn(folder));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        return lines.Length > 0 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var id) && id > 0
            ? new Postmaster(id, lines.Length > 3 && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port) ? port : 0,
                lines.Length > 7 ? lines[7].Trim() : "")
            : null;
    }

    /// <summary>Where the server in <paramref name="folder"/> keeps this.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, "postmaster.pid");

    /// <summary>
    /// The live processes that work in <paramref name="folder"/>: every process of a PostgreSQL server has its
    /// database as current folder. A process number alone proves nothing, as numbers are used again after a restart.
    /// </summary>
    public static IReadOnlyList<int> ProcessesIn(string folder)
    {
        var found = new List<int>();
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var id)
                && string.Equals(CurrentFolder(process), folder, StringComparison.Ordinal)
                && ProcessName(process) is "postgres")
            {
                found.Add(id);
            }
        }

        return found;
    }

    private static string? CurrentFolder(string process)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // Ended meanwhile, or somebody else's.
        }
    }

    private static string ProcessName(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm")).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

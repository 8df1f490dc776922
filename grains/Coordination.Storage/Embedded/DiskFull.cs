using System.Globalization;

namespace Coordination.Storage.Embedded;

/// <summary>Recognises a full disk, before the start by looking and after a failure by what was said.</summary>
internal static class DiskFull
{
    // The last two are what PostgreSQL says when the final page fitted in part.
    private static readonly string[] Signs =
        ["No space left on device", "Disk quota exceeded", "Check free disk space", ": wrote only "];

    private const double Megabyte = 1024 * 1024;

    /// <summary>Refuses to start on a disk with less than <paramref name="minimum"/> bytes free.</summary>
    /// <exception cref="EmbeddedPostgresException">There is too little room.</exception>
    public static void Check(string folder, long minimum)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < minimum)
        {
            throw new EmbeddedPostgresException(string.Create(CultureInfo.InvariantCulture,
                $"The disk is nearly full: {folder} has {free / Megabyte:0} MB free and the database needs {minimum / Megabyte:0} MB to start. {What}"));
        }
    }

    /// <summary>The line to show when <paramref name="said"/> tells of a full disk, else null.</summary>
    public static EmbeddedPostgresException? Explain(string said, string folder) =>
        Signs.Any(x => said.Contains(x, StringComparison.Ordinal))
            ? new EmbeddedPostgresException($"The disk that holds {folder} is full, so the database did not start. {What}")
            : null;

    private const string What = "Nothing that was saved is lost and nothing is published meanwhile: free some space, then start again.";
}

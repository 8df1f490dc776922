using System.Globalization;
using System.Text.RegularExpressions;

namespace Coordination.Storage.Embedded;

/// <summary>One installed PostgreSQL server: the folder of its programs and its version.</summary>
/// <param name="Directory">The folder holding <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</param>
/// <param name="Version">Its version, such as 15.18.</param>
public sealed partial record PostgresBinaries(string Directory, Version Version)
{
    /// <summary>The oldest major version the service runs on.</summary>
    public const int OldestMajor = 15;

    private const string InstallHint = "install the package 'postgresql' (Debian, Ubuntu: apt-get install postgresql), "
        + "or give the address of a server with --connection";

    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    private static readonly string[] UsualDirectories =
        ["/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql@*/bin"];

    /// <summary>The path of one of the programs.</summary>
    public string Program(string name) => Path.Combine(Directory, name);

    /// <summary>
    /// Finds the server to use: for an existing database the one of its major version (a database can be opened by no other),
    /// else the newest.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">None is installed, or none that fits.</exception>
    public static async Task<PostgresBinaries> FindAsync(
        IReadOnlyList<string>? directories, int? databaseMajor, string databaseFolder, CancellationToken cancellation)
    {
        var found = new List<PostgresBinaries>();
        foreach (var directory in directories ?? SearchPath())
        {
            if (await ReadAsync(directory, cancellation) is { } binaries)
            {
                found.Add(binaries);
            }
        }

        var usable = found.Where(x => x.Version.Major >= OldestMajor).OrderByDescending(x => x.Version).ToList();
        if (usable.Count == 0)
        {
            throw new EmbeddedPostgresException(found.Count == 0
                ? $"No PostgreSQL server is installed: {InstallHint}."
                : $"The installed PostgreSQL {found.Max(x => x.Version)} is too old, {OldestMajor} or later is needed: {InstallHint}.");
        }

        return databaseMajor is null
            ? usable[0]
            : usable.FirstOrDefault(x => x.Version.Major == databaseMajor)
                ?? throw new EmbeddedPostgresException(
                    $"The database in {databaseFolder} was made by PostgreSQL {databaseMajor}; this machine has "
                    + $"{string.Join(", ", usable.Select(x => x.Version.Major).Distinct())}, which can't open it. Nothing was changed: "
                    + $"install the package 'postgresql-{databaseMajor}', or choose another folder with --data.");
    }

    private static IEnumerable<string> SearchPath()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(UsualDirectories.SelectMany(Expand))
            .Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Expand(string pattern)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return [pattern];
        }

        var parent = pattern[..pattern.LastIndexOf('/', star)];
        var rest = pattern[(parent.Length + 1)..];
        var end = rest.IndexOf('/', StringComparison.Ordinal);
        return System.IO.Directory.Exists(parent)
            ? System.IO.Directory.GetDirectories(parent, rest[..end]).Select(x => Path.Combine(x, rest[(end + 1)..]))
            : [];
    }

    private static async Task<PostgresBinaries?> ReadAsync(string directory, CancellationToken cancellation)
    {
        // A client-only installation has pg_ctl's friends but no server: all three are needed.
        if (!Programs.All(x => File.Exists(Path.Combine(directory, x))))
        {
            return null;
        }

        var run = await ToolRun.RunAsync(
            [Path.Combine(directory, "postgres"), "--version"], TimeSpan.FromSeconds(10), cancellation);
        var match = VersionPattern().Match(run.Output);
        return match.Success
            ? new PostgresBinaries(directory, new Version(
                int.Parse(match.Groups["major"].ValueSpan, CultureInfo.InvariantCulture),
                int.Parse(match.Groups["minor"].ValueSpan, CultureInfo.InvariantCulture)))
            : null;
    }

    // "postgres (PostgreSQL) 15.18 (Debian ...)", "postgres (PostgreSQL) 18beta1"
    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d{1,4})(\.|\D+)(?<minor>\d{1,6})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionPattern();
}

namespace Coordination.Testing;

/// <summary>The repository that this test was built from.</summary>
public static class Repository
{
    /// <summary>Its root folder, found by walking up from the test's own.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path in it.</summary>
    public static string In(params string[] path) => Path.Combine([Root, .. path]);

    /// <summary>The folder of a project's built programs, of the same configuration as this test where it was built.</summary>
    public static string Binaries(string project)
    {
        var mine = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return new[] { mine, "release", "debug" }
            .Select(x => In("artifacts", "bin", project, x))
            .FirstOrDefault(x => File.Exists(Path.Combine(x, project)))
            ?? throw new InvalidOperationException($"{project} has not been built: build it first (./test does).");
    }

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "WmfsSmCoordinator.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException("The repository was not found above " + AppContext.BaseDirectory);
    }
}

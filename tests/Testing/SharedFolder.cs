using Xunit;

namespace Coordination.Testing;

/// <summary>The folder of public specifications and data that may lie beside the repository; it is not part of it.</summary>
public static class SharedFolder
{
    /// <summary>Its path, found by walking up from the test's own folder; null where it is missing.</summary>
    public static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared");
            if (File.Exists(Path.Combine(candidate, "DESIGN.md")))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>The path of something in it; the test is skipped, saying so, where that is missing.</summary>
    public static string SkipIfMissing(params string[] path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var folder = Find();
        var found = folder is null ? null : Path.Combine([folder, .. path]);
        if (found is null || !(File.Exists(found) || Directory.Exists(found)))
        {
            Assert.Skip($"Needs shared/{string.Join('/', path)} beside the repository, which is not there.");
        }

        return found!;
    }
}

using System.Xml.Linq;
using Coordination.Testing;

namespace Coordination.Architecture.Tests;

/// <summary>The repository's own files: without what builds, restores and runs leave in it.</summary>
internal static class RepositoryFiles
{
    private static readonly HashSet<string> Skipped =
        new([".git", ".vs", ".idea", "artifacts", "bin", "obj", "node_modules", "data"], StringComparer.Ordinal);

    private static readonly HashSet<string> Pictures =
        new([".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".woff", ".woff2", ".ttf", ".pdf", ".gz", ".zip"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Every file, as a path from the root.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Under(Repository.Root).Select(x => Path.GetRelativePath(Repository.Root, x)).Order(StringComparer.Ordinal)];

    /// <summary>The files that hold text.</summary>
    public static IEnumerable<string> Text => All.Where(x => !Pictures.Contains(Path.GetExtension(x)));

    /// <summary>Every project file.</summary>
    public static IEnumerable<string> Projects => All.Where(x => x.EndsWith(".csproj", StringComparison.Ordinal));

    /// <summary>The projects that are shipped.</summary>
    public static IEnumerable<string> ProductProjects => Projects.Where(x => !x.StartsWith("tests/", StringComparison.Ordinal));

    public static string Read(string path) => File.ReadAllText(Repository.In(path));

    public static XDocument ReadXml(string path) => XDocument.Parse(Read(path));

    /// <summary>The values of an attribute of all elements of one name in a project file.</summary>
    public static IEnumerable<string> Items(string project, string element, string attribute = "Include") =>
        ReadXml(project).Descendants(element).Select(x => x.Attribute(attribute)?.Value).OfType<string>();

    private static IEnumerable<string> Under(string folder) =>
        Directory.EnumerateFiles(folder).Where(x => !Skipped.Contains(Path.GetFileName(x))).Concat(
            Directory.EnumerateDirectories(folder).Where(x => !Skipped.Contains(Path.GetFileName(x))).SelectMany(Under));
}

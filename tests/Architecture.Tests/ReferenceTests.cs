using System.Reflection;
using Xunit;

namespace Coordination.Architecture.Tests;

/// <summary>References go one way. What is not listed is not allowed.</summary>
public sealed class ReferenceTests
{
    private const string Prefix = "Coordination.";

    /// <summary>What each project may name in its project file.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Domain"] = [],
        ["Contracts"] = ["Domain"],
        ["Content"] = ["Domain"],
        ["Media"] = ["Domain"],
        ["Storage"] = ["Domain"],
        ["Grains"] = ["Contracts", "Content", "Storage"],
        ["Connectors"] = ["Domain"],
        ["Sandbox"] = [],
        ["Silo"] = ["Grains", "Media", "Connectors"],
        ["Dashboard"] = ["Contracts", "Content", "Media", "Storage", "Silo"],
    };

    public static TheoryData<string> Projects => [.. Arrows.Keys];

    [Fact]
    public void Arrows_NameEveryProject_ThatIsShipped() =>
        Assert.Equal(
            Arrows.Keys.Order(StringComparer.Ordinal),
            RepositoryFiles.ProductProjects.Select(x => Path.GetFileNameWithoutExtension(x)[Prefix.Length..]).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Projects))]
    public void ProjectFile_NamesOnlyProjects_TheArrowsAllow(string project)
    {
        var named = RepositoryFiles.Items(FileOf(project), "ProjectReference")
            .Select(x => Path.GetFileNameWithoutExtension(x)[Prefix.Length..]);

        // What an allowed project stands on may be named too: it can be used anyway.
        Assert.Empty(named.Except(Reachable(project), StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Projects))]
    public void Assembly_UsesOnlyAssemblies_TheArrowsAllow(string project)
    {
        var used = Load(project).GetReferencedAssemblies().Select(x => x.Name!)
            .Where(x => x.StartsWith(Prefix, StringComparison.Ordinal)).Select(x => x[Prefix.Length..]);

        Assert.Empty(used.Except(Reachable(project), StringComparer.Ordinal));
    }

    [Fact]
    public void Domain_UsesNothing_ButTheBaseClassLibrary()
    {
        var project = FileOf("Domain");
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

        Assert.Empty(RepositoryFiles.Items(project, "PackageReference"));
        Assert.Empty(RepositoryFiles.Items(project, "FrameworkReference"));
        Assert.DoesNotContain("Microsoft.NET.Sdk.Web", RepositoryFiles.Read(project), StringComparison.Ordinal);
        Assert.All(Load("Domain").GetReferencedAssemblies(), x => Assert.True(File.Exists(Path.Combine(runtime, x.Name + ".dll")), x.Name));
    }

    [Fact]
    public void Sandbox_IsReferenced_ByTestsAlone() =>
        Assert.All(RepositoryFiles.ProductProjects, x =>
            Assert.DoesNotContain(RepositoryFiles.Items(x, "ProjectReference"), y => y.Contains("Sandbox", StringComparison.Ordinal)));

    internal static Assembly Load(string project) => Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, Prefix + project + ".dll"));

    private static string FileOf(string project) =>
        RepositoryFiles.ProductProjects.Single(x => Path.GetFileNameWithoutExtension(x).Equals(Prefix + project, StringComparison.Ordinal));

    private static IEnumerable<string> Reachable(string project) =>
        Arrows[project].Concat(Arrows[project].SelectMany(Reachable)).Distinct(StringComparer.Ordinal);
}

using Xunit;

namespace Coordination.Architecture.Tests;

public sealed class ProjectFileTests
{
    [Fact]
    public void Versions_StandInOnePlace()
    {
        var own = RepositoryFiles.Projects.Where(x =>
            RepositoryFiles.Items(x, "PackageReference", "Version").Any()
            || RepositoryFiles.Items(x, "PackageReference", "VersionOverride").Any()
            || RepositoryFiles.ReadXml(x).Descendants("PackageReference").Any(y => y.Element("Version") is not null));

        Assert.Empty(own);
    }

    [Fact]
    public void Versions_AreExact()
    {
        var versions = RepositoryFiles.Items("Directory.Packages.props", "PackageVersion", "Version").ToList();

        Assert.NotEmpty(versions);
        Assert.DoesNotContain(versions, x => x.IndexOfAny(['*', '[', '(', ',']) >= 0);
    }

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        var solution = RepositoryFiles.Read("WmfsSmCoordinator.sln").Replace('\\', '/');

        Assert.NotEmpty(RepositoryFiles.Projects);
        Assert.All(RepositoryFiles.Projects, x => Assert.Contains($"\"{x}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void TestProjects_AreAllProgramsThatTheTestCommandRuns()
    {
        var tests = RepositoryFiles.Projects.Where(x => RepositoryFiles.Items(x, "PackageReference").Contains("xunit.v3", StringComparer.Ordinal));

        Assert.All(tests, x =>
        {
            Assert.Matches("^tests/[^/]+\\.Tests/[^/]+\\.Tests\\.csproj$", x);
            Assert.Equal("Exe", RepositoryFiles.ReadXml(x).Descendants("OutputType").Single().Value);
        });
    }
}

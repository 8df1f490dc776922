using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Xunit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Coordination.Architecture.Tests;

/// <summary>
/// The dashboard may host a silo in its own process for the one-command start, and for nothing else: only its
/// composition root knows the silo and what stands behind it.
/// </summary>
public sealed class CompositionRootTests
{
    private const string Root = "Coordination.Dashboard.Composition";

    private static readonly ArchUnitNET.Domain.Architecture Architecture = new ArchLoader()
        .LoadAssemblies([.. Projects.Select(ReferenceTests.Load)])
        .Build();

    private static string[] Projects => ["Dashboard", "Silo", "Grains", "Connectors"];

    [Theory]
    [InlineData("Silo")]
    [InlineData("Grains")]
    [InlineData("Connectors")]
    public void Dashboard_Uses_OnlyFromItsCompositionRoot(string project)
    {
        IObjectProvider<IType> behind = Types().That().ResideInAssembly(ReferenceTests.Load(project)).As(project);
        IArchRule rule = Types().That().ResideInAssembly(ReferenceTests.Load("Dashboard"))
            .And().DoNotResideInNamespaceMatching($"^{Root.Replace(".", "\\.", StringComparison.Ordinal)}(\\..*)?$")
            .And().DoNotHaveNameMatching("^(Program|<.*)$")
            .Should().NotDependOnAny(behind)
            .WithoutRequiringPositiveResults();

        rule.Check(Architecture);
    }
}

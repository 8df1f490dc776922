using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Xunit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Coordination.Architecture.Tests;

/// <summary>
/// What publishes for exercises can reach the exercise network and the queue of stand-ins, and of everything else of ours nothing:
/// no account's sign-in, no permit, no hold, no connector, no grain.
/// </summary>
public sealed partial class ExerciseTests
{
    private const string Dashboard = @"^Coordination\.Dashboard\.Exercises(\..*)?$";
    private const string Publishing = @"^Coordination\.Dashboard\.Exercises\.Publishing(\..*)?$";

    private static readonly ArchUnitNET.Domain.Architecture Architecture = new ArchLoader()
        .LoadAssemblies([.. Projects.Select(ReferenceTests.Load)])
        .Build();

    private static string[] Projects => ["Dashboard", "Silo", "Grains", "Connectors", "Contracts", "Storage", "Domain", "Content", "Media"];

    [Fact]
    public void Publisher_UsesOfOurs_OnlyWhatIsListed()
    {
        IObjectProvider<IType> rest = Types().That().ResideInNamespaceMatching(@"^Coordination\..*$")
            .And().DoNotResideInNamespaceMatching(Publishing)
            .And().DoNotResideInNamespaceMatching(@"^Coordination\.Storage\.Exercises$")
            .And().DoNotResideInNamespaceMatching(@"^Coordination\.Domain\.(Exercises|Platforms)$")
            .As("the rest of the product");
        IArchRule rule = Types().That().ResideInNamespaceMatching(Publishing).Should().NotDependOnAny(rest);

        rule.Check(Architecture);
    }

    [Fact]
    public void Exercises_UseNothing_ThatHoldsOrPublishes()
    {
        IObjectProvider<IType> real = Types().That().ResideInAssembly(ReferenceTests.Load("Connectors"))
            .Or().ResideInAssembly(ReferenceTests.Load("Silo"))
            .Or().ResideInAssembly(ReferenceTests.Load("Grains"))
            .Or().ResideInAssembly(ReferenceTests.Load("Contracts"))
            .Or().ResideInNamespaceMatching(@"^Coordination\.Storage\.(Fence|Accounts|Operations|SignIns)$")
            .Or().HaveFullNameMatching(@"^Coordination\.Dashboard\.Desks\.I?(Post|Hold|Account|Draft|HandBack)Desk$")
            .Or().HaveFullNameMatching(@"^Coordination\.Dashboard\.Incidents\.(TakeoverWork|IncidentDesk|ReportDesk)$")
            .As("what holds or publishes");
        IArchRule rule = Types().That().ResideInNamespaceMatching(Dashboard).Should().NotDependOnAny(real);

        rule.Check(Architecture);
    }

    [Fact]
    public void ExerciseTables_AreTouchedByNoOtherCode_AndItTouchesNoOther()
    {
        foreach (var path in RepositoryFiles.All.Where(p => p.StartsWith("grains/", StringComparison.Ordinal) && p.EndsWith(".cs", StringComparison.Ordinal)))
        {
            var text = RepositoryFiles.Read(path);
            if (path.StartsWith("grains/Coordination.Storage/Exercises/", StringComparison.Ordinal))
            {
                Assert.DoesNotMatch(RealTable(), text);
            }
            else if (!path.StartsWith("grains/Coordination.Storage/Verification/", StringComparison.Ordinal))
            {
                Assert.DoesNotMatch(ExerciseTable(), text);
            }
        }
    }

    // The publisher's queue and the lines use the main pool alone: the fence's is for permits and holds.
    [Fact]
    public void ExerciseStorage_UsesTheMainPoolAlone() => Assert.All(
        RepositoryFiles.All.Where(p => p.StartsWith("grains/Coordination.Storage/Exercises/", StringComparison.Ordinal)),
        p => Assert.DoesNotMatch(@"database\.(Fence|Cluster|ConnectionString)", RepositoryFiles.Read(p)));

    [GeneratedRegex(@"\b(from|join|into|update)\s+(post|permit|account|hold|journal)\b|\b(take_permit|place_hold|lift_hold)\b", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex RealTable();

    [GeneratedRegex(@"\bexercise_(line|stand_in)\b", RegexOptions.None, 1000)]
    private static partial Regex ExerciseTable();
}

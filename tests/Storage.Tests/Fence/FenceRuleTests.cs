using System.Reflection;
using Coordination.Storage.Tests.Fence.Checks;
using Coordination.Testing;
using Xunit;
using Xunit.Sdk;

namespace Coordination.Storage.Tests.Fence;

/// <summary>FENCE.md's rules on a real PostgreSQL; and each check seen failing with its rule taken out.</summary>
public sealed class FenceRuleTests(FastPostgresFixture server)
{
    private static readonly Type[] Groups = [typeof(PermitChecks), typeof(HoldChecks), typeof(LabelChecks), typeof(LiftChecks), typeof(LiftRaceChecks), typeof(EndChecks), typeof(ProofChecks), typeof(StaffChecks)];

    public static TheoryData<string> Rules => [.. Checks().Keys];

    public static TheoryData<string> Mutations => [.. Mutation.All.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Fence_KeepsTheRule(string rule)
    {
        await using var ground = await Ground.MakeAsync(server);
        await Checks()[rule](ground);
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public async Task Check_Fails_WhenItsRuleIsTakenOut(string mutation)
    {
        await using var ground = await Ground.MakeAsync(server);
        var (_, check, takeOut) = Mutation.All[mutation];
        await takeOut(ground);

        Assert.IsAssignableFrom<IAssertionException>(await Record.ExceptionAsync(() => check(ground)));
    }

    private static SortedDictionary<string, Func<Ground, Task>> Checks() => new(
        Groups.SelectMany(g => g.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(m => m.ReturnType == typeof(Task) && m.GetParameters() is [{ ParameterType: var p }] && p == typeof(Ground))
            .ToDictionary(m => m.Name, m => m.CreateDelegate<Func<Ground, Task>>(), StringComparer.Ordinal),
        StringComparer.Ordinal);
}

using System.Text.Json;
using Coordination.Domain.Incidents.Rules;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Incidents.Rules;

public sealed class ConditionLogicTests
{
    private const int Iterations = 1000;
    private static readonly Gen<(Condition[], Domain.Incidents.Incident)> s_cases = Gen.Select(ConditionGen.Any.Array[1, 3], IncidentGen.Any);

    [Fact]
    public void All_IsTheLeastOfItsParts() => s_cases.SampleSeeded(
        (parts, incident) => Rank(new AllOf(parts), incident) == parts.Min(p => Rank(p, incident)), Iterations);

    [Fact]
    public void Any_IsTheGreatestOfItsParts() => s_cases.SampleSeeded(
        (parts, incident) => Rank(new AnyOf(parts), incident) == parts.Max(p => Rank(p, incident)), Iterations);

    [Fact]
    public void Not_TurnsAround_AndTwiceIsItself() => s_cases.SampleSeeded(
        (parts, incident) => Rank(new NotOf(parts[0]), incident) == 2 - Rank(parts[0], incident)
            && Rank(new NotOf(new NotOf(parts[0])), incident) == Rank(parts[0], incident), Iterations);

    [Fact]
    public void NotAll_IsAnyNot() => s_cases.SampleSeeded(
        (parts, incident) => Rank(new NotOf(new AllOf(parts)), incident) == Rank(new AnyOf([.. parts.Select(p => new NotOf(p))]), incident), Iterations);

    [Fact]
    public void Json_KeepsTheCondition() => ConditionGen.Any.SampleSeeded(
        condition =>
        {
            var json = GivenRule.Json(condition);
            var read = JsonSerializer.Deserialize<Condition>(json, GivenRule.Stored)!;
            return GivenRule.Json(read) == json && read.Words() == condition.Words();
        },
        Iterations);

    [Fact]
    public void Json_TakesATime_WithoutSeconds() => Assert.Equal(
        "it began between 22:00 and 07:00", JsonSerializer.Deserialize<Condition>("{\"kind\":\"time-of-day\",\"from\":\"22:00\",\"to\":\"07:00\"}", GivenRule.Stored)!.Words());

    [Fact]
    public void Check_FindsNothing_InWhatIsRight() => ConditionGen.Any.SampleSeeded(
        condition => RuleBookCheck.Check(GivenRule.Book(GivenRule.Rule(1, condition, RuleMode.Propose)), Brigade.DemoMap.Map).Count == 0, Iterations);

    // False, not known, true: 0, 1, 2.
    private static int Rank(Condition condition, Domain.Incidents.Incident incident) => condition.IsTrueOf(IncidentGen.Facts(incident)) switch
    {
        false => 0,
        null => 1,
        true => 2,
    };
}

using System.Text.Json;
using Coordination.Dashboard.Components.Incidents;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;
using Coordination.Storage;

namespace Coordination.Pages.Tests;

/// <summary>The editor of rules about incidents gives back what it was given, and keeps what is typed half.</summary>
public sealed class RuleEditTests
{
    public static TheoryData<int> Shipped() => new(Enumerable.Range(0, RuleBook.Default.Rules.Count));

    public static TheoryData<int> Every() => new(Enumerable.Range(0, Kinds.Length));

    private static readonly Condition[] Kinds =
    [
        new AllOf([new MajorDeclared(), new AnyOf([new PumpsAtLeast(7), new NotOf(new IsOverTheBorder())])]),
        new IsKnown(IncidentFact.Alert),
        new TypeSays(["fire", "explosion"]),
        new KeywordsIn(["Operation Plato"]),
        new CategoryIs(["Special Service"]),
        new PriorityIs(["1", "2"]),
        new CasualtiesAtLeast(CasualtyKind.StaffFatal, 3),
        new CasualtiesAtLeast(CasualtyKind.Injured, 12),
        new InArea(["coventry", "solihull"]),
        new WithinKm(52.4862, -1.8904, 2.5),
        new OnStationGround(["foleshill"]),
        new FromSource(["by-hand"]),
        new AtTimeOfDay(new TimeOnly(23, 30), new TimeOnly(6, 15)),
        new SeverityIs(["extreme"]),
        new UrgencyIs(["immediate", "expected"]),
        new CertaintyIs(["observed"]),
    ];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Rule_ComesBackAsItWas(int n)
    {
        var rule = RuleBook.Default.Rules[n];
        Assert.Equal(Json(rule), Json(RuleEdit.Of(rule).ToRule()));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Condition_ComesBackAsItWas(int n) => Assert.Equal(
        JsonSerializer.Serialize(Kinds[n], StorageJson.Options), JsonSerializer.Serialize(ConditionEdit.Of(Kinds[n]).ToCondition(), StorageJson.Options));

    [Fact]
    public void EveryKindOfCondition_CanBeEdited()
    {
        var covered = Kinds.Append(new NotOf(new MajorDeclared())).Append(new AnyOf([])).Append(new PumpsAtLeast(1)).Append(new IsOverTheBorder()).Append(new MajorDeclared()).Select(c => c.GetType()).ToHashSet();
        var all = typeof(Condition).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Condition)) && !t.IsAbstract);
        Assert.DoesNotContain(all, t => !covered.Contains(t));
    }

    [Fact]
    public void Exception_KeepsWhatTheEditorDoesNotShow()
    {
        var rule = RuleBook.Default.Rules[0];
        rule = rule with { Then = rule.Then with { Scope = rule.Then.Scope with { Except = new Scope { Areas = ["dudley"], Stations = ["foleshill"] } } } };
        var edit = RuleEdit.Of(rule);
        Assert.Equal(Json(rule), Json(edit.ToRule()));
        edit.ExceptAreas = "walsall, dudley";
        var changed = edit.ToRule().Then.Scope.Except!;
        Assert.Equal(["walsall", "dudley"], changed.Areas!);
        Assert.Equal(["foleshill"], changed.Stations!);
        edit.ExceptAreas = "";
        Assert.Null(edit.ToRule().Then.Scope.Except!.Areas);
    }

    [Fact]
    public void NewRule_TakesItsIdFromItsName_AndIsNotFilledInByItself()
    {
        var rule = new RuleEdit { Name = " Chemical plant: Oldbury! ", Priority = 9 }.ToRule();
        Assert.Equal(("chemical-plant-oldbury", "Chemical plant: Oldbury!", "", default(DateOnly)), (rule.Id, rule.Name, rule.Reason, rule.ReviewBy));
        Assert.IsType<MajorDeclared>(rule.When);
        Assert.IsType<AnyOf>(Assert.IsType<NotOf>(new ConditionEdit { Kind = "not" }.ToCondition()).Of);
    }

    private static string Json(IncidentRule rule) => JsonSerializer.Serialize(rule, StorageJson.Options);
}

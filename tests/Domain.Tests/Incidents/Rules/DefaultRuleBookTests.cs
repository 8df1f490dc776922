using System.Text.Json;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.Tests.Brigade;
using Xunit;
using static Coordination.Domain.Tests.Incidents.Rules.GivenIncident;

namespace Coordination.Domain.Tests.Incidents.Rules;

public sealed class DefaultRuleBookTests
{
    [Fact]
    public void Json_IsAsKept() => GoldenFile.Matches("rule-book-1.json", GivenRule.Json(RuleBook.Default) + "\n");

    [Fact]
    public void Json_KeepsTheBook() => Assert.Equal(
        GivenRule.Json(RuleBook.Default), GivenRule.Json(JsonSerializer.Deserialize<RuleBook>(GivenRule.Json(RuleBook.Default), GivenRule.Stored)));

    [Fact]
    public void Check_FindsNothing() => Assert.Empty(RuleBookCheck.Check(RuleBook.Default, DemoMap.Map));

    public static TheoryData<string, IncidentReport, string?, RuleMode?> Incidents() => new()
    {
        { "terrorism by its headline", InCoventry with { Headline = "Terrorist attack, police lead" }, "terrorism", RuleMode.AtOnce },
        { "terrorism by its type, place not known", Bare with { TypeAtCall = "Marauding attack" }, "terrorism", RuleMode.AtOnce },
        { "a member of staff died", InCoventry with { Casualties = new(StaffFatal: 1) }, "staff-death", RuleMode.AtOnce },
        { "declared", InCoventry with { Major = Declared }, "major-incident", RuleMode.AtOnce },
        { "declared and stood down", InCoventry with { Major = Declared with { StoodDownAt = Now } }, null, null },
        { "ten pumps, nothing else told", InCoventry with { Pumps = 10 }, "ten-pumps", RuleMode.Propose },
        { "ten pumps to a fire", InCoventry with { Pumps = 10, Category = "Fire" }, "ten-pumps", RuleMode.Propose },
        { "ten pumps to a false alarm", InCoventry with { Pumps = 10, Category = "False Alarm" }, null, null },
        { "ten pumps to what was a false alarm", InCoventry with { Pumps = 10, Status = IncidentStatus.Stop, TypeAtStop = "False alarm, good intent" }, null, null },
        { "five pumps", InCoventry with { Pumps = 5 }, null, null },
        { "a death", InCoventry with { Casualties = new(Fatal: 1) }, null, null },
        { "a street named after a plateau", InCoventry with { Place = "Plateau Road", Headline = "Bin fire" }, null, null },
    };

    [Theory]
    [MemberData(nameof(Incidents))]
    public void Plan_IsWhatTheOrderSays(string what, IncidentReport report, string? rule, RuleMode? mode)
    {
        var planning = GivenRule.Plan(RuleBook.Default, Of(report));

        Assert.True(rule is null ? planning.Plans.Count == 0 : planning.Plans is [{ } plan] && plan.Rule.Id == rule && plan.Mode == mode, $"{what}: {GivenRule.Json(planning)}");
    }

    [Fact]
    public void Plan_OfAllAtOnce_HoldsTheWholeBrigadeOnce()
    {
        var planning = GivenRule.Plan(RuleBook.Default, Of(InCoventry with { Headline = "Terrorism", Casualties = new(StaffFatal: 1), Major = Declared, Pumps = 12 }));

        var plan = Assert.Single(planning.Plans);
        Assert.Equal(HoldKind.CentralCoordination, plan.Rule.Then.Kind);
        Assert.Null(plan.Scope.Areas);
        Assert.All(planning.Notes, n => Assert.Equal(PlanNoteKind.AlreadyHeld, n.Kind));
    }

    [Fact]
    public void Plan_Tells_OfFivePumpsAndOfADeath() => Assert.Equal(
        ["death", "five-pumps"],
        GivenRule.Plan(RuleBook.Default, Of(InCoventry with { Pumps = 5, Casualties = new(Fatal: 1) })).Notes.Where(n => n.Kind is PlanNoteKind.Notify).Select(n => n.RuleId));

    [Fact]
    public void Words_SayWhatEachRuleDoes()
    {
        var words = RuleBook.Default.Rules.ToDictionary(r => r.Id, RuleWords.Of, StringComparer.Ordinal);

        Assert.Equal("when a major incident is declared: at once centrally coordinate the local accounts of the incident's area", words["major-incident"]);
        Assert.Equal("when 5 pumps or more: tell people and hold nothing", words["five-pumps"]);
        Assert.Equal(
            "when 10 pumps or more and not (the category is known and the category is 'False Alarm') and not (the type at stop is known and the type says 'false alarm'): "
            + "centrally coordinate the local accounts of the incident's area unless vetoed within 120 seconds",
            words["ten-pumps"]);
    }
}

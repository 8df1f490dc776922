using System.Text.Json;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.Tests.Brigade;
using Xunit;

namespace Coordination.Domain.Tests.Incidents.Rules;

public sealed class RuleBookCheckTests
{
    private static readonly IncidentRule Good = GivenRule.Rule(1, new PumpsAtLeast(10));

    public static TheoryData<string, string, IncidentRule> Faults() => new()
    {
        { "rules[0].id", "small letters", Good with { Id = "Ten Pumps" } },
        { "rules[0].name", "missing", Good with { Name = " " } },
        { "rules[0].name", "81 characters", Good with { Name = new string('n', 81) } },
        { "rules[0].name", "NUL", Good with { Name = "a\0b" } },
        { "rules[0].owner", "missing", Good with { Owner = "" } },
        { "rules[0].reason", "missing", Good with { Reason = null! } },
        { "rules[0].reviewBy", "missing", Good with { ReviewBy = default } },
        { "rules[0].priority", "1 or more", Good with { Priority = 0 } },
        { "rules[0].coolDownMinutes", "0 to 10080", Good with { CoolDownMinutes = 10_081 } },
        { "rules[0].coolDownMinutes", "0 to 10080", Good with { CoolDownMinutes = -1 } },
        { "rules[0].then", "missing", Good with { Then = null! } },
        { "rules[0].then.kind", "election", Then(t => t with { Kind = HoldKind.ApprovalRequired }) },
        { "rules[0].then.mode", "notify-only", Then(t => t with { Mode = (RuleMode)9 }) },
        { "rules[0].then.vetoSeconds", "10 to 3600", Then(t => t with { Mode = RuleMode.Propose, VetoSeconds = 9 }) },
        { "rules[0].then.vetoSeconds", "10 to 3600", Then(t => t with { Mode = RuleMode.Propose, VetoSeconds = 3601 }) },
        { "rules[0].then.namedPosters", "staff ids", Then(t => t with { NamedPosters = [""] }) },
        { "rules[0].then.holdingStatement", "leave it out", Then(t => t with { HoldingStatement = "" }) },
        { "rules[0].then.scope", "missing", Then(t => t with { Scope = null! }) },
        { "rules[0].then.scope.km", "at most 100", Scoped(new ScopeTemplate(RuleReach.StationsWithin)) },
        { "rules[0].then.scope.km", "at most 100", Scoped(new ScopeTemplate(RuleReach.StationsWithin, 0)) },
        { "rules[0].then.scope.km", "at most 100", Scoped(new ScopeTemplate(RuleReach.StationsWithin, double.NaN)) },
        { "rules[0].then.scope.reach", "whole-brigade", Scoped(new ScopeTemplate((RuleReach)9)) },
        { "rules[0].then.scope.except", "no area 'atlantis'", Except(new Scope { Areas = ["atlantis"] }) },
        { "rules[0].then.scope.except", "nothing out", Except(new Scope()) },
        { "rules[0].then.scope.except", "nothing would be covered", Except(Scope.Everything) },
        { "rules[0].then.scope.except", "nothing would be covered", Except(Scope.LocalAccounts) },
        { "rules[0].then.scope.except.except", "no exception", Except(new Scope { Areas = ["coventry"], Except = new Scope { Stations = ["aston"] } }) },
        { "rules[0].when", "missing", Good with { When = null! } },
        { "rules[0].when.of", "no condition", When(new AllOf([])) },
        { "rules[0].when.of", "no condition", When(new AnyOf(null!)) },
        { "rules[0].when.of[1]", "missing", When(new AllOf([new PumpsAtLeast(3), null!])) },
        { "rules[0].when.of", "missing", When(new NotOf(null!)) },
        { "rules[0].when.of[0].words", "0 entries", When(new AllOf([new TypeSays([])])) },
        { "rules[0].when.words", "51 entries", When(new KeywordsIn([.. Enumerable.Repeat("fire", 51)])) },
        { "rules[0].when.words[1]", "1 to 60", When(new KeywordsIn(["fire", new string('f', 61)])) },
        { "rules[0].when.values[0]", "1 to 60", When(new CategoryIs([null!])) },
        { "rules[0].when.values[0]", "letter or a digit", When(new PriorityIs(["-"])) },
        { "rules[0].when.ids[0]", "1 to 60", When(new FromSource([" "])) },
        { "rules[0].when.areas[1]", "no area 'atlantis'", When(new InArea(["coventry", "atlantis"])) },
        { "rules[0].when.stations[0]", "no station 'Aston'", When(new OnStationGround(["Aston"])) },
        { "rules[0].when.values", "none of Extreme, Severe, Moderate, Minor", When(new SeverityIs(["unknown"])) },
        { "rules[0].when.values", "'later'", When(new UrgencyIs(["later"])) },
        { "rules[0].when.values", "'sure'", When(new CertaintyIs(["sure"])) },
        { "rules[0].when.atLeast", "1 or more", When(new PumpsAtLeast(0)) },
        { "rules[0].when", "1 or more", When(new CasualtiesAtLeast(CasualtyKind.Fatal, 0)) },
        { "rules[0].when.km", "at most 100", When(new WithinKm(52, -1, 101)) },
        { "rules[0].when", "not on the earth", When(new WithinKm(91, -1, 5)) },
        { "rules[0].when", "never be true", When(new AtTimeOfDay(new(7, 0), new(7, 0))) },
        { "rules[0].when.fact", "no such fact", When(new IsKnown((IncidentFact)99)) },
        { "rules[0].when.of.of.of.of.of.of", "6 deep", When(Deep(7)) },
        { "rules[0].when", "100 conditions", When(new AllOf([.. Enumerable.Repeat(new PumpsAtLeast(2), 100)])) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Check_Finds(string path, string what, IncidentRule rule)
    {
        var fault = Assert.Single(RuleBookCheck.Check(GivenRule.Book(rule), DemoMap.Map));

        Assert.Equal(path, fault.Path);
        Assert.Contains(what, fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_FindsNothing_AtTheLimits()
    {
        var wide = When(new AllOf([.. Enumerable.Repeat(new PumpsAtLeast(2), 99)])) with { CoolDownMinutes = 10_080 };
        Assert.Empty(RuleBookCheck.Check(GivenRule.Book(wide), DemoMap.Map));
        Assert.Empty(RuleBookCheck.Check(GivenRule.Book(When(Deep(6))), DemoMap.Map));
        Assert.Empty(RuleBookCheck.Check(GivenRule.Book(Scoped(new ScopeTemplate(RuleReach.StationsWithin, 100))), DemoMap.Map));
        Assert.Empty(RuleBookCheck.Check(GivenRule.Book([.. Enumerable.Range(1, 50).Select(i => GivenRule.Rule(i, new PumpsAtLeast(10)))]), DemoMap.Map));
        Assert.Empty(RuleBookCheck.Check(GivenRule.Book(GivenRule.Rule(1, new PumpsAtLeast(10), kind: HoldKind.Freeze)), DemoMap.Map));
    }

    public static TheoryData<bool, Condition> Narrowing() => new()
    {
        { false, new NotOf(new CategoryIs(["False Alarm"])) },
        { false, new AtTimeOfDay(new(22, 0), new(7, 0)) },
        { false, new FromSource(["fire-control"]) },
        { false, new InArea(["coventry"]) },
        { false, new IsKnown(IncidentFact.Pumps) },
        { false, new PumpsAtLeast(1) },
        { false, new AnyOf([new MajorDeclared(), new IsOverTheBorder()]) },
        { false, new AllOf([new NotOf(new MajorDeclared()), new InArea(["coventry"])]) },
        { false, new NotOf(new AllOf([new NotOf(new MajorDeclared()), new InArea(["coventry"])])) },
        { true, new AllOf([new MajorDeclared(), new InArea(["coventry"])]) },
        { true, new AnyOf([new MajorDeclared(), new PumpsAtLeast(2)]) },
        { true, new NotOf(new NotOf(new MajorDeclared())) },
        { true, new NotOf(new AnyOf([new NotOf(new MajorDeclared()), new InArea(["coventry"])])) },
    };

    [Theory]
    [MemberData(nameof(Narrowing))]
    public void Check_WantsARuleAtOnce_ToSayWhatHappened(bool narrows, Condition when)
    {
        Assert.Equal(narrows, RuleBookCheck.Check(GivenRule.Book(GivenRule.Rule(1, when)), DemoMap.Map).Count == 0);
        Assert.Empty(RuleBookCheck.Check(GivenRule.Book(GivenRule.Rule(1, when, RuleMode.Propose)), DemoMap.Map));
    }

    [Fact]
    public void Check_Finds_WhatIsThereTwice() => Assert.Equal(
        ["rules[1].id", "rules[1].priority"], RuleBookCheck.Check(GivenRule.Book(Good, Good), DemoMap.Map).Select(f => f.Path));

    [Fact]
    public void Check_Finds_AllFaultsOfABook()
    {
        Assert.Equal("version", Assert.Single(RuleBookCheck.Check(new RuleBook(0, []), DemoMap.Map)).Path);
        Assert.Equal("rules", Assert.Single(RuleBookCheck.Check(new RuleBook(1, null!), DemoMap.Map)).Path);
        Assert.Equal("rules[0]", Assert.Single(RuleBookCheck.Check(new RuleBook(1, [null!]), DemoMap.Map)).Path);
        Assert.Equal("rules", Assert.Single(RuleBookCheck.Check(GivenRule.Book([.. Enumerable.Repeat(Good, 51)]), DemoMap.Map)).Path);
    }

    [Fact]
    public void Check_AnswersInFaults_WhateverJsonHolds()
    {
        const string holes = """
            {"version":1,"rules":[{"id":null,"name":null,"when":{"kind":"all","of":[{"kind":"type"},{"kind":"in-area"},{"kind":"not"},{"kind":"within"},{"kind":"known"}]},
            "then":{"kind":"freeze","scope":{"reach":"whole-brigade","except":{"areas":[null]}},"mode":"at-once","namedPosters":null},"priority":1,"owner":null,"reason":null,"reviewBy":"2027-01-31"}]}
            """;

        var faults = RuleBookCheck.Check(JsonSerializer.Deserialize<RuleBook>(holes, GivenRule.Stored)!, DemoMap.Map);

        Assert.Equal(
            ["id", "name", "owner", "reason", "when.of[0].words", "when.of[1].areas", "when.of[2].of", "when.of[3].km", "then.namedPosters", "then.scope.except"],
            faults.Select(f => f.Path["rules[0].".Length..]));
    }

    private static IncidentRule Then(Func<RuleEffect, RuleEffect> change) => Good with { Then = change(Good.Then) };

    private static IncidentRule Scoped(ScopeTemplate scope) => Then(t => t with { Scope = scope });

    private static IncidentRule Except(Scope except) => Scoped(new ScopeTemplate(RuleReach.WholeBrigade, Except: except));

    // Proposals may be as wide as they like: here only the fault itself is to be found.
    private static IncidentRule When(Condition when) => GivenRule.Rule(1, when, RuleMode.Propose);

    private static Condition Deep(int levels) => Enumerable.Range(1, levels - 1).Aggregate((Condition)new PumpsAtLeast(2), (inner, _) => new NotOf(inner));
}
